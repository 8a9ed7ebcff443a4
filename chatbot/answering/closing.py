"""What is said after the sentences: how old a status is, that only a digest is held, that sources differ."""

import datetime
from collections.abc import Iterable, Sequence

from chatbot.answering import frames, standing
from chatbot.answering.composing import Piece, is_on_differences
from chatbot.answering.frames import Frames
from chatbot.answering.languages import WEAK
from chatbot.answering.patterns import any_of
from chatbot.model import Answer, Coverage, Document, Edition, Status
from chatbot.retrieval.snapshot import Snapshot

_WANTS_WORDS = any_of(
    "(what|how) (does|do|did|is) .*(article|art\\.?|section|sec\\.?|s|rule|clause|para(graph)?"
    "|§) ?\\d.*(say|says|read|word\\w*|stat\\w+)",
    "(exact|full|original|official|verbatim|literal) (wording|words|text|language|version)|word for word|verbatim",
    "(wording|text) of",
)

_READ_THROUGH_TERMS = (
    *(Status.ANSWERED, Status.PARTIAL, Status.NOT_IN_SOURCES, Status.NOT_HELD, Status.OUT_OF_SCOPE, Status.CLARIFY),
)


def closing(
    question: str,
    pieces: Sequence[Piece],
    said_first: Sequence[Piece],
    snapshot: Snapshot,
    today: datetime.date,
    *,
    said: Frames = frames.ENGLISH,
) -> str:
    """The helpdesk's own words after an answer, or an empty text."""
    documents = [snapshot.documents[piece.passage.document_id] for piece in said_first]
    parts = [ages(documents, today, said)]
    if _WANTS_WORDS.search(question):
        parts += _digests_only(pieces, snapshot, said)
    differing = [is_on_differences(piece.passage) for piece in pieces]
    if any(differing) and not all(differing):
        parts.append(said.say(frames.DIFFER))
    return said.joined(*parts)


def ages(documents: Iterable[Document], today: datetime.date, said: Frames = frames.ENGLISH) -> str:
    """How long ago statuses were checked, where that is long; documents are named when there are several."""
    distinct = list({document.id: document for document in documents}.values())
    told = [(document.short_title, standing.checked(document.status, today, said)) for document in distinct]
    return said.joined(*(text if len(told) == 1 else f"{name}: {text}" for name, text in told if text))


def about_language(answer: Answer, said: Frames) -> str:
    """In which other languages the quotations are, and that questions in this one are not read as well as English."""
    spoken = dict.fromkeys(c.passage.language for c in answer.citations) if answer.sentences or answer.table else {}
    spoken.pop(said.language, None)
    quoted = said.say(frames.LANGUAGE_OF_SOURCE, languages=said.languages(spoken)) if spoken else ""
    is_limited = said.language in WEAK and answer.status in _READ_THROUGH_TERMS
    return said.joined(quoted, said.say(frames.LIMITED) if is_limited else "")


def _digests_only(pieces: Sequence[Piece], snapshot: Snapshot, said: Frames) -> list[str]:
    """Which of the documents quoted are held as our digest alone, with where their text is."""
    documents = {
        p.passage.document_id: snapshot.documents[p.passage.document_id]
        for p in pieces
        if p.passage.edition is Edition.DIGEST
    }
    return [
        said.say(frames.DIGEST_ONLY, name=d.short_title, link=d.official_urls[0].url)
        for d in documents.values()
        if d.coverage is Coverage.DIGEST and d.official_urls
    ]
