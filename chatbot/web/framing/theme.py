"""What a site may choose about the framed chat: query parameters -> a Theme, each checked strictly."""

from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import BadRequest

from chatbot.web.framing.colours import DARK_PAPER, LIGHT_PAPER, ink_on, is_colour, readable

LANGUAGES = ("en", "fr", "es", "ar", "pt", "de", "ru", "zh", "ko")


@dataclass(frozen=True, slots=True)
class Theme:
    """What was chosen; "" leaves it as it is."""

    colour: str = ""
    language: str = ""
    jurisdiction: str = ""

    @property
    def query(self) -> str:
        """The choice as the part of an address after "?"."""
        chosen = {"colour": self.colour, "lang": self.language, "jurisdiction": self.jurisdiction}
        return urlencode({name: value for name, value in chosen.items() if value})


def theme_of(args: MultiDict[str, str], jurisdictions: Collection[str]) -> Theme:
    """The theme that an address asks for. Raises BadRequest naming the parameter and what it may be."""
    colour, language, code = (args.get(name, "").strip() for name in ("colour", "lang", "jurisdiction"))
    if colour and not is_colour(colour):
        raise BadRequest("colour: write it as #rrggbb, such as #1d4f6e (in an address, %231d4f6e).")
    if language and language not in LANGUAGES:
        raise BadRequest(f"lang: choose one of {', '.join(LANGUAGES)}.")
    if code and code not in jurisdictions:
        raise BadRequest("jurisdiction: no source is held of it; use a code of the page Coverage, such as KR or EU.")
    return Theme(colour.lower(), language, code)


def stylesheet(colour: str) -> str:
    """The rules that give the page the colour, in shades that can be read on its light and its dark paper."""
    light, dark = readable(colour, LIGHT_PAPER), readable(colour, DARK_PAPER)
    accent, ink = f"light-dark({light}, {dark})", f"light-dark({ink_on(light)}, {ink_on(dark)})"
    return f":root {{ --accent: {accent}; --on-accent: {ink}; }}\n"
