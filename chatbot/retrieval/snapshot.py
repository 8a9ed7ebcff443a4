"""One immutable snapshot, opened: everything that is searched and shown, read from its folder."""

import bisect
import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import TypeAdapter

from chatbot.errors import NotFoundError, SnapshotError
from chatbot.model import EVERYWHERE, Coverage, Document, Edition, Glossary, HeldSection, Passage, Scope
from chatbot.ports import Index, Vector
from chatbot.retrieval import record, records
from chatbot.retrieval.gazetteer import Names
from chatbot.retrieval.intents import Intents
from chatbot.retrieval.reranking import LateInteraction, Segments
from chatbot.retrieval.texts import EmbeddedTexts

MANIFEST = "manifest.json"
DOCUMENT, SECTION, PASSAGE = TypeAdapter(Document), TypeAdapter(HeldSection), TypeAdapter(Passage)
GLOSSARY = TypeAdapter(Glossary)


class Snapshot:
    """What one build holds. Rows number its passages; links lead from questions and digests to passages.

    targets: shape (questions, 2), the row and unit each indexed question points at. counterparts: shape (n, 4), the
    row and unit of a digest's sentence and the row and unit of the official text it digests. superseded: shape
    (rows,), the passages of digests whose section is held as official text. of_brief: shape (rows,), passages of the
    best edition held of the brief. of_record: shape (rows,), passages of records, which lists and comparisons quote
    and nothing searches.
    """

    def __init__(self, folder: Path, engines: Sequence[type[Index]]) -> None:
        manifest = records.read_json(folder / MANIFEST)
        self.id: str = manifest["id"]
        self.manifest: dict[str, Any] = manifest
        held = records.Records(folder / "documents.jsonl", DOCUMENT)
        self.documents = {document.id: document for document in held}
        self.glossary: Glossary = records.Records(folder / "glossary.jsonl", GLOSSARY)[0]
        self.names: Names = records.read_json(folder / "names.json")
        self.passages = records.Records(folder / "passages.jsonl", PASSAGE)
        self.sections = records.Records(folder / "sections.jsonl", SECTION)
        self.texts = EmbeddedTexts(folder / "texts")
        self.reranker = LateInteraction(self.texts, Segments.load(folder / "segments"))
        self.targets: NDArray[np.int64] = np.load(folder / "targets.npy", mmap_mode="r")
        self.counterparts: NDArray[np.int64] = np.load(folder / "counterparts.npy", mmap_mode="r")
        self.intents = Intents.load(folder / "intents.npz")
        self.indexes = {engine.name: engine.load(folder / engine.name) for engine in engines}
        self._rows: dict[str, int] = {id_: row for row, (id_, _) in enumerate(records.read_json(folder / "ids.json"))}
        self._sections = {tuple(key): n for n, key in enumerate(records.read_json(folder / "anchors.json"))}
        self._jurisdictions: dict[str, list[int]] = records.read_json(folder / "jurisdictions.json")
        self._ids = list(self._rows)
        places = [id_.split(":")[:3] for id_ in self._rows]
        self._documents_of_rows = np.asarray([document for document, _, _ in places])
        self.superseded: NDArray[np.bool_] = np.asarray(
            [
                edition == Edition.DIGEST and (document, Edition.OFFICIAL, anchor) in self._sections
                for document, edition, anchor in places
            ],
            dtype=bool,
        )
        self.of_record: NDArray[np.bool_] = np.asarray(
            [edition == Edition.DIGEST and anchor == record.ANCHOR for _, edition, anchor in places], dtype=bool
        )
        self.of_brief: NDArray[np.bool_] = np.asarray([self._is_brief(*place[:2]) for place in places], dtype=bool)

    def _is_brief(self, document_id: str, edition: str) -> bool:
        document = self.documents[document_id]
        best = Edition.OFFICIAL if document.coverage is Coverage.OFFICIAL else Edition.DIGEST
        return document.kind == "issue-brief" and edition == best

    def nearest_questions(self, vector: Vector, limit: int) -> NDArray[np.int64]:
        """The numbers of the indexed questions nearest to a vector, at most limit, in no order."""
        first = len(self.passages)
        cosines = self.texts.vectors[first : first + len(self.targets)] @ vector
        return np.asarray(
            np.argpartition(-cosines, limit - 1)[:limit] if limit < len(cosines) else np.arange(len(cosines)), np.int64
        )

    def id_of(self, row: int) -> str:
        """The id of the passage of a row."""
        return self._ids[row]

    def row(self, passage_id: str) -> int:
        """The row of a passage. Raises NotFoundError."""
        try:
            return self._rows[passage_id]
        except KeyError:
            raise NotFoundError(f"There is no passage '{passage_id}' in snapshot {self.id}.") from None

    def passage(self, passage_id: str) -> Passage:
        """A passage by its id. Raises NotFoundError."""
        return self.passages[self.row(passage_id)]

    def document(self, document_id: str) -> Document:
        """A document by its id. Raises NotFoundError."""
        try:
            return self.documents[document_id]
        except KeyError:
            raise NotFoundError(f"There is no document '{document_id}' in snapshot {self.id}.") from None

    def section(self, document_id: str, edition: Edition, anchor: str) -> HeldSection:
        """A section by its place. Raises NotFoundError."""
        number = self._sections.get((document_id, str(edition), anchor))
        if number is None:
            raise NotFoundError(f"There is no section '{anchor}' in {document_id}, {edition} edition.")
        return self.sections[number]

    def of_documents(self, ids: Sequence[str]) -> NDArray[np.bool_]:
        """Which rows belong to the documents; shape (rows,)."""
        return np.asarray(np.isin(self._documents_of_rows, ids), dtype=bool)

    def within(self, scope: Scope) -> NDArray[np.bool_]:
        """Which rows are searched in a scope: in its documents, and of or about its jurisdictions."""
        mask = ~self.of_record
        if scope == EVERYWHERE:
            return mask
        if scope.documents:
            mask &= self.of_documents(scope.documents)
        if scope.jurisdictions:
            about = np.zeros(len(self._rows), dtype=bool)
            for jurisdiction in scope.jurisdictions:
                about[self._jurisdictions.get(jurisdiction, [])] = True
            mask &= about
        return mask

    def is_about(self, passage: Passage, jurisdiction: str) -> bool:
        """Is a passage of or about a jurisdiction?"""
        rows = self._jurisdictions.get(jurisdiction, [])
        row = self.row(passage.id)
        place = bisect.bisect_left(rows, row)
        return place < len(rows) and rows[place] == row

    def sections_of(self, document_id: str) -> Iterator[HeldSection]:
        """The sections of a document, edition by edition, in reading order."""
        for (document, _, _), number in self._sections.items():
            if document == document_id:
                yield self.sections[number]

    def record_of(self, document_id: str) -> list[Passage]:
        """The passages of a document's record. Raises NotFoundError."""
        return self.passages_of(self.section(document_id, Edition.DIGEST, record.ANCHOR))

    def passages_of(self, held: HeldSection) -> list[Passage]:
        """The passages of a section, in reading order."""
        first = f"{held.document_id}:{held.edition}:{held.section.anchor}:0"
        return self.neighbours(self.passages[self._rows[first]]) if first in self._rows else []

    def neighbours(self, passage: Passage) -> list[Passage]:
        """The passages of the same section, in reading order."""
        row = self.row(passage.id)
        first = row - int(passage.id.rsplit(":", 1)[1])
        result = []
        while first < len(self.passages):
            other = self.passages[first]
            if (other.document_id, other.edition, other.anchor) != (
                passage.document_id,
                passage.edition,
                passage.anchor,
            ):
                break
            result.append(other)
            first += 1
        return result


def recipe_of(folder: Path) -> str:
    """Names the form of a snapshot's files, "" for none; only a snapshot of this program's recipe can be opened."""
    return str(records.read_json(folder / MANIFEST).get("recipe", ""))


def verify(folder: Path) -> None:
    """Compare every file of a snapshot with the checksum in its manifest. Raises SnapshotError naming the file."""
    try:
        manifest = records.read_json(folder / MANIFEST)
        for name, sha256 in manifest["files"].items():
            with (folder / name).open("rb") as file:
                if hashlib.file_digest(file, "sha256").hexdigest() != sha256:
                    raise SnapshotError(f"Snapshot {folder.name} is damaged: {name} has changed. {_CURE}")
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise SnapshotError(f"Snapshot {folder.name} is damaged: {error}. {_CURE}") from error


_CURE = "Run 'chatbot corpus refresh' to build it again, or 'chatbot index rollback' to use the one before."
