"""From a question to ranked passages: embed, search each index, look closely, fuse, drop what is no evidence."""

import itertools
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from chatbot.model import EVERYWHERE, Hit, Rejection, Retrieval, Scope
from chatbot.ports import Closeness, Embedder, Ranking, Sought
from chatbot.retrieval import fusion
from chatbot.retrieval.fusion import HELPDESK, Scores, Views, Weights
from chatbot.retrieval.snapshot import Snapshot

DEPTH = 60
"""Passages taken from each index; on 340 development questions 80 answered no better and cost half as much again."""
NEAREST_QUESTIONS = 100
"""Of the questions that the cards say they answer, those that are looked at closely."""

REMEMBERED = 32
"""Embeddings of the latest texts searched for: an answer needs its own twice, to tell the intent and to search."""

LIKELY = 0.5
"""The share of the precedence that documents have which a question may mean."""


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
        self._embedding = lru_cache(REMEMBERED)(embedder.question)
        self._depth, self._weights = depth, weights

    def embed(self, text: str, language: str, original: str = "") -> Sought:
        """What to search for: an English text, and the words of the original where that is in another language."""
        return Sought(text, self._embedding(text), language, original if language != "en" else "")

    def search(
        self,
        snapshot: Snapshot,
        sought: Sought,
        *,
        scope: Scope = EVERYWHERE,
        named: tuple[str, ...] = (),
        likely: tuple[str, ...] = (),
        limit: int = 20,
    ) -> Retrieval:
        """The best passages for what is sought, at most limit; where an official text is held its digest gives way.

        named are the documents that the question names; they have the same precedence as the brief. likely are those
        that it may mean, such as the laws of a country it names; they have half of it.
        """
        clock = Clock()
        with clock.step("search"):
            within = snapshot.within(scope)
            found = {name: index.search(sought, self._depth, within) for name, index in snapshot.indexes.items()}
            rows = _with_counterparts(fusion.candidates(list(found.values()), self._depth), snapshot, within)
        with clock.step("rerank"):
            closeness = snapshot.reranker.score(sought, rows)
            views = _views(snapshot, sought, rows, closeness, found=found, named=named, likely=likely)
            scores = fusion.fused(views, self._weights)
            bounds = np.cumsum([0, *(len(unit) for unit in closeness.units)])
            units = [scores[start:end] for start, end in itertools.pairwise(bounds)]
        with clock.step("read"):
            hits, rejected = _hits(snapshot, rows, units, found, limit=limit)
        best = hits[0].score if hits else 0.0
        seen = (best, float(views.nearest_vector.max(initial=0.0)), float(views.questions.max(initial=0.0)))
        told = seen if seen[2] else seen[:2]  # a corpus may have no example questions
        evidence = sum(told) / len(told)
        return Retrieval(tuple(hits), tuple(rejected), snapshot.id, evidence, tuple(clock.milliseconds.items()))


def _hits(
    snapshot: Snapshot,
    rows: NDArray[np.int64],
    units: list[Scores],
    found: dict[str, Ranking],
    *,
    limit: int,
) -> tuple[list[Hit], list[Rejection]]:
    """The best passages, at most limit, and the digests among them that give way to their official text."""
    scores = np.asarray([unit.max(initial=0.0) for unit in units], dtype=np.float32)
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
    likely: tuple[str, ...],
) -> Views:
    none = Ranking(np.empty(0, np.int64), np.empty(0, np.float32))
    at = _Places(rows, [len(units) for units in closeness.units])
    unit = np.concatenate([np.empty(0, np.float32), *closeness.units])
    return Views(
        whole=closeness.rows[at.owner],
        unit=unit,
        digest=_digest_view(snapshot, at, unit),
        questions=_question_view(snapshot, sought, at),
        nearest_vector=fusion.scores_of(found.get("vectors", none), rows)[at.owner],
        words=fusion.scores_of(found.get("words", none), rows)[at.owner],
        references=fusion.scores_of(found.get("references", none), rows)[at.owner],
        first_source=np.maximum(
            snapshot.of_brief | snapshot.of_documents(named), LIKELY * snapshot.of_documents(likely), dtype=np.float32
        )[rows][at.owner],
    )


class _Places:
    """Where the candidates' units stand when they are laid end to end; owner is each one's place among the rows."""

    def __init__(self, rows: NDArray[np.int64], counts: list[int]) -> None:
        self._rows, self._bounds = rows, np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
        self.owner = np.repeat(np.arange(len(rows)), counts)

    def of(self, rows: NDArray[np.int64], units: NDArray[np.int64]) -> NDArray[np.int64]:
        """The places of units given by row and number within it; -1 for those of rows that are no candidates."""
        if not len(self._rows):
            return np.full(len(rows), -1, dtype=np.int64)
        place = np.minimum(np.searchsorted(self._rows, rows), len(self._rows) - 1)
        return np.asarray(np.where(self._rows[place] == rows, self._bounds[place] + units, -1), dtype=np.int64)


def _digest_view(snapshot: Snapshot, at: _Places, unit: Scores) -> Scores:
    """The closest digest sentence of an official unit; a unit that has none is its own."""
    digests, officials = at.of(*snapshot.counterparts[:, :2].T), at.of(*snapshot.counterparts[:, 2:].T)
    both = (digests >= 0) & (officials >= 0)
    view = np.full(len(unit), -1.0, dtype=np.float32)
    np.maximum.at(view, officials[both], unit[digests[both]])
    return np.where(view < 0, unit, view)


def _question_view(snapshot: Snapshot, sought: Sought, at: _Places) -> Scores:
    """The closest of the questions that point at each unit; only the questions of the nearest vectors are looked at."""
    view = np.zeros(len(at.owner), dtype=np.float32)
    numbers = snapshot.nearest_questions(sought.embedding.vector, NEAREST_QUESTIONS)
    places = at.of(*snapshot.targets[numbers].T)
    numbers, places = numbers[places >= 0], places[places >= 0]
    if len(numbers):
        np.maximum.at(view, places, snapshot.reranker.score(sought, numbers + len(snapshot.passages)).rows)
    return view
