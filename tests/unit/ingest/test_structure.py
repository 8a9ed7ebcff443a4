"""Blocks become sections, whole and in order: lists, statements, notes and annex entries keep their place."""

import pytest

from chatbot.ingest import readers
from chatbot.ingest.structure import Structure, structure
from chatbot.model import Block, BlockKind, NoteCall, Section
from tests.conftest import BRIEF_TEXT
from tests.unit.ingest.conftest import TITLE, section_named, structured


@pytest.fixture(scope="module")
def guide() -> Structure:
    """The structure of the guide of the small corpus."""
    blocks = readers.read(BRIEF_TEXT.read_bytes(), BRIEF_TEXT.name)
    return structure(blocks, "Keeping chamber libraries open: A guide for members")


def _kinds(section: Section) -> list[str]:
    return [block.kind.value for block in section.blocks]


def _of(section: Section, kind: BlockKind) -> list[Block]:
    return [block for block in section.blocks if block.kind is kind]


def _anchors(found: Structure) -> list[str]:
    return [section.anchor for section in found.sections]


# The guide as a whole


def test_the_guide_is_counted(guide: Structure) -> None:
    """Every note, statement and entry of the guide is found, and nothing is left to warn of."""
    assert (guide.notes, guide.statements, guide.entries, guide.warnings) == (11, 2, 8, ())


def test_the_guide_has_its_sections_in_order(guide: Structure) -> None:
    """Every heading heads a section, in reading order; a heading without text of its own heads none."""
    assert _anchors(guide) == [
        "about",
        "executive-summary",
        "defining-the-matter",
        "members-speaking-out",
        "spotlight-on-norway-lamps-first",
        "spotlight-on-norway-how-parliament-acted",
        "spotlight-on-norway-what-members-can-consider",
        "spotlight-on-chile-the-flooded-cellar",
        "spotlight-on-chile-how-parliament-acted",
        "spotlight-on-chile-what-members-can-consider",
        "priority-1",
        "priority-2",
        "conclusion",
        "do-you-need-help-to-open-your-library-or-do-you-have-a-good",
        "annex-a-worldwide",
        "annex-a-regional",
        "annex-b-chile",
        "annex-b-norway",
        "about-2",
    ]


def test_anchors_are_unique_and_sections_are_not_empty(guide: Structure) -> None:
    """No two sections share an anchor, and each has text."""
    assert len(set(_anchors(guide))) == len(guide.sections)
    assert all(section.text.strip() for section in guide.sections)


def test_repeated_headings_hang_under_their_own_parents(guide: Structure) -> None:
    """The same sub-heading under two spotlights names each time its own spotlight."""
    norway = section_named(guide, "spotlight-on-norway-how-parliament-acted")
    chile = section_named(guide, "spotlight-on-chile-how-parliament-acted")
    assert norway.headings == ("Spotlight on Norway: Lamps first", "How parliament acted")
    assert chile.headings == ("Spotlight on Chile: The flooded cellar", "How parliament acted")


def test_a_sentence_is_joined_over_the_notes_in_its_middle(guide: Structure) -> None:
    """Notes printed between two halves of a sentence do not part them."""
    norway, chile = (
        section_named(guide, f"spotlight-on-{name}-how-parliament-acted").text for name in ("norway", "chile")
    )
    assert "lamp makers and the house bear different duties in keeping the room open" in norway
    assert "Another is the decree on dry shelves, adopted in 2024." in chile


def test_calls_after_a_join_stand_after_their_sentence(guide: Structure) -> None:
    """The offset of a call counts in the joined text."""
    block = section_named(guide, "spotlight-on-chile-how-parliament-acted").blocks[0]
    assert [(call.number, block.text[: call.offset][-5:]) for call in block.calls] == [("9", "2024."), ("10", "2025.")]


def test_ibid_brings_the_source_along(guide: Structure) -> None:
    """A section that calls an "Ibid." note holds that note and, before it, the one it means."""
    section = section_named(guide, "spotlight-on-norway-how-parliament-acted")
    assert [(note.number, note.text) for note in _of(section, BlockKind.NOTE)] == [
        ("7", "Kari Nilsen, “The lamp petition” (2 April 2022)."),
        ("8", "Ibid."),
    ]


def test_a_number_used_again_has_its_own_note(guide: Structure) -> None:
    """The second note 1 is with the text that calls it, and the first with its own."""
    first, last = section_named(guide, "executive-summary"), section_named(guide, "about-2")
    assert [note.text[:13] for note in _of(first, BlockKind.NOTE)] == ["Library Watch"]
    assert [(note.number, note.text[-25:]) for note in _of(last, BlockKind.NOTE)] == [
        ("1′", "Archives in peril (2020).")
    ]


def test_statements_are_with_their_speakers(guide: Structure) -> None:
    """A quotation is followed by who said it, without link marks."""
    section = section_named(guide, "members-speaking-out")
    assert _kinds(section) == ["quotation", "speaker", "quotation", "speaker", "note"]
    assert [speaker.text for speaker in _of(section, BlockKind.SPEAKER)] == [
        "Ms. Ana Duarte, Member of the Assembly, Portugal, January 2025",
        "Mr. Kofi Boateng, Member of Parliament, Ghana, June 2025",
    ]


def test_annex_entries_know_what_they_hang_under(guide: Structure) -> None:
    """Groups, entries and pointers of nested lists have their parents, outermost first."""
    blocks = section_named(guide, "annex-a-regional").blocks
    assert [(block.kind.value, block.parents, block.text) for block in blocks] == [
        ("group", (), "Northern Union:"),
        ("entry", ("Northern Union:",), "Protocol on Island Libraries (2005)"),
        ("entry", ("Northern Union:",), "Northern Convention on Dry Cellars (2021)"),
        (
            "pointer",
            ("Northern Union:", "Northern Convention on Dry Cellars (2021)"),
            "See Art. 5: “Duties of keepers”",
        ),
        ("group", (), "Southern Council:"),
        ("entry", ("Southern Council:",), "Framework on Lending (2014)"),
    ]


def test_pointers_belong_to_the_entry_before_them_however_they_are_indented(guide: Structure) -> None:
    """A "See Art. 4" one blank to the right, or at the margin, still belongs to its entry."""
    norway = section_named(guide, "annex-b-norway")
    assert [(block.text, block.parents[-1]) for block in _of(norway, BlockKind.POINTER)] == [
        ("See section 12: “Lamps”", "Library Act 2022 (2022)"),
        ("See section 7A", "Cellar Bill 2025 (2025)"),
    ]


def test_prose_after_the_annexes_goes_back_to_the_title(guide: Structure) -> None:
    """The long paragraph after the last list is no part of the annex."""
    last = guide.sections[-1]
    assert last.headings == ("Keeping chamber libraries open: A guide for members",)
    assert last.blocks[0].text.startswith("This guide builds on the Union's earlier work on archives and on")


# Small texts


@pytest.mark.parametrize(
    "text",
    ["[](#)\n\nThe lamp is lit.", "The lamp is lit.\n\n[](#)\n\nIt is warm.", "[](#)", "Lamps\n\n- [](#)\n\nText."],
)
def test_an_empty_link_leaves_nothing_behind(text: str) -> None:
    """A link without words leaves no block behind and does not stop the reading."""
    assert all(block.text for section in structured(text).sections for block in section.blocks)


@pytest.mark.parametrize("text", ["# Lamps", "---\n\n# Lamps\n\n***", "# Lamps\n\n## Shelves"])
@pytest.mark.parametrize("suffix", [".txt", ".md"])
def test_a_text_of_headings_alone_has_no_sections(text: str, suffix: str) -> None:
    """A file in which nothing is said gives no section."""
    assert structured(text, suffix).sections == ()


def test_no_blocks_are_no_sections() -> None:
    """Nothing gives nothing."""
    assert structure([], TITLE) == Structure((), 0, 0, 0, ())


def test_a_marked_heading_does_not_swallow_what_follows() -> None:
    """Text that begins in lower case under a marked heading is the section's text."""
    section = structured("## Lamps\n\niPads and lamps are lent.\n", ".md").sections[0]
    assert (section.headings, section.text) == (("Lamps",), "iPads and lamps are lent.")


@pytest.mark.parametrize("suffix", [".txt", ".md"])
def test_text_before_the_first_heading_has_the_title(suffix: str) -> None:
    """What no heading covers is the section about the document."""
    found = structured("The act is short.\n\n# Lamps\n\nThe lamp is lit.", suffix)
    assert [(s.anchor, s.headings) for s in found.sections] == [("about", (TITLE,)), ("lamps", ("Lamps",))]


def test_the_printed_title_opens_no_section() -> None:
    """The title printed above the text, in any case and marks, is no heading of a section."""
    found = structured("THE LAMP ACT!\n\nThe act is short.\n\nLamps\n\nThe lamp is lit.")
    assert _anchors(found) == ["about", "lamps"]


def test_headings_of_one_name_have_different_anchors() -> None:
    """Sections that are headed alike are told apart by numbers, in reading order."""
    found = structured("# Lamps\n\nOne is lit.\n\n# Lamps\n\nTwo are lit.\n\n# Lamps\n\nThree are lit.", ".md")
    assert _anchors(found) == ["lamps", "lamps-2", "lamps-3"]


@pytest.mark.parametrize("heading", ["!!!", "💡", "—"])
def test_a_heading_without_words_has_an_anchor(heading: str) -> None:
    """A heading of marks alone is called section."""
    assert _anchors(structured(f"# {heading}\n\nThe lamp is lit.", ".md")) == ["section"]


def test_sections_are_nested_by_the_rank_of_their_headings() -> None:
    """A heading closes those of its rank and deeper, also where a rank is left out."""
    text = "# A\n\nOne is.\n\n### B\n\nTwo are.\n\n## C\n\nThree are.\n\n# D\n\nFour are."
    assert [s.headings for s in structured(text, ".md").sections] == [("A",), ("A", "B"), ("A", "C"), ("D",)]


def test_provisions_have_labels() -> None:
    """A section that a provision heads is cited by it."""
    text = "Article 5\nLamps\nEvery room has a lamp.\n\nArticle 6\nEvery lamp is lit."
    found = structured(text)
    assert [(s.anchor, s.label) for s in found.sections] == [("art-5", "Art. 5"), ("art-6", "Art. 6")]


@pytest.mark.parametrize(
    ("quotation", "speaker"),
    [
        ('"It is dark."', "Ms. Ana Duarte, Portugal"),
        ("“It is dark.”", "Ana Duarte, Member"),
        ("„Es ist dunkel.“", "Ana Duarte, Mitglied"),
        ("«Il fait noir.»", "Ana Duarte, Membre"),
        ('"It is\ndark."', "Ana Duarte,\nMember of the Assembly"),
    ],
)
def test_a_quotation_and_a_name_are_a_statement(quotation: str, speaker: str) -> None:
    """A paragraph wholly in quotation marks and a line with name and office are statement and speaker."""
    found = structured(f"The lamps are out.\n\n{quotation}\n\n{speaker}\n\nSo it was said.")
    assert found.statements == 1
    assert _kinds(found.sections[0]) == ["paragraph", "quotation", "speaker", "paragraph"]


@pytest.mark.parametrize("line", ["She left, in the dark.", "Nobody knows", "and so, on", "Ana, Member:", "Who, then?"])
def test_a_quotation_without_a_name_is_no_statement(line: str) -> None:
    """A sentence, a line without an office or one in lower case is nobody who speaks."""
    assert structured(f'"It is dark."\n\n{line}\n\nSo it was said.').statements == 0


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("The lamps of the", "house are lit.", True),
        ("The lamps,", "in the house, are lit.", True),
        ("The lamps are lit.", "house rules apply.", False),
        ("The lamps are:", "lit.", False),
        ("The lamps (all)", "are lit.", True),
        ("He said “no.”", "and left.", False),
        ("The lamps of the", "House are lit.", False),
    ],
)
def test_only_an_open_end_is_joined(first: str, second: str, joined: bool) -> None:
    """A paragraph without an end and one that goes on in lower case are one; others are not."""
    text = structured(f"It is so.\n\n{first}\n\n{second}\n\nIt is over.").sections[0].text
    assert (f"{first} {second}" in text) is joined


def test_a_list_that_is_led_in_has_items_and_one_that_is_not_has_entries() -> None:
    """Items that are no sentences name documents only where no paragraph leads them in."""
    led_in = structured("# A\n\nThere are:\n\n- Lamps\n- Shelves\n", ".md").sections[0]
    alone = structured("# A\n\n- Lamp Act (2020)\n- Shelf Act (2021)\n", ".md").sections[0]
    assert _kinds(led_in) == ["paragraph", "item", "item"]
    assert _kinds(alone) == ["entry", "entry"]


@pytest.mark.parametrize("items", ["- Light the lamps.\n- Mend the shelves.", "1. Lamp Act\n2. Shelf Act"])
def test_sentences_and_numbered_items_are_no_entries(items: str) -> None:
    """A list of sentences or of numbers does not name documents."""
    assert structured(f"# A\n\n{items}\n", ".md").entries == 0


def test_a_pointer_on_the_line_of_its_entry_is_parted_from_it() -> None:
    """A "See Art. 4" behind an entry is a pointer below it."""
    blocks = structured("# A\n\n- Lamp Act (2020) See Art. 4\n- Shelf Act\n", ".md").sections[0].blocks
    assert [(block.kind.value, block.text) for block in blocks] == [
        ("entry", "Lamp Act (2020)"),
        ("pointer", "See Art. 4"),
        ("entry", "Shelf Act"),
    ]


def test_calls_of_an_item_that_is_cut_move_to_its_pointer() -> None:
    """Where an item is cut before "See", a call behind the cut does not stay with the first part."""
    text = "# A\n\nIt is so:\n\n- Lamps are lit. See Norway for that.[^1]\n\n[^1]: Lund.\n"
    blocks = structured(text, ".md").sections[0].blocks
    assert all(call.offset <= len(block.text) for block in blocks for call in block.calls)


def test_questions_are_taken_out_of_the_text() -> None:
    """A line of questions belongs to its section and is no part of its text."""
    section = structured("# A\n\nLamps are lit.\n\nQuestions: Are lamps lit? | Where? || \n", ".md").sections[0]
    assert ([q.text for q in section.questions], section.text) == (["Are lamps lit?", "Where?"], "Lamps are lit.")


def test_notes_that_do_not_match_are_told() -> None:
    """A note without call and a call without note are named in the warnings."""
    found = structure(
        [
            Block(BlockKind.PARAGRAPH, "Lamps.", calls=(NoteCall("9", 6),)),
            Block(BlockKind.NOTE, "Lund.", number="2"),
        ],
        TITLE,
    )
    assert found.warnings == ("note 9 is called and not printed", "note 2 is printed and not called")


def test_a_note_that_two_sections_call_is_in_both() -> None:
    """Each section is complete by itself."""
    found = structured("# A\n\nLamps.[^1]\n\n# B\n\nShelves.[^1]\n\n[^1]: Lund.\n", ".md")
    assert [_kinds(section) for section in found.sections] == [["paragraph", "note"]] * 2


def test_a_note_called_in_a_heading_is_kept() -> None:
    """The note that a heading calls stands in the section of the heading."""
    section = structured("# Lamps[^1]\n\nThe lamp is lit.\n\n[^1]: Lund.\n", ".md").sections[0]
    assert _kinds(section) == ["paragraph", "note"]


def test_many_ibid_notes_in_a_row_are_followed() -> None:
    """A chain of three hundred "Ibid." notes ends at its source."""
    text = "It is so.¹\n\n¹ Lund.\n\n" + "\n\n".join(f"It is so.{_raised(n)}\n\n{n} Ibid." for n in range(2, 301))
    found = structured(text)
    assert (found.notes, found.warnings) == (300, ())


def _raised(number: int) -> str:
    return str(number).translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"))


def test_a_note_that_nothing_calls_is_not_lost() -> None:
    """What is printed is in a section, also where its call is missing."""
    found = structured("# Lamps\n\nThe lamp is lit.[^1]\n\n[^1]: Lund.\n\n# End\n\nIt is over.\n", ".md")
    blocks = [*readers.read_markdown("The lamp is lit."), Block(BlockKind.NOTE, "Vidal.", number="9")]
    assert found.warnings == ()
    assert "Vidal." in "".join(section.text for section in structure(blocks, TITLE).sections)


def test_a_heading_after_a_quotation_is_no_speaker() -> None:
    """A heading with a comma stays a heading, also below a paragraph in quotation marks."""
    found = structured('Rooms\n\nIt is so.\n\n"It is dark."\n\nLamps, shelves and cellars\n\nThe lamp is lit.')
    assert found.sections[-1].headings == ("Lamps, shelves and cellars",)
