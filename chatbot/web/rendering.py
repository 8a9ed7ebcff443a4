"""A section with the cited passage and the quoted words marked, as pieces of text for a template."""

import itertools
from dataclasses import dataclass

from chatbot.model import Passage, Section

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
