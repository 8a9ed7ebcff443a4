"""Pieces become sentences with numbers; the numbers lead to passages."""

from chatbot.answering.citing import cited, nearest
from chatbot.answering.composing import Piece
from chatbot.model import Hit, SentenceKind
from chatbot.retrieval.snapshot import Snapshot


def _pieces(snapshot: Snapshot) -> list[Piece]:
    """Two pieces of one passage with another passage's between them."""
    first = next(p for p in snapshot.passages if len(p.units) > 1)
    other = next(p for p in snapshot.passages if p.document_id != first.document_id)
    spans = [(first, first.units[0]), (other, other.units[0]), (first, first.units[1])]
    return [Piece(passage, unit.start, unit.end, 0.5) for passage, unit in spans]


def test_a_passage_has_one_number(snapshot: Snapshot) -> None:
    """Two sentences of one passage carry the same number, and the citation holds both spans."""
    pieces = _pieces(snapshot)
    sentences, citations = cited(pieces, snapshot.documents)
    assert [s.citations for s in sentences] == [(1,), (2,), (1,)]
    assert [c.spans for c in citations] == [
        ((pieces[0].start, pieces[0].end), (pieces[2].start, pieces[2].end)),
        ((pieces[1].start, pieces[1].end),),
    ]


def test_a_sentence_says_whose_words_it_is(snapshot: Snapshot) -> None:
    """Words of an official text are quoted, others are our digest's."""
    sentences, citations = cited(_pieces(snapshot), snapshot.documents)
    kinds = {SentenceKind.QUOTED: "official", SentenceKind.DIGEST: "digest"}
    assert [kinds[s.kind] for s in sentences] == [citations[s.citations[0] - 1].passage.edition for s in sentences]


def test_nothing_chosen_is_nothing_cited(snapshot: Snapshot) -> None:
    """No piece, no sentence, no citation."""
    assert cited([], snapshot.documents) == ((), ())


def test_of_a_section_only_the_nearest_passage_is_offered(snapshot: Snapshot) -> None:
    """What is offered comes best first, from different sections, and is no more than asked for."""
    hits = [Hit(passage, score / 100) for score, passage in enumerate(list(snapshot.passages)[:12])]
    offered = nearest(hits, snapshot.documents, 3)
    places = [(c.passage.document_id, c.passage.anchor) for c in offered]
    assert [c.number for c in offered] == [1, 2, 3][: len(offered)]
    assert len(set(places)) == len(places)
    assert offered[0].passage.id == hits[-1].passage.id
