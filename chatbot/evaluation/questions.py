"""Files of questions with known answers -> cases, each in the development or the test half by its group."""

import hashlib
from enum import StrEnum
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from chatbot.errors import QuestionError
from chatbot.model import Status


class Half(StrEnum):
    """What may be looked at while improving the helpdesk, and what only measures it."""

    DEVELOPMENT = "development"
    TEST = "test"


class Evidence(BaseModel):
    """Where a fact stands: document, heading of the section, and words of the card, verbatim."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    document: str = Field(min_length=1)
    section: str
    words: str = Field(min_length=1)


class Case(BaseModel):
    """A question and what a right answer is.

    nuggets: facts that it must hold, each by its accepted wordings. must_not: words that make it wrong. group: what
    stays together in one half (questions on one section, a false premise and its true twin, translations).
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(min_length=1)
    kind: str = Field(min_length=1)
    language: str = Field(min_length=2, max_length=2)
    turns: tuple[str, ...] = ()
    question: str = Field(min_length=1)
    expects: Status
    evidence: tuple[Evidence, ...] = ()
    nuggets: tuple[tuple[str, ...], ...] = ()
    must_not: tuple[str, ...] = ()
    group: str = Field(min_length=1)

    @property
    def half(self) -> Half:
        """Decided by the SHA-256 of the group, so that it never depends on what else is asked."""
        even = hashlib.sha256(self.group.encode()).digest()[0] % 2 == 0
        return Half.DEVELOPMENT if even else Half.TEST


def read(path: Path) -> tuple[Case, ...]:
    """The cases of a file, or of all .jsonl files of a folder. Raises QuestionError naming file, line and mistake."""
    files = sorted(path.glob("*.jsonl")) if path.is_dir() else [path]
    if not files:
        raise QuestionError(f"{path} holds no .jsonl file; name a file or folder of questions.")
    cases: dict[str, Case] = {}
    for file in files:
        for number, line in enumerate(_lines(file), start=1):
            if not line.strip():
                continue
            case = _case(line, f"{file}:{number}")
            if case.id in cases:
                raise QuestionError(f"{file}:{number}: the id '{case.id}' is there twice; give each question its own.")
            cases[case.id] = case
    return tuple(cases.values())


def _lines(file: Path) -> list[str]:
    try:
        return file.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise QuestionError(f"{file} cannot be read as UTF-8 text: {error}") from error


def _case(line: str, place: str) -> Case:
    try:
        case = Case.model_validate_json(line)
    except ValidationError as error:
        told = "; ".join(f"{'.'.join(map(str, e['loc'])) or 'the line'}: {e['msg']}" for e in error.errors())
        raise QuestionError(f"{place}: {told}") from error
    if case.expects is Status.ANSWERED and not (case.evidence and case.nuggets):
        raise QuestionError(f"{place}: a question that expects an answer needs evidence and nuggets.")
    return case
