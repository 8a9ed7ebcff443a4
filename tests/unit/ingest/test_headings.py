"""Unmarked lines become headings, each with its depth."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.ingest import headings
from chatbot.ingest.headings import Heading
from chatbot.model import Block, BlockKind, NoteCall

TEXT = Block(BlockKind.PARAGRAPH, "The lamp is lit.")


def _heading(text: str, has_body: bool = True) -> Heading:
    return Heading(text, headings.series(text), has_body)


def _paragraph(text: str) -> Block:
    return Block(BlockKind.PARAGRAPH, text)


@pytest.mark.parametrize(
    "text",
    [
        "Lamps",
        "  Lamps  ",
        "Spotlight on Norway: Lamps first",
        "Do you need a lamp?",
        "2025 in review",
        "Éclairage",
        "Лампы",
        "Article 5.",
        "§ 3",
        "Section 4: Lamps;",
        " ".join(["Lamp"] * headings.MAX_HEADING_WORDS),
    ],
)
def test_a_short_line_that_is_no_sentence_is_a_heading(text: str) -> None:
    """A line of its own that ends like no sentence, or names a provision, heads what follows."""
    assert headings.is_heading(_paragraph(text), TEXT) is True


@pytest.mark.parametrize(
    "text",
    [
        "A lamp is lit.",
        "The lamps:",
        "lamps",
        "“Lamps",
        '"Lamps"',
        "«Lampes»",
        "Lamps\nand shelves",
        "Lamps;",
        "灯亮了。",
        "He said “no.”",
        "(Lamps)",
        "– Lamps",
        "Dear reader,",
        " ".join(["Lamp"] * (headings.MAX_HEADING_WORDS + 1)),
    ],
)
def test_other_lines_are_no_headings(text: str) -> None:
    """Sentences, lead-ins, statements, long lines and lines in lower case head nothing."""
    assert headings.is_heading(_paragraph(text), TEXT) is False


@pytest.mark.parametrize("text", ["图书馆", "المكتبة", "도서관"])
def test_scripts_without_capitals_have_headings_too(text: str) -> None:
    """A short line in a script that has no capitals can be a heading."""
    assert headings.is_heading(_paragraph(text), _paragraph("灯亮了。")) is True


def test_the_last_line_is_no_heading() -> None:
    """What nothing follows heads nothing."""
    assert headings.is_heading(_paragraph("Lamps"), None) is False


@pytest.mark.parametrize(
    "block",
    [
        Block(BlockKind.ITEM, "Lamps"),
        Block(BlockKind.QUOTATION, "Lamps"),
        Block(BlockKind.PARAGRAPH, "Lamps", calls=(NoteCall("1", 5),)),
    ],
)
def test_items_and_lines_with_notes_are_no_headings(block: Block) -> None:
    """Only a paragraph that calls no note can be a heading."""
    assert headings.is_heading(block, TEXT) is False


def test_an_empty_line_is_no_heading() -> None:
    """A paragraph that an empty link left without text is no heading."""
    assert headings.is_heading(_paragraph(""), TEXT) is False


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Article 5\nLamps\nEvery room has a lamp.", ["Article 5 Lamps", "Every room has a lamp."]),
        ("Article 5\nEvery room has a lamp.", ["Article 5", "Every room has a lamp."]),
        ("Article 5 Lamps\nEvery room\nhas a lamp.", ["Article 5 Lamps", "Every room\nhas a lamp."]),
        ("Article 5\nLamps", ["Article 5 Lamps"]),
        ("Article 5", ["Article 5"]),
        ("Article 5.\nLamps", ["Article 5.\nLamps"]),
        ("Lamps\nArticle 5", ["Lamps\nArticle 5"]),
        ("", [""]),
    ],
)
def test_a_provision_printed_over_its_text_is_parted_from_it(text: str, parts: list[str]) -> None:
    """The number, with its title, heads the rest; other paragraphs stay whole."""
    assert [block.text for block in headings.split_provision(_paragraph(text))] == parts


def test_an_item_is_not_split() -> None:
    """Only a paragraph is parted."""
    item = Block(BlockKind.ITEM, "Article 5\nLamps")
    assert headings.split_provision(item) == [item]


@pytest.mark.parametrize(
    ("text", "series", "number"),
    [
        ("Priority 1. Lamps", "Priority#", "Priority 1"),
        ("A. Instruments", "A#", "A"),
        ("IV. Lamps", "A#", "IV"),
        ("1. lamps", "#", "1"),
        ("Article 5", "provision", ""),
        ("Lamps", "", ""),
        ("ANNEX", "", ""),
        ("", "", ""),
        ("Priority 1.", "", ""),
    ],
)
def test_numbered_headings_belong_to_a_series(text: str, series: str, number: str) -> None:
    """Headings with the same word and sort of number are one series; others are in none."""
    assert (headings.series(text), headings.number_in_series(text)) == (series, number)


def test_no_headings_have_no_depths() -> None:
    """Nothing gives nothing."""
    assert headings.depths([]) == []


def test_what_repeats_stands_under_what_does_not() -> None:
    """A sub-heading that comes again hangs under the one before it that comes once."""
    texts = ["Norway", "How it went", "What to do", "Chile", "How it went", "What to do", "Conclusion"]
    assert headings.depths([_heading(text) for text in texts]) == [0, 1, 1, 0, 1, 1, 0]


def test_a_series_under_a_heading_without_text_is_deeper() -> None:
    """Headings in series stand at one depth, below a heading that has no text of its own."""
    found = [
        _heading("Priorities", has_body=False),
        _heading("Priority 1. A"),
        _heading("Priority 2. B"),
        _heading("End"),
    ]
    assert headings.depths(found) == [0, 1, 1, 0]


def test_an_annex_nests_its_parts() -> None:
    """Letters hang under the annex and names under the letters."""
    found = [
        _heading("ANNEX", has_body=False),
        _heading("A. Instruments", has_body=False),
        _heading("Worldwide"),
        _heading("Regional"),
        _heading("B. Laws", has_body=False),
        _heading("Chile"),
    ]
    assert headings.depths(found) == [0, 1, 2, 2, 1, 2]


@given(st.lists(st.tuples(st.sampled_from(["A", "B", "C", "A. x", "B. y", "P 1. x", "Art. 1"]), st.booleans())))
def test_depths_never_leap(found: list[tuple[str, bool]]) -> None:
    """The first heading is outermost, and none is more than one deeper than some heading before it."""
    depths = headings.depths([_heading(text, has_body) for text, has_body in found])
    assert len(depths) == len(found)
    for place, depth in enumerate(depths):
        assert 0 <= depth <= 1 + max(depths[:place], default=-1)
