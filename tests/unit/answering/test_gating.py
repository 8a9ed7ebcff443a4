"""Evidence near enough to carry an answer."""

import pytest

from chatbot.answering.gating import near_enough
from chatbot.model import Edition, Hit, Passage, PassageKind, Retrieval


def _retrieval(evidence: float, *texts: str) -> Retrieval:
    hits = [
        Hit(Passage(f"guide:official:a:{n}", "guide", Edition.OFFICIAL, "a", "A", (), text, PassageKind.PARAGRAPH,
                    0, len(text), (), "en"), 0.5)
        for n, text in enumerate(texts)
    ]  # fmt: skip
    return Retrieval(tuple(hits), (), "snapshot", evidence)


@pytest.mark.parametrize(("evidence", "enough"), [(0.39, False), (0.40, True), (0.41, True), (0.0, False), (1.0, True)])
def test_evidence_reaches_or_misses_the_threshold(evidence: float, enough: bool) -> None:
    """Evidence at the threshold is enough."""
    assert near_enough(_retrieval(evidence, "Lamps."), "How many lamps?", 0.40) is enough


def test_without_hits_nothing_is_near() -> None:
    """However high the number, what was not found cannot answer."""
    assert near_enough(_retrieval(1.0), "How many lamps?", 0.0) is False


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Where do 4,100 readers come from?", "a petition of 4,100 readers"),
        ("What are the 4.100 readers?", "4.100 readers"),
        ("What is 62%?", "In all 62% of rooms"),
        ("What is 62 per cent?", "62 per cent of rooms"),
        ("What cost 2.5 units?", "a fine of 2.5 units"),
        ("Which 1,200,000 books?", "some 1,200,000 books"),
    ],
)
def test_a_figure_of_the_question_that_was_found_is_enough(question: str, text: str) -> None:
    """A figure with a mark in it is as good as a name."""
    assert near_enough(_retrieval(0.0, "Other.", text), question, 0.9) is True


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("What happened in 2024?", "adopted in 2024"),
        ("What is 62%?", "In all 61% of rooms"),
        ("Which 28 rooms?", "28 such rooms"),
        ("Where do 4,100 readers come from?", "4100 readers"),
    ],
)
def test_a_year_a_bare_number_or_another_figure_is_not(question: str, text: str) -> None:
    """Numbers that stand in many texts prove nothing."""
    assert near_enough(_retrieval(0.0, text), question, 0.9) is False


def test_a_figure_far_down_the_hits_is_not_enough() -> None:
    """Only the best five hits are asked for the figure."""
    others = ["Nothing."] * 5
    assert near_enough(_retrieval(0.0, *others, "4,100 readers"), "Where do 4,100 readers come from?", 0.9) is False


def test_a_figure_inside_a_longer_one_is_another_figure() -> None:
    """62% does not state 2%."""
    assert near_enough(_retrieval(0.0, "In all 62% of rooms"), "Which 2% of rooms were flooded?", 0.9) is False


def test_what_is_off_topic_needs_more_evidence() -> None:
    """The more likely a question is off topic, the closer the evidence must be."""
    found = _retrieval(0.5, "Lamps.")
    assert [near_enough(found, "How many lamps?", 0.4, off_topic) for off_topic in (0.0, 0.2, 0.3, 1.0)] == [
        True, True, False, False,
    ]  # fmt: skip
