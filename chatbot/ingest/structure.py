"""Blocks -> sections, whole and in order.

Sentences are joined over page breaks, lists keep their items, statements have their speakers, notes are with
the sentences that call them, and entries know their parents.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from chatbot.ingest import anchors, headings, notes
from chatbot.ingest.examples import asks, example_questions
from chatbot.model import Block, BlockKind, ExampleQuestion, NoteCall, Section

_TERMINAL = re.compile(r"[.!?:;。！？…][\"'”’»)\]]*$")
_QUOTATION = re.compile(r"[\"“„«].*[\"”“»]$", re.DOTALL)
_POINTER = re.compile(r"(See|Cf\.|Siehe|Voir|Véase)\s")
_LISTED = (BlockKind.ITEM, BlockKind.GROUP, BlockKind.ENTRY, BlockKind.POINTER)
_ANNEX_PROSE_WORDS, _SPEAKER_WORDS = 25, 40


@dataclass(frozen=True, slots=True)
class Structure:
    """The sections of an edition and what was counted on the way, for the report."""

    sections: tuple[Section, ...]
    notes: int
    statements: int
    entries: int
    warnings: tuple[str, ...]


def structure(blocks: list[Block], title: str) -> Structure:
    """Give blocks their structure; what no heading covers, before the first and after the annexes, has the title's."""
    parts = [part for block in blocks if block.text.strip() for part in headings.split_provision(block)]
    separated = notes.separate(parts)
    running = _with_statements(_rejoined(separated.blocks))
    running = _with_headings(running, title)
    running = _with_pointers(running)
    sections = _with_uncalled(_sections(running, title, separated.notes), separated.notes)
    return Structure(
        sections=tuple(sections),
        notes=len(separated.notes),
        statements=_count(sections, BlockKind.SPEAKER),
        entries=_count(sections, BlockKind.ENTRY),
        warnings=tuple(
            [f"note {n} is called and not printed" for n in separated.calls_without_note]
            + [f"note {n} is printed and not called" for n in separated.notes_without_call]
        ),
    )


def _rejoined(blocks: list[Block]) -> list[Block]:
    """Sentences cut by a page break are joined: an open end, then a paragraph that goes on in lower case."""
    joined: list[Block] = []
    for block in blocks:
        last = joined[-1] if joined else None
        if last and _goes_on(last, block):
            moved = tuple(NoteCall(c.number, c.offset + len(last.text) + 1) for c in block.calls)
            joined[-1] = replace(last, text=f"{last.text} {block.text}", calls=last.calls + moved)
        else:
            joined.append(block)
    return joined


def _goes_on(last: Block, block: Block) -> bool:
    is_open = last.kind is not BlockKind.HEADING and not _TERMINAL.search(last.text)
    return is_open and block.kind is BlockKind.PARAGRAPH and block.text[:1].islower()


def _with_statements(blocks: list[Block]) -> list[Block]:
    """A paragraph wholly in quotation marks is a statement when a short line with a name and an office follows."""
    result = list(blocks)
    for i in range(len(blocks) - 1):
        quotation, speaker = blocks[i], blocks[i + 1]
        if _is_quotation(quotation) and _is_speaker(speaker):
            result[i] = replace(quotation, kind=BlockKind.QUOTATION)
            result[i + 1] = replace(speaker, kind=BlockKind.SPEAKER)
    return result


def _is_quotation(block: Block) -> bool:
    return block.kind is BlockKind.PARAGRAPH and bool(_QUOTATION.match(block.text))


def _is_speaker(block: Block) -> bool:
    name, comma, _ = block.text.partition(",")
    return (
        block.kind is BlockKind.PARAGRAPH
        and bool(comma)
        and len(block.text.split()) <= _SPEAKER_WORDS
        and not block.text[:1].islower()
        and (len(name.split()) > 1 or not name.isascii())  # "Ms. Ana Duarte", not "Lamps, shelves and cellars"
        and not _TERMINAL.search(block.text)
    )


def _with_headings(blocks: list[Block], title: str) -> list[Block]:
    """Unmarked headings are marked and given their depth; blocks that came with marked headings stay as they are."""
    if not blocks or any(block.kind is BlockKind.HEADING for block in blocks):
        return blocks
    following = [*blocks[1:], None]
    marks = [headings.is_heading(b, f) for b, f in zip(blocks, following, strict=True)]
    found = [
        headings.Heading(block.text, headings.series(block.text), has_body=not following_mark)
        for block, mark, following_mark in zip(blocks, marks, [*marks[1:], False], strict=True)
        if mark and not _same(block.text, title)
    ]
    depths = iter(headings.depths(found))
    result = []
    for block, mark in zip(blocks, marks, strict=True):
        if mark:
            rank = 0 if _same(block.text, title) else next(depths) + 1
            result.append(replace(block, kind=BlockKind.HEADING, depth=rank))
        else:
            result.append(block)
    return result


def _with_pointers(blocks: list[Block]) -> list[Block]:
    """A pointer ("See Art. 5") belongs to the entry before it, however the page broke its indent."""
    result: list[Block] = []
    for block in blocks:
        last = result[-1] if result else None
        if last and block.kind is BlockKind.ITEM and _POINTER.match(block.text):
            if last.kind is BlockKind.ITEM and last.depth == block.depth:
                last = result[-1] = _indented_again(last, result[:-1])
            depth = last.depth if last.kind is BlockKind.POINTER else last.depth + 1
            result.append(replace(block, kind=BlockKind.POINTER, depth=depth))
        elif last and block.kind is BlockKind.ITEM and (cut := re.search(r"\s(?=See [A-Z])", block.text)):
            result += _cut_before_pointer(block, cut.start(), cut.end())
        else:
            result.append(block)
    return result


def _cut_before_pointer(item: Block, end: int, start: int) -> list[Block]:
    kept = tuple(call for call in item.calls if call.offset <= end)
    moved = tuple(NoteCall(call.number, call.offset - start) for call in item.calls if call.offset > end)
    pointer = Block(BlockKind.POINTER, item.text[start:], depth=item.depth + 1, calls=moved)
    return [replace(item, text=item.text[:end], calls=kept), pointer]


def _indented_again(entry: Block, before: list[Block]) -> Block:
    """An entry whose pointer stands no deeper than itself lost its indent: it goes with the entry before it."""
    last = before[-1] if before else None
    if last and last.kind in (BlockKind.ITEM, BlockKind.POINTER):
        depth = last.depth - (last.kind is BlockKind.POINTER)
        return replace(entry, depth=max(depth, entry.depth))
    return entry


def _sections(blocks: list[Block], title: str, texts: dict[str, str]) -> list[Section]:
    taken: set[str] = set()
    sections = []
    for path, found in _bodies(blocks, title):
        questions = example_questions(found)
        body = _with_parents(_with_entries([block for block in found if not asks(block)]))
        body += _notes_called(body, texts)
        if body:
            resolved = tuple(_resolved(block, texts) for block in body)
            sections.append(_section(path, resolved, questions, title=title, taken=taken))
    return sections


def _section(
    path: tuple[str, ...],
    body: tuple[Block, ...],
    questions: tuple[ExampleQuestion, ...],
    *,
    title: str,
    taken: set[str],
) -> Section:
    found = anchors.provision(path[-1])
    short = found.anchor if found else anchors.slug(_anchor_words(path, title))
    return Section(
        anchor=anchors.unique(short or "section", taken),
        label=found.label if found else path[-1],
        headings=path,
        blocks=body,
        questions=questions,
    )


def _anchor_words(path: tuple[str, ...], title: str) -> str:
    """Words that tell a section from its namesakes: "Priority 1", "annex C Kenya", parent and own heading."""
    if path[-1] == title:
        return "about"
    own = headings.number_in_series(path[-1])
    if len(path) == 1 or (own and len(own.split()) > 1):
        return own or path[-1]
    return f"{_anchor_words(path[:-1], title).split(':')[0]} {own or path[-1]}"


def _bodies(blocks: list[Block], title: str) -> Iterator[tuple[tuple[str, ...], list[Block]]]:
    """Each heading path with the blocks under it; prose after an annex's entries goes back to the title."""
    path: list[tuple[int, str]] = []
    body: list[Block] = []
    for block in blocks:
        if block.kind is BlockKind.HEADING and (path or block.depth):
            yield _path(path, title), body
            path = [p for p in path if p[0] < block.depth] + ([(block.depth, block.text)] if block.depth else [])
            body = []
        elif block.kind is BlockKind.HEADING:
            continue  # the title itself, before the first section
        elif path and _closes_annex(block, body):
            yield _path(path, title), body
            path, body = [], [block]
        else:
            body.append(block)
    yield _path(path, title), body


def _path(path: list[tuple[int, str]], title: str) -> tuple[str, ...]:
    return tuple(text for _, text in path) or (title,)


def _closes_annex(block: Block, body: list[Block]) -> bool:
    long_prose = block.kind is BlockKind.PARAGRAPH and len(block.text.split()) >= _ANNEX_PROSE_WORDS
    listed = bool(body) and all(b.kind in (BlockKind.ITEM, BlockKind.POINTER) and not b.number for b in body)
    return long_prose and listed and not asks(block)


def _with_entries(body: list[Block]) -> list[Block]:
    """Unnumbered items that are no sentences, in a list that no paragraph leads in, name documents."""
    result: list[Block] = []
    for block in body:
        led_in = any(b.kind is BlockKind.PARAGRAPH for b in result)
        plain = block.kind is not BlockKind.ITEM or block.number or led_in
        result.append(block if plain else replace(block, kind=_kind_in_annex(block, result)))
    return result


def _kind_in_annex(block: Block, before: list[Block]) -> BlockKind:
    if block.text.endswith(":"):
        return BlockKind.GROUP
    is_entry = not _TERMINAL.search(block.text) or any(b.kind is BlockKind.ENTRY for b in before)
    return BlockKind.ENTRY if is_entry else BlockKind.ITEM


def _with_parents(body: list[Block]) -> list[Block]:
    """Items, entries and pointers learn the items they hang under."""
    result = []
    open_items: list[Block] = []
    for block in body:
        if block.kind in _LISTED:
            open_items = [b for b in open_items if b.depth < block.depth]
            result.append(replace(block, parents=tuple(b.text for b in open_items)))
            open_items.append(block)
        else:
            open_items = []
            result.append(block)
    return result


def _notes_called(body: list[Block], texts: dict[str, str]) -> list[Block]:
    """The notes that the blocks call, once each; "Ibid." brings the note it means."""
    keys = [k for b in body for c in b.calls if c.number in texts for k in reversed(notes.following(c.number, texts))]
    return [Block(BlockKind.NOTE, texts[key], number=key) for key in dict.fromkeys(keys)]


def _with_uncalled(sections: list[Section], texts: dict[str, str]) -> list[Section]:
    """Notes that nothing calls stand in the last section, so that nothing printed is lost."""
    held = {block.number for section in sections for block in section.blocks if block.kind is BlockKind.NOTE}
    left = tuple(Block(BlockKind.NOTE, text, number=key) for key, text in texts.items() if key not in held)
    return [*sections[:-1], replace(sections[-1], blocks=sections[-1].blocks + left)] if sections and left else sections


def _resolved(block: Block, texts: dict[str, str]) -> Block:
    calls = tuple(
        NoteCall(key, c.offset)
        for c in block.calls
        for key in (notes.following(c.number, texts) if c.number in texts else ())
    )
    return replace(block, calls=calls)


def _count(sections: list[Section], kind: BlockKind) -> int:
    return sum(block.kind is kind for section in sections for block in section.blocks)


def _same(text: str, title: str) -> bool:
    return re.findall(r"\w+", text.casefold()) == re.findall(r"\w+", title.casefold())
