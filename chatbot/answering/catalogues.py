"""The catalogues of our own words (gettext), and the names, lists and languages that Unicode CLDR knows."""

import gettext
import io
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Literal

from babel import Locale
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from chatbot.retrieval.names import LANGUAGES, locale_of

__all__ = ["LANGUAGES", "Style", "catalogue", "language_name", "row", "territory"]

FOLDER = Path(__file__).parents[1] / "translations"
Style = Literal["standard", "or"]
_E_BEFORE_I = re.compile(r" y (?=(?:I|Hi(?!e))[^,]*$)")
"""Spanish says "e" and not "y" before the sound of an i."""


@cache
def catalogue(language: str) -> gettext.NullTranslations:
    """The translations from English into a language; English, and a language without any, has the words themselves."""
    path = FOLDER / language / "LC_MESSAGES" / "messages.po"
    if not path.exists():
        return gettext.NullTranslations()
    with path.open(encoding="utf-8") as file:
        read = read_po(file, locale=language)
    compiled = io.BytesIO()
    write_mo(compiled, read)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def row(several: Sequence[str], language: str, style: Style = "standard") -> str:
    """Names in a row, as a language writes them."""
    written = str(format_list(list(several), style=style, locale=locale_of(language)))
    return _E_BEFORE_I.sub(" e ", written) if language == "es" else written


def territory(code: str, language: str, otherwise: str) -> str:
    """What a country is called in a language."""
    return otherwise if language == "en" else str(Locale(language).territories.get(code, otherwise))


def language_name(code: str, language: str) -> str:
    """What a language is called in another."""
    return str(Locale(language).languages.get(code, code))
