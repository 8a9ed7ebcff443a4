"""Every name by which a document or a jurisdiction is known -> the reference it stands for."""

from collections.abc import Iterable

from babel import Locale

from chatbot.model import Document, Glossary
from chatbot.retrieval.gazetteer import Names

LANGUAGES = ("en", "fr", "es", "ar", "pt", "de", "ru", "zh", "ko")
DOCUMENT_NAME, JURISDICTION_NAME = "doc:", "in:"
"""How references to documents and jurisdictions begin."""

_BODIES = {
    "EU": ("European Union", "EU", "European Parliament", "European Commission"),
    "COE": ("Council of Europe",),
    "AFRICAN-UNION": ("African Union", "AU Commission"),
}


def known_names(documents: Iterable[Document], glossary: Glossary) -> Names:
    """By language: names of countries (Unicode CLDR), of bodies, of the glossary, and of the documents.

    Where a name means several, the later in this order wins; documents' names hold in every language.
    """
    names: Names = {language: {} for language in LANGUAGES}
    for language in LANGUAGES:
        for code, name in Locale(language).territories.items():
            if len(code) == 2 and code.isalpha() and code not in ("EU", "UN", "EZ", "QO", "ZZ"):
                names[language][name] = JURISDICTION_NAME + code
    for code, bodies in _BODIES.items():
        names["en"] |= dict.fromkeys(bodies, JURISDICTION_NAME + code)
    for code, by_language in glossary.jurisdictions:
        for language, others in by_language:
            names.setdefault(language, {}).update(dict.fromkeys(others, JURISDICTION_NAME + code))
    names[""] = {name: DOCUMENT_NAME + document.id for document in documents for name in document.names}
    return names
