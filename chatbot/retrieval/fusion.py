"""Several views of a unit (a sentence, an item …) -> one score; a passage scores as its best unit. Pure.

The weights come from a listwise fit on development questions (README, decisions); they sum to 1, so that a
score stays a cosine between 0 and 1.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from chatbot.ports import Ranking

Scores = NDArray[np.float32]

WHOLE, UNIT, DIGEST, QUESTIONS, NEAREST_VECTOR = 0.17, 0.32, 0.12, 0.17, 0.22
SHARED_REFERENCES = 0.08
"""Added in full for the units of a passage that holds all references of the question."""

PRECEDENCE = 0.10
"""Added for units of the brief, which the helpdesk answers from first, and of documents that a question names."""

UNKNOWN = 0.3
"""Stands for a view that a unit does not have, such as questions that nobody wrote for it."""


@dataclass(frozen=True, slots=True)
class Views:
    """How close each of n units is to a question, seen in different ways; each of shape (n,).

    whole: the passage it stands in, with its context. unit: the unit itself. digest: the closest sentence that
    digests it, or it. questions: the closest question it answers. nearest_vector: the nearest vector of its passage.
    references: the share of the question's references that its passage holds.
    first_source: is it of the brief, or of a document that the question names?
    """

    whole: Scores
    unit: Scores
    digest: Scores
    questions: Scores
    nearest_vector: Scores
    references: Scores
    first_source: NDArray[np.bool_]


def fused(views: Views) -> Scores:
    """One score for each unit."""
    score = (
        WHOLE * views.whole
        + UNIT * views.unit
        + DIGEST * views.digest
        + QUESTIONS * np.maximum(views.questions, UNKNOWN)
        + NEAREST_VECTOR * np.maximum(views.nearest_vector, UNKNOWN)
        + SHARED_REFERENCES * views.references
        + PRECEDENCE * views.first_source
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
