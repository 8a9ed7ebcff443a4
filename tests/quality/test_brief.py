"""The real brief comes out right: every section, note, statement and entry, and the hard spots of its text."""

import json
import os
import re
import subprocess
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from chatbot.ingest import catalogue, readers
from chatbot.ingest.passages import Cutter, Origin, passages
from chatbot.ingest.structure import Structure, structure
from chatbot.model import Block, BlockKind, Edition, Passage, PassageKind, Section
from tests.conftest import ROOT
from tests.fakes import WordEmbedder

BRIEF = "ipu-ncii-brief-2026"
PRIME = "′"
SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"


@pytest.fixture(scope="module")
def brief(shared_brief: Path) -> Structure:
    """The brief's sections."""
    title = catalogue.load(ROOT / "corpus").cards[BRIEF].document.title
    return structure(readers.read(shared_brief.read_bytes(), shared_brief.name), title)


@pytest.fixture(scope="module")
def cut(brief: Structure) -> list[Passage]:
    """The brief's passages."""
    document = catalogue.load(ROOT / "corpus").cards[BRIEF].document
    cutter = Cutter(WordEmbedder().count, 254)
    return [p for s in brief.sections for p in passages(Origin(document, Edition.OFFICIAL, s, "test"), cutter)]


def _section(brief: Structure, anchor: str) -> Section:
    return next(section for section in brief.sections if section.anchor.startswith(anchor))


def _notes(brief: Structure) -> dict[str, str]:
    return {b.number: b.text for s in brief.sections for b in s.blocks if b.kind is BlockKind.NOTE}


def _blocks(brief: Structure, kind: BlockKind) -> list[Block]:
    return [block for section in brief.sections for block in section.blocks if block.kind is kind]


def test_everything_is_counted(brief: Structure) -> None:
    """The brief has 48 headed parts, 80 notes, 12 statements and 69 annex entries, and nothing is left over."""
    counts = (len(brief.sections), brief.notes, brief.statements, brief.entries, brief.warnings)
    assert counts == (48, 80, 12, 69, ())


def test_each_number_of_a_note_is_accounted_for(brief: Structure) -> None:
    """Notes 1 to 78 and the front matter's own 1 and 2 are all there, each in a section that calls it."""
    called = {c.number for s in brief.sections for b in s.blocks for c in b.calls}
    expected = {str(n) for n in range(1, 79)} | {"1" + PRIME, "2" + PRIME}
    assert called == set(_notes(brief)) == expected


def test_notes_of_all_layouts_are_read(brief: Structure) -> None:
    """A superscript, a plain number, a hyphen and two superscripts all open a note."""
    notes = _notes(brief)
    openings = {"1": "UN Women,", "9": "Matt Burgess,", "58": "Committee on the", "75": "German Bundestag,"}
    assert {n: notes[n].startswith(opening) for n, opening in openings.items()} == dict.fromkeys(openings, True)


def test_numbers_used_twice_keep_their_own_notes(brief: Structure) -> None:
    """The summary's note 1 and the front matter's note 1 are two notes, each with its own caller."""
    notes = _notes(brief)
    assert notes["1"].startswith("UN Women")
    assert notes["1" + PRIME].startswith("Inter-Parliamentary Union")
    callers = {c.number: s.anchor for s in brief.sections for b in s.blocks for c in b.calls}
    assert (callers["1"], callers["1" + PRIME][:5]) == ("executive-summary", "about")


def test_a_note_that_says_ibid_brings_the_note_before(brief: Structure) -> None:
    """Who calls note 38 also sees note 37."""
    caller = next(b for s in brief.sections for b in s.blocks for c in b.calls if c.number == "38")
    assert [c.number for c in caller.calls].count("37") == 2
    assert _notes(brief)["38"] == "Ibid."


def test_the_substantive_note_is_a_passage_of_its_own(brief: Structure, cut: list[Passage]) -> None:
    """Note 58 says something itself, so it can be found and cited."""
    note = next(p for p in cut if p.kind is PassageKind.NOTE and p.number == "58")
    assert (note.anchor, len(note.text.split()) > 40) == ("lawmaking", True)


def test_a_sentence_cut_by_a_page_is_whole(brief: Structure) -> None:
    """The halves around a block of notes stand in one list item."""
    items = [b.text for b in _section(brief, "victim-centred-responses").blocks if b.kind is BlockKind.ITEM]
    assert [i for i, text in enumerate(items) if "bear different responsibilities in" in text] == [2]


def test_a_list_cut_by_notes_keeps_its_items(brief: Structure) -> None:
    """The five data points follow each other though eighteen notes were printed between them."""
    kinds = [b.kind for b in _section(brief, "the-extent-of-the-problem").blocks if b.kind is not BlockKind.NOTE]
    assert kinds == [BlockKind.PARAGRAPH, *[BlockKind.ITEM] * 5, BlockKind.PARAGRAPH]


def test_headings_that_occur_twice_have_their_parents(brief: Structure) -> None:
    """Each pair of namesakes lies under two different spotlights, with anchors of their own."""
    paths = [s.headings for s in brief.sections if len(s.headings) == 2 and s.headings[0].startswith("Spotlight")]
    assert Counter(path[1] for path in paths) == {"How parliament acted": 2, "What MPs can consider": 2}
    assert len({path[0] for path in paths}) == 2
    assert len({s.anchor for s in brief.sections}) == len(brief.sections)


def test_every_statement_has_its_speaker(brief: Structure) -> None:
    """Twelve statements are followed by twelve speakers, each with a name, an office and a parliament."""
    blocks = [b for s in brief.sections for b in s.blocks]
    pairs = [(a, b) for a, b in pairwise(blocks) if a.kind is BlockKind.QUOTATION]
    assert len(pairs) == 12
    assert all(re.match(r"(Ms|Mr)\. .+, Member of ", b.text) and b.kind is BlockKind.SPEAKER for _, b in pairs)


def test_five_priorities_are_sections_of_one_part(brief: Structure) -> None:
    """Each priority is headed by its number and title and holds its list of actions."""
    found = {s.anchor: s for s in brief.sections if s.anchor.startswith("priority-")}
    counts = [sum(b.kind is BlockKind.ITEM for b in found[f"priority-{n}"].blocks) for n in range(1, 6)]
    assert counts == [7, 4, 8, 6, 4]
    assert {s.headings[0] for s in found.values()} == {"Five priorities for parliamentary action"}


@pytest.mark.parametrize(
    ("opening", "parents"),
    [
        ("Protocol to the African Charter", ("African Union:",)),
        ("Online Safety Act 2021", ("Parliament of Australia:",)),
        ("Criminal Code Amendment (Deepfake Sexual Material) Bill 2024 (2024)", ("Parliament of Australia:",)),
        ("Beijing Dashboard", ("UN Women:",)),
        ("UN Special Rapporteur", ()),
    ],
)
def test_an_annex_entry_carries_its_parents(brief: Structure, opening: str, parents: tuple[str, ...]) -> None:
    """What an entry hangs under stays with it, also where a page break took its indent."""
    assert {b.parents for b in _blocks(brief, BlockKind.ENTRY) if b.text.startswith(opening)} == {parents}


def test_a_pointer_hangs_under_its_entry(brief: Structure) -> None:
    """The provisions to see are those of the Cybercrime Convention."""
    pointers = [b for b in _blocks(brief, BlockKind.POINTER) if "Art. 16" in b.text]
    assert [b.parents for b in pointers] == [("United Nations Convention against Cybercrime (2024)",)]


def test_front_matter_and_stray_caption_go_to_the_title(brief: Structure) -> None:
    """What stands before the first heading, and after the annexes, is the brief's own part."""
    first = brief.sections[0]
    assert first.anchor == "about"
    assert "Swedish International Development Cooperation Agency" in brief.sections[-1].text + first.text
    assert all("Swedish International" not in s.text for s in brief.sections if s.anchor.startswith("annex"))


def test_no_mark_of_the_layout_is_left(brief: Structure) -> None:
    """No superscript, escape, empty link or emphasis is left in any text."""
    text = "\n".join(section.text for section in brief.sections)
    assert not re.search(rf"[{SUPERSCRIPTS}]|\\[()\[\]]|\]\(#\)|\*\*", text)


def test_the_words_are_the_publishers(brief: Structure, shared_brief: Path) -> None:
    """Every word of every block stands in the file, in its order; misspellings stay."""
    printed = _words(shared_brief.read_text(encoding="utf-8"))
    blocks = [b.text for s in brief.sections for b in s.blocks if _words(b.text) not in printed]
    assert len(blocks) == 3  # were cut by a page break
    assert [text for text in blocks if not _in_two_pieces(text.split(" "), printed)] == []
    assert any("MujeresI" in b.text for b in _blocks(brief, BlockKind.ENTRY))


def _words(text: str) -> str:
    marks = f"[{SUPERSCRIPTS}]"
    return " " + " ".join(re.findall(r"\w+", re.sub(marks, "", text))) + " "


def _in_two_pieces(words: list[str], printed: str) -> bool:
    halves = ((" ".join(words[:i]), " ".join(words[i:])) for i in range(1, len(words)))
    return any(_words(first) in printed and _words(second) in printed for first, second in halves)


def test_a_span_cuts_its_text_out_of_its_section(brief: Structure, cut: list[Passage]) -> None:
    """Every passage's span is its place in its section, and no id occurs twice."""
    sections = {section.anchor: section.text for section in brief.sections}
    spanned = [p for p in cut if p.kind is not PassageKind.NOTE]
    assert [p.id for p in spanned if sections[p.anchor][p.start : p.end] != p.text] == []
    assert len({p.id for p in cut}) == len(cut) > 200


@pytest.mark.slow
def test_the_two_commands_of_the_readme_read_it(shared_brief: Path, tmp_path: Path) -> None:
    """Adding the brief and refreshing reports its counts and publishes a snapshot that holds its official text."""
    places = {"CHATBOT_INDEX_DIR": str(tmp_path / "index"), "CHATBOT_DATA_DIR": str(tmp_path / "instance")}
    _chatbot(["corpus", "add", str(shared_brief), "--document", BRIEF], places)
    report = json.loads(_chatbot(["corpus", "refresh", "--json"], places))
    read = next(r for r in report["read"] if (r["document_id"], r["edition"]) == (BRIEF, "official"))
    assert [read[name] for name in ("sections", "notes", "statements", "entries")] == [48, 80, 12, 69]
    assert read["passages"] > 200
    assert report["problems"] == []


def _chatbot(words: list[str], places: dict[str, str]) -> str:
    program = [sys.executable, "-m", "chatbot.cli", *words]
    done = subprocess.run(program, capture_output=True, text=True, check=True, cwd=ROOT, env={**os.environ, **places})
    return done.stdout
