"""Sentences of documents' records, as pieces of an answer."""

from chatbot.answering.composing import Piece
from chatbot.errors import NotFoundError
from chatbot.model import Document
from chatbot.retrieval import record
from chatbot.retrieval.snapshot import Snapshot


def piece(snapshot: Snapshot, document: Document, tells: str, *, is_item: bool = True) -> Piece | None:
    """The sentence of a document's record that tells something (a word of record, or an element), if it has one."""
    line = next((line for line in record.lines(document) if line.tells == tells), None)
    try:
        passages = snapshot.record_of(document.id) if line else []
    except NotFoundError:
        return None
    for passage in passages:
        for unit in passage.units:
            if line and passage.quote(unit) == line.text:
                return Piece(passage, unit.start, unit.end, 1.0, is_item=is_item)
    return None


def pieces(snapshot: Snapshot, documents: list[Document], tells: str) -> list[Piece]:
    """That sentence of each document that has one."""
    found = (piece(snapshot, document, tells) for document in documents)
    return [one for one in found if one]
