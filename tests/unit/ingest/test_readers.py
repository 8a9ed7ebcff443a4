"""Bytes become blocks; what is no readable text is refused with a sentence that says what to do."""

import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from chatbot.errors import SourceError
from chatbot.ingest import readers
from chatbot.model import Block, BlockKind, NoteCall

LETTERS_OF_ANY_SCRIPT = ["Lamp", "Лампа", "مصباح", "灯", "램프", "दीपक", "λυχνία", "נר", "💡", "é"]


def _texts(blocks: list[Block]) -> list[str]:
    return [block.text for block in blocks]


# What is refused


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"", "a.txt", "a.txt: the file is empty."),
        (b" \n\t\r\n\x0c ", "a.txt", "a.txt: the file is empty."),
        (b"\xef\xbb\xbf", "a.md", "a.md: the file is empty."),
        ("\u200b\u00ad\u2060\u202e".encode(), "a.txt", "a.txt: the file is empty."),
        ("Bibliothèque".encode("latin-1"), "a.txt", "a.txt: not UTF-8 text (byte 8); save it as UTF-8"),
        (b"\xff\xfea", "a.txt", "a.txt: not UTF-16 text (byte 2); save it as UTF-8"),
        (b"\xff\xfe\x00\xd8", "a.txt", "a.txt: not UTF-16 text"),
        (b"\xed\xa0\x80", "a.txt", "a.txt: not UTF-8 text (byte 0)"),
        (b"lamp\x00lamp", "a.txt", "a.txt: holds control characters"),
        ("lamp".encode("utf-16-le"), "a.txt", "a.txt: holds control characters"),
        (b"\x1b[31mred lamp", "a.md", "a.md: holds control characters"),
        ("next\u0085line".encode(), "a.txt", "a.txt: holds control characters"),
        (b"%PDF-1.7\n\x93\x8c\x8b", "a.txt", "a.txt: not UTF-8 text"),
        (b"PK\x03\x04lamp", "a.txt", "a.txt: holds control characters"),
        (bytes(range(256)), "a.md", "a.md: not UTF-8 text"),
        (b"lamp", "a.pdf", "a.pdf: files of type '.pdf' are not read; known types are .md, .txt."),
        (b"lamp", "a", "a: files of type 'none' are not read"),
        (b"lamp", "", ": files of type 'none' are not read"),
        (b"lamp", ".txt", ".txt: files of type 'none' are not read"),
        (b"lamp", "a.txt.exe", "a.txt.exe: files of type '.exe' are not read"),
    ],
)
def test_a_file_that_is_no_text_is_refused_by_name(data: bytes, name: str, said: str) -> None:
    """A bad file is refused with its name, what is wrong and, where there is one, the cure."""
    with pytest.raises(SourceError, match="^" + re.escape(said)):
        readers.read(data, name)


def test_a_file_over_the_limit_is_refused_before_it_is_read() -> None:
    """One byte more than the limit is refused, with both sizes in the message."""
    with pytest.raises(SourceError, match=re.escape("big.txt: 52 MB is more than the 52 MB that are read.")):
        readers.read(b"a" * (readers.MAX_BYTES + 1), "big.txt")


def test_the_limit_is_fifty_megabytes() -> None:
    """The limit is the one that the README names."""
    assert readers.MAX_BYTES == 50 * 1024 * 1024


@pytest.mark.parametrize("name", ["a.txt", "A.TXT", "a.b.Md", "a lamp.md", "ü.txt"])
def test_the_case_of_a_suffix_does_not_matter(name: str) -> None:
    """Known types are known in capitals too, whatever else the name holds."""
    assert _texts(readers.read(b"A lamp.", name)) == ["A lamp."]


# What decoding changes, and what it leaves alone


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"\xef\xbb\xbflamp", "lamp"),
        ("lamp é".encode("utf-16"), "lamp é"),
        (b"\xfe\xff" + "lamp".encode("utf-16-be"), "lamp"),
        ("cafe\u0301".encode(), "café"),
        ("la\u00admp".encode(), "lamp"),
        ("la\u200bmp\u2060s".encode(), "lamps"),
        ("\u202epmal\u202c \u2066x\u2069".encode(), "pmal x"),
        ("20\u00a0days".encode(), "20 days"),
        ("می‌خواهم".encode(), "می‌خواهم"),
        (b"a\tb\r\nc", "a\tb\r\nc"),
    ],
)
def test_decoding_gives_what_a_reader_sees(data: bytes, text: str) -> None:
    """Byte order marks and invisible characters go, letters are composed, all that is seen stays."""
    assert readers.decode(data, "a.txt") == text


@given(st.text(min_size=1))
@example("\ufdfa\u0344")
def test_decoding_is_composed_and_settled(text: str) -> None:
    """Whatever is decoded is in NFC, holds no control character, and decoding it again changes nothing."""
    try:
        decoded = readers.decode(text.encode(errors="surrogatepass"), "a.txt")
    except SourceError:
        return
    assert unicodedata.is_normalized("NFC", decoded)
    assert readers.decode(decoded.encode(), "a.txt") == decoded


@given(st.binary(max_size=400), st.sampled_from(["a.txt", "a.md"]))
@settings(deadline=None)
def test_any_bytes_are_read_or_refused(data: bytes, name: str) -> None:
    """Reading any bytes gives blocks or our own error, nothing else."""
    try:
        blocks = readers.read(data, name)
    except SourceError as refusal:
        blocks, said = [], str(refusal)
    else:
        said = f"{name}: "
    assert said.startswith(f"{name}: ")
    assert all(isinstance(block, Block) for block in blocks)


_PRINTED = st.lists(st.sampled_from([*"aB1 ¹²\n\n-*_#[]()\\>`|!.:\"\t'=~^", *LETTERS_OF_ANY_SCRIPT])).map("".join)


@example("^[]", "a.md")
@given(_PRINTED, st.sampled_from(["a.txt", "a.md"]))
@settings(deadline=None, max_examples=300)
def test_any_markup_is_read(text: str, name: str) -> None:
    """Text full of marks is read without an error, and offsets of note calls lie in their block."""
    if text.strip():
        for block in readers.read(text.encode(), name):
            assert all(0 <= call.offset <= len(block.text) for call in block.calls)
            assert 0 <= block.lead <= len(block.text)


@given(st.lists(st.sampled_from(LETTERS_OF_ANY_SCRIPT), min_size=1, max_size=30).map(" ".join))
def test_words_of_any_script_come_through_unchanged(text: str) -> None:
    """A paragraph without marks is one block with exactly its characters, in both formats."""
    for name in ("a.txt", "a.md"):
        assert _texts(readers.read(text.encode(), name)) == [unicodedata.normalize("NFC", text)]


# Hostile text


@pytest.mark.parametrize(
    "bomb",
    [
        "[" * 20_000,
        "![" * 10_000,
        "*a **b " * 5_000,
        "[a](" * 10_000,
        "[" * 5_000 + "a" + "](#)" * 5_000,
        "- " * 10_000,
        "> " * 10_000 + "a",
        "`" * 20_000,
        "\\" * 20_001,
        "<" * 20_000,
        "|" * 20_000,
        "#" * 20_000,
        "[^1]" * 5_000,
        "1. " * 5_000 + "a",
        "&" * 20_000,
        "_" * 20_001 + "a",
        "\n" * 50_000 + "a",
        "a" * 1_000_000,
        "\t" * 20_000 + "a",
    ],
    ids=lambda bomb: f"{bomb[:7]!r}…",
)
@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_a_bomb_of_marks_is_read(bomb: str, name: str) -> None:
    """Pathological nesting and endless lines neither crash the reader nor keep it busy."""
    assert isinstance(readers.read(bomb.encode(), name), list)


def test_a_huge_single_line_is_one_block() -> None:
    """A line of a million words stays whole."""
    text = "lamp " * 200_000
    assert _texts(readers.read_plain_text(text)) == [text.strip()]


@pytest.mark.parametrize(
    "levels",
    [5, 9, 10, 30],
)
def test_nested_items_of_markdown_are_all_kept(levels: int) -> None:
    """No item is lost, however deep it is nested."""
    text = "".join("  " * level + f"- Lamp {level}\n" for level in range(levels))
    assert _texts(readers.read_markdown(text)) == [f"Lamp {level}" for level in range(levels)]


# Plain text


def test_blank_lines_and_form_feeds_part_paragraphs() -> None:
    """Printed line ends stay inside a block; blank lines, page breaks and foreign line ends part blocks."""
    text = "One lamp\nis lit.\n \t\nTwo.\x0cThree.\r\n\r\nFour.\r\rFive."
    assert _texts(readers.read_plain_text(text)) == ["One lamp\nis lit.", "Two.", "Three.", "Four.", "Five."]


@pytest.mark.parametrize(
    ("line", "number", "text"),
    [
        ("- Lamp", "", "Lamp"),
        ("* Lamp", "", "Lamp"),
        ("• Lamp", "", "Lamp"),
        ("▪ Lamp", "", "Lamp"),
        ("– Lamp", "", "Lamp"),
        ("1. Lamp", "1.", "Lamp"),
        ("12) Lamp", "12)", "Lamp"),
        ("(a) Lamp", "(a)", "Lamp"),
        ("(iv) Lamp", "(iv)", "Lamp"),
        ("b) Lamp", "b)", "Lamp"),
        ("① Lamp", "①", "Lamp"),
        ("(가) Lamp", "(가)", "Lamp"),
    ],
)
def test_a_printed_mark_makes_an_item(line: str, number: str, text: str) -> None:
    """Bullets and numbers of lists are taken off and told apart."""
    assert readers.read_plain_text(line) == [Block(BlockKind.ITEM, text, number=number)]


@pytest.mark.parametrize(
    "line", ["-Lamp", "1.Lamp", "2024 was dark", "1998. ", "(chambers) meet", "a lamp", "-", "3.5 lamps"]
)
def test_other_lines_are_no_items(line: str) -> None:
    """What only looks like a mark is text, and stays."""
    assert readers.read_plain_text(line) == [Block(BlockKind.PARAGRAPH, line.strip())]


def test_indents_nest_items() -> None:
    """An item hangs under the last one with a smaller indent; tabs count as four blanks."""
    text = "- a\n  - b\n\t- c\n  - d\n- e\n - f"
    assert [(b.text, b.depth) for b in readers.read_plain_text(text)] == [
        ("a", 0),
        ("b", 1),
        ("c", 2),
        ("d", 1),
        ("e", 0),
        ("f", 1),
    ]


def test_text_at_the_margin_ends_a_list() -> None:
    """After a paragraph an indented item begins a list of its own."""
    blocks = readers.read_plain_text("- a\n  - b\n\nText.\n\n  - c")
    assert [(b.text, b.depth) for b in blocks] == [("a", 0), ("b", 1), ("Text.", 0), ("c", 0)]


def test_an_item_goes_on_in_the_next_line() -> None:
    """Lines without a mark belong to the item before them."""
    assert _texts(readers.read_plain_text("- One lamp\n  is lit.\n- Two")) == ["One lamp\nis lit.", "Two"]


@pytest.mark.parametrize("rule", ["---", "***", "___", "= = =", "-----------------", " - - - "])
def test_a_rule_is_no_text(rule: str) -> None:
    """Lines that only draw a rule are passed over."""
    assert _texts(readers.read_plain_text(f"Lamp.\n\n{rule}\n\nShelf.")) == ["Lamp.", "Shelf."]


def test_marked_headings_of_plain_text_have_their_rank() -> None:
    """A line that begins with # is a heading of that rank, also without blank lines around it."""
    assert readers.read_plain_text("Text.\n## Lamps\nMore.") == [
        Block(BlockKind.PARAGRAPH, "Text."),
        Block(BlockKind.HEADING, "Lamps", depth=2),
        Block(BlockKind.PARAGRAPH, "More."),
    ]


@pytest.mark.parametrize(
    ("marked", "plain", "lead"),
    [
        ("**Lamps.** Light them.", "Lamps. Light them.", 6),
        ("**Lamps** and **shelves**", "Lamps and shelves", 5),
        ("Light **lamps**", "Light lamps", 0),
        ("*Lamps* shine", "Lamps shine", 0),
        ("**all**", "all", 3),
        ("[Charter \\(1998\\)](#)", "Charter (1998)", 0),
        ("\\[sic\\] \\*star\\*", "[sic] *star*", 0),
        ("[](#)", "", 0),
        ("[a](#)[](x)b", "ab", 0),
        ("[**Lamps**](#) on", "Lamps on", 5),
        ("2 * 3 * 4", "2 * 3 * 4", 0),
        ("snake_case_word", "snake_case_word", 0),
        ("**open", "**open", 0),
        ("[no link] (here)", "[no link] (here)", 0),
        ("**lead:**⁷⁷ text", "lead:⁷⁷ text", 7),
        ("a\nb", "a\nb", 0),
        ("x < y & z", "x < y & z", 0),
        ("C:\\lamps", "C:\\lamps", 0),
        ("", "", 0),
    ],
)
def test_inline_marks_are_undone(marked: str, plain: str, lead: int) -> None:
    """Emphasis, link targets and escapes go, everything else stays; a strong opening is measured."""
    assert readers.without_inline_marks(marked) == (plain, lead)


def test_a_caption_of_an_image_keeps_its_words() -> None:
    """The caption of an image is text; its address and its marks are not."""
    assert _texts(readers.read_markdown("![A lit lamp](lamp.png) in 2024.")) == ["A lit lamp in 2024."]


# Markdown


def test_markdown_says_what_it_marks() -> None:
    """Headings have their rank, items their depth, number and lead, and printed line ends become blanks."""
    text = "# Lamps\n\nOne\ntwo.\n\n1. **First.** Go\n   - inner\n2. second\n\n3) other"
    assert readers.read_markdown(text) == [
        Block(BlockKind.HEADING, "Lamps", depth=1),
        Block(BlockKind.PARAGRAPH, "One two."),
        Block(BlockKind.ITEM, "First. Go", number="1.", lead=6),
        Block(BlockKind.ITEM, "inner", depth=1),
        Block(BlockKind.ITEM, "second", number="2."),
        Block(BlockKind.ITEM, "other", number="3)"),
    ]


def test_footnotes_of_markdown_are_notes_and_calls() -> None:
    """A footnote is a note with its label, and its call stands where it was, out of the text."""
    assert readers.read_markdown("Lamps[^a] shine.[^2]\n\n[^a]: First.\n[^2]: Second.") == [
        Block(BlockKind.PARAGRAPH, "Lamps shine.", calls=(NoteCall("a", 5), NoteCall("2", 12))),
        Block(BlockKind.NOTE, "First.", number="a"),
        Block(BlockKind.NOTE, "Second.", number="2"),
    ]


def test_a_footnote_that_is_not_written_stays_in_the_text() -> None:
    """A call without a note is shown as it was written."""
    assert _texts(readers.read_markdown("Lamps[^9] shine.")) == ["Lamps[^9] shine."]


def test_code_and_entities_are_text() -> None:
    """Code keeps its characters and an entity becomes the character it names."""
    assert _texts(readers.read_markdown("Use `lamp` &amp; &eacute;")) == ["Use lamp & é"]


def test_html_in_markdown_is_not_lost() -> None:
    """Words between tags are words of the text."""
    assert "Lamps must shine." in " ".join(_texts(readers.read_markdown("<p>Lamps must shine.</p>\n")))


def test_the_reader_knows_the_files_of_the_fixture(tmp_path: Path) -> None:
    """Every known suffix has a reader that gives blocks for a plain sentence."""
    assert {suffix: _texts(reader("A lamp.")) for suffix, reader in readers.READERS.items()} == {
        ".md": ["A lamp."],
        ".txt": ["A lamp."],
    }


@pytest.mark.parametrize("line", ["(2024) and is in force.", "– all of it – is in force.", "12. Mai 2024 in Kraft."])
def test_a_sentence_that_goes_on_in_the_next_line_is_one_block(line: str) -> None:
    """A printed line end in a sentence does not make an item of what stands behind it."""
    assert len(readers.read_plain_text(f"The Lamp Act of the house\n{line}")) == 1


def test_a_note_inside_the_list_of_a_note_is_read() -> None:
    """Notes that are nested in each other do not stop the reading."""
    assert readers.read_markdown("[^1]: - [^1]: ¹ ³—.](#).\n\n# A lamp")[-1].text == "A lamp"
