"""Sections as blocks of text for a template; of a cited one, the passage and the quoted words are marked."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from chatbot.model import Edition, HeldSection, Passage, Section

QUOTED, CITED, PLAIN = "quoted", "cited", "plain"


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A stretch of a block: quoted words, other words of the cited passage, or the rest."""

    text: str
    mark: str


@dataclass(frozen=True, slots=True)
class MarkedBlock:
    """A block of a section cut where marks begin and end."""

    kind: str
    depth: int
    number: str
    pieces: tuple[MarkedText, ...]


@dataclass(frozen=True, slots=True)
class RenderedSection:
    """A section as a document's page shows it; its place is what an address ends with to lead to it."""

    edition: Edition
    place: str
    label: str
    headings: tuple[str, ...]
    language: str
    blocks: tuple[MarkedBlock, ...]


def place_of(edition: str, anchor: str) -> str:
    """Where a section stands on the page of its document."""
    return f"{edition}:{anchor}"


def rendered(held: HeldSection, passages: Sequence[Passage]) -> RenderedSection:
    """A section without marks, in the language of its passages ("" where it has none)."""
    section = held.section
    blocks = (
        MarkedBlock(block.kind, block.depth, block.number, (MarkedText(block.text, PLAIN),)) for block in section.blocks
    )
    return RenderedSection(
        held.edition,
        place_of(held.edition, section.anchor),
        section.label,
        section.headings,
        passages[0].language if passages else "",
        tuple(blocks),
    )


def marked(section: Section, passage: Passage, quotes: list[tuple[int, int]]) -> list[MarkedBlock]:
    """The section's blocks; quotes count characters in the passage, and what lies outside it is passed over."""
    spans = [
        (passage.start + start, passage.start + end)
        for start, end in quotes
        if 0 <= start < end <= passage.end - passage.start
    ]
    blocks, begin = [], 0
    for block in section.blocks:
        pieces = _cut(block.text, begin, (passage.start, passage.end), spans)
        blocks.append(MarkedBlock(block.kind, block.depth, block.number, tuple(pieces)))
        begin += len(block.text) + 1
    return blocks


def _cut(text: str, begin: int, cited: tuple[int, int], quotes: list[tuple[int, int]]) -> list[MarkedText]:
    edges = {begin, begin + len(text)}
    for start, end in (cited, *quotes):
        edges |= {edge for edge in (start, end) if begin < edge < begin + len(text)}
    ordered = sorted(edges)
    pieces = []
    for start, end in itertools.pairwise(ordered):
        mark = CITED if cited[0] <= start < cited[1] else PLAIN
        mark = QUOTED if any(a <= start < b for a, b in quotes) else mark
        pieces.append(MarkedText(text[start - begin : end - begin], mark))
    return pieces
