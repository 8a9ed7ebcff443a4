"""What somebody chose to compare -> a table with its citations, for a page, the API or a spreadsheet program."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from werkzeug.exceptions import BadRequest

from chatbot.answering import comparing
from chatbot.answering.frames import NOT_STATED
from chatbot.model import CellLine, Citation, Document, Element, Table
from chatbot.wiring import Services

CSV_HEADER = ("element", "jurisdiction code", "jurisdiction", "document", "state", "as of", "text", "official URL")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def compared(
    services: Services, codes: Sequence[str], elements: Sequence[Element]
) -> tuple[Table, tuple[Citation, ...]]:
    """The table of the jurisdictions by the elements; none of either means all of them.

    Columns stand in the order asked for, rows in the order of the elements. Raises BadRequest naming what is known
    where a code is not.
    """
    snapshot = services.live.current()
    known = comparing.jurisdictions(snapshot)
    columns = [known_one(code.upper(), known, "a jurisdiction that can be compared") for code in distinct(codes)]
    chosen = set(elements or comparing.ELEMENTS)
    return comparing.table(snapshot, distinct(columns) or known, [e for e in comparing.ELEMENTS if e in chosen])


def elements_named(names: Iterable[str]) -> list[Element]:
    """The elements of these names. Raises BadRequest naming those that are known."""
    known = [str(element) for element in comparing.ELEMENTS]
    return [Element(known_one(name.lower(), known, "an element")) for name in distinct(names)]


def known_one(value: str, known: Iterable[str], what: str) -> str:
    """The value itself. Raises BadRequest with a sentence where it is not known."""
    if value not in known:
        raise BadRequest(f"'{value[:80]}' is not {what}. Known are: {', '.join(known)}.")
    return value


def distinct(values: Iterable[str]) -> list[str]:
    """The values in their order, each once, without empty ones."""
    return list(dict.fromkeys(value.strip() for value in values if value.strip()))


def documents_of(table: Table, column: int) -> list[Document]:
    """The documents that a column quotes, each once, in the order they are first quoted."""
    lines = [line for row in table.cells for line in row[column]]
    return list({line.document.id: line.document for line in lines}.values())


def csv_of(table: Table) -> str:
    """The table for a spreadsheet program: a row an element and document; begins with a byte order mark.

    What an empty cell means is said in words; what a spreadsheet program would compute is neutralised.
    """
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(CSV_HEADER)
    for row in _rows(table):
        writer.writerow([_neutralised(value) for value in row])
    return "\ufeff" + written.getvalue()


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


def _neutralised(value: str) -> str:
    return f"'{value}" if value.startswith(_FORMULA) else value
