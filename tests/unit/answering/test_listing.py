"""A list holds every row that was asked for and no other, each quoted from a passage, and counts law apart."""

from pathlib import Path

import pytest

from chatbot.answering.inquiries import Inquiry, Shape, read
from chatbot.answering.lexicon import Lexicon
from chatbot.answering.listing import Listed, is_of_unknown_places, listed
from chatbot.model import DocumentKind, Element, LegalState, Question, Scope, Status
from chatbot.retrieval import record
from chatbot.retrieval.snapshot import Snapshot
from tests.unit.answering import shelves
from tests.unit.answering.conftest import Ask, assistant_of, lexicon_of
from tests.unit.answering.shelves import shelf

BUDGET = 120
ANNEX_C = ["cl-shelf-bill", "fr-paper-code", "is-shelf-act", "gb-lapsed-bill", "no-shelf-act", "no-pipe-act"]
NOT_IN_FORCE = ["cl-shelf-bill", "is-shelf-act", "gb-lapsed-bill", "no-pipe-act"]
ROWS = {
    "Which laws does annex C list?": ANNEX_C,
    "How many laws are in annex C?": ANNEX_C,
    "What does annex C contain?": ANNEX_C,
    "Which bills are in annex C?": ["cl-shelf-bill", "gb-lapsed-bill"],
    "Which codes are in annex C?": ["fr-paper-code"],
    "Which laws in annex C are in force?": ["fr-paper-code", "no-shelf-act"],
    "Which laws in annex C are not in force?": NOT_IN_FORCE,
    "Which laws in annex C are repealed?": ["no-pipe-act"],
    "Which bills have lapsed?": ["gb-lapsed-bill"],
    "Which drafts are there?": ["pt-copy-draft"],
    "Which laws are partly in force?": ["nz-film-act"],
    "Which Norwegian laws are in annex C?": ["no-shelf-act", "no-pipe-act"],
    "Which laws of Norway and Chile are listed?": ["cl-shelf-bill", "no-shelf-act", "no-pipe-act"],
    "Which Nordic laws does annex C list?": ["is-shelf-act", "no-shelf-act", "no-pipe-act"],
    "Which laws of the Pacific are held?": ["nz-film-act"],
    "Which documents are in annex A?": ["reading-charter", "lamp-protocol", "cellar-convention"],
    "Which treaties in annex A are not yet in force?": ["cellar-convention"],
    "Which treaties in annex A are in force?": ["reading-charter", "lamp-protocol"],
    "Which international instruments are in annex A?": ["reading-charter"],
    "Which regional instruments are in annex A?": ["lamp-protocol", "cellar-convention"],
    "Which African Union instruments are in annex A?": ["lamp-protocol"],
    "Which Council of Europe conventions are in annex A?": ["cellar-convention"],
    "Which UNESCO texts are there?": ["unesco-paper-advice"],
    "Which hearings and motions does annex D list?": ["lamp-hearing", "shelf-motion"],
    "Which reports are in annex D?": ["record"],
    "Which documents in annex E are from 2023?": ["reader-study"],
    "Which laws in annex C date from before 2011?": ["fr-paper-code", "no-pipe-act"],
    "Which laws in annex C are from after 2024?": ["cl-shelf-bill", "is-shelf-act"],
    "Which documents are in annexes A and E?": [
        "reading-charter",
        "lamp-protocol",
        "cellar-convention",
        "reader-study",
    ],
    "Norway": ["no-shelf-act", "no-pipe-act"],
    "France": ["fr-paper-code"],
}
NOTHING = (
    *("Which letters are in annex D?", "Which directives are in annex C?", "Which laws are in annex A?"),
    *("Which documents in annex E are from 1950?", "Which documents in annex C are soft law?", "Kenya"),
    *("Which laws of Kenya and Peru are held?", "Which UNICEF texts are there?"),
)


def list_of(question: str, snapshot: Snapshot, lexicon: Lexicon) -> Listed:
    """What a question that is an inquiry lists; there must be something."""
    inquiry = read(question, lexicon)
    assert inquiry is not None
    found = listed(inquiry, snapshot, lexicon, BUDGET)
    assert found is not None
    return found


def documents_of(found: Listed) -> list[str]:
    """The documents of the rows."""
    return [piece.passage.document_id for piece in found.pieces]


def told_of(found: Listed) -> list[str]:
    """What the rows say."""
    return [piece.text for piece in found.pieces]


# Documents


@pytest.mark.parametrize("question", ROWS)
def test_every_row_and_no_other(shelved: Snapshot, shelf_words: Lexicon, question: str) -> None:
    """The rows are the documents asked for, in the order of the annexes."""
    assert documents_of(list_of(question, shelved, shelf_words)) == ROWS[question]


@pytest.mark.parametrize("question", ROWS)
def test_the_count_is_that_of_the_rows(shelved: Snapshot, shelf_words: Lexicon, question: str) -> None:
    """The message counts all rows that there are, and says so of the scope asked for."""
    count = len(ROWS[question])
    noun = "document" if count == 1 else "documents"
    assert list_of(question, shelved, shelf_words).message.startswith(f"{count} of {count} {noun} ")


@pytest.mark.parametrize("question", ROWS)
def test_what_is_no_law_is_told_before_the_rows(shelved: Snapshot, shelf_words: Lexicon, question: str) -> None:
    """A bill, and what is repealed, lapsed or not yet in force, is named as such; law in force is not."""
    message = list_of(question, shelved, shelf_words).message
    for id_ in ROWS[question]:
        document = shelved.documents[id_]
        is_silent = document.status.state.is_law or document.status.state in (LegalState.PUBLISHED, LegalState.HELD)
        assert (record.called(document) in message) is not is_silent
        assert is_silent or record.state_words(document.status.state) in message


@pytest.mark.parametrize("question", NOTHING)
def test_without_a_row_there_is_no_list(shelved: Snapshot, shelf_words: Lexicon, question: str) -> None:
    """What selects no document is no empty list: retrieval may still know something."""
    inquiry = read(question, shelf_words)
    assert inquiry is not None
    assert listed(inquiry, shelved, shelf_words, BUDGET) is None


@pytest.mark.parametrize(
    ("question", "scope"),
    [
        ("Which laws does annex C list?", "in annex C of the IPU issue brief."),
        ("Which documents are in annexes A and E?", "in annex A and E of the IPU issue brief."),
        ("Which laws of Norway are listed?", "in the annexes of the IPU issue brief."),
        ("Which laws of the Pacific are held?", "among the documents held."),
    ],
)
def test_the_scope_is_told(shelved: Snapshot, shelf_words: Lexicon, question: str, scope: str) -> None:
    """The message says of what the list is the whole."""
    assert scope in list_of(question, shelved, shelf_words).message


def test_a_document_known_by_title_alone_has_its_row(shelved: Snapshot, shelf_words: Lexicon) -> None:
    """A list is complete though of one of its documents no text is held."""
    assert shelved.documents["fr-paper-code"].coverage == "listed"
    rows = told_of(list_of("Which codes are in annex C?", shelved, shelf_words))
    assert rows == ["Paper Code (France): Code du papier, code of 1994, House of Readers."]


def test_the_brief_is_in_no_list(shelved: Snapshot, shelf_words: Lexicon) -> None:
    """The brief lists and is not listed."""
    inquiry = Inquiry(Shape.DOCUMENTS)
    found = listed(inquiry, shelved, shelf_words, BUDGET)
    assert found is not None
    assert set(documents_of(found)) == set(shelved.documents) - {"shelf-guide"}


def test_two_regions_are_both_looked_through(shelved: Snapshot, shelf_words: Lexicon) -> None:
    """Laws of two regions are those of the one and those of the other."""
    inquiry = Inquiry(Shape.DOCUMENTS, regions=("nordic", "pacific"))
    found = listed(inquiry, shelved, shelf_words, BUDGET)
    assert found is not None
    assert set(documents_of(found)) == {"no-shelf-act", "no-pipe-act", "is-shelf-act", "nz-film-act"}


def test_an_unknown_region_selects_nothing_of_its_own(shelved: Snapshot, shelf_words: Lexicon) -> None:
    """A region without documents has no rows."""
    inquiry = Inquiry(Shape.DOCUMENTS, regions=("pacific",), kinds=(DocumentKind.BILL,))
    assert listed(inquiry, shelved, shelf_words, BUDGET) is None


# Jurisdictions


def test_countries_have_a_row_each(shelved: Snapshot, shelf_words: Lexicon) -> None:
    """A country with two laws is one row, quoted from what lists it."""
    found = list_of("Which countries are in annex C?", shelved, shelf_words)
    assert told_of(found) == [
        "Annex C of the IPU issue brief lists Chilean Shelf Bill (Chile) under Chile.",
        "Annex C of the IPU issue brief lists Paper Code (France) under France.",
        "Annex C of the IPU issue brief lists Icelandic Shelf Act (Iceland) under Iceland.",
        "Annex C of the IPU issue brief lists Ladder Bill (United Kingdom) under United Kingdom.",
        "Annex C of the IPU issue brief lists Norwegian Shelf Act (Norway) under Norway.",
    ]
    assert found.message == "5 of 5 jurisdictions in annex C of the IPU issue brief."


def test_a_country_is_quoted_from_the_annex_asked_for(tmp_path: Path) -> None:
    """A row on annex C is no sentence on annex A, where a document stands in both."""
    both = shelf("no-lamp-act", annex=["A", "C"])
    snapshot = shelves.opened(tmp_path, both)
    found = list_of("Which countries are in annex C?", snapshot, lexicon_of(snapshot))
    assert told_of(found) == ["Annex C of the IPU issue brief lists no-lamp-act (Norway)."]


@pytest.mark.parametrize(
    ("question", "is_unknown"),
    [
        ("Kenya", True),
        ("Which laws of Kenya and Peru are held?", True),
        ("Which laws of Kenya and Norway are held?", False),
        ("Which laws of Norway are in annex C?", False),
        ("Which laws of Kenya are in annex C?", False),
        ("Which laws does annex C list?", False),
        ("Compare Kenya and Peru", False),
    ],
)
def test_places_of_which_nothing_is_held(
    shelved: Snapshot, shelf_words: Lexicon, question: str, is_unknown: bool
) -> None:
    """Only a question by places alone, of which nothing is held, is one for the unknown."""
    inquiry = read(question, shelf_words)
    assert inquiry is not None
    assert is_of_unknown_places(inquiry, shelved) is is_unknown


# Elements


def test_law_in_force_comes_before_what_is_not(shelved: Snapshot, shelf_words: Lexicon) -> None:
    """Law in force that says yes comes first, then what is partly so, then what is no law, each saying so itself."""
    found = list_of("Which countries criminalise synthetic images?", shelved, shelf_words)
    assert told_of(found) == [
        "Synthetic images, Norwegian Shelf Act (Norway): yes: copies by machine (s 4).",
        "Synthetic images, Film Act (New Zealand): partly: films alone (s 4).",
        "Synthetic images, Chilean Shelf Bill (Chile), a bill, not law: yes: any copy (s 4).",
        "Synthetic images, Norwegian Pipe Act (Norway), repealed, no longer law: yes (s 4).",
    ]


@pytest.mark.parametrize(
    ("question", "count"),
    [
        ("Which countries criminalise synthetic images?", 1),
        ("Which countries punish possession?", 0),
        ("Which countries punish threats?", 0),
        ("Which countries punish sharing?", 1),
        ("Which maximum penalty does each country foresee?", 1),
        ("Which countries punish possession of synthetic images?", 0),
    ],
)
def test_only_law_in_force_is_counted(shelved: Snapshot, shelf_words: Lexicon, question: str, count: int) -> None:
    """Neither a bill, nor a draft, nor what is repealed or not yet in force, nor a partial yes counts as law."""
    message = list_of(question, shelved, shelf_words).message
    assert f"law in force states it in {count} " in message


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("Which countries criminalise synthetic images?", ["Chilean Shelf Bill", "Norwegian Pipe Act"]),
        ("Which countries punish possession?", ["Icelandic Shelf Act", "Norwegian Pipe Act"]),
        ("Which countries punish sharing?", ["Portuguese Copy Draft"]),
        ("Which maximum penalty does each country foresee?", ["Chilean Shelf Bill"]),
    ],
)
def test_what_is_no_law_is_named_with_its_state(
    shelved: Snapshot, shelf_words: Lexicon, question: str, named: list[str]
) -> None:
    """What says yes and is no law in force is named after the count."""
    after = list_of(question, shelved, shelf_words).message.partition("Not known to be law in force: ")[2]
    assert [name for name in named if name in after] == named
    assert "Norwegian Shelf Act" not in after


def test_a_partial_yes_is_told_as_one(shelved: Snapshot, shelf_words: Lexicon) -> None:
    """A law that covers a part is neither a yes nor left out."""
    message = list_of("Which countries criminalise synthetic images?", shelved, shelf_words).message
    assert "Only partly: Film Act (New Zealand)." in message


def test_a_no_and_silence_are_no_rows(shelved: Snapshot, shelf_words: Lexicon) -> None:
    """A law that says no, and one that says nothing, are not among those that say yes."""
    found = list_of("Which countries punish possession?", shelved, shelf_words)
    assert documents_of(found) == ["is-shelf-act", "no-pipe-act"]


def test_two_elements_must_both_hold(shelved: Snapshot, shelf_words: Lexicon) -> None:
    """Of two elements asked for at once both are told, of the documents that state both."""
    found = list_of("Which countries punish possession of synthetic images?", shelved, shelf_words)
    assert documents_of(found) == ["no-pipe-act", "no-pipe-act"]


def test_an_element_nobody_states_has_no_list(shelved: Snapshot, shelf_words: Lexicon) -> None:
    """Where no document says anything of an element there is no list."""
    inquiry = Inquiry(Shape.ELEMENTS, elements=(Element.REGULATOR,))
    assert listed(inquiry, shelved, shelf_words, BUDGET) is None


@pytest.mark.parametrize("value", ["none (s 4)", "none stated (s 4)", "none in this Act (s 4)", "not required (s 4)"])
def test_none_is_not_counted_as_law_that_has_it(tmp_path: Path, value: str) -> None:
    """A law that has no regulator is not among the laws that have one."""
    snapshot = shelves.opened(tmp_path, shelf("no-lamp-act", comparison={"regulator": value}))
    inquiry = Inquiry(Shape.ELEMENTS, by_jurisdiction=True, elements=(Element.REGULATOR,))
    found = listed(inquiry, snapshot, lexicon_of(snapshot), BUDGET)
    assert found is None or ", 0 have law in force" in found.message


# Status, overview, priorities


@pytest.mark.parametrize(
    ("question", "told"),
    [
        (
            "What is the legal status of the Norwegian Shelf Act?",
            [
                "Legal status of Norwegian Shelf Act (Norway): in force, as of 1 October 2026.",
                "More on the status of Norwegian Shelf Act (Norway): Amended once, in 2024.",
            ],
        ),
        (
            "Is the Norwegian Pipe Act still law?",
            ["Legal status of Norwegian Pipe Act (Norway): repealed, no longer law, as of January 2025."],
        ),
        (
            "Is the Film Act in force?",
            ["Legal status of Film Act (New Zealand): partly in force (the date of the check is not known)."],
        ),
        (
            "Is the Paper Code in force?",
            ["Legal status of Paper Code (France): in force, as of 1 November 2026."],
        ),
        ("Is the Record law?", ["Legal status of Record: a publication, not law, as of 1 November 2026."]),
    ],
)
def test_a_status_is_told_with_its_date(
    shelved: Snapshot, shelf_words: Lexicon, question: str, told: list[str]
) -> None:
    """The legal status is quoted with the date of its check, and what more the card says of it."""
    found = list_of(question, shelved, shelf_words)
    assert (told_of(found), found.message) == (told, "")
    assert not any(piece.is_item for piece in found.pieces)


def test_an_overview_begins_with_the_status(shelved: Snapshot, shelf_words: Lexicon) -> None:
    """What a document is comes after whether it is law."""
    assert told_of(list_of("Chilean Shelf Bill", shelved, shelf_words)) == [
        "Legal status of Chilean Shelf Bill (Chile): a bill, not law, as of 1 June 2024.",
        "Chilean Shelf Bill (Chile): Proyecto de estantes, Shelves Bill, bill of 2025, House of Readers.",
    ]


@pytest.mark.parametrize(
    ("number", "items"),
    [
        (1, ["Define the loan, covering books and maps.", "Set a time limit of fourteen days."]),
        (
            2,
            [
                "Inspect pipes twice a year.",
                "Name a keeper who answers for the room.",
                "Count the readers, month by month.",
            ],
        ),
    ],
)
def test_a_priority_is_told_in_full(shelved: Snapshot, shelf_words: Lexicon, number: int, items: list[str]) -> None:
    """Every item that the brief asks for under a priority, and their number."""
    found = listed(Inquiry(Shape.PRIORITY, priority=number), shelved, shelf_words, BUDGET)
    assert found is not None
    assert (told_of(found), found.message) == (items, f"The list in full, {len(items)} items:")


def test_a_long_priority_is_told_by_its_openings(shelved: Snapshot, shelf_words: Lexicon) -> None:
    """Where the words do not suffice, all items are told by what they open with."""
    found = listed(Inquiry(Shape.PRIORITY, priority=2), shelved, shelf_words, 5)
    assert found is not None
    assert told_of(found) == ["Inspect pipes", "Name a keeper", "Count the readers"]
    assert found.message.startswith("All 3 items")


@pytest.mark.parametrize("number", [3, 0, 12])
def test_a_priority_that_there_is_not(shelved: Snapshot, shelf_words: Lexicon, number: int) -> None:
    """A number that the brief does not have is left to retrieval."""
    assert listed(Inquiry(Shape.PRIORITY, priority=number), shelved, shelf_words, BUDGET) is None


def test_the_official_text_of_the_brief_comes_first(snapshot: Snapshot, lexicon: Lexicon) -> None:
    """Where the brief's own text is held, a priority is quoted from it."""
    found = listed(Inquiry(Shape.PRIORITY, priority=2), snapshot, lexicon, BUDGET)
    assert found is not None
    assert {piece.passage.edition for piece in found.pieces} == {"official"}
    assert told_of(found) == ["Inspect pipes twice a year.", "Name a keeper. A named keeper answers for the room."]


def test_an_annex_is_quoted_from_the_brief_where_it_is_held(snapshot: Snapshot, lexicon: Lexicon) -> None:
    """The brief's own entry stands in for the record of a document that it names."""
    found = list_of("Which laws does annex B list?", snapshot, lexicon)
    by_document = {piece.passage.document_id: piece for piece in found.pieces}
    assert by_document["reading-room-guide"].text.startswith("Library Act 2022 (2022)")
    assert by_document["cl-dry-archive-bill-2025"].passage.anchor == record.ANCHOR


# Without a brief


@pytest.mark.parametrize(
    ("question", "count"),
    [("Which laws of Norway are held?", 1), ("Norway", 1), ("Which countries criminalise synthetic images?", 1)],
)
def test_lists_need_no_brief(tmp_path: Path, question: str, count: int) -> None:
    """A catalogue without the brief lists what it holds."""
    snapshot = shelves.opened(tmp_path, shelf("no-lamp-act", comparison={"covers_synthetic": "yes (s 4)"}))
    assert len(list_of(question, snapshot, lexicon_of(snapshot)).pieces) == count


def test_without_a_brief_no_priority_is_known(tmp_path: Path) -> None:
    """Priorities are those of the brief alone."""
    snapshot = shelves.opened(tmp_path, shelf("no-lamp-act", "## Priority 1\n\n- Mend the lamps at s 4.\n"))
    assert listed(Inquiry(Shape.PRIORITY, priority=1), snapshot, lexicon_of(snapshot), BUDGET) is None


def test_a_long_record_keeps_its_rows(tmp_path: Path) -> None:
    """A value longer than a passage is told whole, in as many pieces as it takes."""
    value = "yes: " + ", ".join(f"copy number {n} of {n + 1}" for n in range(60)) + " (s 4)"
    snapshot = shelves.opened(tmp_path, shelf("no-lamp-act", comparison={"covers_synthetic": value}))
    found = list_of("Which countries criminalise synthetic images?", snapshot, lexicon_of(snapshot))
    assert len(found.pieces) > 1
    assert " ".join(told_of(found)) == f"Synthetic images, no-lamp-act (Norway): {value}."


# The whole answer


@pytest.mark.parametrize("question", [*ROWS, "Is the Film Act in force?", "Which countries punish possession?"])
def test_every_sentence_is_quoted(ask_shelves: Ask, shelved: Snapshot, question: str) -> None:
    """Each sentence of a listed answer is found character for character in the passage that it cites."""
    answer = ask_shelves(question)
    assert (answer.status, answer.snapshot_id) == (Status.ANSWERED, shelved.id)
    for sentence in answer.sentences:
        (number,) = sentence.citations
        citation = answer.citations[number - 1]
        assert (citation.number, sentence.text in citation.quotes) == (number, True)
        assert sentence.text in shelved.passage(citation.passage.id).text


@pytest.mark.parametrize(
    "question",
    ["Welche Gesetze listet Anhang C auf?", "¿Qué leyes figuran en el anexo C?"],
)
def test_lists_are_asked_for_in_other_languages(ask_shelves: Ask, question: str) -> None:
    """A list that is asked for in another language is the same list."""
    answer = ask_shelves(question)
    assert [citation.document.id for citation in answer.citations] == ANNEX_C


@pytest.mark.parametrize(
    ("question", "turn", "rows"),
    [
        ("And in Chile?", "Which laws of Norway are in annex C?", ["cl-shelf-bill"]),
        ("And Norway?", "Which laws of Chile are in annex C?", ["no-shelf-act", "no-pipe-act"]),
        ("And the Film Act?", "What is the status of the Chilean Shelf Bill?", ["nz-film-act"]),
    ],
)
def test_a_follow_up_exchanges_the_name(ask_shelves: Ask, question: str, turn: str, rows: list[str]) -> None:
    """The same list of another country, and the reader is shown how it was read."""
    answer = ask_shelves(question, turn)
    assert list(dict.fromkeys(citation.document.id for citation in answer.citations)) == rows
    assert answer.read_as


def test_a_follow_up_that_leans_is_no_list(ask_shelves: Ask) -> None:
    """What only makes sense with the turn before is not read as a list of its own."""
    answer = ask_shelves("And which of those are old?", "Which laws of Norway are in annex C?")
    assert not answer.message.startswith(("1 of", "2 of", "6 of"))


def test_a_chosen_scope_is_kept(shelved: Snapshot) -> None:
    """Who chose where to look does not get a list of everything."""
    assistant = assistant_of(shelved)
    within = Scope(documents=("no-shelf-act",))
    answer = assistant.answer(Question("Which laws does annex C list?", scope=within))
    assert {citation.document.id for citation in answer.citations} <= {"no-shelf-act"}
