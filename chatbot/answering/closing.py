"""What is said after the sentences: how old a status is, that only a digest is held, that sources differ."""

import datetime
from collections.abc import Iterable, Sequence

from chatbot.answering import frames, standing
from chatbot.answering.composing import Piece, is_on_differences
from chatbot.answering.patterns import any_of
from chatbot.model import Coverage, Document, Edition
from chatbot.retrieval.snapshot import Snapshot

_WANTS_WORDS = any_of(
    "(what|how) (does|do|did|is) .*(article|art\\.?|section|sec\\.?|s|rule|clause|para(graph)?"
    "|§) ?\\d.*(say|says|read|word\\w*|stat\\w+)",
    "(exact|full|original|official|verbatim|literal) (wording|words|text|language|version)|word for word|verbatim",
    "(wording|text) of",
)


def closing(
    question: str, pieces: Sequence[Piece], said_first: Sequence[Piece], snapshot: Snapshot, today: datetime.date
) -> str:
    """The helpdesk's own words after an answer, or an empty text."""
    documents = [snapshot.documents[piece.passage.document_id] for piece in said_first]
    parts = [ages(documents, today)]
    if _WANTS_WORDS.search(question):
        parts += _digests_only(pieces, snapshot)
    differing = [is_on_differences(piece.passage) for piece in pieces]
    if any(differing) and not all(differing):
        parts.append(frames.DIFFER)
    return " ".join(part for part in parts if part)


def ages(documents: Iterable[Document], today: datetime.date) -> str:
    """How long ago statuses were checked, where that is long; documents are named when there are several."""
    distinct = list({document.id: document for document in documents}.values())
    told = [(document.short_title, standing.checked(document.status, today)) for document in distinct]
    return " ".join(text if len(told) == 1 else f"{name}: {text}" for name, text in told if text)


def _digests_only(pieces: Sequence[Piece], snapshot: Snapshot) -> list[str]:
    """Which of the documents quoted are held as our digest alone, with where their text is."""
    documents = {
        p.passage.document_id: snapshot.documents[p.passage.document_id]
        for p in pieces
        if p.passage.edition is Edition.DIGEST
    }
    return [
        frames.DIGEST_ONLY.format(name=d.short_title, link=d.official_urls[0].url)
        for d in documents.values()
        if d.coverage is Coverage.DIGEST and d.official_urls
    ]
