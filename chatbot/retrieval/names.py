"""Every name by which a document or a jurisdiction is known -> the reference it stands for."""

from collections.abc import Iterable

from babel import Locale

from chatbot.model import Document, Glossary
from chatbot.retrieval.gazetteer import Names

LANGUAGES = ("en", "fr", "es", "ar", "pt", "de", "ru", "zh", "ko")
DOCUMENT_NAME, JURISDICTION_NAME, REGION_NAME = "doc:", "in:", "region:"
"""How references to documents, jurisdictions and regions begin."""

_BODIES = {
    "EU": ("European Union", "EU", "European Parliament", "European Commission"),
    "COE": ("Council of Europe",),
    "AFRICAN-UNION": ("African Union", "AU Commission"),
}


_OTHER_WORDS = {"ko": ("이란", "수단"), "ar": ("مالي",)}
"""Names of countries that are far more often another word, in scripts without capital letters."""
_IN_THE_UN = {"KR": "Republic of Korea", "US": "United States of America", "CZ": "Czechia", "TR": "Türkiye"}


def locale_of(language: str) -> str:
    """The locale whose dates and lists we write in a language; English ones are those of the United Nations."""
    return "en_GB" if language == "en" else language


def jurisdiction_name(code: str) -> str:
    """What a jurisdiction is called in English, as in the United Nations where the atlas says otherwise."""
    if code == "INT":
        return "international"
    if code in _IN_THE_UN:
        return _IN_THE_UN[code]
    return _BODIES[code][0] if code in _BODIES else str(Locale("en").territories.get(code, code))


def known_names(documents: Iterable[Document], glossary: Glossary) -> Names:
    """By language: names of countries (Unicode CLDR), of bodies, of the glossary, and of the documents.

    Where a name means several, the later in this order wins; documents' names hold in every language.
    """
    names: Names = {language: {} for language in LANGUAGES}
    for language in LANGUAGES:
        for code, name in Locale(language).territories.items():
            if len(code) == 2 and code.isalpha() and code not in ("EU", "UN", "EZ", "QO", "ZZ"):
                names[language][name] = JURISDICTION_NAME + code
    for language, words in _OTHER_WORDS.items():
        for word in words:
            names[language].pop(word, None)
    for code, bodies in _BODIES.items():
        names["en"] |= dict.fromkeys(bodies, JURISDICTION_NAME + code)
    for code, by_language in glossary.jurisdictions:
        for language, others in by_language:
            names.setdefault(language, {}).update(dict.fromkeys(others, JURISDICTION_NAME + code))
    for region in glossary.regions:
        for language, words in region.names:
            names.setdefault(language, {}).update(dict.fromkeys(words, REGION_NAME + region.id))
    names[""] = {name: DOCUMENT_NAME + document.id for document in documents for name in document.names}
    return names
