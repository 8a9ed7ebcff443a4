"""A section is cut where marks begin and end, and nothing of it is lost."""

from hypothesis import given
from hypothesis import strategies as st

from chatbot.model import Block, BlockKind, Edition, Passage, PassageKind, Section
from chatbot.web.rendering import CITED, PLAIN, QUOTED, marked

LINES = ("Lamps come first.", "A lamp must be lit.", "Then books.")


def section(*lines: str) -> Section:
    """A section with a block for each line."""
    return Section("s-1", "s 1", ("s 1",), tuple(Block(BlockKind.PARAGRAPH, line) for line in lines))


def passage(of: Section, start: int, end: int) -> Passage:
    """A passage of a section."""
    return Passage(
        id="x:official:s-1:0",
        document_id="x",
        edition=Edition.OFFICIAL,
        anchor="s-1",
        label="s 1",
        headings=("s 1",),
        text=of.text[start:end],
        kind=PassageKind.PARAGRAPH,
        start=start,
        end=end,
        units=(),
        language="en",
    )


def pieces(of: Section, start: int, end: int, *quotes: tuple[int, int]) -> list[list[tuple[str, str]]]:
    """The text and mark of each piece, block by block."""
    found = marked(of, passage(of, start, end), list(quotes))
    return [[(piece.text, piece.mark) for piece in block.pieces] for block in found]


def test_quoted_words_stand_out_of_the_cited_passage() -> None:
    """The quoted words are marked, the rest of the passage is cited, the rest of the section is plain."""
    assert pieces(section(*LINES), 18, 37, (2, 6)) == [
        [("Lamps come first.", PLAIN)],
        [("A ", CITED), ("lamp", QUOTED), (" must be lit.", CITED)],
        [("Then books.", PLAIN)],
    ]


def test_a_passage_may_be_part_of_a_block() -> None:
    """Where the passage begins or ends within a block, the block is cut there."""
    assert pieces(section(*LINES), 6, 10) == [
        [("Lamps ", PLAIN), ("come", CITED), (" first.", PLAIN)],
        [("A lamp must be lit.", PLAIN)],
        [("Then books.", PLAIN)],
    ]


def test_a_quote_may_cross_blocks() -> None:
    """A quote over several blocks is marked in each of them."""
    assert pieces(section("One two.", "Three.", "Four five."), 0, 26, (4, 20)) == [
        [("One ", CITED), ("two.", QUOTED)],
        [("Three.", QUOTED)],
        [("Four", QUOTED), (" five.", CITED)],
    ]


def test_quotes_may_touch_and_overlap() -> None:
    """Overlapping quotes mark each character once."""
    [[*found]] = pieces(section("abcdefgh"), 0, 8, (0, 3), (2, 5), (5, 6))
    assert "".join(text for text, mark in found if mark == QUOTED) == "abcdef"
    assert "".join(text for text, mark in found if mark == CITED) == "gh"


def test_quotes_outside_the_passage_are_passed_over() -> None:
    """Nothing is marked for a quote that does not lie in the passage."""
    for quote in ((-1, 3), (0, 5), (3, 3), (3, 1), (9, 12)):
        assert pieces(section("abcdefgh"), 2, 6, quote) == [[("ab", PLAIN), ("cdef", CITED), ("gh", PLAIN)]]


def test_an_empty_block_has_no_pieces() -> None:
    """A block without text stays in its place, without pieces."""
    assert pieces(section("a", "", "b"), 0, 1) == [[("a", CITED)], [], [("b", PLAIN)]]


def test_a_block_keeps_its_kind_depth_and_number() -> None:
    """What is told of a block is kept."""
    held = Section("s-1", "s 1", ("s 1",), (Block(BlockKind.ITEM, "lit", depth=2, number="(a)"),))
    [block] = marked(held, passage(held, 0, 3), [])
    assert (block.kind, block.depth, block.number) == ("item", 2, "(a)")


@given(st.data())
def test_nothing_is_lost_or_moved(data: st.DataObject) -> None:
    """Whatever is cited and quoted, the pieces of each block are its text, and marks lie where they were asked for."""
    held = section(*data.draw(st.lists(st.text("ab\u0301灯<👩", max_size=6), min_size=1, max_size=4)))
    size = len(held.text)
    start = data.draw(st.integers(0, size))
    end = data.draw(st.integers(start, size))
    quotes = data.draw(st.lists(st.tuples(st.integers(-2, size + 2), st.integers(-2, size + 2)), max_size=4))
    blocks = marked(held, passage(held, start, end), quotes)
    assert ["".join(p.text for p in b.pieces) for b in blocks] == [block.text for block in held.blocks]
    inside = [(a, b) for a, b in quotes if 0 <= a < b <= end - start]
    marks = "\n".join("".join(p.mark[0] * len(p.text) for p in b.pieces) for b in blocks)
    for place, mark in enumerate(marks):
        if mark != "\n":
            quoted = any(start + a <= place < start + b for a, b in inside)
            assert mark == ("q" if quoted else "c" if start <= place < end else "p")
