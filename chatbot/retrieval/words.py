"""Text -> the stems it is searched by, in the rules of its language."""

import itertools
import re
import threading
import unicodedata
from functools import cache

import Stemmer

_ALGORITHMS = {
    "ar": "arabic",
    "de": "german",
    "en": "english",
    "es": "spanish",
    "fr": "french",
    "it": "italian",
    "nl": "dutch",
    "pt": "portuguese",
    "ru": "russian",
    "sv": "swedish",
}
_WORD = re.compile(r"\w+")
# Scripts written without blanks between words, or whose words carry particles: searched by pairs of characters.
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")
_local = threading.local()  # a stemmer must not be shared by threads


@cache
def stop_words(language: str) -> frozenset[str]:
    """Words of a language that carry no meaning by themselves; none of a language that is not known."""
    from bm25s import stopwords

    lists = {
        "de": stopwords.STOPWORDS_GERMAN,
        "en": stopwords.STOPWORDS_EN_PLUS,
        "es": stopwords.STOPWORDS_SPANISH,
        "fr": stopwords.STOPWORDS_FRENCH,
        "pt": stopwords.STOPWORDS_PORTUGUESE,
        "ru": stopwords.STOPWORDS_RUSSIAN,
    }
    return frozenset(lists.get(language, ()))


def plain_words(text: str) -> list[str]:
    """Case-folded words without accents' compositions differing; East Asian runs become pairs of characters."""
    result: list[str] = []
    for word in _WORD.findall(unicodedata.normalize("NFKC", text).casefold()):
        if _UNSPACED.search(word):
            result += _pairs(word)
        else:
            result.append(word)
    return result


def stems(text: str, language: str) -> list[str]:
    """Stems of the words that carry meaning, in order; an unknown language is not stemmed."""
    kept = [word for word in plain_words(text) if word not in stop_words(language)]
    algorithm = _ALGORITHMS.get(language)
    return _stemmer(algorithm).stemWords(kept) if algorithm else kept


def terms(text: str, language: str) -> list[str]:
    """Stems, and each pair of neighbouring stems."""
    single = stems(text, language)
    return single + [f"{first} {second}" for first, second in itertools.pairwise(single)]


def is_function_word(word: str, language: str) -> bool:
    """Does the word only hold a sentence together?"""
    return word.casefold() in stop_words(language)


def is_unspaced(text: str) -> bool:
    """Is it written in a script without blanks between words, or with particles hung on them?"""
    return bool(_UNSPACED.search(text))


def _pairs(word: str) -> list[str]:
    return [word[i : i + 2] for i in range(len(word) - 1)] or [word]


def _stemmer(algorithm: str) -> Stemmer.Stemmer:
    stemmers: dict[str, Stemmer.Stemmer] = _local.__dict__.setdefault("stemmers", {})
    if algorithm not in stemmers:
        stemmers[algorithm] = Stemmer.Stemmer(algorithm)
    return stemmers[algorithm]
