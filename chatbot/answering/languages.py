"""Which of the nine languages a question is written in."""

from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

LANGUAGES = ("en", "fr", "es", "ar", "pt", "de", "ru", "zh", "ko")
SURE = 0.55
"""Names and keywords alone tell no language; below this probability they are taken for English."""

WEAK = ("fr", "es", "ar", "pt", "de", "ru", "zh", "ko")
"""Languages in which clearly fewer questions are answered right than in English (README, decisions)."""


def identify(text: str) -> str:
    """The language of a text; English when it is not clear."""
    language, probability = _identifier().classify(text)
    return str(language) if probability >= SURE else "en"


@cache
def _identifier() -> LanguageIdentifier:
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(list(LANGUAGES))
    return identifier
