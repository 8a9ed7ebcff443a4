"""Several views of a passage become one score, by fixed weights and nothing else."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.ports import Ranking
from chatbot.retrieval import fusion
from chatbot.retrieval.fusion import HELPDESK, PLAIN, Views, Weights, candidates, fused, scores_of

SCORES = ("whole", "unit", "digest", "questions", "nearest_vector", "words", "references")


def views(count: int = 1, value: float = 0.0) -> Views:
    same = np.full(count, value, dtype=np.float32)
    return Views(same, same, same, same, same, same, same, np.zeros(count, dtype=bool))


def with_first(name: str, values: list[float]) -> Views:
    return replace(views(len(values)), **{name: np.asarray(values, dtype=np.float32)})


def ranking(rows: list[int], scores: list[float] | None = None) -> Ranking:
    found = scores if scores is not None else [1.0] * len(rows)
    return Ranking(np.asarray(rows, np.int64), np.asarray(found, np.float32))


@pytest.mark.parametrize("weights", [HELPDESK, PLAIN])
def test_weights_of_closeness_sum_to_one(weights: Weights) -> None:
    """The weights of the five views of closeness sum to 1, so a score stays a cosine."""
    closeness = (weights.whole, weights.unit, weights.digest, weights.questions, weights.nearest_vector)
    assert sum(closeness) == pytest.approx(1)


def test_other_weights_give_other_scores() -> None:
    """A plain collection has no precedence and no digests: what only those would lift stays where it is."""
    first = replace(views(2), digest=np.asarray([1, 0], np.float32), first_source=np.asarray([True, False]))
    assert fused(first)[0] > fused(first)[1]
    assert fused(first, PLAIN)[0] == fused(first, PLAIN)[1]


def test_all_views_alike_give_that_score() -> None:
    """A passage that is equally close in all views, and shares no word, has that score."""
    alike = replace(views(1, 0.7), words=np.zeros(1, np.float32), references=np.zeros(1, np.float32))
    assert fused(alike)[0] == pytest.approx(0.7)


@pytest.mark.parametrize(
    ("name", "weight"),
    [("whole", HELPDESK.whole), ("unit", HELPDESK.unit), ("references", HELPDESK.references)],
)
def test_each_view_has_its_weight(name: str, weight: float) -> None:
    """A view lifts a passage by its weight times its closeness."""
    scores = fused(with_first(name, [0.5, 0.0]))
    assert scores[0] - scores[1] == pytest.approx(weight * 0.5, abs=1e-6)


@pytest.mark.parametrize(
    ("name", "weight"),
    [("questions", HELPDESK.questions), ("nearest_vector", HELPDESK.nearest_vector)],
)
def test_absent_view_counts_as_unknown(name: str, weight: float) -> None:
    """A view that a passage lacks counts as the unknown value, not as zero."""
    scores = fused(with_first(name, [0.8, fusion.UNKNOWN, 0.0]))
    assert scores[1] == scores[2]
    assert scores[0] - scores[1] == pytest.approx(weight * (0.8 - fusion.UNKNOWN), abs=1e-6)


def test_words_count_relative_to_the_best() -> None:
    """The passage that shares most words gets the share in full, the others in proportion."""
    scores = fused(with_first("words", [20.0, 10.0, 0.0]))
    assert np.allclose(scores - scores[2], [HELPDESK.words, HELPDESK.words / 2, 0], atol=1e-6)


def test_brief_has_precedence() -> None:
    """A passage of the brief is lifted by the precedence."""
    scores = fused(replace(views(2), first_source=np.array([True, False])))
    assert scores[0] - scores[1] == pytest.approx(HELPDESK.precedence)


def test_order_of_closer_passages() -> None:
    """Of passages that differ in one view alone, the closer one is first."""
    assert np.argsort(-fused(with_first("whole", [0.2, 0.9, 0.5]))).tolist() == [1, 2, 0]


def test_no_passage_gives_no_score() -> None:
    """No passages give no scores."""
    assert fused(views(0)).shape == (0,)


@given(st.lists(st.floats(0, 1, width=32), min_size=7, max_size=7), st.permutations(range(7)))
def test_scores_do_not_depend_on_the_order_of_passages(values: list[float], order: list[int]) -> None:
    """Passages given in another order have the same scores."""
    column = np.asarray(values, dtype=np.float32)
    straight = Views(*[column] * 7, column > 0.5)
    shuffled = Views(*[column[order]] * 7, column[order] > 0.5)
    assert fused(shuffled).tolist() == fused(straight)[order].tolist()


def test_fused_changes_nothing_it_was_given() -> None:
    """The views are the same after as before, and the same views give the same scores."""
    given_views = views(3, 0.2)
    first = fused(given_views)
    assert all(getattr(given_views, name).tolist() == views(3, 0.2).whole.tolist() for name in SCORES)
    assert fused(given_views).tolist() == first.tolist()


def test_candidates_are_ascending_and_once_each() -> None:
    """The rows of all rankings come in ascending order, once each."""
    assert candidates([ranking([5, 1]), ranking([1, 9]), ranking([])], 10).tolist() == [1, 5, 9]


def test_candidates_limit_each_ranking() -> None:
    """The limit bounds the share of each ranking, not the whole."""
    assert candidates([ranking([5, 1, 7]), ranking([9, 2, 3])], 2).tolist() == [1, 2, 5, 9]


@pytest.mark.parametrize("rankings", [[], [ranking([])], [ranking([]), ranking([])]])
def test_no_candidates(rankings: list[Ranking]) -> None:
    """Rankings without rows give no rows, as whole numbers."""
    found = candidates(rankings, 5)
    assert (found.shape, found.dtype) == ((0,), np.dtype(np.int64))


def test_scores_of_rows() -> None:
    """Each row has the score of the ranking, and 0 where it is not ranked."""
    found = scores_of(ranking([9, 2, 100], [0.9, 0.5, 0.1]), np.array([1, 2, 9]))
    assert found.tolist() == pytest.approx([0, 0.5, 0.9])


@pytest.mark.parametrize("rows", [[], [3]])
def test_scores_of_an_empty_ranking(rows: list[int]) -> None:
    """A ranking without rows gives zeros."""
    assert scores_of(ranking([]), np.asarray(rows, np.int64)).tolist() == [0] * len(rows)


def test_scores_of_no_rows() -> None:
    """No rows give no scores, whatever the ranking."""
    assert scores_of(ranking([4, 5]), np.empty(0, np.int64)).shape == (0,)
