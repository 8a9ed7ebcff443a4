"""The story of a document: from its card and its official text to a published snapshot."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from chatbot.errors import CorpusError, NotFoundError, SnapshotError, SourceError
from chatbot.ingest import catalogue, glossary, readers
from chatbot.ingest.catalogue import Card
from chatbot.ingest.passages import Cutter, Origin, passages
from chatbot.ingest.sources import Source, Sources
from chatbot.ingest.structure import Structure, structure
from chatbot.model import Block, Coverage, Document, Edition, Exemplar, Glossary, HeldSection, Passage
from chatbot.ports import Embedder, Index
from chatbot.retrieval import record, records, snapshot
from chatbot.retrieval.building import RECIPE, Material, build, content_id
from chatbot.retrieval.snapshots import Snapshots
from chatbot.retrieval.texts import EmbeddedTexts

MAX_PASSAGES = 20_000
"""More than this in one document is no law and no report."""


@dataclass(frozen=True, slots=True)
class Read:
    """What was read of one edition of a document."""

    document_id: str
    edition: Edition
    sections: int
    passages: int
    notes: int
    statements: int
    entries: int
    questions: int
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """What a refresh did: the editions read, what was wrong, and how the passages differ from those before."""

    snapshot_id: str
    unchanged: bool
    read: tuple[Read, ...]
    problems: tuple[str, ...]
    embedded: int
    reused: int
    added: int
    changed: int
    removed: int


@dataclass(frozen=True, slots=True)
class _Edition:
    document: Document
    edition: Edition
    structure: Structure
    passages: list[Passage]


class Refresher:
    """Rebuilds the index from the cards and the official texts, beside the live snapshot."""

    def __init__(
        self,
        corpus_dir: Path,
        sources: Sources,
        snapshots: Snapshots,
        embedder: Embedder,
        engines: Sequence[type[Index]],
    ) -> None:
        self._corpus_dir, self._sources, self._snapshots = corpus_dir, sources, snapshots
        self._embedder, self._engines = embedder, engines

    def refresh(self, started: Callable[[int], Callable[[int], None]] = lambda total: lambda done: None) -> Report:
        """Read everything, embed what is new, build, verify and publish.

        started is called with the number of texts and gives what is told of their progress. Raises BusyError
        when another refresh is going on, and CorpusError when nothing at all can be read.
        """
        with self._snapshots.lock():
            material, editions, problems = self._material()
            previous = self._previous()
            before = _digests_of(previous)
            snapshot_id = content_id(material, self._embedder.fingerprint, self._engines)
            embedded, reused, unchanged = 0, 0, self._is_current(snapshot_id)
            if not unchanged:
                folder = self._snapshots.new_folder()
                texts = (
                    EmbeddedTexts(previous / "texts") if previous and snapshot.recipe_of(previous) == RECIPE else None
                )
                progress = started(len(material.embedded()))
                written = build(material, folder, self._embedder, self._engines, previous=texts, progress=progress)
                embedded, reused = written.embedded, written.reused
                self._snapshots.publish(self._snapshots.add(folder))
            added, changed, removed = _compared(before, {p.id: p.digest for p in material.passages})
            read = tuple(_read(edition) for edition in editions)
            return Report(snapshot_id, unchanged, read, problems, embedded, reused, added, changed, removed)

    def rehearse(self, folder: Path, started: Callable[[int], Callable[[int], None]]) -> int:
        """Build everything anew into an empty folder that is not published; returns the number of passages."""
        material, _, _ = self._material()
        build(material, folder, self._embedder, self._engines, progress=started(len(material.embedded())))
        return len(material.passages)

    def _material(self) -> tuple[Material, list[_Edition], tuple[str, ...]]:
        found = catalogue.load(self._corpus_dir)
        words, shown = glossary.load(self._corpus_dir), glossary.exemplars(self._corpus_dir)
        sources, damaged = self._sources.held()
        problems = [str(p) for p in (*found.problems, *damaged)]
        problems += [
            f"{s.path}: no card has the id '{s.document_id}'; write the card or remove the text."
            for s in sources
            if s.document_id not in found.cards
        ]
        by_id = {source.document_id: source for source in sources}
        editions: list[_Edition] = []
        for card in found.cards.values():
            try:
                editions += self._editions(card, by_id.get(card.document.id))
            except CorpusError as problem:
                problems.append(str(problem))
                editions += self._editions(card, None)
        if not any(edition.passages for edition in editions):
            raise CorpusError(f"{self._corpus_dir}: no card could be read. " + " ".join(problems))
        return _assembled(editions, words, shown), editions, tuple(problems)

    def _editions(self, card: Card, source: Source | None) -> list[_Edition]:
        """The official text first, then the digest."""
        document = replace(card.document, coverage=Coverage.OFFICIAL) if source else card.document
        editions = [self._edition(document, Edition.DIGEST, card.blocks)]
        if source:
            blocks = readers.read(source.read(), source.about.name)
            editions.insert(0, self._edition(document, Edition.OFFICIAL, blocks))
        return editions

    def _edition(self, document: Document, edition: Edition, blocks: list[Block]) -> _Edition:
        found = structure(blocks, document.title)
        if edition is Edition.DIGEST:
            found = replace(found, sections=(*found.sections, record.section(document)))
        cutter = Cutter(self._embedder.count, self._embedder.budget)
        cut: list[Passage] = []
        for section in found.sections:
            cut += passages(Origin(document, edition, section, self._embedder.fingerprint), cutter)
            if len(cut) > MAX_PASSAGES:
                raise SourceError(f"{document.id}: the {edition} text gives more than {MAX_PASSAGES} passages.")
        if not cut and edition is Edition.OFFICIAL:
            raise SourceError(f"{document.id}: the official text has headings and no text; add the whole text.")
        return _Edition(document, edition, found, cut)

    def _previous(self) -> Path | None:
        """The folder of the current snapshot, if it is whole."""
        current = self._snapshots.current_id()
        try:
            folder = self._snapshots.folder(current) if current else None
            if folder:
                snapshot.verify(folder)
            return folder
        except (NotFoundError, SnapshotError):
            return None

    def _is_current(self, snapshot_id: str) -> bool:
        return self._snapshots.current_id() == snapshot_id and self._previous() is not None


def _assembled(editions: list[_Edition], words: Glossary, shown: tuple[Exemplar, ...]) -> Material:
    documents = {edition.document.id: edition.document for edition in editions}
    return Material(
        documents=tuple(documents.values()),
        glossary=words,
        exemplars=shown,
        sections=tuple(
            HeldSection(edition.document.id, edition.edition, section)
            for edition in editions
            for section in edition.structure.sections
        ),
        passages=tuple(passage for edition in editions for passage in edition.passages),
    )


def _read(edition: _Edition) -> Read:
    found = edition.structure
    return Read(
        document_id=edition.document.id,
        edition=edition.edition,
        sections=len(found.sections),
        passages=len(edition.passages),
        notes=found.notes,
        statements=found.statements,
        entries=found.entries,
        questions=sum(len(section.questions) for section in found.sections),
        warnings=found.warnings,
    )


def _digests_of(folder: Path | None) -> dict[str, str]:
    return dict(records.read_json(folder / "ids.json")) if folder else {}


def _compared(before: dict[str, str], after: dict[str, str]) -> tuple[int, int, int]:
    """How many passages are new, other, and gone."""
    added = len(after.keys() - before.keys())
    removed = len(before.keys() - after.keys())
    changed = sum(before[id_] != after[id_] for id_ in before.keys() & after.keys())
    return added, changed, removed
