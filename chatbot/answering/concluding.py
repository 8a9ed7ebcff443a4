"""Chosen pieces -> the answer: what is missing, what is added for a place that is named, which frame stands before."""

from chatbot.answering import citing, composing, frames
from chatbot.answering.composing import Piece
from chatbot.answering.frames import Frames
from chatbot.answering.kinds import Kind
from chatbot.answering.understanding import Understood
from chatbot.model import Answer, Intent, Retrieval, Status
from chatbot.retrieval.retriever import Clock
from chatbot.retrieval.snapshot import Snapshot


def of_places(
    codes: tuple[str, ...], understood: Understood, retrievals: list[Retrieval], snapshot: Snapshot, budget: int
) -> list[Piece]:
    """The closest pieces of or about each jurisdiction, where they are about as close as what was found elsewhere."""
    found: list[Piece] = []
    for code in codes:
        for retrieval in retrievals:
            hits = [hit for hit in retrieval.hits if snapshot.is_about(hit.passage, code)]
            if hits and hits[0].score >= retrieval.hits[0].score - composing.MARGIN:
                pieces = composing.compose(understood.english, Kind.FACT, hits[:1], snapshot.neighbours, budget)[:2]
                found += [piece for piece in pieces if not composing.repeats(piece, found)]
    return found


def seen(retrievals: list[Retrieval], pieces: list[Piece], snapshot: Snapshot) -> list[str]:
    """The texts in which a figure of the question may stand: of what is quoted, of what is nearest, and their years."""
    years = {str(snapshot.documents[piece.passage.document_id].year) for piece in pieces}
    documents = {piece.passage.document_id for piece in pieces[:1]}
    near = [hit.passage for retrieval in retrievals for hit in retrieval.hits if hit.passage.document_id in documents]
    return [*(passage.context + passage.text for passage in (*(piece.passage for piece in pieces), *near)), *years]


def answered(
    pieces: list[Piece], missing: tuple[str, ...], snapshot: Snapshot, said: Frames, *, wrong: str = ""
) -> Answer:
    """The pieces with their citations; wrong is a figure of the question that they correct."""
    sentences, citations = citing.cited(pieces, snapshot.documents)
    size = _whole_list_of(pieces)
    frame = frames.SHORTENED_LIST if any(piece.is_opening for piece in pieces) else frames.WHOLE_LIST
    message = said.say(frame, count=size) if size else ""
    if wrong:
        message = said.joined(said.say(frames.CORRECTED, premise=wrong), message)
    if missing:
        names = said.row([said.place(code) for code in missing])
        message = said.joined(said.say(frames.PARTLY_MISSING, names=names), message)
    return Answer(Status.PARTIAL if missing else Status.ANSWERED, sentences, citations, message=message)


def _whole_list_of(pieces: list[Piece]) -> int:
    """How many items the one list has that is given whole, with no other item beside it; else 0."""
    sizes = {piece.list_size for piece in pieces if piece.is_item}
    size = sizes.pop() if len(sizes) == 1 else 0
    return size if size == sum(piece.is_item for piece in pieces) else 0


def missing_jurisdictions(understood: Understood, pieces: list[Piece], snapshot: Snapshot) -> tuple[str, ...]:
    """Countries that the question names and nothing of the answer is of or about."""
    return tuple(
        code for code in understood.countries if not any(snapshot.is_about(piece.passage, code) for piece in pieces)
    )


def trace(understood: Understood, intent: Intent, clock: Clock) -> tuple[tuple[str, str], ...]:
    """What an operator may want to know of how an answer came about."""
    steps = tuple((f"ms {name}", f"{milliseconds:.2f}") for name, milliseconds in clock.milliseconds.items())
    return (
        ("intent", intent),
        ("kind", understood.kind),
        ("searched", " | ".join(understood.searches)),
        *steps,
    )
