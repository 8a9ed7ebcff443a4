"""A case and its answer -> what is right and wrong about it. Pure."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from chatbot.evaluation.questions import Case
from chatbot.model import Answer, Hit, Status

ABSTAINED = (Status.NOT_IN_SOURCES, Status.NOT_HELD, Status.OUT_OF_SCOPE, Status.CLARIFY)
ANSWERED = (Status.ANSWERED, Status.PARTIAL)
DEPTHS = (1, 3, 5, 10)
_RUN = 8  # words in a row that a passage shares with gold words
_SHORT = 4  # letters of a word that must not go on
_QUOTES = str.maketrans("‘’‛′“”„‟«»‐‑‒–—−", '\'\'\'\'""""""------')


@dataclass(frozen=True, slots=True)
class Scored:
    """What came of a case.

    correct: the expected status, and for an answer all nuggets and nothing forbidden. cited: a citation holds gold
    words. supported: every sentence stands verbatim in a passage that it cites. nuggets: the share found. ranks: by
    gold evidence, the place of the first passage that holds it (0 for none). milliseconds: of the whole answer.
    """

    case: Case
    status: Status
    correct: bool
    cited: bool | None
    supported: bool | None
    nuggets: float | None
    corrected: bool
    words: int
    ranks: tuple[int, ...]
    evidence: float | None
    milliseconds: float
    answer: str

    @property
    def abstained(self) -> bool:
        """Was it said that there is no answer?"""
        return self.status in ABSTAINED


def scored(case: Case, answer: Answer, hits: Sequence[Hit], milliseconds: float) -> Scored:
    """Compare an answer, and the passages found for its question, with what is known."""
    text = _text(answer)
    found = [any(holds(words, text) for words in nugget) for nugget in case.nuggets]
    expects_answer = case.expects is Status.ANSWERED
    right = answer.status in ANSWERED if expects_answer else _as_expected(case.expects, answer.status)
    return Scored(
        case=case,
        status=answer.status,
        correct=right and all(found) and not any(holds(words, text) for words in case.must_not),
        cited=_cited(case, answer) if expects_answer else None,
        supported=_supported(answer) if answer.sentences else None,
        nuggets=(sum(found) / len(found) if answer.status in ANSWERED else 0.0) if found else None,
        corrected=("premise", "corrected") in answer.trace,
        words=len(" ".join(sentence.text for sentence in answer.sentences).split()),
        ranks=tuple(_rank(evidence.words, hits) for evidence in case.evidence),
        evidence=next((float(value) for name, value in answer.trace if name == "evidence"), None),
        milliseconds=milliseconds,
        answer=text,
    )


def folded(text: str) -> str:
    """A text without what must not matter: case, forms of quotation marks and dashes, scripts of digits, blanks."""
    plain = unicodedata.normalize("NFKC", text).translate(_QUOTES)
    digits = "".join(str(unicodedata.digit(c)) if c.isdigit() and not c.isascii() else c for c in plain)
    return re.sub(r"\s+", " ", digits.replace("*", "")).strip().casefold()


def holds(words: str, text: str) -> bool:
    """Do words stand in a text? Numbers are whole, short words too; longer words may go on ("minor" in "minors")."""
    sought = re.escape(folded(words))
    before = r"(?<!\d)(?<!\d[.,])" if words[0].isdigit() else r"(?<![a-zà-ÿ])" if words[0].isalpha() else ""
    last = re.search(r"[^\W\d_]*$", words)
    short = last is not None and 0 < len(last.group()) <= _SHORT
    after = r"(?!\d|[.,]\d)" if words[-1].isdigit() else r"(?![a-zà-ÿ])" if short else ""
    return re.search(before + sought + after, folded(text)) is not None


def shares(gold: str, passage: str) -> bool:
    """Does a passage hold gold words, or eight of them in a row (all of them where they are fewer)?"""
    wanted, held = re.findall(r"\w+", folded(gold)), " ".join(re.findall(r"\w+", folded(passage)))
    length = min(_RUN, len(wanted))
    runs = (" ".join(wanted[start : start + length]) for start in range(len(wanted) - length + 1))
    return bool(wanted) and any(f" {run} " in f" {held} " for run in runs)


def _as_expected(expected: Status, given: Status) -> bool:
    return given in ABSTAINED if expected in ABSTAINED else given is expected


def _text(answer: Answer) -> str:
    cells = [line.text for row in answer.table.cells for cell in row for line in cell] if answer.table else []
    return "\n".join([answer.message, *(sentence.text for sentence in answer.sentences), *cells, answer.closing])


def _cited(case: Case, answer: Answer) -> bool:
    texts = [citation.passage.text for citation in answer.citations]
    return any(shares(evidence.words, text) for evidence in case.evidence for text in texts)


def _supported(answer: Answer) -> bool:
    passages = {citation.number: citation.passage for citation in answer.citations}
    return all(
        sentence.citations and any(sentence.text in passages[number].text for number in sentence.citations)
        for sentence in answer.sentences
    )


def _rank(gold: str, hits: Sequence[Hit]) -> int:
    return next((place for place, hit in enumerate(hits, start=1) if shares(gold, hit.passage.text)), 0)
