"""A table for a spreadsheet program."""

import csv
import io
from dataclasses import replace

import pytest

from chatbot.model import CellLine, Element, LegalState, LegalStatus, Link, Table
from chatbot.web.comparison import CSV_HEADER, csv_of, documents_of
from tests.unit.web.test_schemas import DOCUMENT

BILL = replace(
    DOCUMENT, id="no-bill", short_title="Norwegian Bill", status=LegalStatus(LegalState.BILL, "", ""), official_urls=()
)


def read(table: Table) -> list[list[str]]:
    """The rows below the heading, as a spreadsheet program reads them."""
    heading, *rows = csv.reader(io.StringIO(csv_of(table).removeprefix("\ufeff"), newline=""))
    assert tuple(heading) == CSV_HEADER
    return rows


def test_a_file_begins_with_a_byte_order_mark() -> None:
    """The mark tells spreadsheet programs that the file is UTF-8; it stands there once."""
    written = csv_of(Table(("KR",), (Element.REGULATOR,), (((),),)))
    assert written.encode().startswith(b"\xef\xbb\xbfelement,")
    assert written.count("\ufeff") == 1


def test_each_line_of_a_cell_is_a_row_and_an_empty_cell_is_one_too() -> None:
    """Lines keep their order, commas and line breaks; what is not recorded is left blank, silence is said in words."""
    lines = (CellLine(DOCUMENT, 'yes, "all" (s 4)\nand more', 1), CellLine(BILL, "no (cl 2)", 2))
    rows = read(Table(("NO", "KR"), (Element.COVERS_SHARING,), ((lines, ()),)))
    assert rows == [
        [
            "Sharing",
            "NO",
            "Norway",
            "Norwegian Library Act",
            "in force",
            "2025-05-01",
            'yes, "all" (s 4)\nand more',
            "https://example.org/act",
        ],
        ["Sharing", "NO", "Norway", "Norwegian Bill", "bill", "", "no (cl 2)", ""],
        ["Sharing", "KR", "Republic of Korea", "", "", "", "not stated in the sources held", ""],
    ]


@pytest.mark.parametrize("opening", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_no_field_is_a_formula(opening: str) -> None:
    """Text, title and address of a card are neutralised alike when a spreadsheet program would compute them."""
    hostile = f"{opening}1+1"
    document = replace(DOCUMENT, short_title=hostile, official_urls=(Link(hostile),))
    [row] = read(Table(("NO",), (Element.REGULATOR,), (((CellLine(document, hostile, 1),),),)))
    assert [row[3], row[6], row[7]] == [f"'{hostile}"] * 3


def test_a_column_names_its_documents_once() -> None:
    """The documents of a column are those its lines quote, in the order they are first quoted."""
    act, bill = CellLine(DOCUMENT, "yes", 1), CellLine(BILL, "yes", 2)
    table = Table(("NO", "KR"), (Element.REGULATOR, Element.MINORS_RULE), (((act,), ()), ((bill, act), ())))
    assert [documents_of(table, column) for column in (0, 1)] == [[DOCUMENT, BILL], []]
