"""What somebody chose to compare -> a table with its citations, for a page, the API or a spreadsheet program."""

from collections.abc import Iterator

from chatbot import spreadsheets
from chatbot.answering import comparing
from chatbot.answering.frames import NOT_STATED
from chatbot.model import CellLine, Document, Table

CSV_HEADER = ("element", "jurisdiction code", "jurisdiction", "document", "state", "as of", "text", "official URL")


def documents_of(table: Table, column: int) -> list[Document]:
    """The documents that a column quotes, each once, in the order they are first quoted."""
    lines = [line for row in table.cells for line in row[column]]
    return list({line.document.id: line.document for line in lines}.values())


def csv_of(table: Table) -> str:
    """The table for a spreadsheet program: a row an element and document; begins with a byte order mark.

    What an empty cell means is said in words; what a spreadsheet program would compute is neutralised.
    """
    return spreadsheets.MARK + spreadsheets.csv_of([CSV_HEADER, *_rows(table)])


def _rows(table: Table) -> Iterator[tuple[str, ...]]:
    for element, cells in zip(table.rows, table.cells, strict=True):
        for code, lines in zip(table.columns, cells, strict=True):
            place = (element.label, code, comparing.jurisdiction_name(code))
            if not lines:
                yield (*place, "", "", "", NOT_STATED, "")
            for line in lines:
                yield (*place, *_said(line))


def _said(line: CellLine) -> tuple[str, ...]:
    document, status = line.document, line.document.status
    url = document.official_urls[0].url if document.official_urls else ""
    return document.short_title, str(status.state), status.as_of, line.text, url
