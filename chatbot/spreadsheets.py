"""Rows -> CSV that a spreadsheet program opens as text and computes nothing of."""

import csv
import io
from collections.abc import Iterable, Sequence

MARK = "\ufeff"
"""The byte order mark, by which spreadsheet programs know UTF-8."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def csv_of(rows: Iterable[Sequence[str]]) -> str:
    """The rows as lines of CSV; what a spreadsheet program would compute begins with an apostrophe."""
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerows([_neutralised(value) for value in row] for row in rows)
    return written.getvalue()


def _neutralised(value: str) -> str:
    return f"'{value}" if value.startswith(_FORMULA) else value
