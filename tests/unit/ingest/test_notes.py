"""Printed notes leave the running text, and each goes to the call that names it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.ingest import notes
from chatbot.ingest.notes import Separated
from chatbot.model import Block, BlockKind, NoteCall


def _separated(*texts: str) -> Separated:
    return notes.separate([Block(BlockKind.PARAGRAPH, text) for text in texts])


def _calls(found: Separated) -> list[tuple[str, ...]]:
    return [tuple(call.number for call in block.calls) for block in found.blocks]


@pytest.mark.parametrize(
    "printed",
    ["¹ Ida Lund, “Lamps” (2024).", "1 Ida Lund, “Lamps” (2024).", "¹\tIda Lund,\n“Lamps” (2024)."],
)
def test_a_note_in_any_print_is_found(printed: str) -> None:
    """A note that begins with its number, raised or not, leaves the text and is one line."""
    found = _separated("Lamps shine.¹ So it is.", printed)
    assert found.notes == {"1": "Ida Lund, “Lamps” (2024)."}
    assert found.blocks == [Block(BlockKind.PARAGRAPH, "Lamps shine. So it is.", calls=(NoteCall("1", 12),))]


def test_a_note_printed_as_an_item_is_a_note() -> None:
    """A bullet before the number of a note makes it no item of a list."""
    found = notes.separate([Block(BlockKind.PARAGRAPH, "Lamps.¹"), Block(BlockKind.ITEM, "1 Ida Lund (2024).")])
    assert (found.notes, len(found.blocks)) == ({"1": "Ida Lund (2024)."}, 1)


def test_notes_of_one_block_are_told_apart() -> None:
    """One note a line, and a line without the next number goes on with the note before it."""
    found = _separated("A.¹ B.² C.³", "1 Lund,\n2024 report.\n2 Vidal.\n3 Ibid.")
    assert found.notes == {"1": "Lund, 2024 report.", "2": "Vidal.", "3": "Ibid."}


@pytest.mark.parametrize("text", ["12 rooms were dark.", "1 room was dark.", "2 Board of Libraries, Lamps."])
def test_a_number_that_nothing_calls_begins_no_note(text: str) -> None:
    """A paragraph that begins with a number is text unless the number is called."""
    assert _separated("Lamps shine.", text).blocks[1].text == text


def test_a_number_out_of_turn_begins_no_note() -> None:
    """A called number that is not the next one to be printed is text."""
    found = _separated("A.¹ B.²", "2 rooms were dark.", "1 Lund.", "2 Vidal.")
    assert found.notes == {"1": "Lund.", "2": "Vidal."}
    assert found.blocks[1].text == "2 rooms were dark."


def test_numbers_used_again_are_told_apart() -> None:
    """Each note goes to the nearest call before it, and the second use of a number has a prime."""
    found = _separated("First.¹", "¹ Lund.", "Second.¹ Third.²", "¹ Vidal.", "² Haddad.")
    assert found.notes == {"1": "Lund.", "1′": "Vidal.", "2": "Haddad."}
    assert _calls(found) == [("1",), ("1′", "2")]


def test_a_number_used_three_times_has_two_primes() -> None:
    """Every further use of a number gets one more prime."""
    found = _separated("A.¹", "¹ Lund.", "B.¹", "¹ Vidal.", "C.¹", "¹ Haddad.")
    assert list(found.notes) == ["1", "1′", "1′′"]
    assert _calls(found) == [("1",), ("1′",), ("1′′",)]


def test_a_note_before_its_call_is_attached() -> None:
    """A note that a page break put before its call belongs to the first call after it."""
    found = _separated("A.¹", "1 Lund.", "2 Vidal.", "B.²")
    assert (_calls(found), found.notes_without_call, found.calls_without_note) == ([("1",), ("2",)], [], [])


def test_a_call_without_note_is_told_and_stays() -> None:
    """A call whose note is missing stays in the text and is named."""
    found = _separated("Lamps shine.⁷")
    assert (found.calls_without_note, found.blocks[0].text, found.notes) == (["7"], "Lamps shine.⁷", {})


def test_two_calls_of_one_note_are_both_lifted() -> None:
    """A note that is called twice belongs to both calls."""
    found = _separated("A lamp.¹", "A shelf.¹", "1 Lund.")
    assert _calls(found) == [("1",), ("1",)]
    assert [block.text for block in found.blocks] == ["A lamp.", "A shelf."]


@pytest.mark.parametrize("text", ["A room of 20 m² is small.", "A box of 3 cm³ is small.", "It has 4 km² of floor."])
def test_units_of_measure_call_no_note(text: str) -> None:
    """Square metres stay square metres, also where a note has their number."""
    found = _separated(text, "Lamps.¹ Shelves.² Rooms.³", "¹ Lund.\n² Vidal.\n³ Haddad.")
    assert (found.blocks[0].text, found.blocks[0].calls) == (text, ())


def test_calls_side_by_side_stand_at_one_place() -> None:
    """Two calls with a blank or comma between them are two calls of the same words."""
    found = _separated("Lamps.¹ ² More.", "¹ Lund.\n² Vidal.")
    assert found.notes == {"1": "Lund.", "2": "Vidal."}
    assert _calls(found) == [("1", "2")]


def test_the_lead_shrinks_with_the_calls_in_it() -> None:
    """The length of an emphasized opening does not count a call that was lifted out of it."""
    blocks = [Block(BlockKind.ITEM, "Lamps:¹ light them.", lead=7), Block(BlockKind.PARAGRAPH, "¹ Lund.")]
    assert notes.separate(blocks).blocks[0].lead == len("Lamps:")


def test_marked_notes_are_taken_as_marked() -> None:
    """Where the format marks notes, calls and notes are matched by their labels alone."""
    found = notes.separate(
        [
            Block(BlockKind.PARAGRAPH, "Lamps.", calls=(NoteCall("a", 6), NoteCall("x", 6))),
            Block(BlockKind.NOTE, "Lund,\n2024.", number="a"),
            Block(BlockKind.NOTE, "Vidal.", number="b"),
        ]
    )
    assert found == Separated(
        [Block(BlockKind.PARAGRAPH, "Lamps.", calls=(NoteCall("a", 6), NoteCall("x", 6)))],
        {"a": "Lund, 2024.", "b": "Vidal."},
        ["x"],
        ["b"],
    )


def test_a_marked_note_of_two_paragraphs_is_kept_whole() -> None:
    """The second paragraph of a note is part of the note."""
    blocks = [Block(BlockKind.PARAGRAPH, "Lamps.", calls=(NoteCall("a", 6),))]
    blocks += [Block(BlockKind.NOTE, "Lund.", number="a"), Block(BlockKind.NOTE, "See also Vidal.", number="a")]
    assert "Lund." in notes.separate(blocks).notes["a"]
    assert "See also Vidal." in notes.separate(blocks).notes["a"]


@pytest.mark.parametrize(
    ("key", "chain"),
    [("1", ("1",)), ("2", ("2", "1")), ("3", ("3", "2", "1")), ("4", ("4",)), ("5", ("5", "4"))],
)
def test_ibid_is_followed_to_the_source(key: str, chain: tuple[str, ...]) -> None:
    """An "Ibid." leads through the notes before it to the one that names the source, in any spelling."""
    printed = {"1": "Lund (2024).", "2": "Ibid.", "3": "ibid, p. 4", "4": "Vidal, Ibid. of a kind.", "5": "Ebd., S. 3"}
    assert notes.following(key, printed) == chain


@pytest.mark.parametrize("printed", [{"1": "Ibid."}, {"1": "Ibid.", "2": "Ibid."}])
def test_ibid_at_the_beginning_leads_nowhere(printed: dict[str, str]) -> None:
    """Where no source was named before, the chain ends at the first note."""
    assert notes.following(list(printed)[-1], printed)[-1] == "1"


def test_line_ends_become_blanks_and_hyphens_stay() -> None:
    """Printed lines are joined; a word broken at its hyphen is put together with it."""
    assert _separated("A well-\nknown lamp\nis lit -\nhere").blocks[0].text == "A well-known lamp is lit - here"


def test_a_row_of_superscripts_is_text() -> None:
    """A run of raised digits that is too long to be a note's number is text, not a crash."""
    text = "Lamps" + "¹" * 5000
    assert _separated(text).blocks[0].text == text


_LINES = st.lists(st.text(st.sampled_from("aB. 12¹²³\n-m"), min_size=1, max_size=20), max_size=8)


@given(_LINES)
def test_separating_never_loses_a_word(texts: list[str]) -> None:
    """Letters of the text are in the blocks or in the notes afterwards, and calls lie in their block."""
    found = _separated(*texts)
    kept = [block.text for block in found.blocks] + list(found.notes.values())
    assert sorted(c for text in kept for c in text if c.isalpha()) == sorted(c for t in texts for c in t if c.isalpha())
    for block in found.blocks:
        assert all(0 <= call.offset <= len(block.text) and call.number in found.notes for call in block.calls)


def test_a_paragraph_that_begins_with_one_is_no_second_note() -> None:
    """Where every call has its note, a paragraph that begins with a number is text."""
    found = _separated("Lamps shine.¹", "¹ Lund.", "1 room in ten is dark.")
    assert [block.text for block in found.blocks] == ["Lamps shine.", "1 room in ten is dark."]
