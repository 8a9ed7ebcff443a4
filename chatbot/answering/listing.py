"""An inquiry -> every row of the catalogue that answers it and no other, each quoted from a passage."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from chatbot.answering import comparing, composing, frames, recorded
from chatbot.answering.composing import Piece
from chatbot.answering.frames import Frames
from chatbot.answering.inquiries import Inquiry, Shape
from chatbot.answering.lexicon import Lexicon
from chatbot.model import BlockKind, Document, DocumentKind, Edition, Element, LegalState, Passage, PassageKind
from chatbot.retrieval import record
from chatbot.retrieval.names import DOCUMENT_NAME
from chatbot.retrieval.snapshot import Snapshot

_YES = re.compile(r"yes\b", re.IGNORECASE)
_ABSENT = re.compile(r"(none|no|not)\b", re.IGNORECASE)
_PARTLY = re.compile(r"partly\b", re.IGNORECASE)
_NO_LAW_ITSELF = (LegalState.PUBLISHED, LegalState.HELD)
_PENALTIES = ({Element.MAX_PENALTY_BASIC}, {Element.MAX_PENALTY_AGGRAVATED, Element.AGGRAVATING_FACTORS})
_COMPARED_BY_DEFAULT = tuple(e for e in Element if e not in (Element.OFFENCE_NAME, Element.VICTIM_SUPPORT))


@dataclass(frozen=True, slots=True)
class Listed:
    """The rows of an answer, the helpdesk's own words before them, and what is to be compared in a table.

    is_on_penalties tells that penalties alone are compared, of which passages may say more; tells_status that the
    rows are legal statuses.
    """

    pieces: list[Piece]
    message: str
    columns: tuple[str, ...] = ()
    elements: tuple[Element, ...] = ()
    is_on_penalties: bool = False
    tells_status: bool = False


def listed(
    inquiry: Inquiry, snapshot: Snapshot, lexicon: Lexicon, budget_words: int, said: Frames = frames.ENGLISH
) -> Listed | None:
    """What the catalogue answers to an inquiry; None where it has no row, so that retrieval may look further."""
    if inquiry.shape is Shape.PRIORITY:
        return _priority(inquiry.priority, snapshot, budget_words, said)
    documents = _found(inquiry, snapshot)
    if not documents:
        return None
    if inquiry.shape is Shape.COMPARE:
        return _compared(inquiry, snapshot, said)
    if inquiry.shape is Shape.ELEMENTS:
        return _by_element(inquiry, documents, snapshot, said)
    entries = _Entries(snapshot, lexicon)
    if inquiry.shape in (Shape.STATUS, Shape.OVERVIEW):
        return _about(inquiry.shape, documents, snapshot, entries)
    return _rows(inquiry, documents, entries, said)


def _about(shape: Shape, documents: Sequence[Document], snapshot: Snapshot, entries: "_Entries") -> Listed:
    """What documents are, or what their legal status is."""
    if shape is Shape.STATUS:
        return Listed(_told(documents, (record.STATUS, record.DETAIL), snapshot), "", tells_status=True)
    listed_as = [entry for document in documents if (entry := entries.entry(document))]
    return Listed([*_told(documents, (record.STATUS, record.IDENTITY), snapshot), *listed_as], "", tells_status=True)


def _rows(inquiry: Inquiry, documents: list[Document], entries: "_Entries", said: Frames) -> Listed:
    """A row a document, or a jurisdiction."""
    if inquiry.by_jurisdiction:
        documents = list({document.jurisdiction: document for document in reversed(documents)}.values())[::-1]
    rows = [entries.row(document, inquiry) for document in documents]
    message = _counted(inquiry, documents, sum(bool(row) for row in rows), said)
    return Listed([piece for row in rows for piece in row], message)


def is_of_unknown_places(inquiry: Inquiry, snapshot: Snapshot) -> bool:
    """Does an inquiry ask only for what is held of jurisdictions of which nothing is?"""
    held = {document.jurisdiction for document in snapshot.documents.values()}
    is_plain = inquiry.shape is Shape.DOCUMENTS and not inquiry.groups and not inquiry.parts
    return is_plain and bool(inquiry.jurisdictions) and not held & set(inquiry.jurisdictions)


def _found(inquiry: Inquiry, snapshot: Snapshot) -> list[Document]:
    """The documents that an inquiry selects, in the order of the annexes."""
    chosen = [d for d in snapshot.documents.values() if _selects(inquiry, d, snapshot)]
    return sorted(chosen, key=lambda d: (_place(d, inquiry), d.id))


def _place(document: Document, inquiry: Inquiry) -> tuple[str, int]:
    places = [(e.part, e.place) for e in document.annex if not inquiry.parts or e.part in inquiry.parts]
    return min(places, default=("", 0))


def _selects(inquiry: Inquiry, document: Document, snapshot: Snapshot) -> bool:
    if inquiry.documents:
        return document.id in inquiry.documents
    parts = {entry.part for entry in document.annex}
    regions = [r for r in snapshot.glossary.regions if r.id in inquiry.regions]
    return (
        document.kind is not DocumentKind.ISSUE_BRIEF
        and (not inquiry.parts or bool(parts & set(inquiry.parts)))
        and (not inquiry.is_of_annexes or bool(parts & set("ABCDE")))
        and all(group.has(document) for group in inquiry.groups)
        and (not inquiry.kinds or document.kind in inquiry.kinds)
        and (not inquiry.jurisdictions or document.jurisdiction in inquiry.jurisdictions)
        and (not inquiry.regions or any(document.jurisdiction in region.jurisdictions for region in regions))
        and (not inquiry.states or document.status.state in inquiry.states)
        and inquiry.since <= document.year <= inquiry.until
        and (not inquiry.by_jurisdiction or bool(document.comparison) or "C" in parts)
    )


def _told(documents: Iterable[Document], lines: Sequence[str], snapshot: Snapshot) -> list[Piece]:
    return [p for d in documents for tells in lines for p in recorded.pieces(snapshot, d, tells, is_item=False)]


def _counted(inquiry: Inquiry, documents: Sequence[Document], rows: int, said: Frames) -> str:
    """How many of how many, in which scope, and which of them are not law."""
    one = "jurisdiction" if inquiry.by_jurisdiction else "document"
    held, in_annexes, in_parts = frames.SCOPES
    scope = said.say(in_annexes if inquiry.is_of_annexes else held)
    if inquiry.parts:
        scope = said.say(in_parts, parts=said.row(inquiry.parts))
    what = said.count(one, frames.WHAT[one], rows)
    message = said.say(frames.COUNTED, rows=rows, count=len(documents), what=what, scope=scope)
    return said.joined(message, *(() if inquiry.by_jurisdiction else _not_law(documents, said)))


def _not_law(documents: Sequence[Document], said: Frames) -> list[str]:
    """By state, which of the documents are meant to be law or look like it, and are not."""
    by_state: dict[LegalState, list[str]] = {}
    for document in documents:
        if not document.status.state.is_law and document.status.state not in _NO_LAW_ITSELF:
            by_state.setdefault(document.status.state, []).append(said.called(document))
    if not by_state:
        return []
    groups = "; ".join(f"{said.state(state)}: {said.series(names)}" for state, names in by_state.items())
    return [said.say(frames.NOT_LAW, groups=groups)]


def _by_element(inquiry: Inquiry, documents: Sequence[Document], snapshot: Snapshot, said: Frames) -> Listed | None:
    """Who answers yes to the elements asked for: law first, then what is partly so, then what is not law."""
    laws = [d for d in documents if d.comparison]
    enough = any if inquiry.is_either else all
    yes = [d for d in laws if enough(_says(d, e, _YES) for e in inquiry.elements)]
    halves = [d for d in laws if d not in yes and enough(_says(d, e, _YES, _PARTLY) for e in inquiry.elements)]
    in_force = [d for d in yes if d.status.state.is_law]
    partly = [d for d in halves if d.status.state.is_law]
    others = [d for d in yes if not d.status.state.is_law]
    rows = [
        piece
        for document in (*in_force, *partly, *others)
        for element in inquiry.elements
        if _says(document, element, _YES, _PARTLY)
        for piece in recorded.pieces(snapshot, document, element)
    ]
    halfway = said.say(frames.PARTLY, names=said.series(map(said.called, partly))) if partly else ""
    message = said.joined(_scoped(inquiry, laws, in_force, said), halfway, *_not_law(others, said))
    return Listed(rows, message) if rows else None


def _scoped(inquiry: Inquiry, laws: Sequence[Document], in_force: Sequence[Document], said: Frames) -> str:
    """Of how many jurisdictions, or of how many laws of those that are named, how many say so."""
    what = said.row(list(map(said.element, inquiry.elements)), "or" if inquiry.is_either else "standard")
    if inquiry.jurisdictions:
        return said.say(
            frames.OF_LAWS,
            rows=len(in_force),
            count=len(laws),
            names=said.series(map(said.place, inquiry.jurisdictions)),
            what=what,
        )
    return said.say(
        frames.BY_ELEMENT,
        held=len({d.jurisdiction for d in laws}),
        annexed=len({d.jurisdiction for d in laws if any(e.part == "C" for e in d.annex)}),
        what=what,
        count=len({d.jurisdiction for d in in_force}),
    )


def _says(document: Document, element: Element, *answers: re.Pattern[str]) -> bool:
    """Is an element answered so, or, where it is not a yes or no, stated and not as absent?"""
    value = record.value_of(document, element)
    if element.is_answered:
        return any(answer.match(value) for answer in answers)
    return bool(value) and not _ABSENT.match(value)


def _compared(inquiry: Inquiry, snapshot: Snapshot, said: Frames) -> Listed | None:
    known = comparing.jurisdictions(snapshot)
    columns = tuple(code for code in inquiry.jurisdictions or known if code in known)
    unknown = [said.place(code) for code in inquiry.jurisdictions if code not in known]
    none = [said.say(frames.NOT_COMPARED, name=name) for name in unknown]
    message = said.joined(*none, said.say(frames.COMPARED))
    elements = inquiry.elements or _COMPARED_BY_DEFAULT
    return (
        Listed([], message, columns, elements, is_on_penalties=set(inquiry.elements) in _PENALTIES) if columns else None
    )


def _priority(number: int, snapshot: Snapshot, budget_words: int, said: Frames) -> Listed | None:
    """The actions under a priority of the brief, in the best edition held of it."""
    heading = re.compile(rf"Priority {number}\b")
    for edition in (Edition.OFFICIAL, Edition.DIGEST):
        passages = [
            passage
            for held in snapshot.sections
            if held.edition is edition
            and snapshot.documents[held.document_id].kind is DocumentKind.ISSUE_BRIEF
            and heading.match(held.section.headings[-1])
            for passage in snapshot.passages_of(held)
        ]
        items = [
            (Piece(passage, unit.start, unit.end, 0.0, is_item=True), unit.lead)
            for passage in passages
            for unit in passage.units
            if unit.kind is BlockKind.ITEM
        ]
        if items:
            pieces = composing.shortened(items, budget_words)
            frame = frames.SHORTENED_LIST if any(piece.is_opening for piece in pieces) else frames.WHOLE_LIST
            return Listed(pieces, said.say(frame, count=len(pieces)))
    return None


class _Entries:
    """The brief's own annex entries where its text is held, else the record of each document."""

    def __init__(self, snapshot: Snapshot, lexicon: Lexicon) -> None:
        self._snapshot = snapshot
        self._entries: dict[str, list[Passage]] = {}
        for held in snapshot.sections:
            is_brief = snapshot.documents[held.document_id].kind is DocumentKind.ISSUE_BRIEF
            if (
                is_brief
                and held.edition is Edition.OFFICIAL
                and any(b.kind is BlockKind.ENTRY for b in held.section.blocks)
            ):
                for passage in snapshot.passages_of(held):
                    if passage.kind is PassageKind.ENTRY:
                        for reference in lexicon.gazetteer.found_in(passage.text):
                            self._entries.setdefault(reference, []).append(passage)

    def entry(self, document: Document) -> Piece | None:
        """The entry that lists a document, where the brief's text is held."""
        headings = {heading for entry in document.annex for heading in entry.under}
        for passage in self._entries.get(DOCUMENT_NAME + document.id, ()):
            if not headings or headings & {h.rstrip(":") for h in (*passage.headings, *passage.parents)}:
                return Piece(passage, 0, len(passage.text), 1.0, is_item=True)
        return None

    def row(self, document: Document, inquiry: Inquiry) -> list[Piece]:
        """The row of a document in the answer to an inquiry."""
        if inquiry.is_of_annexes and not inquiry.by_jurisdiction and (entry := self.entry(document)):
            return [entry]
        part = inquiry.parts[0] if inquiry.parts else "C"
        tells = record.annex(part) if inquiry.by_jurisdiction else record.IDENTITY
        return recorded.pieces(self._snapshot, document, tells) or recorded.pieces(
            self._snapshot, document, record.IDENTITY
        )
