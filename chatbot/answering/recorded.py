"""Sentences of documents' records, as pieces of an answer."""

from collections.abc import Iterable

from chatbot.answering.composing import Piece
from chatbot.errors import NotFoundError
from chatbot.model import Document
from chatbot.retrieval import record
from chatbot.retrieval.snapshot import Snapshot


def pieces(snapshot: Snapshot, document: Document, tells: str, *, is_item: bool = True) -> list[Piece]:
    """The sentence of a document's record that tells something (a word of record, or an element).

    One piece; several where the sentence is longer than a passage; none where the record does not tell it.
    """
    lines = record.lines(document)
    place = next((number for number, line in enumerate(lines) if line.tells == tells), None)
    if place is None:
        return []
    start = sum(len(line.text) + 1 for line in lines[:place])
    end = start + len(lines[place].text)
    try:
        passages = [p for p in snapshot.record_of(document.id) if p.start < end and start < p.end]
    except NotFoundError:
        return []
    return [
        Piece(p, max(start, p.start) - p.start, min(end, p.end) - p.start, 1.0, is_item=is_item and number == 0)
        for number, p in enumerate(passages)
    ]


def of_each(snapshot: Snapshot, documents: Iterable[Document], tells: str) -> list[Piece]:
    """That sentence of each document that has one."""
    return [piece for document in documents for piece in pieces(snapshot, document, tells, is_item=False)]
