"""What is law and what is not, said first; and how long ago that was checked."""

import datetime
from collections.abc import Iterable, Sequence

from chatbot.answering import frames, recorded
from chatbot.answering.composing import Piece
from chatbot.answering.frames import Frames
from chatbot.answering.patterns import any_of
from chatbot.model import Document, DocumentKind, LegalState, LegalStatus
from chatbot.retrieval import record
from chatbot.retrieval.snapshot import Snapshot

AGEING_DAYS = 183
MOST = 3
"""Statuses said before an answer."""

_NO_LAW_ITSELF = (LegalState.PUBLISHED, LegalState.HELD, LegalState.SOFT_LAW)
_OF_PROVISIONS = any_of(
    "penalt\\w+|prison|jail\\w*|fines?|fined|sentences?|sections?|articles?|clauses?|bills?|acts?|statut\\w+|codes?",
    "directives?|decrees?|regulations?|offen[cs]es?",
)
_PRESUMES_LAW = any_of(
    "laws?|legal(ly)?|illegal(ly)?|unlawful(ly)?|crimes?|criminal\\w*|offen[cs]es?|punish\\w*"
    "|penalt\\w+|prison|sentences?",
    "fines?|fined|jail\\w*|prohibit\\w*|ban(s|ned)?|forbid\\w*|forbidden|require\\w*|obligat\\w*"
    "|obliged?|must|binding|binds?",
    "in force|into force|enacted|passed|apply|applies|applicable|comply|complian\\w+|valid"
    "|violat\\w+|breach\\w*|enforce\\w*",
    "legislation|statut\\w+|duty|duties|liab\\w+|rights?|entitle\\w*|deadline|article \\d+"
    "|ratif\\w+|take effect|took effect",
)


def said_first(
    pieces: Sequence[Piece],
    question: str,
    snapshot: Snapshot,
    *,
    named: Iterable[str] = (),
    jurisdictions: Iterable[str] = (),
) -> list[Piece]:
    """The statuses to say before the pieces, so that what is not law in force is never taken for law.

    They are of the bills and other unfinished or former law that the pieces come from; and where the question
    presumes law, of the documents it names that are none, and of all that is held of a country without any law.
    """
    presumes = presumes_law(question)
    cited = [snapshot.documents[piece.passage.document_id] for piece in pieces]
    first = [document for document in cited if _is_unfinished(document)]
    if presumes:
        first += [snapshot.documents[id_] for id_ in named if _is_no_law(snapshot.documents[id_])]
        first += [document for code in jurisdictions for document in _without_law(code, snapshot)]
    distinct = list({document.id: document for document in first}.values())
    return recorded.of_each(snapshot, distinct[:MOST], record.STATUS)


def presumes_law(question: str) -> bool:
    """Does a question ask for, or take for granted, what binds anyone?"""
    return bool(_PRESUMES_LAW.search(question))


def laws_meant(question: str, jurisdictions: Sequence[str], snapshot: Snapshot) -> tuple[str, ...]:
    """What is held of the jurisdictions that a question names, where it asks in the words of texts of law."""
    if not _OF_PROVISIONS.search(question):
        return ()
    documents = snapshot.documents.values()
    return tuple(d.id for d in documents if d.jurisdiction in jurisdictions and d.kind != "issue-brief")


def checked(status: LegalStatus, today: datetime.date, said: Frames = frames.ENGLISH) -> str:
    """How long ago a status was checked, in words that grow louder with its age; "" while it is fresh."""
    when = said.date(status.as_of)
    if not when:
        return said.say(frames.CHECKED_AT_NO_DATE)
    since = datetime.date.fromisoformat((status.as_of + "-01")[:10])
    years = today.year - since.year - ((today.month, today.day) <= (since.month, since.day))
    if years > 0:
        return said.count(frames.CHECKED_A_YEAR_AGO, frames.CHECKED_YEARS_AGO, years, when=when, years=years)
    return said.say(frames.CHECKED, when=when) if (today - since).days > AGEING_DAYS else ""


def _is_no_law(document: Document) -> bool:
    return not document.status.state.is_law and document.kind is not DocumentKind.ISSUE_BRIEF


def _is_unfinished(document: Document) -> bool:
    """Is it something that is meant to be law, and is not?"""
    return _is_no_law(document) and document.status.state not in _NO_LAW_ITSELF


def _without_law(jurisdiction: str, snapshot: Snapshot) -> list[Document]:
    """What is held of a jurisdiction that is meant to be law, where none of it is."""
    held = [d for d in snapshot.documents.values() if d.jurisdiction == jurisdiction]
    return [] if any(d.status.state.is_law for d in held) else [d for d in held if _is_unfinished(d)]
