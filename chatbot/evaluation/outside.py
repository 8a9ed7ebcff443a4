"""A judged collection that is not ours -> how well our retriever finds its passages, with intervals."""

import resource
import shutil
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from chatbot.evaluation.bench import quantile
from chatbot.evaluation.judged import Entry, Judged
from chatbot.evaluation.kept import KeptEmbedder
from chatbot.evaluation.ranked import Measure, measures
from chatbot.model import (
    Document,
    DocumentKind,
    Edition,
    Glossary,
    LegalState,
    LegalStatus,
    Passage,
    PassageKind,
    Unit,
)
from chatbot.ports import Embedder, Index, Progress
from chatbot.retrieval import building
from chatbot.retrieval.building import Material
from chatbot.retrieval.fusion import PLAIN
from chatbot.retrieval.retriever import Retriever
from chatbot.retrieval.snapshot import MANIFEST, Snapshot

Cut = Callable[[str], list[tuple[Unit, ...]]]
"""A text -> the units of each of its parts."""

Started = Callable[[int], Progress]
_PARTS = 4  # a long passage may be found by several of its parts

_NAME = "collection"
_DOCUMENT = Document(
    id=_NAME,
    title=_NAME,
    short_title=_NAME,
    issuer="",
    jurisdiction="INT",
    kind=DocumentKind.REPORT,
    annex=(),
    year=0,
    status=LegalStatus(LegalState.PUBLISHED, "", ""),
    languages=("en",),
)


@dataclass(frozen=True, slots=True)
class Result:
    """What one way of searching found: its measures, and the milliseconds of the median question and of the slowest."""

    engine: str
    measures: tuple[Measure, ...]
    p50: float
    p95: float


class Collection:
    """A collection built for our retriever; a part of a passage counts as the passage."""

    def __init__(self, snapshot: Snapshot, ids: Sequence[str], embedder: Embedder) -> None:
        self._snapshot, self._ids, self._retriever = snapshot, ids, Retriever(embedder, weights=PLAIN)

    def ranked(self, question: str, depth: int, engine: str = "") -> list[str]:
        """The ids of the best passages, best first, at most depth; engine names one index that is asked alone."""
        sought = self._retriever.embed(question, "en")
        if engine:
            found = self._snapshot.indexes[engine].search(sought, depth * _PARTS)
            parts = [self._snapshot.id_of(int(row)) for row in found.rows]
        else:
            parts = [
                hit.passage.id for hit in self._retriever.search(self._snapshot, sought, limit=depth * _PARTS).hits
            ]
        return list(dict.fromkeys(self._ids[int(part.split(":")[2])] for part in parts))[:depth]


def build(
    passages: Sequence[Entry],
    folder: Path,
    embedder: Embedder,
    engines: Sequence[type[Index]],
    *,
    cut: Cut,
    started: Started = lambda total: lambda done: None,
) -> Snapshot:
    """Build a snapshot of a collection in a folder, or open what the folder holds of the same passages and model.

    A build that was broken off goes on where it was. started is called with the number of texts to embed.
    """
    material = Material((_DOCUMENT,), Glossary(), (), tuple(_parts(passages, cut)))
    place = folder / building.content_id(material, embedder.fingerprint, engines)
    if not (place / MANIFEST).is_file():
        _build(material, place, embedder, engines, started)
    return Snapshot(place, engines)


def _build(
    material: Material, place: Path, embedder: Embedder, engines: Sequence[type[Index]], started: Started
) -> None:
    kept, begun = place.with_suffix(".kept"), place.with_suffix(".begun")
    shutil.rmtree(begun, ignore_errors=True)
    begun.mkdir(parents=True)
    progress = started(len(material.passages))
    building.build(material, begun, KeptEmbedder(embedder, kept), engines, progress=progress)
    begun.rename(place)
    shutil.rmtree(kept)


def _parts(passages: Sequence[Entry], cut: Cut) -> Iterator[Passage]:
    for number, passage in enumerate(passages):
        for ordinal, units in enumerate(cut(passage.text)):
            start, end = units[0].start, units[-1].end
            yield Passage(
                id=f"{_NAME}:{Edition.OFFICIAL}:{number}:{ordinal}",
                document_id=_NAME,
                edition=Edition.OFFICIAL,
                anchor=str(number),
                label="",
                headings=(),
                text=passage.text[start:end],
                kind=PassageKind.PARAGRAPH,
                start=start,
                end=end,
                units=tuple(replace(unit, start=unit.start - start, end=unit.end - start) for unit in units),
                language="en",
            )


def measured(
    collection: Collection, judged: Judged, depth: int, *, engine: str = "", progress: Progress = lambda done: None
) -> Result:
    """Ask every question once and measure what is found; engine names one index that is asked alone."""
    rankings, milliseconds = {}, []
    for question in judged.questions:
        start = time.perf_counter()
        rankings[question.id] = collection.ranked(question.text, depth, engine)
        milliseconds.append((time.perf_counter() - start) * 1000)
        progress(1)
    p50, p95 = statistics.median(milliseconds), quantile(milliseconds, 0.95)
    return Result(engine or "all", measures(rankings, judged.judgements, depth), p50, p95)


def peak_megabytes() -> float:
    """The most memory that this process had in RAM so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
