"""Which unmarked lines are headings, and how deep each stands.

Plain text marks neither. A heading is a short line of its own that is no sentence; its depth follows from
what repeats ("How parliament acted" under every spotlight), what is numbered in series ("Priority 1.",
"A."), and what has no text of its own before the next heading.
"""

import re
from collections import Counter
from dataclasses import dataclass

from chatbot.ingest.anchors import provision
from chatbot.model import Block, BlockKind

MAX_HEADING_WORDS = 24
_SENTENCE_END = re.compile(r"[.;:,。]['\"”’»)\]]*$")
_OPENING_QUOTE = re.compile(r"[\"“„«]")
_SERIES = re.compile(r"(?P<word>\w+\s+)?(?P<number>\d{1,3}|[A-Z]|[IVXLC]+)\.\s+\S")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading's text, the series it is numbered in ("" if none), and whether text follows before the next."""

    text: str
    series: str
    has_body: bool


def is_heading(block: Block, following: Block | None) -> bool:
    """Is this paragraph a heading, given what follows it?"""
    if block.kind is not BlockKind.PARAGRAPH or "\n" in block.text or block.calls or following is None:
        return False
    text = block.text.strip()
    if provision(text) and len(text.split()) <= MAX_HEADING_WORDS:
        return True
    if _SENTENCE_END.search(text) or _OPENING_QUOTE.match(text) or len(text.split()) > MAX_HEADING_WORDS:
        return False
    first = text[:1]
    return first.isdigit() or (first.isalpha() and not first.islower())


def split_provision(block: Block) -> list[Block]:
    """A paragraph whose first line is a provision's number becomes a heading (with its title) and the rest."""
    first, _, rest = block.text.partition("\n")
    found = provision(first)
    if block.kind is not BlockKind.PARAGRAPH or not rest or not found or _SENTENCE_END.search(first):
        return [block]
    title, _, body = rest.partition("\n")
    if found.title or _SENTENCE_END.search(title) or len(title.split()) > MAX_HEADING_WORDS:
        title, body = "", rest
    heading = Block(BlockKind.PARAGRAPH, f"{first.strip()} {title}".strip())
    return [heading, Block(BlockKind.PARAGRAPH, body)] if body else [heading]


def series(text: str) -> str:
    """The series a numbered heading belongs to, such as "Priority #" or "A#"; "" when it is not numbered."""
    match = _SERIES.match(text)
    if not match:
        return "provision" if provision(text) else ""
    return (match["word"] or "").strip() + ("#" if match["number"].isdigit() else "A#")


def number_in_series(text: str) -> str:
    """The printed word and number of a heading in a series ("Priority 1", "C"); "" when it has none."""
    match = _SERIES.match(text)
    return f"{match['word'] or ''}{match['number']}" if match else ""


def depths(headings: list[Heading]) -> list[int]:
    """The depth of each heading, 0 for the outermost."""
    repeated = {text for text, count in Counter(h.text for h in headings).items() if count > 1}
    result: list[int] = []
    stack: list[tuple[Heading, int]] = []  # open headings that are not repeated, outermost first
    for heading in headings:
        if heading.text in repeated and not heading.series and stack:
            result.append(stack[-1][1] + 1)
            continue
        depth = _depth_after(heading, stack)
        stack = [(h, d) for h, d in stack if d < depth] + [(heading, depth)]
        result.append(depth)
    return result


def _depth_after(heading: Heading, stack: list[tuple[Heading, int]]) -> int:
    if not stack:
        return 0
    last, depth = stack[-1]
    if heading.series:
        siblings = [d for h, d in stack if h.series == heading.series]
        if siblings:
            return siblings[-1]
    if not last.has_body:
        return depth + 1
    if heading.series or not last.series:
        return depth
    return max(depth - 1, 0)  # an unnumbered heading after a numbered one with text closes the series
