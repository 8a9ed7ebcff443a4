"""What a question takes for granted (figures, years) -> what of it the evidence does not say. Pure.

"Why does the act allow 72 hours?" presumes 72 hours: where the evidence gives another term, it is told first.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from chatbot.answering.composing import Piece
from chatbot.answering.patterns import any_of

_UNITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_TEENS = ("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_WORDS = {word: number for number, word in enumerate((*_UNITS, *_TEENS))} | {
    word: 10 * (number + 2) for number, word in enumerate(_TENS)
}
_SPELT = (
    rf"(?:(?:{'|'.join(_TENS)})(?:[ -](?:{'|'.join(_UNITS[1:10])}))?|{'|'.join(sorted(_WORDS, key=len, reverse=True))})"
)
_FIGURE = rf"(?>\d+(?:[.,]\d+)*|{_SPELT}|an?(?=\s))"
_SCALE = {"thousand": 10**3, "million": 10**6, "billion": 10**9}
_RANGE = rf"(?P<figures>{_FIGURE}(?:\s*(?:-|–|to|and|or|,)\s*{_FIGURE}){{0,9}})"
_SORTS = {
    sort: re.compile(rf"(?<![\w.,/-]){_RANGE}(?P<scale>\s+(?:{'|'.join(_SCALE)}))?{ending}", re.IGNORECASE)
    for sort, ending in {
        "percent": r"\s?(?:%|per\s?cent\b)",
        "hours": r"[\s-]?hours?\b",
        "days": r"[\s-]?days?\b",
        "weeks": r"[\s-]?weeks?\b",
        "months": r"[\s-]?months?\b",
        "years": r"[\s-]?years?\b(?![\s-]old)",
        "times": r"(?:-?\s?fold|\s+times)\b",
        "large": r"(?![\w/%]|[.,]\d)",
    }.items()
}
_YEAR = re.compile(r"(?<![\d.,/()-])((?:19|20)\d\d)(?![\d/]|[.,]\d)")
_ASKS_FOR_ONE = any_of("which|what|who|whose|how many|when")
"""A year in such a question says which one is meant; elsewhere it is claimed."""
_LARGE = 1000
_PART_OF_A_NAME = re.compile(
    r"\b(?:Act|Bill|Law|Directive|Regulation|Convention|Resolution|Recommendation|Code)[\w\s()]{0,20}$"
)


@dataclass(frozen=True, slots=True)
class Premise:
    """A figure that a question states: its words, the sort of figure ("hours", "percent", "year" …) and its values."""

    words: str
    sort: str
    values: frozenset[float]


def stated(text: str) -> tuple[Premise, ...]:
    """The figures that a text states, in order; numbers without a unit only from a thousand up."""
    found: list[tuple[int, Premise]] = []
    for sort, pattern in _SORTS.items():
        for match in pattern.finditer(text):
            values = frozenset(_values(match))
            if values and (sort != "large" or min(values) >= _LARGE):
                found.append((match.start(), Premise(match.group().strip(), sort, values)))
    years = [(m.start(), Premise(m.group(), "year", frozenset([float(m.group())]))) for m in _YEAR.finditer(text)]
    at_years = {start for start, _ in years}
    large = [(start, p) for start, p in found if not (p.sort == "large" and start in at_years)]
    return tuple(premise for _, premise in sorted((*large, *years), key=lambda f: f[0]))


def unsaid(question: str, texts: Iterable[str]) -> tuple[Premise, ...]:
    """The figures of a question that none of the texts states; a year in the name of an instrument is no figure."""
    asked = [premise for premise in stated(question) if not _names(question, premise)]
    held = [premise for text in texts for premise in stated(text)] if asked else []
    return tuple(
        premise
        for premise in asked
        if not any(premise.sort == other.sort and premise.values <= other.values for other in held)
        and not any(premise.values & other.values for other in held if premise.sort == other.sort)
    )


def corrected(question: str, pieces: Sequence[Piece], seen: Iterable[str]) -> tuple[str, list[Piece]]:
    """The words of the first figure that nothing seen states and a piece corrects, and the pieces with that one first.

    The words are "" and the pieces as they were where nothing is corrected.
    """
    for premise in unsaid(question, seen):
        correcting = [piece for piece in pieces if corrects(premise, piece.text)]
        if correcting and not (premise.sort == "year" and _ASKS_FOR_ONE.search(question)):
            closest = max(correcting, key=lambda piece: piece.score)
            return premise.words, [closest, *(other for other in pieces if other is not closest)]
    return "", list(pieces)


def corrects(premise: Premise, text: str) -> bool:
    """Does a text state another figure of the same sort?"""
    return any(other.sort == premise.sort and not other.values & premise.values for other in stated(text))


def _names(question: str, premise: Premise) -> bool:
    return premise.sort == "year" and bool(_PART_OF_A_NAME.search(question[: question.find(premise.words)]))


def _values(match: re.Match[str]) -> Iterable[float]:
    scale = _SCALE.get((match["scale"] or "").strip().casefold(), 1)
    for figure in re.findall(_FIGURE, match["figures"], re.IGNORECASE):
        value = _value(figure.casefold())
        if value is not None:
            yield value * scale


def _value(figure: str) -> float | None:
    if figure[0].isdigit():
        plain = re.sub(r"[.,](?=\d{3}(?!\d))", "", figure).replace(",", ".")
        return float(plain) if plain.count(".") <= 1 else None
    if figure in ("a", "an"):
        return 1.0
    return float(sum(_WORDS[word] for word in re.split(r"[ -]", figure) if word in _WORDS))
