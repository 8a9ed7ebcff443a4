"""A question -> what of the catalogue it asks for, where every word of it is understood.

A question of which one word is left over is no inquiry: it is answered by retrieval, so that a list never
answers another question than the one that was asked.
"""

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from chatbot.answering import asked
from chatbot.answering.lexicon import Lexicon
from chatbot.model import DocumentKind, Element, LegalState
from chatbot.retrieval.names import DOCUMENT_NAME, JURISDICTION_NAME, REGION_NAME
from chatbot.retrieval.words import is_function_word

LATEST = 9999


class Shape(StrEnum):
    """What is wanted of the documents found."""

    DOCUMENTS = "documents"  # a row a document
    ELEMENTS = "elements"  # what each says of an element
    STATUS = "status"  # the legal status of each
    OVERVIEW = "overview"  # what each is
    COMPARE = "compare"  # a table
    PRIORITY = "priority"  # what the brief asks for under a priority


@dataclass(frozen=True, slots=True)
class Inquiry:
    """What is asked of the catalogue; an empty part means any."""

    shape: Shape
    by_jurisdiction: bool = False
    is_either: bool = False
    is_of_annexes: bool = False
    is_of_anything: bool = False
    parts: tuple[str, ...] = ()
    groups: tuple[asked.Group, ...] = ()
    kinds: tuple[DocumentKind, ...] = ()
    jurisdictions: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    states: tuple[LegalState, ...] = ()
    since: int = 0
    until: int = LATEST
    elements: tuple[Element, ...] = ()
    documents: tuple[str, ...] = ()
    priority: int = 0


@dataclass(frozen=True, slots=True)
class _Manner:
    """How a question asks: for a list, for reasons, persons or a date, with a bare name, to compare, or otherwise."""

    asks: bool
    explains: bool
    asks_when: bool
    is_otherwise: bool
    asks_for_contents: bool
    is_bare: bool
    is_status: bool
    compares: bool


@dataclass(slots=True)
class _Reading:
    """A question while its words are taken off it."""

    rest: str

    def take(self, pattern: re.Pattern[str]) -> str:
        """Take the first place that matches off the rest; what stood there, or an empty text."""
        match = pattern.search(self.rest)
        if not match:
            return ""
        self.rest = f"{self.rest[: match.start()]} ; {self.rest[match.end() :]}"
        return match.group().casefold()

    def take_all(self, pattern: re.Pattern[str]) -> bool:
        """Take every place that matches off the rest; was there one?"""
        self.rest, count = pattern.subn(" ; ", self.rest)
        return count > 0


def read(question: str, lexicon: Lexicon) -> Inquiry | None:
    """The inquiry that a question in English is, or None where it asks, or may ask, for something else."""
    reading = _Reading(question)
    reading.take_all(asked.BRIEF)
    if inquiry := _priority(_Reading(reading.rest)):
        return inquiry
    groups = _groups(reading, lexicon)
    return _of_catalogue(reading, groups, _names(reading, lexicon))


def _groups(reading: _Reading, lexicon: Lexicon) -> tuple[asked.Group, ...]:
    """Take the bodies and headings off, but for those whose name is part of a document's name."""
    found = []
    for group in asked.GROUPS:
        match = group.asked.search(reading.rest)
        if match and not _is_within_a_name(match, reading.rest, lexicon):
            reading.take(group.asked)
            found.append(group)
    return tuple(found)


def _is_within_a_name(match: re.Match[str], text: str, lexicon: Lexicon) -> bool:
    """Is what matched only the beginning or middle of a document's name?"""
    names = [name for name in lexicon.names(text) if name.id.startswith(DOCUMENT_NAME)]
    return any(name.start <= match.start() and match.end() < name.end for name in names)


def _names(reading: _Reading, lexicon: Lexicon) -> list[str]:
    """Take the names of documents, jurisdictions and regions off; the brief's own is of no weight."""
    found = lexicon.names(reading.rest)
    for name in reversed(found):
        reading.rest = f"{reading.rest[: name.start]} ; {reading.rest[name.end :]}"
    return [name.id for name in found if not lexicon.is_brief(name.id)]


def _priority(reading: _Reading) -> Inquiry | None:
    named = reading.take(asked.PRIORITY)
    number = next((n for n, words in enumerate(asked.NUMBERS, 1) if set(words.split()) & set(named.split())), 0)
    if not number or not (asked.LISTS.search(reading.rest) or asked.ASKED_OF_PARLIAMENTS.search(reading.rest)):
        return None
    for pattern in (asked.ASKED_OF_PARLIAMENTS, asked.LISTS, asked.BRIEF, asked.PLAIN):
        reading.take_all(pattern)
    return None if _left(reading) else Inquiry(Shape.PRIORITY, priority=number)


def _of_catalogue(reading: _Reading, groups: tuple[asked.Group, ...], names: list[str]) -> Inquiry | None:
    manner = _manner(reading, names)
    inquiry = _selection(reading, groups, names)
    for pattern in (asked.PUNISHED, asked.TOPIC, asked.LISTS, asked.BRIEF, asked.PLAIN):
        reading.take_all(pattern)
    if inquiry.kinds and not set(inquiry.kinds) & set(asked.LAWS):
        inquiry = replace(inquiry, elements=())  # only laws are compared
    return None if _left(reading) else _shaped(inquiry, manner)


def _manner(reading: _Reading, names: list[str]) -> _Manner:
    """Take off what tells how a question asks."""
    return _Manner(
        asks=bool(asked.LISTS.search(reading.rest)),
        explains=bool(asked.EXPLAINS.search(reading.rest)),
        is_otherwise=bool(asked.OTHERWISE.search(reading.rest)),
        asks_for_contents=bool(asked.CONTENTS.search(reading.rest)),
        asks_when=bool(asked.WHEN.search(reading.rest)),
        is_bare=not re.search(r"[^\W\d_]", re.sub(r"\bthe\b", "", reading.rest, flags=re.IGNORECASE)),
        is_status=bool(_of(names, DOCUMENT_NAME)) and reading.take_all(asked.STATUS),
        compares=reading.take_all(asked.COMPARES),
    )


def _selection(reading: _Reading, groups: tuple[asked.Group, ...], names: list[str]) -> Inquiry:
    """Take off what a question selects, in an order in which no word is taken for another."""
    parts = tuple(dict.fromkeys(re.findall(r"\b[A-E]\b", reading.take(asked.PART).upper().replace("ANNEX", ""))))
    is_held = reading.take_all(asked.HELD)
    is_listed = bool(asked.LISTED.search(reading.rest))
    in_annexes = reading.take_all(asked.ANNEXES) or is_listed
    since, until = _years(reading)
    states = tuple(state for pattern, held in asked.STATES if reading.take(pattern) for state in held)
    kinds = tuple(dict.fromkeys(kind for pattern, held in asked.KINDS if reading.take(pattern) for kind in held))
    is_of_anything = is_held or reading.take_all(asked.ANYTHING)
    by_jurisdiction = reading.take_all(asked.PLACES)
    elements = tuple(dict.fromkeys(e for pattern, held in asked.ELEMENTS if reading.take_all(pattern) for e in held))
    return Inquiry(
        shape=Shape.DOCUMENTS,
        is_either=bool(asked.EITHER.search(reading.rest)),
        by_jurisdiction=by_jurisdiction,
        is_of_annexes=bool(parts) or in_annexes,
        is_of_anything=is_of_anything,
        parts=parts,
        groups=groups,
        kinds=kinds,
        jurisdictions=_of(names, JURISDICTION_NAME),
        regions=_of(names, REGION_NAME),
        states=states,
        since=since,
        until=until,
        elements=elements,
        documents=_of(names, DOCUMENT_NAME),
    )


def _shaped(inquiry: Inquiry, manner: _Manner) -> Inquiry | None:
    """The inquiry with its shape, or None where it selects nothing or is better answered by retrieval."""
    sides, shape = len(inquiry.jurisdictions), None
    if manner.is_bare and inquiry.documents and not inquiry.groups:
        shape = Shape.OVERVIEW
    elif manner.is_bare and inquiry.jurisdictions and not inquiry.groups:
        shape = Shape.DOCUMENTS
    elif manner.is_status and not inquiry.elements:
        shape = Shape.STATUS if _is_of_documents_alone(inquiry) and not manner.explains else None
    elif (manner.compares and (sides > 1 or inquiry.elements)) or (sides > 1 and inquiry.elements):
        shape = Shape.COMPARE
    elif _asks_something_else(inquiry, manner):
        shape = None
    elif inquiry.elements:
        of_one = bool(inquiry.jurisdictions) and not (manner.asks and inquiry.kinds)
        shape = Shape.ELEMENTS if _is_about_laws(inquiry) and not of_one else None
    elif _selects(inquiry):
        shape = Shape.DOCUMENTS
    return replace(inquiry, shape=shape) if shape else None


def _asks_something_else(inquiry: Inquiry, manner: _Manner) -> bool:
    """Is it a question for a reason, a person, a date, a yes or no, a meaning, or what a document says?"""
    if manner.explains or manner.asks_when or manner.is_otherwise or inquiry.documents:
        return True
    says = manner.asks_for_contents and not inquiry.is_of_annexes
    return says or not (manner.asks or inquiry.elements)


def _is_of_documents_alone(inquiry: Inquiry) -> bool:
    """Does it select nothing besides the documents it names?"""
    alone = Inquiry(
        inquiry.shape,
        is_either=inquiry.is_either,
        documents=inquiry.documents,
        kinds=inquiry.kinds,
        states=inquiry.states,
    )
    return inquiry == alone


def _is_about_laws(inquiry: Inquiry) -> bool:
    """Does it ask who, or which law, says something; or name elements that nothing but laws has?"""
    named = inquiry.by_jurisdiction or bool(inquiry.kinds) or bool(inquiry.regions)
    return named or set(inquiry.elements) <= asked.OF_LAWS_ALONE


def _selects(inquiry: Inquiry) -> bool:
    """Does it say enough of what it wants, and of which documents?"""
    named = bool(inquiry.kinds) or inquiry.is_of_anything or inquiry.is_of_annexes
    of_place = inquiry.jurisdictions or inquiry.regions or inquiry.since or inquiry.until < LATEST
    listed = inquiry.is_of_anything or inquiry.is_of_annexes
    return bool(
        inquiry.parts
        or inquiry.states
        or ((inquiry.groups or of_place) and named)
        or (listed and (inquiry.kinds or inquiry.by_jurisdiction))
    )


def _years(reading: _Reading) -> tuple[int, int]:
    match = asked.YEARS.search(reading.rest)
    if not match:
        return 0, LATEST
    reading.take(asked.YEARS)
    word, year = match.group(1).casefold(), int(match.group(2))
    earliest = {"since": year, "from": year, "after": year + 1, "before": 0, "until": 0}.get(word, year)
    latest = {"since": LATEST, "after": LATEST, "before": year - 1, "until": year}.get(word, year)
    return earliest, latest


def _of(names: list[str], prefix: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name.removeprefix(prefix) for name in names if name.startswith(prefix)))


def _left(reading: _Reading) -> list[str]:
    """The words that nothing has taken."""
    words = re.findall(r"[^\W_]+(?:['’]t)?", reading.rest)
    return [word for word in words if asked.NEGATES.fullmatch(word) or not is_function_word(word, "en")]
