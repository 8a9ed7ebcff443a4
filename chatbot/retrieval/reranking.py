"""Late interaction: each word piece of the question against every piece of a passage.

A score is the mean over the question's pieces of the best cosine in the text, rare pieces counting more
(MaxSim of ColBERT, Khattab & Zaharia 2020, here over the embedding model's own token vectors).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from chatbot.model import Passage
from chatbot.ports import Closeness, Embedding, Sought, Vector
from chatbot.retrieval.texts import EmbeddedTexts, unquantized

_FILES = ("bounds", "starts", "units", "weights")
CONTEXT = -1
"""The unit of a segment that is a text's context, not part of any of its units."""


@dataclass(frozen=True, slots=True)
class Segments:
    """Which word pieces of a text belong to which of its units, and what each piece of the vocabulary weighs.

    bounds: shape (texts + 1,), where each text's segments begin. starts: shape (segments,), the first piece,
    counted within the text. units: shape (segments,), the unit's place in the passage, or CONTEXT.
    weights: shape (vocabulary,), ln(1 + n / df) over the texts.
    """

    bounds: NDArray[np.int64]
    starts: NDArray[np.int32]
    units: NDArray[np.int16]
    weights: Vector

    @classmethod
    def of(cls, passages: Sequence[Passage], texts: EmbeddedTexts) -> "Segments":
        """Cut the texts of passages at their units; texts after them (questions) are one segment each."""
        bounds, starts, units = [0], [], []
        for row in range(len(texts)):
            cuts = _cuts(passages[row], texts.spans[texts.slice(row)]) if row < len(passages) else [(0, 0)]
            starts += [start for start, _ in cuts]
            units += [unit for _, unit in cuts]
            bounds.append(len(starts))
        return cls(
            np.asarray(bounds, dtype=np.int64),
            np.asarray(starts, dtype=np.int32),
            np.asarray(units, dtype=np.int16),
            _weights(texts),
        )

    @classmethod
    def load(cls, folder: Path) -> "Segments":
        """Open what was saved."""
        return cls(*(np.load(folder / f"{name}.npy", mmap_mode="r").view(np.ndarray) for name in _FILES))

    def save(self, folder: Path) -> None:
        """Write the arrays into a folder."""
        folder.mkdir()
        for name in _FILES:
            np.save(folder / f"{name}.npy", getattr(self, name))


def _cuts(passage: Passage, spans: NDArray[np.int32]) -> list[tuple[int, int]]:
    """First piece and unit of each segment; a unit beyond what the model reads shares the last piece."""
    shift = len(passage.context)
    begins = [shift + unit.start for unit in passage.units]
    firsts = np.minimum(np.searchsorted(spans[:, 0], begins), max(len(spans) - 1, 0))
    cuts = [(int(first), unit) for unit, first in enumerate(firsts)]
    return cuts if cuts and cuts[0][0] == 0 else [(0, CONTEXT), *cuts]


def _weights(texts: EmbeddedTexts) -> Vector:
    df = np.ones(int(texts.pieces.max(initial=0)) + 1, dtype=np.float64)
    for row in range(len(texts)):
        df[np.unique(texts.pieces[texts.slice(row)])] += 1
    return np.log1p(len(texts) / df).astype(np.float32)


class LateInteraction:
    """Reranker over the token vectors of a snapshot's texts."""

    def __init__(self, texts: EmbeddedTexts, segments: Segments) -> None:
        self._texts, self._segments = texts, segments

    @np.errstate(invalid="ignore")  # BLAS kernels read behind short rows now and then, and raise the flag for that
    def score(self, sought: Sought, rows: NDArray[np.int64]) -> Closeness:
        """How closely each text answers the question as a whole, and each of its units with its context."""
        asked, weights = sought.embedding.tokens, self._asked_weights(sought.embedding)
        lengths = self._texts.bounds[rows + 1] - self._texts.bounds[rows]
        if not len(asked) or not lengths.any():
            return self._nothing(rows)
        if not lengths.all():
            return self._without_empty(sought, rows, lengths > 0)
        similar = self._texts.tokens_of(rows) @ asked.T  # (gathered pieces, question's pieces)
        cuts = self._segments
        held = np.concatenate([np.arange(cuts.bounds[row], cuts.bounds[row + 1]) for row in rows])
        owner = np.repeat(np.arange(len(rows)), cuts.bounds[rows + 1] - cuts.bounds[rows])
        offsets = np.concatenate([[0], np.cumsum(lengths)[:-1]])
        best = np.maximum.reduceat(similar, offsets[owner] + cuts.starts[held], axis=0)
        return _closeness(best, cuts.units[held], owner, len(rows), weights)

    def _nothing(self, rows: NDArray[np.int64]) -> Closeness:
        counts = [int((self._segments.units[slice(*self._segments.bounds[r : r + 2])] != CONTEXT).sum()) for r in rows]
        return Closeness(np.zeros(len(rows), np.float32), tuple(np.zeros(count, np.float32) for count in counts))

    def _without_empty(self, sought: Sought, rows: NDArray[np.int64], full: NDArray[np.bool_]) -> Closeness:
        """Texts without a word score 0, the others as if those were not there."""
        nothing, some = self._nothing(rows), self.score(sought, rows[full])
        scores, units = nothing.rows, list(nothing.units)
        scores[full] = some.rows
        for place, found in zip(np.flatnonzero(full), some.units, strict=True):
            units[place] = found
        return Closeness(scores, tuple(units))

    def support(self, embedding: Embedding, row: int) -> Vector:
        """The best cosine of each of the question's pieces in one text, shape (pieces,)."""
        tokens = unquantized(self._texts.tokens[self._texts.slice(row)])
        if not len(tokens):
            return np.zeros(len(embedding.tokens), np.float32)
        return np.asarray((embedding.tokens @ tokens.T).max(axis=1), dtype=np.float32)

    def _asked_weights(self, embedding: Embedding) -> Vector:
        """Weights of the question's pieces, summing to 1; a piece that no text holds weighs most."""
        known = self._segments.weights
        rarest = float(known.max(initial=0.0))
        held = np.minimum(embedding.pieces, len(known) - 1)
        weights = np.where(embedding.pieces < len(known), known[held], rarest).astype(np.float32)
        total = float(weights.sum())
        return weights / total if total else weights


def _closeness(
    best: Vector, unit: NDArray[np.int16], owner: NDArray[np.int64], count: int, weights: Vector
) -> Closeness:
    """Segments' best cosines, shape (segments, pieces) -> scores of texts and of units with their context."""
    context = np.full((count, best.shape[1]), -1.0, dtype=np.float32)
    context[owner[unit == CONTEXT]] = best[unit == CONTEXT]
    whole = context.copy()
    np.maximum.at(whole, owner, best)
    inside = unit != CONTEXT
    parts = np.maximum(best[inside], context[owner[inside]]) @ weights
    bounds = np.searchsorted(owner[inside], np.arange(count + 1))
    scores = np.clip(whole, 0.0, None) @ weights
    return Closeness(
        scores.astype(np.float32),
        tuple(parts[bounds[i] : bounds[i + 1]].astype(np.float32) for i in range(count)),
    )
