"""Files of a judged collection -> passages, questions and which passages answer which question.

Passages and questions are JSON lines; judgements are tab-separated, in four columns (question 0 passage grade) or in
three (question passage grade) below a header.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from chatbot.errors import SourceError

Judgements = dict[str, dict[str, int]]
"""By question and passage, the grade; passages that are not named are not relevant."""

_HEADER = "query-id"


@dataclass(frozen=True, slots=True)
class Entry:
    """A passage or a question: its id in the file, its text, and a title that is not searched."""

    id: str
    text: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Judged:
    """A collection whose questions somebody has judged; every judged question has a relevant passage."""

    passages: tuple[Entry, ...]
    questions: tuple[Entry, ...]
    judgements: Judgements


def read(passages: Path, questions: Path, judgements: Path) -> Judged:
    """Read and match the three files. Raises SourceError naming file and line, or what does not match.

    Questions without a relevant passage are left out, as trec_eval leaves them out.
    """
    held, asked, grades = _entries(passages), _entries(questions), _judgements(judgements)
    relevant = {id_ for id_, of_question in grades.items() if max(of_question.values()) > 0}
    judged = tuple(question for question in asked if question.id in relevant)
    if not judged:
        raise SourceError(f"No question of {questions} has a relevant passage in {judgements}; do their ids match?")
    known = {passage.id for passage in held if passage.text.strip()}
    if not any(id_ in known for question in judged for id_ in grades[question.id]):
        raise SourceError(f"No judged passage of {judgements} has a text in {passages}; do their ids match?")
    return Judged(held, judged, {question.id: grades[question.id] for question in judged})


def _entries(path: Path) -> tuple[Entry, ...]:
    found: dict[str, Entry] = {}
    for number, line in _lines(path):
        entry = _entry(line, f"{path}, line {number}")
        if entry.id in found:
            raise SourceError(f"{path}, line {number}: the id '{entry.id}' stands twice. Give every line its own.")
        found[entry.id] = entry
    if not found:
        raise SourceError(f"{path} has no line. Write one JSON object with 'id' and 'text' a line.")
    return tuple(found.values())


def _entry(line: str, place: str) -> Entry:
    try:
        value: Any = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise SourceError(f"{place} is no JSON ({error}). Write one object with 'id' and 'text' a line.") from error
    if not isinstance(value, dict):
        raise SourceError(f"{place} is no JSON object. Write one object with 'id' and 'text' a line.")
    id_, text, title = value.get("id", value.get("_id")), value.get("text"), value.get("title") or ""
    if not isinstance(id_, str | int) or isinstance(id_, bool) or not str(id_):
        raise SourceError(f"{place}: 'id' must be a text or a whole number.")
    if not isinstance(text, str) or not isinstance(title, str):
        raise SourceError(f"{place}: 'text' must be a text, and 'title' too where there is one.")
    return Entry(str(id_), text, title)


def _judgements(path: Path) -> Judgements:
    grades: Judgements = {}
    for number, line in _lines(path):
        columns = line.split("\t") if "\t" in line else line.split()
        if columns[0].strip().lower() == _HEADER:
            continue
        if len(columns) not in (3, 4):
            raise SourceError(
                f"{path}, line {number} has {len(columns)} columns. Write four (question, 0, passage, grade) or, "
                "below the header 'query-id corpus-id score', three, separated by tabs."
            )
        question, passage = columns[0].strip(), columns[-2].strip()
        grades.setdefault(question, {})[passage] = _grade(columns[-1], f"{path}, line {number}")
    if not grades:
        raise SourceError(f"{path} has no judgement. Write one line for each question and passage that answers it.")
    return grades


def _grade(text: str, place: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise SourceError(f"{place}: the grade '{text.strip()}' is no whole number. Write 0, 1 or more.") from None


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    """The lines that are not blank, with their numbers."""
    try:
        with path.open(encoding="utf-8-sig") as file:
            for number, line in enumerate(file, start=1):
                if line.strip():
                    yield number, line.rstrip("\r\n")
    except UnicodeDecodeError as error:
        raise SourceError(f"{path} is no text in UTF-8 ({error.reason}). Save it as UTF-8.") from error
