"""The documents held: chosen by what a reader filters for, and counted for the page that says what is covered."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from werkzeug.exceptions import BadRequest

from chatbot.answering import comparing
from chatbot.model import Coverage, Document, Element

COVERED = {
    Coverage.OFFICIAL: "Official text",
    Coverage.DIGEST: "Digest: our own summary in plain English; the publisher's text is not held",
    Coverage.LISTED: "Title only",
}
PARTS = {
    "brief": "The issue brief itself",
    "A": "Annex A",
    "B": "Annex B",
    "C": "Annex C",
    "D": "Annex D",
    "E": "Annex E",
    "body": "Named in the brief outside its annexes",
    "related": "Related, not named in the brief",
}
"""Where the brief lists a document, in the order of a page."""


@dataclass(frozen=True, slots=True)
class Filter:
    """A property that documents are filtered by: its name in an address, what a reader sees, its values."""

    name: str
    label: str
    values: Callable[[Document], Iterable[str]]
    words: Callable[[str], str]


def place_name(code: str) -> str:
    """A jurisdiction in English, as it begins a line."""
    name = comparing.jurisdiction_name(code)
    return name[:1].upper() + name[1:]


def coverage_words(coverage: str) -> str:
    """What is held of a document, in words short enough for a list."""
    return COVERED[Coverage(coverage)].split(":", maxsplit=1)[0]


def in_words(value: str) -> str:
    """A kind or state as it begins a line."""
    return value.replace("-", " ").capitalize()


FILTERS = (
    Filter("jurisdiction", "Jurisdiction", lambda d: (d.jurisdiction,), place_name),
    Filter("kind", "Kind", lambda d: (str(d.kind),), in_words),
    Filter("state", "Legal status", lambda d: (str(d.status.state),), in_words),
    Filter("coverage", "What is held", lambda d: (str(d.coverage),), coverage_words),
    Filter("annex", "Place in the brief", lambda d: {entry.part for entry in d.annex}, PARTS.__getitem__),
)


def choices(documents: Sequence[Document]) -> dict[str, list[str]]:
    """By filter, the values to choose from, in the order of a page: those that some document has."""
    return {one.name: _ordered(one, documents) for one in FILTERS}


def _ordered(one: Filter, documents: Sequence[Document]) -> list[str]:
    found = {value for document in documents for value in one.values(document)}
    return [part for part in PARTS if part in found] if one.name == "annex" else sorted(found, key=one.words)


def chosen(documents: Sequence[Document], wanted: Mapping[str, str]) -> list[Document]:
    """The documents that pass every filter, by jurisdiction and then newest first; "" lets all pass.

    Raises BadRequest naming what is known where a value is that of no document.
    """
    known = choices(documents)
    found = list(documents)
    for one in FILTERS:
        value = wanted.get(one.name, "").strip()
        if value:
            _check(value, known[one.name], one.name)
            found = [document for document in found if value in one.values(document)]
    return sorted(found, key=lambda d: (place_name(d.jurisdiction), -d.year, d.short_title))


def _check(value: str, known: Sequence[str], name: str) -> None:
    if value not in known:
        raise BadRequest(f"No document held has the {name} '{value[:80]}'. Known are: {', '.join(known)}.")


def stating(documents: Iterable[Document]) -> Counter[tuple[str, Element]]:
    """By jurisdiction and element, how many documents state something."""
    return Counter((document.jurisdiction, element) for document in documents for element, _ in document.comparison)


def held(documents: Iterable[Document]) -> Counter[tuple[str, Coverage]]:
    """By part of the brief and coverage, how many documents there are."""
    return Counter(
        (part, document.coverage) for document in documents for part in {entry.part for entry in document.annex}
    )


def jurisdictions_of(documents: Iterable[Document], part: str) -> list[str]:
    """The codes of the jurisdictions whose documents a part of the brief lists, by name."""
    codes = {d.jurisdiction for d in documents if any(entry.part == part for entry in d.annex)}
    return sorted(codes, key=place_name)
