"""Why there is no answer, and what is nearest."""

from collections.abc import Sequence

from chatbot.answering import citing, followups, frames
from chatbot.answering.understanding import Understood
from chatbot.model import Answer, Coverage, Document, Hit, Status
from chatbot.retrieval.names import jurisdiction_name
from chatbot.retrieval.snapshot import Snapshot

NEAREST = 3
"""Passages offered when the sources do not answer."""


def abstained(
    understood: Understood,
    hits: Sequence[Hit],
    missing: Sequence[str],
    what: str,
    snapshot: Snapshot,
) -> Answer:
    """No answer, why, and what is nearest.

    missing are jurisdictions that nothing found is about; what is the sort of words that is wanted and not found.
    """
    nearest = citing.nearest(hits, snapshot.documents, NEAREST)
    contact = contact_line(snapshot)
    if titles := not_held(understood, snapshot):
        links = " ".join(link.url for document in titles for link in document.official_urls[:1])
        message = frames.NOT_HELD.format(names=listed([document.short_title for document in titles]))
        return Answer(Status.NOT_HELD, message=_joined(message, links, contact), nearest=nearest)
    if _goes_on_from_nothing(understood):
        return Answer(Status.CLARIFY, message=frames.CLARIFY)
    if not missing and not what and not understood.terms and not understood.documents:
        return Answer(Status.OUT_OF_SCOPE, message=_joined(frames.OUT_OF_SCOPE, contact))
    why = [frames.NOT_IN_SOURCES]
    if missing:
        why += [frames.NAMELESS.format(names=listed([jurisdiction_name(code) for code in missing])), covered(snapshot)]
    elif what:
        why.append(frames.MISSING.format(what=what))
    return Answer(Status.NOT_IN_SOURCES, message=_joined(*why, contact), nearest=nearest)


def unknown_jurisdictions(codes: Sequence[str], snapshot: Snapshot) -> Answer:
    """Nothing is held of the jurisdictions that were asked for, by their names alone."""
    names = listed([jurisdiction_name(code) for code in codes])
    message = _joined(frames.NO_DOCUMENT_OF.format(names=names), covered(snapshot), contact_line(snapshot))
    return Answer(Status.NOT_IN_SOURCES, message=message)


def no_such_provision(documents: Sequence[Document], snapshot: Snapshot) -> Answer:
    """Nothing that is held of the documents speaks of the provision that was asked for."""
    links = [link.url for document in documents for link in document.official_urls[:1]]
    names = listed([document.short_title for document in documents])
    message = _joined(frames.NO_PROVISION.format(names=names), *links, contact_line(snapshot))
    return Answer(Status.NOT_IN_SOURCES, message=message)


def covered(snapshot: Snapshot) -> str:
    """Which jurisdictions annex C covers, in a sentence; "" where nothing of it is held."""
    entries = {d.jurisdiction for d in snapshot.documents.values() if any(entry.part == "C" for entry in d.annex)}
    names = sorted(jurisdiction_name(code) for code in entries)
    return frames.COVERED.format(names=listed(names)) if names else ""


def not_held(understood: Understood, snapshot: Snapshot) -> list[Document]:
    """The documents that the question names, where of none of them a text is held."""
    named = [snapshot.documents[id_] for id_ in understood.documents if id_ in snapshot.documents]
    return named if all(d.coverage is Coverage.LISTED for d in named) else []


def contact_line(snapshot: Snapshot) -> str:
    """Whom to write to, or an empty text."""
    address = contact_of(snapshot)
    return frames.CONTACT.format(contact=address) if address else ""


def contact_of(snapshot: Snapshot) -> str:
    """The address that a card gives, or an empty text."""
    return next((document.contact for document in snapshot.documents.values() if document.contact), "")


def listed(names: Sequence[str]) -> str:
    """Names in a row: "a, b and c"."""
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]


def _goes_on_from_nothing(understood: Understood) -> bool:
    """Does the question lean on an earlier one, and there is none?"""
    known = understood.terms or understood.documents or understood.jurisdictions
    return not understood.question.turns and not known and followups.points_back(understood.english)


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)
