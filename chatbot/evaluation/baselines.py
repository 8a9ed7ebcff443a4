"""What simpler helpdesks would answer from the same snapshot: one ranking, whole passages, never "I do not know"."""

from collections.abc import Callable, Sequence

import numpy as np

from chatbot.model import Answer, Citation, Edition, Hit, Passage, PassageKind, Question, Sentence, SentenceKind, Status
from chatbot.ports import Embedder, Ranking, Sought
from chatbot.retrieval.snapshot import Snapshot

TOP = 10
WINDOWS = 4
"""Chunks that a plain splitter's answer quotes, as popular toolkits do by default."""

Find = Callable[[Question], list[Hit]]


def of_engine(name: str, snapshot: Snapshot, embedder: Embedder) -> Find:
    """The passages that one index alone finds."""

    def find(question: Question) -> list[Hit]:
        text = " ".join((*question.turns, question.text))
        sought = Sought(text, embedder.question(text))
        ranking: Ranking = snapshot.indexes[name].search(sought, TOP, ~(snapshot.of_record | snapshot.superseded))
        return [
            Hit(snapshot.passages[int(row)], float(score))
            for row, score in zip(ranking.rows, ranking.scores, strict=True)
        ]

    return find


def of_windows(windows: Sequence[tuple[str, str]], embedder: Embedder) -> Find:
    """Texts that a splitter cut without regard to structure, each with its document's id, ranked by vectors."""
    vectors = np.asarray([embedding.vector for embedding in embedder.passages([text for _, text in windows])])

    def find(question: Question) -> list[Hit]:
        cosines = vectors @ embedder.question(" ".join((*question.turns, question.text))).vector
        best = np.argsort(-cosines)[:TOP]
        return [Hit(_window(windows[place], int(place)), float(cosines[place])) for place in best]

    return find


def answerer(find: Find, snapshot: Snapshot, *, words: int = 0) -> Callable[[Question], Answer]:
    """Quotes the first passages whole: as many as fit into so many words (one at least), or WINDOWS of them for 0."""

    def answer(question: Question) -> Answer:
        chosen = _first([hit.passage for hit in find(question)], words)
        citations = tuple(
            Citation(number, passage, snapshot.documents[passage.document_id], ((0, len(passage.text)),))
            for number, passage in enumerate(chosen, start=1)
        )
        sentences = tuple(Sentence(c.passage.text, SentenceKind.DIGEST, (c.number,)) for c in citations)
        return Answer(Status.ANSWERED, sentences, citations)

    return answer


def _first(passages: Sequence[Passage], words: int) -> list[Passage]:
    if not words:
        return list(passages[:WINDOWS])
    chosen: list[Passage] = []
    for passage in passages:
        if chosen and sum(len(p.text.split()) for p in (*chosen, passage)) > words:
            break
        chosen.append(passage)
    return chosen


def _window(window: tuple[str, str], place: int) -> Passage:
    document_id, text = window
    return Passage(
        id=f"{document_id}:window:{place}",
        document_id=document_id,
        edition=Edition.DIGEST,
        anchor="window",
        label="",
        headings=(),
        text=text,
        kind=PassageKind.PARAGRAPH,
        start=0,
        end=len(text),
        units=(),
        language="en",
    )
