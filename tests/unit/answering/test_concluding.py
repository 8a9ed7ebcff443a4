"""What an answer rests on, and what it says beside its sentences."""

from chatbot.answering import concluding
from chatbot.answering.composing import Piece
from chatbot.retrieval.snapshot import Snapshot


def test_the_year_of_a_document_is_no_false_figure(snapshot: Snapshot) -> None:
    """A document may be called by its year, whether or not its passages print it."""
    passage = next(p for p in snapshot.passages if "20" not in p.context + p.text)
    year = str(snapshot.documents[passage.document_id].year)
    assert year in concluding.seen([], [Piece(passage, 0, len(passage.text), 0.5)], snapshot)
