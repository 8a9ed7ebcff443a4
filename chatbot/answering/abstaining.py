"""Why there is no answer, and what is nearest."""

from collections.abc import Sequence

from chatbot.answering import citing, followups, frames
from chatbot.answering.frames import Frames
from chatbot.answering.understanding import Understood
from chatbot.model import Answer, Coverage, Document, Hit, Status
from chatbot.retrieval.snapshot import Snapshot

NEAREST = 3
"""Passages offered when the sources do not answer."""
OFF_TOPIC = 0.5
"""So likely off topic that it is out of scope, whatever term it holds."""


def abstained(
    understood: Understood,
    hits: Sequence[Hit],
    missing: Sequence[str],
    what: str,
    snapshot: Snapshot,
    *,
    said: Frames = frames.ENGLISH,
) -> Answer:
    """No answer, why, and what is nearest.

    missing are jurisdictions that nothing found is about; what is the sort of words that is wanted and not found.
    """
    nearest = citing.nearest(hits, snapshot.documents, NEAREST)
    contact = contact_line(snapshot, said)
    if titles := not_held(understood, snapshot):
        links = " ".join(link.url for document in titles for link in document.official_urls[:1])
        message = said.say(frames.NOT_HELD, names=said.row([document.short_title for document in titles]))
        return Answer(Status.NOT_HELD, message=said.joined(message, links, contact), nearest=nearest)
    if _goes_on_from_nothing(understood):
        return Answer(Status.CLARIFY, message=said.say(frames.CLARIFY))
    is_off_topic = understood.off_topic >= OFF_TOPIC or not understood.terms
    if is_off_topic and not missing and not what and not understood.documents:
        return Answer(Status.OUT_OF_SCOPE, message=said.joined(said.say(frames.OUT_OF_SCOPE), contact))
    why = [said.say(frames.NOT_IN_SOURCES)]
    if missing:
        names = said.row([said.place(code) for code in missing])
        why += [said.say(frames.NAMELESS, names=names), covered(snapshot, said)]
    elif what:
        why.append(said.say(frames.MISSING, what=said.say(what)))
    return Answer(Status.NOT_IN_SOURCES, message=said.joined(*why, contact), nearest=nearest)


def unknown_jurisdictions(codes: Sequence[str], snapshot: Snapshot, said: Frames = frames.ENGLISH) -> Answer:
    """Nothing is held of the jurisdictions that were asked for, by their names alone."""
    none = said.say(frames.NO_DOCUMENT_OF, names=said.row([said.place(code) for code in codes]))
    message = said.joined(none, covered(snapshot, said), contact_line(snapshot, said))
    return Answer(Status.NOT_IN_SOURCES, message=message)


def no_such_provision(documents: Sequence[Document], snapshot: Snapshot, said: Frames = frames.ENGLISH) -> Answer:
    """Nothing that is held of the documents speaks of the provision that was asked for."""
    links = [link.url for document in documents for link in document.official_urls[:1]]
    names = said.row([document.short_title for document in documents])
    message = said.joined(said.say(frames.NO_PROVISION, names=names), *links, contact_line(snapshot, said))
    return Answer(Status.NOT_IN_SOURCES, message=message)


def covered(snapshot: Snapshot, said: Frames = frames.ENGLISH) -> str:
    """Which jurisdictions annex C covers, in a sentence; "" where nothing of it is held."""
    entries = {d.jurisdiction for d in snapshot.documents.values() if any(entry.part == "C" for entry in d.annex)}
    names = sorted(said.place(code) for code in entries)
    return said.say(frames.COVERED, names=said.row(names)) if names else ""


def not_held(understood: Understood, snapshot: Snapshot) -> list[Document]:
    """The documents that the question names, where of none of them a text is held."""
    named = [snapshot.documents[id_] for id_ in understood.documents if id_ in snapshot.documents]
    return named if all(d.coverage is Coverage.LISTED for d in named) else []


def contact_line(snapshot: Snapshot, said: Frames = frames.ENGLISH) -> str:
    """Whom to write to, or an empty text."""
    address = contact_of(snapshot)
    return said.say(frames.CONTACT, contact=address) if address else ""


def contact_of(snapshot: Snapshot) -> str:
    """The address that a card gives, or an empty text."""
    return next((document.contact for document in snapshot.documents.values() if document.contact), "")


def _goes_on_from_nothing(understood: Understood) -> bool:
    """Does the question lean on an earlier one, and there is none?"""
    known = understood.terms or understood.documents or understood.jurisdictions
    return not understood.question.turns and not known and followups.points_back(understood.english)
