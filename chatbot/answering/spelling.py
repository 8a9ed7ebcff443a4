"""Misspelt English words -> the words that were meant, where the corpus or the language knows them."""

import math
import re
from collections.abc import Iterable, Mapping
from functools import cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

_TOKEN = re.compile(r"\S+")
_WORD = re.compile(r"(?<!\w)[A-Za-z]+(?:'[a-z]+)?(?!\w)")
_ADDRESS = re.compile(r"@|://|\w[./\\_]\w")
_MIN_LETTERS = 3
_CORPUS_WEIGHT = 20_000  # one use in the corpus counts like so many in everyday English
_COMMON = 500  # rarer words of the language are right as they are and not offered for others
_SECOND_LETTERS = 7  # words from this length may be two edits away
_WRONG_LETTERS = 6  # shorter words have letters left out, doubled or changed over, not wrong ones
_MOST_UNKNOWN = 40  # a text with more unknown words is not English, and costs time


class Speller:
    """Corrects words that neither the corpus nor the language knows.

    corpus: words of the corpus with how often they occur; names: words of names. Names are left alone, and what looks
    like one: a capital inside a sentence, a digit, an address, an apostrophe, or anything not plain Latin.
    """

    def __init__(self, corpus: Mapping[str, int], names: Iterable[str] = ()) -> None:
        language = english_words()
        self._weights = {word: n for word, n in language.items() if n >= _COMMON}
        for word, count in corpus.items():
            self._weights[word] = self._weights.get(word, 0) + count * _CORPUS_WEIGHT
        self._known = frozenset(language) | frozenset(corpus) | frozenset(names)
        self._by_length: dict[int, list[str]] = {}
        for word in sorted(self._weights):
            if word.isascii() and word.isalpha() and len(word) >= _MIN_LETTERS - 1:
                self._by_length.setdefault(len(word), []).append(word)

    def correct(self, text: str) -> str:
        """The text with misspelt words replaced; everything else stays as it is."""
        addresses = [token.span() for token in _TOKEN.finditer(text) if _ADDRESS.search(token.group())]
        wrong = {
            match.start()
            for match in _WORD.finditer(text)
            if self._is_wrong(match) and not any(start <= match.start() < end for start, end in addresses)
        }
        if len(wrong) > _MOST_UNKNOWN:
            return text
        return _WORD.sub(lambda match: self._mended(match.group()) if match.start() in wrong else match.group(), text)

    def _is_wrong(self, match: re.Match[str]) -> bool:
        word = match.group()
        begins_sentence = match.string[: match.start()].rstrip(" \"'“‘(")[-1:] in ("", ".", "?", "!")
        is_name = word[1:] != word[1:].lower() or (word[0].isupper() and not begins_sentence)
        return not (is_name or "'" in word or len(word) < _MIN_LETTERS or self._is_right(word.lower()))

    def _mended(self, word: str) -> str:
        meant = self._meant(word.lower())
        if meant is None:
            return word
        return meant.capitalize() if word[0].isupper() else meant

    def _is_right(self, word: str) -> bool:
        """Known as it is, in British spelling, without its apostrophe ("dont"), or as two words ("sourcebook")."""
        american = re.sub(r"our(?=\w*$)", "or", re.sub(r"is(?=e|ing|ation)", "iz", word))
        if {word, american, word.removesuffix("s"), f"{word[:-1]}'{word[-1]}"} & self._known:
            return True
        return any(word[:cut] in self._known and word[cut:] in self._known for cut in range(4, len(word) - 3))

    def _meant(self, word: str) -> str | None:
        """The nearest words, and of those the most used.

        A letter left out or two changed over are likelier than a wrong one; the first letter is seldom wrong.
        """
        edits = 2 if len(word) >= _SECOND_LETTERS else 1
        lengths = range(len(word) - edits, len(word) + edits + 1)
        choices = [candidate for length in lengths for candidate in self._by_length.get(length, [])]
        found = [
            candidate
            for candidate in process.extract(word, choices, scorer=OSA.distance, score_cutoff=edits, limit=60)
            if len(word) >= _WRONG_LETTERS or _slips(word, candidate[0])
        ]
        if not found:
            return None

        def cost(candidate: tuple[str, float, int]) -> float:
            name, edits, _ = candidate
            slip = _only_omits(word, name) or sorted(word) == sorted(name)
            return edits + (name[0] != word[0]) / 2 - slip / 5 - 0.15 * math.log10(self._weights[name])

        return min(found, key=cost)[0]


def _slips(word: str, meant: str) -> bool:
    """Is a letter left out, too many, or changed over with its neighbour, and none wrong?"""
    return _only_omits(word, meant) or _only_omits(meant, word) or sorted(word) == sorted(meant)


def _only_omits(word: str, meant: str) -> bool:
    """Are the word's letters those of the meant one, in order, with some left out?"""
    letters = iter(meant)
    return all(letter in letters for letter in word)


@cache
def english_words() -> Mapping[str, int]:
    """English words and how often they occur in everyday texts (the dictionary of pyspellchecker)."""
    from spellchecker import SpellChecker

    words: Mapping[str, int] = SpellChecker(language="en").word_frequency.dictionary
    return words
