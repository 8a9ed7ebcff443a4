"""A text without headings or marks -> parts that a model reads whole, each with its sentences and lines as units."""

from chatbot.ingest import sentences
from chatbot.ingest.passages import Cutter, packed
from chatbot.model import BlockKind, Unit


def parts(text: str, language: str, cutter: Cutter) -> list[tuple[Unit, ...]]:
    """The units of each part in reading order; starts and ends count characters in the text. No words, no parts."""
    units = [Unit(start, end, BlockKind.PARAGRAPH) for start, end in _units(text, language)]
    return [tuple(part) for part in packed(units, text, cutter)]


def _units(text: str, language: str) -> list[tuple[int, int]]:
    """Sentences; a line break ends one."""
    found, start = [], 0
    for line in text.split("\n"):
        found += [(start + first, start + end) for first, end in sentences.spans(line, language)]
        start += len(line) + 1
    return found
