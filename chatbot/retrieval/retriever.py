"""From a question to ranked passages: embed, search each index, look closely, fuse, drop what is no evidence."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
from numpy.typing import NDArray

from chatbot.model import EVERYWHERE, Hit, Rejection, Retrieval, Scope
from chatbot.ports import Closeness, Embedder, Ranking, Sought
from chatbot.retrieval import fusion
from chatbot.retrieval.fusion import HELPDESK, Scores, Views, Weights
from chatbot.retrieval.snapshot import Snapshot

DEPTH = 60
"""Passages taken from each index; on 340 development questions 80 answered no better and cost half as much again."""


class Clock:
    """Milliseconds of named steps, in the order in which they were first timed."""

    def __init__(self) -> None:
        self.milliseconds: dict[str, float] = {}

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Time what happens inside under a name; times under one name add up."""
        start = time.perf_counter()
        try:
            yield
        finally:
            self.add(name, (time.perf_counter() - start) * 1000)

    def add(self, name: str, milliseconds: float) -> None:
        """Add to a step what was timed elsewhere."""
        self.milliseconds[name] = self.milliseconds.get(name, 0.0) + milliseconds


class Retriever:
    """Finds passages in a snapshot."""

    def __init__(self, embedder: Embedder, *, depth: int = DEPTH, weights: Weights = HELPDESK) -> None:
        self._embedder, self._depth, self._weights = embedder, depth, weights

    def embed(self, text: str, language: str, original: str = "") -> Sought:
        """What to search for: an English text, and the words of the original where that is in another language."""
        return Sought(text, self._embedder.question(text), language, original if language != "en" else "")

    def search(
        self,
        snapshot: Snapshot,
        sought: Sought,
        *,
        scope: Scope = EVERYWHERE,
        named: tuple[str, ...] = (),
        limit: int = 20,
    ) -> Retrieval:
        """The best passages for what is sought, at most limit; where an official text is held its digest gives way.

        named are the documents that the question names; they have the same precedence as the brief.
        """
        clock = Clock()
        with clock.step("search"):
            within = snapshot.within(scope)
            found = {name: index.search(sought, self._depth, within) for name, index in snapshot.indexes.items()}
            rows = _with_counterparts(fusion.candidates(list(found.values()), self._depth), snapshot, within)
        with clock.step("rerank"):
            closeness = snapshot.reranker.score(sought, rows)
            views = _views(snapshot, sought, rows, closeness, found=found, named=named)
            scores = fusion.fused(views, self._weights)
            units = _with_digests(snapshot, rows, closeness)
        with clock.step("read"):
            hits, rejected = _hits(snapshot, rows, scores, units, found, limit=limit)
        best = hits[0].score if hits else 0.0
        evidence = (best + float(views.nearest_vector.max(initial=0.0))) / 2
        return Retrieval(tuple(hits), tuple(rejected), snapshot.id, evidence, tuple(clock.milliseconds.items()))


def _hits(
    snapshot: Snapshot,
    rows: NDArray[np.int64],
    scores: Scores,
    units: list[Scores],
    found: dict[str, Ranking],
    *,
    limit: int,
) -> tuple[list[Hit], list[Rejection]]:
    """The best passages, at most limit, and the digests among them that give way to their official text."""
    places = {name: {int(row): n + 1 for n, row in enumerate(ranking.rows)} for name, ranking in found.items()}
    hits: list[Hit] = []
    rejected: list[Rejection] = []
    for place in np.argsort(-scores, kind="stable"):
        if len(hits) == limit:
            break
        row = int(rows[place])
        hit = Hit(
            snapshot.passages[row],
            float(scores[place]),
            tuple(float(unit) for unit in units[place]),
            tuple((name, at[row]) for name, at in places.items() if row in at),
        )
        if snapshot.superseded[row]:
            rejected.append(Rejection(hit, "the official text is held"))
        else:
            hits.append(hit)
    return hits, rejected


def _with_counterparts(rows: NDArray[np.int64], snapshot: Snapshot, within: NDArray[np.bool_]) -> NDArray[np.int64]:
    """The rows, and the official passages that digests among them digest."""
    pointing = np.isin(snapshot.counterparts[:, 0], rows)
    joined = np.union1d(rows, snapshot.counterparts[pointing, 2])
    return np.asarray(joined[within[joined]], dtype=np.int64)


def _views(
    snapshot: Snapshot,
    sought: Sought,
    rows: NDArray[np.int64],
    closeness: Closeness,
    *,
    found: dict[str, Ranking],
    named: tuple[str, ...],
) -> Views:
    none = Ranking(np.empty(0, np.int64), np.empty(0, np.float32))
    best_unit = np.asarray([units.max(initial=0.0) for units in closeness.units], dtype=np.float32)
    return Views(
        whole=closeness.rows,
        best_unit=best_unit,
        digest=_digest_view(snapshot, rows, closeness, best_unit),
        questions=_question_view(snapshot, sought, rows),
        nearest_vector=fusion.scores_of(found.get("vectors", none), rows),
        words=fusion.scores_of(found.get("words", none), rows),
        references=fusion.scores_of(found.get("references", none), rows),
        first_source=snapshot.of_brief[rows] | snapshot.of_documents(named)[rows],
    )


def _digest_view(snapshot: Snapshot, rows: NDArray[np.int64], closeness: Closeness, best_unit: Scores) -> Scores:
    """The closest digest sentence of an official passage; a digest is its own."""
    at = {int(row): place for place, row in enumerate(rows)}
    view = np.zeros(len(rows), dtype=np.float32)
    for place, row in enumerate(rows):
        if ":digest:" in snapshot.id_of(int(row)):
            view[place] = best_unit[place]
    for digest_row, unit, row, _ in snapshot.counterparts[np.isin(snapshot.counterparts[:, 0], rows)]:
        if int(row) in at:
            place = at[int(row)]
            view[place] = max(view[place], closeness.units[at[int(digest_row)]][unit])
    return view


def _with_digests(snapshot: Snapshot, rows: NDArray[np.int64], closeness: Closeness) -> list[Scores]:
    """Units' scores, lifted half-way to that of the digest sentence that says the same in other words."""
    at = {int(row): place for place, row in enumerate(rows)}
    units = [scores.copy() for scores in closeness.units]
    for digest_row, digest_unit, row, unit in snapshot.counterparts[np.isin(snapshot.counterparts[:, 0], rows)]:
        if int(row) in at:
            own = closeness.units[at[int(row)]][unit]
            other = closeness.units[at[int(digest_row)]][digest_unit]
            units[at[int(row)]][unit] = max(units[at[int(row)]][unit], (own + max(own, other)) / 2)
    return units


def _question_view(snapshot: Snapshot, sought: Sought, rows: NDArray[np.int64]) -> Scores:
    """The closest of the questions that point at each row."""
    view = np.zeros(len(rows), dtype=np.float32)
    numbers = np.flatnonzero(np.isin(snapshot.targets, rows))
    if len(numbers):
        scores = snapshot.reranker.score(sought, numbers + len(snapshot.passages)).rows
        np.maximum.at(view, np.searchsorted(rows, snapshot.targets[numbers]), scores)
    return view
