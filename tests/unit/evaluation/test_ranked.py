"""The measures are those of trec_eval, checked against values calculated by hand."""

import math

import pytest

from chatbot.evaluation.ranked import measures

JUDGED = {"q1": {"a": 1, "b": 1, "c": 1, "x": 0}, "q2": {"z": 2}}


def by_name(rankings: dict[str, list[str]], depth: int = 10) -> dict[str, float]:
    return {measure.name: measure.mean for measure in measures(rankings, JUDGED, depth)}


def test_values_by_hand() -> None:
    """Relevant at ranks 1 and 3 of three relevant ones: recall 2/3, precision 1 and 2/3 summed over 3."""
    found = by_name({"q1": ["a", "x", "b"]})
    assert found["recall@10"] == pytest.approx(2 / 3)
    assert found["MAP@10"] == pytest.approx((1 + 2 / 3) / 3)
    assert found["MRR@10"] == pytest.approx(1)
    ideal = 1 + 1 / math.log2(3) + 1 / math.log2(4)
    assert found["nDCG@10"] == pytest.approx((1 + 1 / math.log2(4)) / ideal)


def test_what_is_found_below_the_depth_does_not_count() -> None:
    """All four measures end at the depth, and divide by all relevant passages."""
    found = by_name({"q1": ["x", "a", "b"]}, depth=2)
    assert found == pytest.approx(
        {
            "recall@2": 1 / 3,
            "MAP@2": (1 / 2) / 3,
            "nDCG@2": (1 / math.log2(3)) / (1 + 1 / math.log2(3)),
            "MRR@2": 1 / 2,
        }
    )


def test_nothing_found_counts_as_nought() -> None:
    """A question for which nothing was found lowers the mean; it is not left out."""
    found = measures({"q1": [], "q2": ["z"]}, JUDGED, 10)
    assert [(m.mean, m.n) for m in found] == [(0.5, 2)] * 4


def test_the_interval_holds_the_mean_and_shrinks_with_questions() -> None:
    """The interval encloses the mean, is the same at every run, and is narrower for more questions."""

    def width(count: int) -> float:
        grades = {f"q{i}": {"a": 1} for i in range(count)}
        found = measures({f"q{i}": ["a"] if i % 2 else ["b"] for i in range(count)}, grades, 10)
        assert found == measures({f"q{i}": ["a"] if i % 2 else ["b"] for i in range(count)}, grades, 10)
        assert found[0].low < found[0].mean < found[0].high
        return found[0].high - found[0].low

    assert width(400) < width(40)
