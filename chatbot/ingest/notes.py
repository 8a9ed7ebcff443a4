"""Blocks with printed footnotes -> blocks without them, their calls taken out of the text, and the notes.

In plain text a note is a block that begins with a number which stands elsewhere as a superscript: "¹ …",
"9 …", "- 58 …", "⁷⁵ …". Numbers may start again; a note belongs to the nearest call before it.
"""

import re
from dataclasses import dataclass, replace

from chatbot.model import Block, BlockKind, NoteCall

SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_DIGITS = str.maketrans(SUPERSCRIPTS, "0123456789")
_RAISED = rf"(?<![{SUPERSCRIPTS}])[{SUPERSCRIPTS}]{{1,4}}(?![{SUPERSCRIPTS}])"
_CALL = re.compile(rf"(?<!\bm)(?<!\b[ckm]m){_RAISED}")  # but "20 m²" calls no note
_MARK = re.compile(rf"(?P<mark>{_RAISED}|\d{{1,3}})\s+(?=\S)")
_IBID = re.compile(r"ibid\b|ebd\b|ebenda\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Separated:
    """Running text and its notes: calls in the blocks name keys of notes; nothing is lost.

    Keys are note numbers, with a prime added where a number is used again. The lists hold what does not match.
    """

    blocks: list[Block]
    notes: dict[str, str]
    calls_without_note: list[str]
    notes_without_call: list[str]


def separate(blocks: list[Block]) -> Separated:
    """Take the notes out of the blocks and attach each to the call that names it."""
    marked: dict[str, str] = {}
    for block in blocks:
        if block.kind is BlockKind.NOTE:
            marked[block.number] = f"{marked.get(block.number, '')} {_folded(block.text)}".strip()
    if marked:
        running = [b for b in blocks if b.kind is not BlockKind.NOTE]  # whose calls are already out of the text
        called = {c.number for b in running for c in b.calls}
        return Separated(running, marked, sorted(called - marked.keys()), sorted(marked.keys() - called))
    return _separate_printed(blocks)


def following(key: str, notes: dict[str, str]) -> tuple[str, ...]:
    """The note and, where it only says "Ibid.", the notes before it up to the one that names the source."""
    keys = list(notes)
    first = last = keys.index(key)
    while first > 0 and _IBID.match(notes[keys[first]]):
        first -= 1
    return tuple(reversed(keys[first : last + 1]))


class _Ledger:
    """Calls that wait for their note, and the note that each call got."""

    def __init__(self) -> None:
        self.notes: dict[str, str] = {}
        self.waiting: list[tuple[str, int]] = []  # number, index of the running block that calls it
        self.keys: dict[tuple[int, str], str] = {}
        self.uncalled: list[str] = []

    def enter(self, number: str, text: str) -> None:
        """A note belongs to the nearest call before it."""
        key = _free_key(number, self.notes)
        self.notes[key] = text
        self._settle(key, next((c for c in reversed(self.waiting) if c[0] == number), None))

    def close(self) -> None:
        """A note that a page break put before its call belongs to the first call after it."""
        early, self.uncalled = self.uncalled, []
        for key in early:
            self._settle(key, next((c for c in self.waiting if c[0] == key.rstrip("′")), None))

    def _settle(self, key: str, call: tuple[str, int] | None) -> None:
        if call is None:
            self.uncalled.append(key)
        else:
            self.waiting.remove(call)
            self.keys[call[1], call[0]] = key


def _separate_printed(blocks: list[Block]) -> Separated:
    called = {_plain(mark) for block in blocks for mark in _CALL.findall(block.text)}
    running: list[Block] = []
    ledger, expected = _Ledger(), 1
    for block in blocks:
        openings = {str(expected)} | {number for number, _ in ledger.waiting if number == "1"}
        found = _notes_in(block, called, openings)
        for number, text in found:
            ledger.enter(number, text)
            expected = int(number) + 1
        if not found:
            ledger.waiting += [(_plain(mark), len(running)) for mark in _calls_in(block)]
            running.append(replace(block, text=_folded(block.text)))
    ledger.close()
    lifted = [_without_calls(block, ledger.keys, ledger.notes, index) for index, block in enumerate(running)]
    missing = [number for number, _ in ledger.waiting if number not in ledger.notes]
    return Separated(lifted, ledger.notes, missing, ledger.uncalled)


def _notes_in(block: Block, called: set[str], openings: set[str]) -> list[tuple[str, str]]:
    """The notes a block holds, one a line or one over several lines; empty when it is running text.

    openings are the numbers that may come first: the next one, or 1 again where a call waits for it.
    """
    found: list[tuple[str, str]] = []
    for line in block.text.split("\n"):
        mark = _MARK.match(line)
        number = _plain(mark["mark"]) if mark else ""
        wanted = {str(int(found[-1][0]) + 1)} if found else openings
        if mark and number in called and number in wanted and not block.number:
            found.append((number, line[mark.end() :].strip()))
        elif found:
            found[-1] = (found[-1][0], f"{found[-1][1]} {line.strip()}")
        else:
            return []
    return found


def _calls_in(block: Block) -> list[str]:
    return [m.group() for m in _CALL.finditer(block.text) if m.start() > 0 and not block.text[m.start() - 1].isspace()]


def _without_calls(block: Block, keys: dict[tuple[int, str], str], notes: dict[str, str], index: int) -> Block:
    """The block with its calls lifted out; a superscript that names no note is text and stays."""
    text, calls, end = "", list(block.calls), 0
    for mark in _CALL.finditer(block.text):
        number = _plain(mark.group())
        key = keys.get((index, number), number)
        if key in notes and mark.start() > 0:
            text += block.text[end : mark.start()]
            calls.append(NoteCall(key, len(text)))
            end = mark.end()
    lead = block.lead - sum(len(m.group()) for m in _CALL.finditer(block.text[: block.lead])) if calls else block.lead
    return replace(block, text=text + block.text[end:], calls=tuple(calls), lead=lead)


def _plain(mark: str) -> str:
    return str(int(mark.translate(_DIGITS)))


def _free_key(number: str, notes: dict[str, str]) -> str:
    while number in notes:
        number += "′"
    return number


def _folded(text: str) -> str:
    """Printed line ends as blanks; a word broken at its hyphen keeps the hyphen."""
    return re.sub(r"\s+", " ", re.sub(r"(?<=\w-)\n\s*(?=\w)", "", text)).strip()
