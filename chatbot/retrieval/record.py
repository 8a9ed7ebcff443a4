"""The fields of a card -> sentences that can be quoted: the document's record, a section of its digest.

Lists, counts and comparisons answer with these sentences, so that each row is quoted from a passage.
"""

import datetime
import re
from dataclasses import dataclass

from babel.dates import format_date, format_skeleton

from chatbot.model import Block, BlockKind, Document, Element, LegalState, Section
from chatbot.retrieval.names import jurisdiction_name, locale_of

ANCHOR = "_record"  # no heading gives an anchor that begins so
IDENTITY, STATUS, DETAIL = "identity", "status", "detail"
"""What the sentences of a record tell, besides the elements of its comparison."""

_STATES = {
    LegalState.IN_FORCE: "in force",
    LegalState.PARTLY_IN_FORCE: "partly in force",
    LegalState.NOT_YET_IN_FORCE: "not yet in force",
    LegalState.ENACTED: "enacted, and whether it is in force is not stated in the sources held",
    LegalState.BILL: "a bill, not law",
    LegalState.DRAFT: "a draft, not law",
    LegalState.MOTION: "a motion, not law",
    LegalState.LAPSED: "a bill that lapsed, not law",
    LegalState.REPEALED: "repealed, no longer law",
    LegalState.SOFT_LAW: "adopted, and not legally binding",
    LegalState.PUBLISHED: "a publication, not law",
    LegalState.HELD: "a hearing, not law",
}


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence of a record and what it tells: one of the words above or an element."""

    tells: str
    text: str


def lines(document: Document) -> tuple[Line, ...]:
    """The sentences of a document's record; each names the document and stands alone."""
    name = called(document)
    found = [Line(IDENTITY, f"{name}: {_identity(document)}."), Line(STATUS, status_sentence(document))]
    if document.status.detail:
        found.append(Line(DETAIL, f"More on the status of {name}: {document.status.detail}"))
    found += [Line(annex(part), _annex(document, part, under)) for part, under in _places(document)]
    of_what = name if document.status.state.is_law else f"{name}, {state_words(document.status.state)}"
    found += [Line(element, f"{element.label}, {of_what}: {_ended(value)}") for element, value in document.comparison]
    return tuple(found)


def annex(part: str) -> str:
    """What the sentence tells that says where an annex of the brief lists a document."""
    return f"annex {part}"


def section(document: Document) -> Section:
    """The record as a section of the digest."""
    blocks = tuple(Block(BlockKind.ITEM, line.text) for line in lines(document))
    return Section(ANCHOR, "Record", ("Record",), blocks)


def called(document: Document, place: str = "") -> str:
    """The short title with the jurisdiction, unless that is international or already named in it.

    place is what the jurisdiction is called, in English where it is left out.
    """
    place = place or jurisdiction_name(document.jurisdiction)
    is_clear = document.jurisdiction == "INT" or re.search(rf"\b{re.escape(place)}\b", document.short_title)
    return document.short_title if is_clear else f"{document.short_title} ({place})"


def status_sentence(document: Document) -> str:
    """The legal status in one sentence."""
    when = dated(document.status.as_of)
    as_of = f", as of {when}" if when else " (the date of the check is not known)"
    return f"Legal status of {called(document)}: {state_words(document.status.state)}{as_of}."


def state_words(state: LegalState) -> str:
    """What a legal state means, in words that cannot be taken for law where there is none."""
    return _STATES[state]


def dated(as_of: str, language: str = "en") -> str:
    """A date (YYYY-MM-DD) or month (YYYY-MM) in words; "" for none."""
    if not as_of:
        return ""
    if len(as_of) > 7:
        return str(format_date(datetime.date.fromisoformat(as_of), "long", locale_of(language)))
    return str(format_skeleton("yMMMM", datetime.date.fromisoformat(f"{as_of}-01"), locale=locale_of(language)))


def _identity(document: Document) -> str:
    titles = [name for name in (document.title, document.title_en) if name and name != document.short_title]
    return ", ".join([*titles, f"{document.kind.replace('-', ' ')} of {document.year}", document.issuer])


def _places(document: Document) -> list[tuple[str, tuple[str, ...]]]:
    return [(entry.part, entry.under) for entry in document.annex if entry.part != "brief"]


def _annex(document: Document, part: str, under: tuple[str, ...]) -> str:
    if part == "body":
        return f"The IPU issue brief names {called(document)} outside its annexes."
    if part == "related":
        return f"{called(document)} is held as a related instrument; the IPU issue brief does not list it."
    place = f" under {', '.join(under)}" if under else ""
    return f"Annex {part} of the IPU issue brief lists {called(document)}{place}."


def _ended(value: str) -> str:
    return value if value.endswith((".", "!", "?")) else f"{value}."


def value_of(document: Document, element: Element) -> str:
    """What a document says of an element, or an empty text."""
    return dict(document.comparison).get(element, "")
