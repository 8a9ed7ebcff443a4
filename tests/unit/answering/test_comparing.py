"""Jurisdictions side by side: each cell is quoted, and an empty one is never a no."""

from pathlib import Path

import pytest

from chatbot.answering import comparing
from chatbot.errors import QuestionError
from chatbot.model import Citation, Element, Status, Table
from chatbot.retrieval.snapshot import Snapshot
from tests.unit.answering import shelves
from tests.unit.answering.conftest import Ask
from tests.unit.answering.shelves import shelf

SYNTHETIC, POSSESSION = Element.COVERS_SYNTHETIC, Element.COVERS_POSSESSION_OR_VIEWING


def texts(table: Table) -> list[list[list[str]]]:
    """What stands in the cells."""
    return [[[line.text for line in cell] for cell in row] for row in table.cells]


def test_what_can_be_compared(shelved: Snapshot) -> None:
    """Jurisdictions with something to compare, in the order of their English names; listed ones are not among them."""
    assert comparing.jurisdictions(shelved) == ("CL", "IS", "NZ", "NO", "PT")


def test_a_catalogue_without_elements_compares_nothing(tmp_path: Path) -> None:
    """Where no card has elements there is no column."""
    snapshot = shelves.opened(tmp_path, shelf("no-lamp-act"))
    assert comparing.jurisdictions(snapshot) == ()
    assert comparing.table(snapshot, (), tuple(Element))[1] == ()


def test_a_table(shelved: Snapshot) -> None:
    """Rows are elements and columns jurisdictions, as asked for."""
    table, _ = comparing.table(shelved, ("CL", "NO"), (POSSESSION, SYNTHETIC))
    assert (table.columns, table.rows) == (("CL", "NO"), (POSSESSION, SYNTHETIC))
    assert texts(table) == [
        [[], ["no: only handing on (s 5)", "yes (s 5)"]],
        [["yes: any copy (s 4)"], ["yes: copies by machine (s 4)", "yes (s 4)"]],
    ]


def test_law_comes_before_what_is_repealed(shelved: Snapshot) -> None:
    """In a cell law in force stands first, and each line knows its document and state."""
    table, _ = comparing.table(shelved, ("NO",), (SYNTHETIC,))
    assert [line.document.id for line in table.cells[0][0]] == ["no-shelf-act", "no-pipe-act"]
    assert [line.document.status.state.is_law for line in table.cells[0][0]] == [True, False]


@pytest.mark.parametrize("element", Element)
def test_silence_is_an_empty_cell(shelved: Snapshot, element: Element) -> None:
    """Where no document states an element its cell is empty, and never says no."""
    table, _ = comparing.table(shelved, comparing.jurisdictions(shelved), (element,))
    for code, cell in zip(table.columns, table.cells[0], strict=True):
        held = [d for d in shelved.documents.values() if d.jurisdiction == code and element in dict(d.comparison)]
        assert {line.document.id for line in cell} == {document.id for document in held}
        assert all(line.text == dict(line.document.comparison)[element] for line in cell)


def test_an_unknown_column_is_empty(shelved: Snapshot) -> None:
    """Of a jurisdiction without documents every cell is empty."""
    table, citations = comparing.table(shelved, ("KE",), (SYNTHETIC, POSSESSION))
    assert (table.cells, citations) == ((((),), ((),)), ())


@pytest.mark.parametrize("first_number", [1, 7])
def test_every_cell_is_quoted(shelved: Snapshot, first_number: int) -> None:
    """Each line stands in words of its citation, that are found in the passage, and numbers leave no gap."""
    columns = comparing.jurisdictions(shelved)
    table, citations = comparing.table(shelved, columns, tuple(Element), first_number=first_number)
    numbers = [citation.number for citation in citations]
    assert numbers == list(range(first_number, first_number + len(citations)))
    by_number: dict[int, Citation] = dict(zip(numbers, citations, strict=True))
    lines = [line for row in table.cells for cell in row for line in cell]
    assert {line.citation for line in lines} == set(numbers)
    for line in lines:
        citation = by_number[line.citation]
        assert citation.document == line.document
        assert any(line.text in quote for quote in citation.quotes)
        assert all(quote in shelved.passage(citation.passage.id).text for quote in citation.quotes)


def test_a_long_value_is_cited_in_all_its_parts(tmp_path: Path) -> None:
    """A value longer than a passage stands whole in its cell, and every part of it is among the citations."""
    value = " ".join(["yes (s 4)", *(f"and copy {number}" for number in range(100))])
    snapshot = shelves.opened(tmp_path, shelf("no-lamp-act", comparison={"covers_sharing": value}))
    table, citations = comparing.table(snapshot, ("NO",), (Element.COVERS_SHARING,))
    assert texts(table) == [[[value]]]
    assert " ".join(q for citation in citations for q in citation.quotes).endswith(f"{value}.")


# Named by somebody


@pytest.mark.parametrize(
    ("codes", "elements", "columns", "rows"),
    [
        (["NO"], ["regulator"], ("NO",), (Element.REGULATOR,)),
        (["pt", "no"], ["COVERS_SHARING"], ("PT", "NO"), (Element.COVERS_SHARING,)),
        ([" no ", "NO", "no", ""], [], ("NO",), tuple(Element)),
        ([], ["regulator", "covers_synthetic"], ("CL", "IS", "NZ", "NO", "PT"), (SYNTHETIC, Element.REGULATOR)),
    ],
)
def test_columns_and_rows_are_chosen(
    shelved: Snapshot, codes: list[str], elements: list[str], columns: tuple[str, ...], rows: tuple[Element, ...]
) -> None:
    """In any case and once each; none means all; columns as asked for, rows in the order of elements."""
    table, _ = comparing.chosen(shelved, codes, elements)
    assert (table.columns, table.rows) == (columns, rows)


@pytest.mark.parametrize(
    ("codes", "elements", "named"),
    [
        (["KE"], [], "'KE' is not a jurisdiction"),
        (["Norway"], [], "'NORWAY' is not a jurisdiction"),
        (["FR"], [], "'FR' is not a jurisdiction"),
        (["NO"], ["colour"], "'colour' is not an element"),
        (["\0"], [], "is not a jurisdiction"),
        (["n" * 5000], [], "is not a jurisdiction"),
    ],
)
def test_what_is_not_known_is_told(shelved: Snapshot, codes: list[str], elements: list[str], named: str) -> None:
    """The message names what is not known and what is, and does not repeat pages of it."""
    with pytest.raises(QuestionError) as problem:
        comparing.chosen(shelved, codes, elements)
    assert named in str(problem.value)
    assert "Known are: " in str(problem.value)
    assert len(str(problem.value)) < 600


# The whole answer


@pytest.mark.parametrize(
    ("question", "columns", "rows"),
    [
        ("Compare Norway and Chile on synthetic images", ("NO", "CL"), (SYNTHETIC,)),
        ("Compare Chile and Norway on synthetic images", ("CL", "NO"), (SYNTHETIC,)),
        ("How do the laws of Norway and Iceland differ on possession?", ("NO", "IS"), (POSSESSION,)),
        ("Compare the penalties of all countries", ("CL", "IS", "NZ", "NO", "PT"), (Element.MAX_PENALTY_BASIC,)),
    ],
)
def test_a_comparison_is_answered_with_a_table(
    ask_shelves: Ask, question: str, columns: tuple[str, ...], rows: tuple[Element, ...]
) -> None:
    """The table has the columns and rows that were asked for, and its citations are numbered with the others."""
    answer = ask_shelves(question)
    assert answer.table is not None
    assert (answer.status, answer.table.columns, answer.table.rows) == (Status.ANSWERED, columns, rows)
    assert [citation.number for citation in answer.citations] == list(range(1, len(answer.citations) + 1))
    for line in (line for row in answer.table.cells for cell in row for line in cell):
        citation = answer.citations[line.citation - 1]
        assert citation.document == line.document
        assert any(line.text in quote for quote in citation.quotes)


def test_the_message_says_what_an_empty_cell_means(ask_shelves: Ask) -> None:
    """Above a table it is said that an empty cell is no no."""
    message = ask_shelves("Compare Norway and Chile").message
    assert "an empty cell means that the sources held do not state it" in message


@pytest.mark.parametrize("question", ["Compare Kenya and Peru", "Compare Kenya and Peru on penalties"])
def test_nothing_to_compare_is_no_table(ask_shelves: Ask, question: str) -> None:
    """Of jurisdictions without documents there is no table, and they are named."""
    answer = ask_shelves(question)
    assert (answer.status, answer.table) == (Status.NOT_IN_SOURCES, None)
    assert "Kenya and Peru" in answer.message


@pytest.mark.parametrize("question", ["Compare Norway and Kenya", "Compare Norway and Kenya on penalties"])
def test_a_side_of_which_nothing_is_held_is_named(ask_shelves: Ask, question: str) -> None:
    """Who asks for two countries is told when nothing is held of one of them."""
    answer = ask_shelves(question)
    assert answer.table is not None
    assert "KE" in answer.table.columns or "Kenya" in f"{answer.message} {answer.closing}"


@pytest.mark.parametrize("question", ["Compare Iceland and New Zealand on penalties"])
def test_below_a_table_nothing_is_said_twice(ask_shelves: Ask, question: str) -> None:
    """What is quoted for both sides is quoted once."""
    told = [sentence.text for sentence in ask_shelves(question).sentences]
    assert len(told) == len(set(told))
