"""Sentences of records become pieces of an answer, character for character."""

from dataclasses import replace
from pathlib import Path

import pytest

from chatbot.answering import recorded
from chatbot.model import AnnexEntry, Edition, Element
from chatbot.retrieval import record
from chatbot.retrieval.snapshot import Snapshot
from tests.unit.answering import shelves
from tests.unit.answering.shelves import shelf

DOCUMENTS = [held.id for held in shelves.CARDS]


@pytest.mark.parametrize("document_id", DOCUMENTS)
def test_every_line_is_a_piece(shelved: Snapshot, document_id: str) -> None:
    """Each sentence of a record is found, whole, in the digest edition of its document."""
    document = shelved.documents[document_id]
    for line in record.lines(document):
        (piece,) = recorded.pieces(shelved, document, line.tells)
        assert piece.text == line.text
        assert (piece.passage.edition, piece.passage.anchor) == (Edition.DIGEST, record.ANCHOR)


@pytest.mark.parametrize("is_item", [True, False])
def test_a_piece_is_an_item_or_a_sentence(shelved: Snapshot, is_item: bool) -> None:
    """Whoever asks decides whether it stands in a list."""
    (piece,) = recorded.pieces(shelved, shelved.documents["no-shelf-act"], record.STATUS, is_item=is_item)
    assert piece.is_item is is_item


@pytest.mark.parametrize("tells", [Element.REGULATOR, record.DETAIL, record.annex("C"), "", "nothing"])
def test_what_a_record_does_not_tell_is_no_piece(shelved: Snapshot, tells: str) -> None:
    """What the card is silent about gives nothing."""
    silent = replace(shelved.documents["shelf-guide"], annex=(AnnexEntry("brief"),))
    assert recorded.pieces(shelved, silent, tells) == []


def test_a_document_that_is_not_held_has_no_pieces(shelved: Snapshot) -> None:
    """A document of another snapshot gives nothing."""
    absent = replace(shelved.documents["no-shelf-act"], id="absent")
    assert recorded.pieces(shelved, absent, record.STATUS) == []
    assert recorded.of_each(shelved, [absent], record.STATUS) == []


def test_one_sentence_of_each(shelved: Snapshot) -> None:
    """The same sentence of several documents, in their order, as sentences; who has none is left out."""
    documents = [shelved.documents[id_] for id_ in ("no-shelf-act", "shelf-guide", "cl-shelf-bill")]
    told = recorded.of_each(shelved, documents, record.annex("C"))
    assert [piece.passage.document_id for piece in told] == ["no-shelf-act", "cl-shelf-bill"]
    assert not any(piece.is_item for piece in told)


def test_a_document_known_by_title_alone_has_a_record(shelved: Snapshot) -> None:
    """Of a document without text the record can be quoted all the same."""
    (piece,) = recorded.pieces(shelved, shelved.documents["fr-paper-code"], record.STATUS)
    assert piece.text == "Legal status of Paper Code (France): in force, as of 1 November 2026."


@pytest.mark.parametrize("copies", [1, 30, 200])
def test_a_long_sentence_is_several_pieces(tmp_path: Path, copies: int) -> None:
    """A sentence longer than a passage comes whole; only its first piece is an item."""
    value = " ".join(["yes (s 4)", *(f"and copy {number}" for number in range(copies))])
    snapshot = shelves.opened(tmp_path, shelf("no-lamp-act", comparison={"covers_sharing": value}))
    pieces = recorded.pieces(snapshot, snapshot.documents["no-lamp-act"], Element.COVERS_SHARING)
    assert " ".join(piece.text for piece in pieces) == f"Sharing, no-lamp-act (Norway): {value}."
    assert [piece.is_item for piece in pieces] == [number == 0 for number in range(len(pieces))]
    assert (len(pieces) > 1) is (copies > 1)


@pytest.mark.parametrize(
    "value", ["yes (s 4)\n  and more", "yes: \u201ccopies\u201d (s 4)", "yes 📚 (s 4)", "yes (s 4).  "]
)
def test_odd_characters_stay_as_they_are(tmp_path: Path, value: str) -> None:
    """Line breaks, quotation marks and signs of any plane do not shift what is quoted."""
    snapshot = shelves.opened(tmp_path, shelf("no-lamp-act", comparison={"covers_sharing": value}))
    document = snapshot.documents["no-lamp-act"]
    for line in record.lines(document):
        assert [piece.text for piece in recorded.pieces(snapshot, document, line.tells)] == [line.text]
