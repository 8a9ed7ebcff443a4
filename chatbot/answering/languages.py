"""Which of the nine languages a question is written in: by script, by the words it holds, and by their spelling."""

import math
import re
from collections.abc import Collection, Mapping
from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from chatbot.retrieval.words import stop_words

LANGUAGES = ("en", "fr", "es", "ar", "pt", "de", "ru", "zh", "ko")
WEAK = ("fr", "es", "ar", "pt", "de", "ru", "zh", "ko")
"""Languages in which clearly fewer questions are answered right than in English (README, decisions)."""

_SCRIPTS = {
    "ar": re.compile("[\u0600-\u06ff]"),
    "ru": re.compile("[\u0400-\u04ff]"),
    "ko": re.compile("[\u1100-\u11ff\uac00-\ud7af]"),
    "zh": re.compile("[\u3400-\u9fff]"),
}
_ELSEWHERE = re.compile("[\u3040-\u30ffіїєґўјљњћђџ\u067e\u0686\u0698\u06a9\u06cc]", re.IGNORECASE)
"""Letters of Japanese, of Cyrillic and of Arabic script that Chinese, Russian and Arabic do not have."""
_LETTER = re.compile("[a-z]", re.IGNORECASE)
_LATIN = ("en", "fr", "es", "pt", "de")
_WORD = re.compile(r"(?!arts?\b\.?\s*\d)\b[^\W\d_]+")  # "art." before a number is written in all of them
_WORD_WEIGHT, _ENGLISH_FIRST = 5.0, 2.0
"""Weights of a known word, and of English before the others, in units of log-probability (README, decisions)."""


class Identifier:
    """Identifies languages, with by language its words of the field and its names of places."""

    def __init__(self, words: Mapping[str, Collection[str]], places: Mapping[str, Collection[str]]) -> None:
        self._words = {lang: frozenset(_words(*stop_words(lang), *words.get(lang, ()))) for lang in _LATIN}
        self._places = {lang: frozenset(_words(*places.get(lang, ()))) for lang in _LATIN}

    def identify(self, text: str) -> str:
        """The language of a text; English where it is not clear, and for a language that is none of the nine."""
        words = _words(text)
        if script := _script(text, words):
            return "en" if _ELSEWHERE.search(text) else script
        if not words:
            return "en"
        scores = {language: math.log(share) for language, share in _by_spelling(text)}
        scores["en"] += _ENGLISH_FIRST
        for word in words:
            speaking = self._speaking(word)
            for language in speaking:
                scores[language] += _WORD_WEIGHT / len(speaking)
        return max(scores, key=lambda language: scores[language])

    def _speaking(self, word: str) -> list[str]:
        """The languages that have a word; else those that call a place so."""
        own = [language for language in _LATIN if word in self._words[language]]
        return own or [language for language in _LATIN if word in self._places[language]]


def identify(text: str) -> str:
    """The language of a text, by its function words and their spelling alone."""
    return _plain().identify(text)


def _script(text: str, words: Collection[str]) -> str:
    """The language that a script tells; "" for Latin letters, and where English asks about a foreign word."""
    found = {language: len(letters.findall(text)) for language, letters in _SCRIPTS.items()}
    script = max(found, key=lambda language: found[language])
    is_asked_about = sum(word in stop_words("en") for word in words) > 1 and found[script] < len(_LETTER.findall(text))
    return script if found[script] and not is_asked_about else ""


def _words(*texts: str) -> list[str]:
    return [word for text in texts for word in _WORD.findall(text.casefold())]


def _by_spelling(text: str) -> list[tuple[str, float]]:
    """How likely each language is by its runs of characters, never nought."""
    return [(str(language), max(float(share), 1e-12)) for language, share in _spelling().rank(text)]


@cache
def _plain() -> Identifier:
    return Identifier({}, {})


@cache
def _spelling() -> LanguageIdentifier:
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(list(_LATIN))
    return identifier
