"""What IT pastes into a page: the script as a button, the script in place, or a plain frame."""

from dataclasses import dataclass

from markupsafe import Markup, escape
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import BadRequest

from chatbot.web.framing.theme import Theme

POSITIONS = ("right", "left")
LONGEST_GREETING = 200


@dataclass(frozen=True, slots=True)
class Dress:
    """What the script shows in the site's own page, around the framed chat."""

    position: str = "right"
    greeting: str = ""
    logo: str = ""


def dress_of(args: MultiDict[str, str]) -> Dress:
    """The dress that an address asks for. Raises BadRequest naming the parameter and what it may be."""
    position = args.get("position", "").strip() or "right"
    greeting, logo = args.get("greeting", "").strip(), args.get("logo", "").strip()
    if position not in POSITIONS:
        raise BadRequest("position: choose right or left.")
    if len(greeting) > LONGEST_GREETING:
        raise BadRequest(f"greeting: use at most {LONGEST_GREETING} characters.")
    if logo and not (logo.startswith("https://") and logo.isprintable() and len(logo) < 2000):
        raise BadRequest("logo: give the address of a picture that begins with https://.")
    return Dress(position, greeting, logo)


def of_script(address: str, theme: Theme, dress: Dress, *, inline: bool) -> str:
    """The script, as a button with a panel or in the place where it stands."""
    chosen = {
        "mode": "inline" if inline else "",
        "position": "" if inline or dress.position == "right" else dress.position,
        "colour": theme.colour,
        "lang": theme.language,
        "jurisdiction": theme.jurisdiction,
        "greeting": dress.greeting,
        "logo": dress.logo,
    }
    attributes = "".join(f' data-{name}="{escape(value)}"' for name, value in chosen.items() if value)
    return f'<script src="{escape(address)}"{attributes} async></script>'


def of_frame(address: str, title: str) -> str:
    """A frame alone, for portals that allow no scripts."""
    made = Markup('<iframe src="{}" title="{}" width="100%" height="640" style="border:0"></iframe>')
    return str(made.format(address, title))
