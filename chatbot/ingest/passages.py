"""Sections -> passages: paragraphs, lists with their lead-in, statements with their speaker, entries, notes.

A passage never crosses a section, and its span cuts exactly its text out of the section's.
"""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from langchain_text_splitters import RecursiveCharacterTextSplitter

from chatbot.ingest import sentences
from chatbot.model import Block, BlockKind, Document, Edition, Passage, PassageKind, Section, Unit

RECIPE = "passages-1"
"""Names the rules of this module; changing them changes it, so that nothing stale is reused."""

_LEADS_IN = re.compile(r"[:—–]$")
_LISTED = (BlockKind.ITEM, BlockKind.ENTRY, BlockKind.POINTER)
_CIRCLED = {chr(0x2460 + i): f"({i + 1})" for i in range(20)}
_CONTEXT_SHARE = 4  # the context may take a quarter of the budget


@dataclass(frozen=True, slots=True)
class Cutter:
    """How long a passage may be: count gives the word pieces of a text, budget is the most a passage may have."""

    count: Callable[[str], int]
    budget: int = 256

    def fits(self, text: str) -> bool:
        """Is the text within the budget?"""
        return self.count(text) <= self.budget

    def pieces(self, text: str) -> list[tuple[int, int]]:
        """Spans of a text that is too long, cut at the best place that fits."""
        splitter = RecursiveCharacterTextSplitter(
            chunk_size=self.budget,
            chunk_overlap=0,
            length_function=self.count,
            separators=["\n", "; ", ", ", " ", ""],
            keep_separator="end",
            strip_whitespace=False,
        )
        spans, end = [], 0
        single = re.sub(r"(?<=\s)\s", "\xa0", text)  # the splitter repeats blanks that follow each other
        for piece in splitter.split_text(single):
            start, end = end, end + len(piece)
            spans.append((start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())))
        return [span for span in spans if span[0] < span[1]]


def windows(text: str, characters: int) -> list[str]:
    """A text cut without regard to its structure, as plain splitters do by default; a baseline of the evaluation."""
    return RecursiveCharacterTextSplitter(chunk_size=characters, chunk_overlap=0).split_text(text)


@dataclass(frozen=True, slots=True)
class _Placed:
    block: Block
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.block.text)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where passages come from: a section of an edition of a document.

    recipe names whatever else decides how they are embedded, such as the model.
    """

    document: Document
    edition: Edition
    section: Section
    recipe: str

    @property
    def language(self) -> str:
        """The language of the text: the document's for an official text, English for a digest."""
        is_official = self.edition is Edition.OFFICIAL and self.document.languages
        return self.document.languages[0] if is_official else "en"


def passages(origin: Origin, cutter: Cutter) -> list[Passage]:
    """The passages of a section in reading order."""
    section, text = origin.section, origin.section.text
    result: list[Passage] = []
    for group in _groups(_placed(section.blocks), section):
        context = _context(origin.document, section, group, cutter)
        room = Cutter(cutter.count, cutter.budget - cutter.count(context))
        units = packed(_units(group, origin.language), text, room)
        first = f"{_place(origin)}:{len(result)}"
        for part in units:
            result.append(_passage(origin, group, part, text, context=context, ordinal=len(result), first=first))
    return result


def _place(origin: Origin) -> str:
    return f"{origin.document.id}:{origin.edition}:{origin.section.anchor}"


def _placed(blocks: tuple[Block, ...]) -> list[_Placed]:
    placed, start = [], 0
    for block in blocks:
        placed.append(_Placed(block, start))
        start += len(block.text) + 1
    return placed


def _groups(blocks: list[_Placed], section: Section) -> list[list[_Placed]]:
    """Neighbouring blocks that belong to one passage."""
    groups: list[list[_Placed]] = []
    for placed in blocks:
        last = groups[-1] if groups else []
        if placed.block.kind is BlockKind.GROUP:
            continue
        if last and _belongs(placed.block, last, section):
            last.append(placed)
        else:
            groups.append([placed])
    return groups


def _belongs(block: Block, group: list[_Placed], section: Section) -> bool:
    head, last = group[0].block, group[-1].block
    if block.kind is BlockKind.SPEAKER:
        return last.kind is BlockKind.QUOTATION
    if block.kind is BlockKind.POINTER:
        return last.kind in (BlockKind.ENTRY, BlockKind.POINTER)
    if block.kind is not BlockKind.ITEM:
        return False
    if head.kind is BlockKind.PARAGRAPH:
        return bool(_LEADS_IN.search(head.text))
    if _is_provision(head, section):
        return block.depth > head.depth  # each numbered paragraph of a provision is a passage of its own
    return head.kind is BlockKind.ITEM


def _is_provision(block: Block, section: Section) -> bool:
    return block.kind is BlockKind.ITEM and bool(block.number) and section.label != section.headings[-1]


def _units(group: list[_Placed], language: str) -> list[Unit]:
    """What is quoted whole; starts and ends count in the section."""
    units: list[Unit] = []
    for place, placed in enumerate(group):
        block = placed.block
        carries_on = place > 0 and _carries(group[place - 1].block, block)
        if block.kind is BlockKind.SPEAKER or carries_on:
            last = units[-1]
            units[-1] = replace(last, end=placed.end, notes=last.notes + _notes(block, 0, 10**9))
        elif block.kind is BlockKind.PARAGRAPH:
            units += [
                Unit(placed.start + start, placed.start + end, BlockKind.PARAGRAPH, _notes(block, start, end))
                for start, end in sentences.spans(block.text, language)
            ]
        else:
            units.append(Unit(placed.start, placed.end, block.kind, _notes(block, 0, 10**9), block.lead))
    return units


def _carries(previous: Block, block: Block) -> bool:
    """Does an item that ends in a colon or dash, or a clause of one, go on in this deeper item?"""
    if block.kind is not BlockKind.ITEM or previous.kind is not BlockKind.ITEM:
        return False
    return bool(block.parents) and any(_LEADS_IN.search(parent) for parent in block.parents)


def _notes(block: Block, start: int, end: int) -> tuple[str, ...]:
    return tuple(c.number for c in block.calls if start < c.offset <= end or (start == c.offset == 0))


def _context(document: Document, section: Section, group: list[_Placed], cutter: Cutter) -> str:
    """What the passage is about, outermost first, as far as a quarter of the budget goes (the innermost up to half)."""
    head = group[0].block
    parts = [*section.headings, *head.parents]
    if document.title not in parts and document.kind != "issue-brief":
        parts.insert(0, document.short_title)
    while len(parts) > 1 and cutter.count(_joined(parts)) > cutter.budget // _CONTEXT_SHARE:
        parts.pop(0)
    return _joined(parts) if cutter.count(_joined(parts)) <= cutter.budget // 2 else ""


def _joined(parts: list[str]) -> str:
    return " – ".join(part.rstrip(":") for part in parts) + "\n"


def packed(units: list[Unit], text: str, cutter: Cutter) -> list[list[Unit]]:
    """Units in as few passages as the budget allows; one that is too long by itself is cut."""
    parts: list[list[Unit]] = []
    for unit in units:
        last = parts[-1] if parts else None
        if last and cutter.fits(text[last[0].start : unit.end]):
            last.append(unit)
        elif cutter.fits(text[unit.start : unit.end]):
            parts.append([unit])
        else:
            parts += [
                [Unit(unit.start + start, unit.start + end, unit.kind, unit.notes)]
                for start, end in cutter.pieces(text[unit.start : unit.end])
            ]
    return parts


def _passage(
    origin: Origin, group: list[_Placed], units: list[Unit], whole: str, *, context: str, ordinal: int, first: str
) -> Passage:
    section, start, end = origin.section, units[0].start, units[-1].end
    head, last = group[0].block, group[-1].block
    text = whole[start:end]
    return Passage(
        id=f"{_place(origin)}:{ordinal}",
        document_id=origin.document.id,
        edition=origin.edition,
        anchor=section.anchor,
        label=_label(section, head),
        headings=section.headings,
        text=text,
        kind=_kind(group),
        start=start,
        end=end,
        units=tuple(replace(u, start=u.start - start, end=u.end - start) for u in units),
        language=origin.language,
        group=first,
        digest=hashlib.sha256(f"{RECIPE}\n{origin.recipe}\n{context}{text}".encode()).hexdigest(),
        context=context,
        speaker=last.text if last.kind is BlockKind.SPEAKER else "",
        number=head.number,
        parents=head.parents,
    )


def _label(section: Section, head: Block) -> str:
    if head.kind is BlockKind.NOTE:
        return f"note {head.number.rstrip('′')}"
    if not _is_provision(head, section):
        return section.label
    number = _CIRCLED.get(head.number, head.number).strip(".()")
    return f"{section.label}({number})"


def _kind(group: list[_Placed]) -> PassageKind:
    kinds = {placed.block.kind for placed in group}
    if BlockKind.QUOTATION in kinds:
        return PassageKind.QUOTATION
    if BlockKind.NOTE in kinds:
        return PassageKind.NOTE
    if BlockKind.ENTRY in kinds:
        return PassageKind.ENTRY
    if BlockKind.ITEM in kinds and len(group) > 1:
        return PassageKind.LIST
    return PassageKind.PARAGRAPH
