"""Chosen pieces -> sentences with numbered citations; hits -> what is offered as nearest. Pure."""

from collections.abc import Mapping, Sequence

from chatbot.answering.composing import Piece
from chatbot.model import Citation, Document, Edition, Hit, Sentence, SentenceKind


def cited(
    pieces: Sequence[Piece], documents: Mapping[str, Document]
) -> tuple[tuple[Sentence, ...], tuple[Citation, ...]]:
    """Each piece as a sentence with the number of its passage; a passage has one number."""
    numbers: dict[str, int] = {}
    spans: dict[str, list[tuple[int, int]]] = {}
    sentences = []
    for piece in pieces:
        number = numbers.setdefault(piece.passage.id, len(numbers) + 1)
        spans.setdefault(piece.passage.id, []).append((piece.start, piece.end))
        kind = SentenceKind.QUOTED if piece.passage.edition is Edition.OFFICIAL else SentenceKind.DIGEST
        sentences.append(Sentence(piece.text, kind, (number,), piece.is_item))
    passages = {piece.passage.id: piece.passage for piece in pieces}
    citations = tuple(
        Citation(number, passages[id_], documents[passages[id_].document_id], tuple(spans[id_]))
        for id_, number in numbers.items()
    )
    return tuple(sentences), citations


def nearest(hits: Sequence[Hit], documents: Mapping[str, Document], limit: int) -> tuple[Citation, ...]:
    """The passages to offer, best first, one a section, at most limit."""
    chosen: dict[tuple[str, str], Hit] = {}
    for hit in sorted(hits, key=lambda h: -h.score):
        chosen.setdefault((hit.passage.document_id, hit.passage.anchor), hit)
    return tuple(
        Citation(number, hit.passage, documents[hit.passage.document_id], ())
        for number, hit in enumerate(list(chosen.values())[:limit], start=1)
    )
