"""A text without marks becomes parts within the budget, cut at lines and sentences."""

from chatbot.ingest import plain
from chatbot.ingest.passages import Cutter

CUTTER = Cutter(lambda text: len(text.split()), budget=8)


def quoted(text: str) -> list[list[str]]:
    return [[text[unit.start : unit.end] for unit in part] for part in plain.parts(text, "en", CUTTER)]


def test_lines_and_sentences_are_units() -> None:
    """A line break ends a unit, and so does a sentence; blanks around them belong to none."""
    text = "Rules apply. They are short:\n  (a) one thing;\n\n(b) two."
    assert quoted(text) == [["Rules apply.", "They are short:", "(a) one thing;"], ["(b) two."]]


def test_a_sentence_beyond_the_budget_is_cut() -> None:
    """Every part is within the budget and no word is lost."""
    text = " ".join(f"word{n}" for n in range(30))
    parts = quoted(text)
    assert all(len(" ".join(part).split()) <= 8 for part in parts)
    assert " ".join(piece for part in parts for piece in part) == text


def test_no_words_no_parts() -> None:
    """An empty text has no part."""
    assert quoted(" \n\t") == []
