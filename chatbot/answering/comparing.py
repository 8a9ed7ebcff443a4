"""Documents' comparisons -> a table of jurisdictions by elements, each cell with its citation."""

from collections.abc import Iterable, Sequence

from chatbot.answering import recorded
from chatbot.answering.composing import Piece
from chatbot.errors import QuestionError
from chatbot.model import CellLine, Citation, Document, Element, Table
from chatbot.retrieval import record
from chatbot.retrieval.names import jurisdiction_name
from chatbot.retrieval.snapshot import Snapshot

__all__ = ["ELEMENTS", "chosen", "jurisdiction_name", "jurisdictions", "table"]

ELEMENTS = tuple(Element)


def jurisdictions(snapshot: Snapshot) -> tuple[str, ...]:
    """The codes of jurisdictions of which something can be compared, by name."""
    codes = {document.jurisdiction for document in snapshot.documents.values() if document.comparison}
    return tuple(sorted(codes, key=jurisdiction_name))


def table(
    snapshot: Snapshot, columns: Sequence[str], rows: Sequence[Element], *, first_number: int = 1
) -> tuple[Table, tuple[Citation, ...]]:
    """What the documents of each jurisdiction say of each element; law in force comes before the rest.

    Citations are numbered from first_number, one a passage.
    """
    held = {code: _documents(snapshot, code) for code in columns}
    numbers: dict[str, int] = {}
    quoted: dict[str, list[Piece]] = {}
    cells = []
    for element in rows:
        row = []
        for code in columns:
            lines = []
            for document in held[code]:
                pieces = recorded.pieces(snapshot, document, element)
                for piece in pieces:
                    numbers.setdefault(piece.passage.id, first_number + len(numbers))
                    quoted.setdefault(piece.passage.id, []).append(piece)
                if pieces:
                    number = numbers[pieces[0].passage.id]
                    lines.append(CellLine(document, record.value_of(document, element), number))
            row.append(tuple(lines))
        cells.append(tuple(row))
    citations = tuple(
        Citation(
            number,
            quoted[id_][0].passage,
            snapshot.documents[quoted[id_][0].passage.document_id],
            tuple((piece.start, piece.end) for piece in quoted[id_]),
        )
        for id_, number in numbers.items()
    )
    return Table(tuple(columns), tuple(rows), tuple(cells)), citations


def chosen(snapshot: Snapshot, codes: Iterable[str], elements: Iterable[str]) -> tuple[Table, tuple[Citation, ...]]:
    """The table of jurisdictions by elements, both named by somebody; none of either means all of them.

    Columns stand in the order asked for, rows in the order of the elements. Raises QuestionError naming what is known
    where a name is not.
    """
    known = jurisdictions(snapshot)
    columns = [_known(code.upper(), known, "a jurisdiction that can be compared") for code in _distinct(codes)]
    names = [_known(name.lower(), list(map(str, ELEMENTS)), "an element") for name in _distinct(elements)]
    return table(snapshot, _distinct(columns) or known, [e for e in ELEMENTS if not names or e in names])


def _known(value: str, known: Sequence[str], what: str) -> str:
    if value not in known:
        raise QuestionError(f"'{value[:80]}' is not {what}. Known are: {', '.join(known)}.")
    return value


def _distinct(values: Iterable[str]) -> list[str]:
    """The values in their order, each once, without empty ones."""
    return list(dict.fromkeys(value.strip() for value in values if value.strip()))


def _documents(snapshot: Snapshot, jurisdiction: str) -> list[Document]:
    found = [d for d in snapshot.documents.values() if d.jurisdiction == jurisdiction and d.comparison]
    return sorted(found, key=lambda d: (not d.status.state.is_law, -d.year))
