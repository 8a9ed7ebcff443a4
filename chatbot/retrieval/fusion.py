"""Several views of a unit (a sentence, an item …) -> one score; a passage scores as its best unit. Pure.

The weights come from a listwise fit on development questions (README, decisions); they sum to 1, so that a
score stays a cosine between 0 and 1.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from chatbot.ports import Ranking

Scores = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Weights:
    """What each view of a unit adds to its score; those from whole to nearest_vector sum to 1.

    words and references are added in full for the passage that shares most words, or all references, with the
    question; precedence for the brief, which the helpdesk answers from first, and for documents that are named.
    """

    whole: float
    unit: float
    digest: float
    questions: float
    nearest_vector: float
    words: float
    references: float
    precedence: float


PRECEDENCE = 0.10

HELPDESK = Weights(
    whole=0.17,
    unit=0.32,
    digest=0.12,
    questions=0.17,
    nearest_vector=0.22,
    words=0,
    references=0.08,
    precedence=PRECEDENCE,
)
"""Shared words find candidates and add nothing once questions are indexed (README, decisions)."""

PLAIN = Weights(
    whole=0.65,
    unit=0.10,
    digest=0,
    questions=0,
    nearest_vector=0.25,
    words=0.18,
    references=0,
    precedence=0,
)
"""For collections of paragraphs without headings, digests or questions of their own."""

_CLOSENESS = ("whole", "unit", "digest", "questions", "nearest_vector")


def without(weights: Weights, view: str) -> Weights:
    """Weights that leave a view out; the other views of closeness share what it weighed."""
    left = replace(weights, **{view: 0.0})
    total = sum(getattr(left, name) for name in _CLOSENESS)
    return replace(left, **{name: getattr(left, name) / total for name in _CLOSENESS})


UNKNOWN = 0.3
"""Stands for a view that a unit does not have, such as questions that nobody wrote for it."""


@dataclass(frozen=True, slots=True)
class Views:
    """How close each of n units is to a question, seen in different ways; each of shape (n,).

    whole: the passage it stands in, with its context. unit: the unit itself. digest: the closest sentence that
    digests it, or it. questions: the closest question it answers. nearest_vector: the nearest vector of its passage.
    words: BM25 of its passage. references: the share of the question's references that its passage holds.
    first_source: 1 for the brief and documents that the question names, less for those it may mean, else 0.
    """

    whole: Scores
    unit: Scores
    digest: Scores
    questions: Scores
    nearest_vector: Scores
    words: Scores
    references: Scores
    first_source: Scores


def fused(views: Views, weights: Weights = HELPDESK) -> Scores:
    """One score for each unit."""
    score = (
        weights.whole * views.whole
        + weights.unit * views.unit
        + weights.digest * views.digest
        + weights.questions * np.maximum(views.questions, UNKNOWN)
        + weights.nearest_vector * np.maximum(views.nearest_vector, UNKNOWN)
        + weights.words * _relative(views.words)
        + weights.references * views.references
        + weights.precedence * views.first_source
    )
    return np.asarray(score, dtype=np.float32)


def candidates(rankings: list[Ranking], limit: int) -> NDArray[np.int64]:
    """Rows that are among the best of any ranking, in ascending order; limit bounds each ranking's share."""
    rows = [ranking.rows[:limit] for ranking in rankings]
    return np.unique(np.concatenate(rows)) if rows else np.empty(0, np.int64)


def scores_of(ranking: Ranking, rows: NDArray[np.int64]) -> Scores:
    """The ranking's scores of the given rows (ascending), 0 where a row is not ranked."""
    result = np.zeros(len(rows), dtype=np.float32)
    places = np.searchsorted(rows, ranking.rows)
    places = np.minimum(places, max(len(rows) - 1, 0))
    held = rows[places] == ranking.rows if len(rows) else np.zeros(len(ranking.rows), bool)
    result[places[held]] = ranking.scores[held]
    return result


def _relative(scores: Scores) -> Scores:
    best = float(scores.max(initial=0.0))
    return scores / best if best > 0 else scores
