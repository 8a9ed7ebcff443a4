"""Index over exact references.

These are provisions ("s 66E(2)", "Art. 14-2", "§ 184k"), numbers of instruments ("Regulation (EU) 2022/2065"),
and whatever the gazetteer knows by name.
"""

import math
import re
import unicodedata
from pathlib import Path
from typing import ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from chatbot.ports import Indexable, Ranking, Sought
from chatbot.retrieval import records
from chatbot.retrieval.gazetteer import Gazetteer, Names
from chatbot.retrieval.lexical import ranked

FILE = "references.json"
_PART_SHARE = 0.5  # a passage about s 66B answers half to a question about s 66B(4)

_NUMBER = r"\d+(?:\.\d+)*[a-zA-Z]{0,3}(?:-(?:\d+|[a-zA-Z]\b))*(?:\s?\(\w{1,4}\))*"
_AND = r"(?:and|und|et|y|e|or|to)\s+"
_LIST = rf"{_NUMBER}(?:(?:\s*[,–-]\s*(?:{_AND})?|\s+{_AND}){_NUMBER})*"
_PROVISIONS = (
    (
        "art",
        re.compile(rf"(?:\bArt(?:icles?|ikel|ículos?|igos?|s)?\b\.?|\barts?\b\.?|Стать\w+|المادة)\s*({_LIST})", re.I),
    ),
    ("s", re.compile(rf"(?:\bsections?\b|\bsecs?\b\.?|(?<!['’])\bss?\b\.?|§§?)\s*({_LIST})", re.I)),
    ("cl", re.compile(rf"(?:\bclauses?\b|\bcl\b\.?)\s*({_LIST})", re.I)),
    ("rule", re.compile(rf"\brules?\b\s*({_LIST})", re.I)),
    ("recital", re.compile(r"\brecitals?\s*\(?(\d+)\)?", re.I)),
    ("part", re.compile(r"\bpart\s+(\d+[A-Z]?|[IVX]+)\b", re.I)),
    ("note", re.compile(r"\b(?:foot)?note\s+(?:no\.?\s*)?(\d+)", re.I)),
    ("priority", re.compile(r"\b(?:priority|priorité|prioridad|prioridade|Priorität)\s+(\d)\b", re.I)),
    ("annex", re.compile(r"\b(?:annex|annexe|anexo|Anhang)\s+([A-E])\b", re.I)),
)
_DIGIT = re.compile(r"\d")
_COUNTED = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_CARDINALS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_COUNTABLE = r"(?P<part>priority|article|annex|section|clause|rule|recital|footnote)"
_ORDINAL_FIRST = re.compile(
    rf"\b(?:(?P<word>{'|'.join(_COUNTED)})|(?P<digits>\d{{1,2}})(?:st|nd|rd|th))\s+{_COUNTABLE}\b", re.I
)
_CARDINAL_LAST = re.compile(rf"\b{_COUNTABLE}\s+(?:number\s+)?(?P<word>{'|'.join(_CARDINALS)})\b", re.I)
_KOREAN = re.compile(r"제(\d+)조(?:의(\d+))?")
_CHINESE = re.compile(r"第(\d+)条")
_INSTRUMENT = re.compile(r"\b(?:\(EU\)\s*)?(?:No\.?\s*)?((?:19|20)\d{2}/\d{2,4}|\d{2,4}/(?:19|20)\d{2})\b")
_BARE = re.compile(r"\b(\d{2,4}(?:\.\d+)?[A-Z]{1,2}|\d{2,4}[a-z])\b(?!\s*%)")


def found_in(text: str) -> tuple[str, ...]:
    """References in a text as canonical words: "s:66b(4)", "art:14-2", "number:2022/2065"; in order, once each."""
    found: dict[str, None] = {}
    text = text if text.isascii() else _DIGIT.sub(lambda match: str(unicodedata.decimal(match.group())), text)
    text = _in_digits(text)
    for kind, pattern in _PROVISIONS:
        for match in pattern.finditer(text):
            for number in re.findall(_NUMBER if kind not in ("part", "annex") else r"\w+", match.group(1)):
                found[f"{kind}:{_canonical(number)}"] = None
    for match in _KOREAN.finditer(text):
        found[f"art:{match.group(1)}" + (f"-{match.group(2)}" if match.group(2) else "")] = None
    found |= {f"art:{m.group(1)}": None for m in _CHINESE.finditer(text)}
    found |= {f"number:{m.group(1)}": None for m in _INSTRUMENT.finditer(text)}
    found |= {f"bare:{m.group(1).casefold()}": None for m in _BARE.finditer(text)}
    return tuple(found)


def _in_digits(text: str) -> str:
    """Numbers for words: "the fifth priority" is "priority 5"; annexes are lettered, so the third is C."""
    text = _ORDINAL_FIRST.sub(lambda match: _numbered(match, _COUNTED), text)
    return _CARDINAL_LAST.sub(lambda match: _numbered(match, _CARDINALS), text)


def _numbered(match: re.Match[str], words: tuple[str, ...]) -> str:
    word = match.groupdict().get("word")
    number = words.index(word.casefold()) + 1 if word else int(match["digits"])
    part = match["part"].casefold()
    return f"annex {'ABCDEFGHIJ'[number - 1]}" if part == "annex" and 1 <= number <= 10 else f"{part} {number}"


def _canonical(number: str) -> str:
    return re.sub(r"\s+", "", number).casefold()


def widened(reference: str) -> tuple[str, ...]:
    """The reference and the provisions it is part of: s:66b(4)(a), s:66b(4), s:66b."""
    steps = [reference]
    while steps[-1].endswith(")"):
        steps.append(steps[-1][: steps[-1].rindex("(")])
    return tuple(steps)


class ReferenceIndex:
    """Index over the references of passages; scores are the share of the question's that a passage has, by rarity."""

    name: ClassVar[str] = "references"

    def __init__(self, postings: dict[str, list[int]], size: int, names: Names) -> None:
        self._postings = postings
        self._size = size
        self._names = names
        self._gazetteer = Gazetteer(names)

    @classmethod
    def build(cls, indexable: Indexable) -> Self:
        """Index the references that stand in the texts."""
        gazetteer = Gazetteer(indexable.names)
        postings: dict[str, list[int]] = {}
        for row, (text, subjects) in enumerate(zip(indexable.texts, indexable.subjects, strict=True)):
            references = {w for r in (*found_in(text), *gazetteer.found_in(text), *subjects) for w in widened(r)}
            for reference in sorted(references):
                postings.setdefault(reference, []).append(row)
        return cls(postings, len(indexable.texts), indexable.names)

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Open an index that was saved."""
        stored = records.read_json(folder / FILE)
        return cls(stored["postings"], stored["size"], stored["names"])

    def save(self, folder: Path) -> None:
        """Write the index into a folder."""
        stored = {"size": self._size, "names": self._names, "postings": self._postings}
        records.write_json(folder / FILE, stored)

    def rows(self, reference: str) -> NDArray[np.int64]:
        """The rows that hold a reference, in order."""
        return np.asarray(self._postings.get(reference, []), dtype=np.int64)

    def search(self, sought: Sought, limit: int, within: NDArray[np.bool_] | None = None) -> Ranking:
        """The rows that share references with the question."""
        scores = np.zeros(self._size, dtype=np.float32)
        for reference, weight in self._weighed(sought.text):
            held = np.zeros(self._size, dtype=np.float32)
            share = 1.0
            for step in widened(reference):
                rows = self.rows(step)
                held[rows] = np.maximum(held[rows], share)
                share *= _PART_SHARE
            scores += weight * held
        return ranked(scores, limit, within)

    def _weighed(self, text: str) -> list[tuple[str, float]]:
        """The references of a text that any passage holds, with weights that sum to 1."""
        found = dict.fromkeys((*found_in(text), *self._gazetteer.found_in(text)))
        df = {reference: len(self.rows(widened(reference)[-1])) for reference in found}
        weights = {r: math.log(1 + self._size / n) for r, n in df.items() if n}
        total = sum(weights.values())
        return [(reference, weight / total) for reference, weight in weights.items()]
