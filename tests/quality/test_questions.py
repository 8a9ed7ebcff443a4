"""The public questions point at words that stand in the cards, so that a change of a card that moves them is told."""

import re
from pathlib import Path

import pytest

from chatbot.evaluation.questions import Case, read
from tests.conftest import ROOT

QUESTIONS = Path(__file__).parent / "questions"
CASES = read(QUESTIONS)
_HEADING = re.compile(r"#+ (?P<heading>.*)")
_MARKS = re.compile(r"\[\^\w+\]|\*")


def plain(text: str) -> str:
    """A text without marks of emphasis and notes, with single blanks."""
    return re.sub(r"\s+", " ", _MARKS.sub("", text)).strip()


def folded(text: str) -> str:
    """A text as facts are compared: without case, with straight apostrophes."""
    return plain(text).casefold().replace("’", "'")


def sections(text: str) -> dict[str, str]:
    """The text below each heading of a card, the heading included."""
    found: dict[str, list[str]] = {}
    heading = ""
    for line in text.split("\n"):
        match = _HEADING.match(line)
        heading = match["heading"].strip() if match else heading
        found.setdefault(heading, []).append(line)
    return {name: plain("\n".join(lines)) for name, lines in found.items()}


@pytest.fixture(scope="module")
def cards() -> dict[str, dict[str, str]]:
    """The sections of each card, by its id."""
    texts = [path.read_text(encoding="utf-8") for path in (ROOT / "corpus").rglob("*.md")]
    ids = [(re.search(r"^id: (\S+)", text, re.MULTILINE), text) for text in texts]
    return {match[1]: sections(text) for match, text in ids if match}


def test_evidence_stands_in_its_section(cards: dict[str, dict[str, str]]) -> None:
    """Each span of evidence is found, word for word, below the heading of the card that the question names."""
    missing = [
        (case.id, evidence.document, evidence.section, evidence.words)
        for case in CASES
        for evidence in case.evidence
        if plain(evidence.words) not in cards.get(evidence.document, {}).get(evidence.section, "")
    ]
    assert missing == []


def _told(case: Case) -> str:
    return folded(" ".join(evidence.words for evidence in case.evidence))


def test_facts_stand_in_the_evidence() -> None:
    """Each fact that a right answer must hold stands in the evidence in one of its wordings."""
    untold = [
        (case.id, fact) for case in CASES for fact in case.nuggets if not any(folded(w) in _told(case) for w in fact)
    ]
    assert untold == []


def test_evidence_is_not_called_wrong() -> None:
    """No words that make an answer wrong stand in the evidence."""
    wrong = [(case.id, words) for case in CASES for words in case.must_not if folded(words) in _told(case)]
    assert wrong == []


def test_only_what_is_answered_has_evidence() -> None:
    """A question without an answer in the sources names no evidence and no facts."""
    assert [c.id for c in CASES if c.expects != "answered" and (c.evidence or c.nuggets)] == []
