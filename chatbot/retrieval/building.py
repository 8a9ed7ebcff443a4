"""Documents, sections and passages -> one complete snapshot folder; what is unchanged is not embedded again."""

import datetime
import hashlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from chatbot import __version__
from chatbot.model import Document, Edition, ExampleQuestion, Exemplar, Glossary, HeldSection, Passage, PassageKind
from chatbot.ports import Embedder, Index, Indexable, Progress, Sought, Vector
from chatbot.retrieval import records, texts
from chatbot.retrieval.gazetteer import Gazetteer, Names
from chatbot.retrieval.intents import Intents
from chatbot.retrieval.names import DOCUMENT_NAME, JURISDICTION_NAME, known_names
from chatbot.retrieval.reranking import LateInteraction, Segments
from chatbot.retrieval.snapshot import DOCUMENT, GLOSSARY, MANIFEST, PASSAGE, SECTION
from chatbot.retrieval.texts import EmbeddedTexts, unquantized

RECIPE = "snapshot-5"
"""Names the rules of this module and the form of its files; changing them changes it."""

_NOWHERE = (-1, -1)
_COUNTERPART_CLOSENESS = 0.5  # below this a digest's sentence says something the official section does not


@dataclass(frozen=True, slots=True)
class Material:
    """Everything a snapshot is made of, in the order in which it is numbered."""

    documents: tuple[Document, ...]
    glossary: Glossary
    sections: tuple[HeldSection, ...]
    passages: tuple[Passage, ...]
    exemplars: tuple[Exemplar, ...] = ()

    @property
    def questions(self) -> list[tuple[HeldSection, ExampleQuestion]]:
        """The questions that sections say they answer, with the section."""
        return [(held, question) for held in self.sections for question in held.section.questions]

    def embedded(self) -> list[str]:
        """The texts that are embedded: passages with their context, then questions, then exemplars."""
        return [
            *(passage.context + passage.text for passage in self.passages),
            *(question.text for _, question in self.questions),
            *(exemplar.text for exemplar in self.exemplars),
        ]


def content_id(material: Material, fingerprint: str, engines: Sequence[type[Index]]) -> str:
    """Twelve hexadecimal digits that change whenever anything that is searched or shown changes."""
    names = ",".join(engine.name for engine in engines)
    digest = hashlib.sha256(f"{RECIPE}|{fingerprint}|{names}|".encode())
    digest.update(GLOSSARY.dump_json(material.glossary))
    for document in material.documents:
        digest.update(DOCUMENT.dump_json(document))
    for section in material.sections:
        digest.update(SECTION.dump_json(section))
    for passage in material.passages:
        digest.update(PASSAGE.dump_json(passage))
    for exemplar in material.exemplars:
        digest.update(f"{exemplar.intent}|{exemplar.text}|".encode())
    return digest.hexdigest()[:12]


def build(
    material: Material,
    folder: Path,
    embedder: Embedder,
    engines: Sequence[type[Index]],
    *,
    previous: EmbeddedTexts | None = None,
    progress: Progress = lambda done: None,
) -> texts.Written:
    """Write a complete snapshot into an empty folder, and last of all its manifest with the checksums."""
    names = known_names(material.documents, material.glossary)
    _write_records(material, names, folder)
    written = texts.write(folder / "texts", material.embedded(), embedder, previous, progress)
    embedded = EmbeddedTexts(folder / "texts")
    segments = Segments.of(material.passages, embedded)
    segments.save(folder / "segments")
    links = _Links(material, embedded, LateInteraction(embedded, segments))
    counterparts = links.counterparts()
    targets = links.targets(counterparts)
    np.save(folder / "counterparts.npy", counterparts)
    np.save(folder / "targets.npy", targets)
    _intents(material, embedded).save(folder / "intents.npz")
    vectors, owners = _vectors(material, embedded, targets)
    indexable = Indexable(
        texts=[p.context + p.text for p in material.passages],
        languages=[p.language for p in material.passages],
        subjects=_subjects(material),
        vectors=vectors,
        owners=owners,
        names=names,
    )
    for engine in engines:
        (folder / engine.name).mkdir()
        engine.build(indexable).save(folder / engine.name)
    snapshot_id = content_id(material, embedder.fingerprint, engines)
    _write_manifest(material, folder, snapshot_id, embedder.fingerprint)
    return written


def _intents(material: Material, embedded: EmbeddedTexts) -> Intents:
    """Learned from the exemplars, and from the cards' questions as plain questions."""
    vectors = embedded.vectors[len(material.passages) :]
    return Intents.fitted(vectors, len(material.questions), [exemplar.intent for exemplar in material.exemplars])


def _subjects(material: Material) -> list[tuple[str, ...]]:
    documents = {document.id: document for document in material.documents}
    return [
        (DOCUMENT_NAME + p.document_id, JURISDICTION_NAME + documents[p.document_id].jurisdiction)
        for p in material.passages
    ]


def _write_records(material: Material, names: Names, folder: Path) -> None:
    records.write(folder / "documents.jsonl", DOCUMENT, material.documents)
    records.write(folder / "glossary.jsonl", GLOSSARY, [material.glossary])
    records.write(folder / "sections.jsonl", SECTION, material.sections)
    records.write(folder / "passages.jsonl", PASSAGE, material.passages)
    records.write_json(folder / "names.json", names)
    records.write_json(folder / "ids.json", [(passage.id, passage.digest) for passage in material.passages])
    records.write_json(folder / "jurisdictions.json", _jurisdictions(material, names))
    anchors = [(held.document_id, held.edition, held.section.anchor) for held in material.sections]
    records.write_json(folder / "anchors.json", anchors)


def _jurisdictions(material: Material, names: Names) -> dict[str, list[int]]:
    """The rows that are of or about each jurisdiction."""
    gazetteer = Gazetteer(names)
    rows: dict[str, list[int]] = {}
    for row, (passage, subjects) in enumerate(zip(material.passages, _subjects(material), strict=True)):
        found = {*gazetteer.found_in(passage.context + passage.text), subjects[1]}
        for reference in sorted(r for r in found if r.startswith(JURISDICTION_NAME)):
            rows.setdefault(reference.removeprefix(JURISDICTION_NAME), []).append(row)
    return rows


class _Links:
    """Finds the passages that questions and digests point at: the closest in the same section."""

    def __init__(self, material: Material, embedded: EmbeddedTexts, reranker: LateInteraction) -> None:
        self._material, self._embedded, self._reranker = material, embedded, reranker
        self._questions = material.questions
        self._rows: dict[tuple[str, Edition, str], list[int]] = {}
        self._official_rows: dict[str, list[int]] = {}
        for row, passage in enumerate(material.passages):
            if passage.kind is not PassageKind.NOTE:
                self._rows.setdefault((passage.document_id, passage.edition, passage.anchor), []).append(row)
                if passage.edition is Edition.OFFICIAL:
                    self._official_rows.setdefault(passage.document_id, []).append(row)

    def targets(self, counterparts: NDArray[np.int64]) -> NDArray[np.int64]:
        """The row and unit each question points at, shape (questions, 2): the closest unit of the part it asks about.

        Where the official text is held it is the unit that this one digests, or else the closest of its section.
        """
        official = {(int(row), int(unit)): (int(to), int(place)) for row, unit, to, place in counterparts}
        return np.asarray(
            [self._target(number, official) for number in range(len(self._questions))], dtype=np.int64
        ).reshape(-1, 2)

    def _target(self, number: int, official: dict[tuple[int, int], tuple[int, int]]) -> tuple[int, int]:
        held, question = self._questions[number]
        sought = Sought(question.text, self._embedded.embedding(len(self._material.passages) + number))
        own = self._closest(sought, self._own(held), question)
        if own in official:
            return official[own]
        return self._closest(sought, self._official(held.document_id, held.section.anchor)) or own or _NOWHERE

    def _closest(
        self, sought: Sought, rows: list[int], question: ExampleQuestion | None = None
    ) -> tuple[int, int] | None:
        """The closest unit of the rows, if a question is given within the part that it asks about."""
        found = self._reranker.score(sought, np.asarray(rows, np.int64)).units if rows else ()
        scores = {
            (row, place): float(score)
            for row, units in zip(rows, found, strict=True)
            for place, score in enumerate(units)
            if question is None or _is_within(self._material.passages[row], place, question)
        }
        return max(scores, key=lambda unit: scores[unit], default=None)

    def counterparts(self) -> NDArray[np.int64]:
        """For each unit of a digest, the closest unit of the official section: rows of (row, unit, row, unit)."""
        found: list[tuple[int, int, int, int]] = []
        for row, passage in enumerate(self._material.passages):
            rows = self._official(passage.document_id, passage.anchor)
            if passage.edition is Edition.OFFICIAL or not rows or passage.kind is PassageKind.NOTE:
                continue
            for place, unit in enumerate(passage.units):
                shift = len(passage.context)
                asked = self._embedded.embedding(row, shift + unit.start, shift + unit.end)
                closeness = self._reranker.score(Sought(passage.quote(unit), asked), np.asarray(rows, np.int64))
                best = max(((float(u.max(initial=0)), i) for i, u in enumerate(closeness.units)), default=(0.0, 0))
                if best[0] >= _COUNTERPART_CLOSENESS:
                    found.append((row, place, rows[best[1]], int(closeness.units[best[1]].argmax())))
        return np.asarray(found, dtype=np.int64).reshape(-1, 4)

    def _official(self, document_id: str, anchor: str) -> list[int]:
        """The official section of the same place, or the whole official text where it is headed otherwise."""
        same = self._rows.get((document_id, Edition.OFFICIAL, anchor), [])
        return same or self._official_rows.get(document_id, [])

    def _own(self, held: HeldSection) -> list[int]:
        return self._rows.get((held.document_id, held.edition, held.section.anchor), [])


def _is_within(passage: Passage, place: int, question: ExampleQuestion) -> bool:
    start = passage.start + passage.units[place].start
    return question.start <= start < question.end


def _vectors(
    material: Material, embedded: EmbeddedTexts, targets: NDArray[np.int64]
) -> tuple[Vector, NDArray[np.int64]]:
    """A vector for each passage, each of several units, and each question; and the row each stands for."""
    vectors, owners = [], []
    for row, passage in enumerate(material.passages):
        for vector in (np.asarray(embedded.vectors[row]), *_unit_vectors(passage, embedded, row)):
            vectors.append(vector)
            owners.append(row)
    for number, (target, _) in enumerate(targets):
        if target >= 0:
            vectors.append(np.asarray(embedded.vectors[len(material.passages) + number]))
            owners.append(int(target))
    return np.asarray(vectors, dtype=np.float32).reshape(len(vectors), -1), np.asarray(owners, dtype=np.int64)


def _unit_vectors(passage: Passage, embedded: EmbeddedTexts, row: int) -> Iterator[Vector]:
    """The mean of a unit's token vectors as the model saw them in the passage; none where that is no text's vector."""
    part = embedded.slice(row)
    spans, tokens, shift = embedded.spans[part], embedded.tokens[part], len(passage.context)
    for unit in passage.units if len(passage.units) > 1 and embedded.has_mean_vectors else ():
        inside = (spans[:, 0] >= shift + unit.start) & (spans[:, 1] <= shift + unit.end)
        if inside.any():
            mean = unquantized(tokens[inside]).mean(axis=0)
            yield np.asarray(mean / max(float(np.linalg.norm(mean)), 1e-9), dtype=np.float32)


def _write_manifest(material: Material, folder: Path, snapshot_id: str, fingerprint: str) -> None:
    """Everything is on disk before the manifest says so."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    checksums = {}
    for path in files:
        with path.open("rb") as file:
            checksums[str(path.relative_to(folder))] = hashlib.file_digest(file, "sha256").hexdigest()
            os.fsync(file.fileno())
    manifest = {
        "id": snapshot_id,
        "recipe": RECIPE,
        "model": fingerprint,
        "program": __version__,
        "built_at": datetime.datetime.now(datetime.UTC).isoformat(timespec="microseconds"),
        "counts": {
            "documents": len(material.documents),
            "sections": len(material.sections),
            "passages": len(material.passages),
            "questions": len(material.questions),
        },
        "files": checksums,
    }
    records.write_json(folder / MANIFEST, manifest)
    with (folder / MANIFEST).open("rb") as file:
        os.fsync(file.fileno())
