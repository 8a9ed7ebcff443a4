"""Sections become passages: within a section, within the budget, cut exactly out of the text."""

from dataclasses import replace
from typing import ClassVar

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from chatbot.errors import SourceError
from chatbot.ingest import readers
from chatbot.ingest.passages import Cutter, Origin, passages
from chatbot.ingest.structure import structure
from chatbot.model import Block, BlockKind, Edition, Passage, PassageKind, Section
from tests.conftest import BRIEF_TEXT
from tests.fakes import WordEmbedder
from tests.unit.ingest.conftest import DOCUMENT, TITLE, cut, cut_section

GUIDE_SECTIONS = structure(readers.read(BRIEF_TEXT.read_bytes(), BRIEF_TEXT.name), TITLE).sections


def _section(*blocks: Block, label: str = "", headings: tuple[str, ...] = ("Lamps",)) -> Section:
    return Section("lamps", label or headings[-1], headings, blocks)


def _paragraph(text: str) -> Block:
    return Block(BlockKind.PARAGRAPH, text)


def _quotes(passage: Passage) -> list[str]:
    return [passage.quote(unit) for unit in passage.units]


def _holds(section: Section, found: list[Passage], budget: int) -> None:
    """The invariants of every passage."""
    count = WordEmbedder().count
    for ordinal, passage in enumerate(found):
        assert passage.id == f"lamp-act:official:{section.anchor}:{ordinal}"
        assert section.text[passage.start : passage.end] == passage.text
        assert passage.text.strip()
        assert count(passage.context + passage.text) <= budget
        assert passage.units
        ends = [0, *(unit.end for unit in passage.units)]
        for unit, before in zip(passage.units, ends, strict=False):
            assert before <= unit.start < unit.end <= len(passage.text)


# Invariants


@pytest.mark.parametrize("budget", [12, 25, 60, 256])
@pytest.mark.parametrize("section", GUIDE_SECTIONS, ids=lambda section: section.anchor)
def test_passages_of_the_guide_hold_what_they_promise(section: Section, budget: int) -> None:
    """Spans cut exactly the text out of the section, units lie in order in it, and the budget is kept."""
    _holds(section, cut_section(section, budget), budget)


@pytest.mark.parametrize("section", GUIDE_SECTIONS, ids=lambda section: section.anchor)
@pytest.mark.parametrize("budget", [12, 60])
def test_passages_lose_no_word(section: Section, budget: int) -> None:
    """Every word of a section, but for the names of groups, is in exactly one of its passages."""
    words = [word for block in section.blocks if block.kind is not BlockKind.GROUP for word in block.text.split()]
    assert "".join("".join(p.text.split()) for p in cut_section(section, budget)) == "".join(words)


_BLOCKS = st.lists(
    st.builds(
        Block,
        st.sampled_from([BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.ENTRY, BlockKind.POINTER, BlockKind.NOTE]),
        st.text(st.sampled_from("aB.:; ,—)(?\"'é灯ة"), min_size=1, max_size=120)
        .map(lambda text: " ".join(text.split()))
        .filter(lambda text: text != ""),
        depth=st.integers(0, 2),
        number=st.sampled_from(["", "1.", "(a)"]),
    ),
    max_size=8,
)


@given(_BLOCKS, st.sampled_from([8, 20, 60]))
@settings(deadline=None)
def test_passages_of_any_section_hold_what_they_promise(blocks: list[Block], budget: int) -> None:
    """Whatever a section is made of, its passages keep span, units and budget."""
    section = _section(*blocks)
    _holds(section, cut_section(section, budget), budget)


@given(st.lists(st.sampled_from([*'aB1¹ \n-*#[]().:"“”', "\n\n", "\n\n", "Lamps", "See Art. 5"])).map("".join))
@example("[](#)\n\nText.")
@example("---")
@example("- [](#)\n- Lamp")
@example("- ```")
@example("a" + "¹" * 5000)
@settings(deadline=None)
def test_any_text_becomes_passages_or_our_own_error(text: str) -> None:
    """From bytes to passages, any text is read or refused, and what is read keeps the promises."""
    for suffix in (".txt", ".md"):
        try:
            blocks = readers.read(text.encode(), f"a{suffix}")
        except SourceError:
            continue
        for section in structure(blocks, TITLE).sections:
            _holds(section, cut_section(section), 60)


@given(st.text(min_size=1, max_size=400), st.integers(1, 30))
@example(" \n ", 1)
@example("灯" * 100, 3)
@settings(deadline=None)
def test_pieces_cover_the_text_and_fit(text: str, budget: int) -> None:
    """A long text is cut into pieces that fit, lie in order, and leave out nothing but blanks."""
    cutter = Cutter(len, budget)
    spans = cutter.pieces(text)
    assert all(cutter.fits(text[start:end]) for start, end in spans)
    assert "".join("".join(text[start:end].split()) for start, end in spans) == "".join(text.split())
    assert spans == sorted(spans)


# What belongs together


def test_a_paragraph_is_a_passage_of_its_sentences() -> None:
    """A paragraph is one passage; its units are its sentences."""
    [passage] = cut("The lamp is lit. It is warm.")
    assert (passage.kind, _quotes(passage)) == (PassageKind.PARAGRAPH, ["The lamp is lit.", "It is warm."])


def test_a_list_is_one_passage_with_its_lead_in() -> None:
    """Items stay with the paragraph that leads them in, each a unit with its emphasized opening."""
    [passage] = cut("It is asked to:\n\n- **Light lamps**, all of them.\n- Mend shelves.")
    assert (passage.kind, passage.text.count("\n")) == (PassageKind.LIST, 2)
    assert _quotes(passage) == ["It is asked to:", "Light lamps, all of them.", "Mend shelves."]
    assert [unit.lead for unit in passage.units] == [0, 11, 0]


def test_a_list_after_a_whole_sentence_stands_alone() -> None:
    """A paragraph that does not lead in is a passage apart from the items below it."""
    assert [p.text for p in cut("The lamp is lit.\n\n- Mend shelves.\n- Dry cellars.")] == [
        "The lamp is lit.",
        "Mend shelves.\nDry cellars.",
    ]


def test_a_statement_is_one_unit_with_its_speaker() -> None:
    """Who said it is quoted with what was said."""
    text = 'The lamps are out.\n\n"It is dark. It is late."\n\nMs. Ana Duarte, Portugal\n\nSo it was.'
    statement = cut(text)[1]
    assert (statement.kind, statement.speaker) == (PassageKind.QUOTATION, "Ms. Ana Duarte, Portugal")
    assert _quotes(statement) == ['"It is dark. It is late."\nMs. Ana Duarte, Portugal']


def test_an_item_that_ends_in_a_colon_goes_on_in_its_items() -> None:
    """An item and the deeper items that complete it are one unit."""
    [passage] = cut("1. A keeper must:\n  a) light lamps; and\n  b) mend shelves.\n2. A reader must read.")
    assert _quotes(passage) == ["A keeper must:\nlight lamps; and\nmend shelves.", "A reader must read."]


def test_notes_are_passages_of_their_own() -> None:
    """A note is a passage that is labelled by its number, without the prime of a second use."""
    found = cut("The lamp is lit.¹\n\n¹ Lund.\n\nIt is warm.¹ So it is.\n\n¹ Vidal.")
    notes = [passage for passage in found if passage.kind is PassageKind.NOTE]
    assert [(p.label, p.number, p.text) for p in notes] == [("note 1", "1", "Lund."), ("note 1", "1′", "Vidal.")]


def test_units_name_the_notes_they_call() -> None:
    """A sentence has the notes that stand in it or at its end, and no others."""
    found = cut("One is lit.¹ Two² are lit. Three are not.\n\n¹ Lund.\n\n² Vidal.")
    assert [unit.notes for unit in found[0].units] == [("1",), ("2",), ()]


def test_entries_are_passages_with_their_pointers() -> None:
    """An annex entry is a passage of its own; its pointers are in it and its parents before it."""
    [first, second] = cut("# Annex\n\n- Union:\n  - Lamp Act (2020)\n    - See Art. 4\n  - Shelf Act (2021)\n", ".md")
    assert (first.kind, first.text, first.parents) == (PassageKind.ENTRY, "Lamp Act (2020)\nSee Art. 4", ("Union:",))
    assert (second.text, second.context) == ("Shelf Act (2021)", "Lamp act – Annex – Union\n")


@pytest.mark.parametrize(
    ("number", "label"), [("1.", "Art. 5(1)"), ("(2)", "Art. 5(2)"), ("③", "Art. 5(3)"), ("a)", "Art. 5(a)")]
)
def test_numbered_paragraphs_of_a_provision_are_cited_by_number(number: str, label: str) -> None:
    """Each numbered paragraph of a provision is a passage with the number in its label."""
    items = (Block(BlockKind.ITEM, "Lamps are lit.", number=number), Block(BlockKind.ITEM, "Or not.", number="9."))
    found = cut_section(_section(*items, label="Art. 5", headings=("Article 5",)))
    assert [passage.label for passage in found] == [label, "Art. 5(9)"]


def test_a_passage_never_crosses_a_section() -> None:
    """Short sections are not put together."""
    found = cut("# A\n\nLit.\n\n# B\n\nLit.\n", ".md")
    assert [(passage.anchor, passage.text) for passage in found] == [("a", "Lit."), ("b", "Lit.")]


# Budget


def test_long_paragraphs_are_cut_between_sentences() -> None:
    """A paragraph over the budget is cut where sentences end, and its parts know that they belong together."""
    found = cut(" ".join(f"Lamp {n} is lit." for n in range(30)), budget=40)
    assert len(found) > 1
    assert all(passage.text.startswith("Lamp") and passage.text.endswith("lit.") for passage in found)
    assert {passage.group for passage in found} == {found[0].id}


def test_a_sentence_over_the_budget_is_cut_at_its_marks() -> None:
    """A sentence that is too long by itself is cut behind a semicolon or comma, before it is cut at a word."""
    found = cut("Lamps are lit here; " * 20 + "so it is.", budget=30)
    assert all(passage.text.endswith((";", ".")) for passage in found)


@pytest.mark.parametrize("words", [5, 57, 58, 59, 60, 61, 200])
def test_a_long_heading_leaves_room_for_text(words: int) -> None:
    """A context that would take the whole budget is left out, so that the text is what is read."""
    found = cut("# " + "word " * words + "\n\nThe lamp is lit and the shelf is dry.\n", ".md")
    _holds_budget(found, 60)
    assert "".join("".join(p.text.split()) for p in found) == "Thelampislitandtheshelfisdry."


def _holds_budget(found: list[Passage], budget: int) -> None:
    count = WordEmbedder().count
    assert all(count(passage.context + passage.text) <= budget for passage in found)


def test_a_long_heading_does_not_shred_the_text() -> None:
    """The context never takes so much that a short sentence has to be cut."""
    [passage] = cut("# " + "word " * 57 + "\n\nThe lamp is lit and the shelf is dry.\n", ".md")
    assert passage.text == "The lamp is lit and the shelf is dry."


def test_long_headings_drop_the_outermost_first() -> None:
    """The context keeps the innermost heading and takes at most a quarter of the budget where it can."""
    text = "# " + "Outer words here " * 3 + "\n\n## Inner lamps\n\nThe lamp is lit.\n"
    assert [passage.context for passage in cut(text, ".md", budget=40)] == ["Inner lamps\n"]


def test_a_huge_single_line_is_cut_to_the_budget() -> None:
    """A line of thousands of words without an end becomes passages that fit."""
    found = cut("lamp " * 5_000)
    _holds_budget(found, 60)
    assert sum(len(passage.text.split()) for passage in found) == 5_000


# Ids and digests


def test_ids_stay_when_other_text_changes() -> None:
    """A new section before and a longer one behind change no id, text or digest of a section."""
    before = cut("# A\n\nOld text.\n\n# Lamps\n\nThe lamp is lit.\n\n- Light it.\n\n# Z\n\nEnd.\n", ".md")
    after = cut(
        "# New\n\nNews.\n\n# A\n\nOther.\n\n# Lamps\n\nThe lamp is lit.\n\n- Light it.\n\n# Z\n\nEnds.\n", ".md"
    )
    assert [p for p in before if p.anchor == "lamps"] == [p for p in after if p.anchor == "lamps"]


def test_the_digest_tells_what_is_embedded() -> None:
    """Text, heading or recipe change the digest; where the passage stands does not."""
    section = _section(_paragraph("The lamp is lit."))
    moved = _section(_paragraph("It is so."), _paragraph("The lamp is lit."))
    other = _section(_paragraph("The lamp is out."))
    headed = _section(_paragraph("The lamp is lit."), headings=("Shelves",))
    digest = cut_section(section)[0].digest
    assert cut_section(moved)[1].digest == digest
    assert digest not in {cut_section(other)[0].digest, cut_section(headed)[0].digest}


def test_another_recipe_is_another_digest() -> None:
    """What else decides how a passage is embedded is in its digest."""
    section, cutter = _section(_paragraph("The lamp is lit.")), Cutter(len)
    first, second = (passages(Origin(DOCUMENT, Edition.OFFICIAL, section, r), cutter)[0] for r in ("a", "b"))
    assert first.digest != second.digest


@pytest.mark.parametrize(("edition", "language"), [(Edition.OFFICIAL, "ko"), (Edition.DIGEST, "en")])
def test_an_official_text_is_in_its_own_language(edition: Edition, language: str) -> None:
    """The digest is English; the official text is in the first language of its document."""
    document = replace(DOCUMENT, languages=("ko", "en"))
    assert Origin(document, edition, _section(), "recipe").language == language


def test_an_empty_section_has_no_passages() -> None:
    """Nothing gives nothing."""
    assert cut_section(_section()) == []


class _CountingSection(Section):
    """Counts how often its text is put together."""

    __slots__ = ()
    made: ClassVar[list[int]] = []

    @property
    def text(self) -> str:
        """The text."""
        self.made.append(1)
        return "\n".join(block.text for block in self.blocks)


def test_the_text_of_a_section_is_put_together_once() -> None:
    """The work for a section grows with its length, not with its square."""
    section = _CountingSection("lamps", "Lamps", ("Lamps",), tuple(_paragraph(f"Lamp {n} is lit.") for n in range(200)))
    _CountingSection.made.clear()
    cut_section(section)
    assert len(_CountingSection.made) < 10


@pytest.mark.parametrize("text", ["a  b  " * 9, "lamp  is   lit" * 9])
def test_runs_of_blanks_do_not_shift_the_pieces(text: str) -> None:
    """Where a text has several blanks in a row, its pieces still cover it and fit."""
    cutter = Cutter(WordEmbedder().count, 6)
    spans = cutter.pieces(text)
    assert all(cutter.fits(text[start:end]) for start, end in spans)
    assert "".join("".join(text[start:end].split()) for start, end in spans) == "".join(text.split())
