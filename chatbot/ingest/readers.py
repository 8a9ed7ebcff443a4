"""Bytes of a file -> blocks in reading order, with what the format itself marks: headings, items, notes.

A block's text keeps its printed line ends; what plain text does not mark is left to structure.py.
"""

import html
import re
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import PurePath
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from chatbot.errors import SourceError
from chatbot.model import Block, BlockKind, NoteCall

MAX_BYTES = 50 * 1024 * 1024

_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
# Invisible characters that would make quoted words differ from what is seen: soft hyphens, zero-width
# spaces, byte order marks and explicit bidirectional overrides.
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069]")
_ITEM = re.compile(
    r"(?P<indent>\s*)(?:(?P<bullet>[-*•▪–])|(?P<number>\d{1,3}[.)]|\((?:\d{1,3}|[^\W\d]{1,4})\)|[a-z]\)|[①-⑳]))\s+(?P<text>\S.*)"
)
_MARKED_HEADING = re.compile(r"(?P<marks>#{1,6})\s+(?P<text>\S.*)")
_CALL_AFTER_MARK = re.compile("([*]{1,2})([⁰¹²³⁴⁵⁶⁷⁸⁹]+)")
_RULE = re.compile(r"\s*([-=_*]\s*){3,}$")

_inline_marks = MarkdownIt("zero").enable(["emphasis", "link", "escape"])
_markdown = MarkdownIt("commonmark", {"maxNesting": 100}).use(footnote_plugin)
_TAG = re.compile(r"<!--.*?-->|<[^>]*>", re.DOTALL)
_ENDS = re.compile(r"[.:;—]\W*$")


def read(data: bytes, name: str) -> list[Block]:
    """The blocks of a file; its name tells the format.

    Raises SourceError when the type is unknown or the bytes are empty, too many, or not text.
    """
    suffix = PurePath(name).suffix.lower()
    reader = READERS.get(suffix)
    if reader is None:
        known = ", ".join(sorted(READERS))
        raise SourceError(f"{name}: files of type '{suffix or 'none'}' are not read; known types are {known}.")
    return reader(decode(data, name))


def decode(data: bytes, name: str) -> str:
    """The text of bytes in UTF-8 or (with a byte order mark) UTF-16, normalised to NFC without invisible characters.

    Raises SourceError otherwise: a guessed encoding would end in wrong quotations.
    """
    if len(data) > MAX_BYTES:
        raise SourceError(f"{name}: {len(data) / 1e6:.0f} MB is more than the {MAX_BYTES / 1e6:.0f} MB that are read.")
    encoding = next((encoding for bom, encoding in _BOMS if data.startswith(bom)), "utf-8")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise SourceError(
            f"{name}: not {encoding.upper()} text (byte {error.start}); save it as UTF-8 and add it again."
        ) from error
    if any(unicodedata.category(c) == "Cc" and c not in "\t\n\r\f" for c in text):
        raise SourceError(f"{name}: holds control characters, so it is no plain text; add the text itself.")
    text = _INVISIBLE.sub("", unicodedata.normalize("NFC", text)).replace("\u00a0", " ")
    if not text.strip():
        raise SourceError(f"{name}: the file is empty.")
    return text


def read_plain_text(text: str) -> list[Block]:
    """Groups of lines between blanks, and list items by their printed marks; inline Markdown marks are undone."""
    blocks: list[Block] = []
    indents: list[int] = []
    for group in re.split(r"\n[ \t]*\n|\f", text.replace("\r\n", "\n").replace("\r", "\n")):
        blocks += _blocks_of_group(group, indents)
    return blocks


def _blocks_of_group(group: str, indents: list[int]) -> Iterator[Block]:
    lines: list[str] = []
    head = Block(BlockKind.PARAGRAPH, "")
    for line in group.split("\n"):
        item = _ITEM.match(line)
        heading = _MARKED_HEADING.match(line)
        if _RULE.match(line) or not line.strip():
            continue
        if item and head.kind is BlockKind.PARAGRAPH and lines and _goes_on(lines[-1], item):
            item = None
        if heading:
            yield from _finished(head, lines)
            yield Block(BlockKind.HEADING, without_inline_marks(heading["text"])[0], depth=len(heading["marks"]))
            head, lines = Block(BlockKind.PARAGRAPH, ""), []
        elif item:
            yield from _finished(head, lines)
            depth = _depth(len(item["indent"].expandtabs(4)), indents)
            head, lines = Block(BlockKind.ITEM, "", depth=depth, number=item["number"] or ""), [item["text"]]
        else:
            if not lines and not line.startswith((" ", "\t")):
                indents.clear()
            lines.append(line.strip())
    yield from _finished(head, lines)


def _goes_on(last: str, item: re.Match[str]) -> bool:
    """Is what looks like an item the rest of a sentence that a line end cut: "– all of it", "12. Mai"?"""
    is_dash = item["bullet"] == "–" and item["text"][0].islower()
    is_number = bool(item["number"]) and item["number"][:-1].isdigit() and item["number"][:-1] != "1"
    return not _ENDS.search(last) and (is_dash or is_number)


def _finished(head: Block, lines: list[str]) -> Iterator[Block]:
    if lines:
        text, lead = without_inline_marks("\n".join(lines))
        yield Block(head.kind, text, head.depth, head.number, lead=lead)


def _depth(indent: int, indents: list[int]) -> int:
    while indents and indents[-1] >= indent:
        indents.pop()
    indents.append(indent)
    return len(indents) - 1


def without_inline_marks(text: str) -> tuple[str, int]:
    """The text without Markdown emphasis, link targets and escapes (line ends stay), and the length of its lead."""
    text = _CALL_AFTER_MARK.sub(r"\2\1", text)  # "**lead:**⁷⁷" closes no emphasis, "**lead:⁷⁷**" does
    children = _inline_marks.parseInline(text)[0].children or []
    return "".join("\n" if t.type == "softbreak" else t.content for t in children), _lead(children)


def _lead(children: list[Token]) -> int:
    """How many characters a text's strong opening has; 0 where it does not open so."""
    length, strong = 0, False
    for child in children:
        if child.type == "strong_open" and length == 0:
            strong = True
        elif child.type == "strong_close" and strong:
            return length
        elif child.content and not strong:
            return 0
        length += len(child.content)
    return 0


def read_markdown(text: str) -> list[Block]:
    """Headings (their rank as depth), paragraphs, nested items, and footnotes with their calls."""
    return list(_blocks_of_tokens(_markdown.parse(text)))


class _Place:
    """Where in a Markdown document a token stands: list depth and number, note, rank of heading."""

    def __init__(self) -> None:
        self.numbers: list[str] = []
        self.note = ""
        self.rank = 0
        self.outside: list[tuple[str, list[str]]] = []

    def move(self, token: Token) -> None:
        """Enter or leave what the token opens or closes."""
        if token.type in ("bullet_list_open", "ordered_list_open"):
            self.numbers.append("")
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            del self.numbers[-1:]  # the plug-in closes lists it never opened where notes are nested
        elif token.type == "list_item_open":
            self.numbers[-1] = f"{token.info}{token.markup}" if token.info else ""
        elif token.type == "footnote_open":
            self.outside.append((self.note, self.numbers))
            self.note, self.numbers = _number(token.meta), []
        elif token.type == "footnote_close":
            self.note, self.numbers = self.outside.pop()
        elif token.type in ("heading_open", "heading_close"):
            self.rank = int(token.tag[1:]) if token.nesting > 0 else 0


def _blocks_of_tokens(tokens: list[Token]) -> Iterator[Block]:
    place = _Place()
    for token in tokens:
        place.move(token)
        if token.type not in ("inline", "code_block", "fence", "html_block"):
            continue
        content, calls = _content(token)
        if place.note:
            yield Block(BlockKind.NOTE, content, number=place.note)
        elif place.rank:
            yield Block(BlockKind.HEADING, content, depth=place.rank)
        elif place.numbers:
            depth, lead = len(place.numbers) - 1, _lead(token.children or [])
            yield Block(BlockKind.ITEM, content, depth=depth, number=place.numbers[-1], calls=calls, lead=lead)
        else:
            yield Block(BlockKind.PARAGRAPH, content, calls=calls)


def _number(meta: dict[str, Any]) -> str:
    """The mark of a note; one that is written where it is called has none and is counted."""
    return str(meta.get("label", f"i{meta['id'] + 1}"))


def _content(token: Token) -> tuple[str, tuple[NoteCall, ...]]:
    text, calls = "", []
    for child in token.children or [token]:
        if child.type == "footnote_ref":
            calls.append(NoteCall(_number(child.meta), len(text)))
        elif child.type in ("softbreak", "hardbreak"):
            text += " "
        elif child.type in ("html_block", "html_inline"):
            text += " ".join(html.unescape(_TAG.sub(" ", child.content)).split())
        else:
            text += child.content
    return text, tuple(calls)


READERS: dict[str, Callable[[str], list[Block]]] = {".md": read_markdown, ".txt": read_plain_text}
"""The reader of each file type; a new format is one more row."""
