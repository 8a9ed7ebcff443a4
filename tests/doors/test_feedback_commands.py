"""Feedback from the command line: exported, counted, deleted."""

import csv
import datetime
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from chatbot.cli import main
from chatbot.feedback import Feedback, Opinion
from chatbot.model import Status
from chatbot.storage import feedback as module
from chatbot.storage.database import FILE, Database
from chatbot.storage.feedback import FeedbackStore

TODAY = datetime.datetime.now(datetime.UTC).date()
FORMULAS = ["=1+1", "+1", "-1", "@SUM(1)", "\t=1", "＝1+1", '=HYPERLINK("http://x.example","click")']
PASSAGE = "no-library-act-2022:digest:s-12:0"


def run(folder: Path, *words: str, **env: str) -> Result:
    """Run `chatbot feedback …` over an instance folder."""
    return CliRunner().invoke(main, ["feedback", *words], env={"CHATBOT_DATA_DIR": str(folder), **env})


def give(
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    days_ago: int = 0,
    opinion: Opinion = Opinion.USEFUL,
    comment: str = "",
    passages: tuple[str, ...] = (PASSAGE,),
    status: Status = Status.ANSWERED,
) -> datetime.date:
    """Keep feedback as of some days ago; gives the day."""
    day = TODAY - datetime.timedelta(days=days_ago)
    with monkeypatch.context() as then:
        then.setattr(module, "_today", lambda: day)
        FeedbackStore(Database(folder), 365).add(Feedback(opinion, "snapshot", status, passages, comment, ""))
    return day


def exported(folder: Path, *options: str) -> list[dict[str, str]]:
    """The rows of an export as CSV."""
    text = run(folder, "export", *options).stdout
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text[1:])))


def test_an_export_holds_everything_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A row each, oldest first, with line breaks and quotation marks as they were written."""
    comment = 'First line, with "marks"\nand; a second — é'
    days = [give(tmp_path, monkeypatch, ago, comment=comment) for ago in (3, 2)]
    rows = exported(tmp_path)
    assert [row["given_on"] for row in rows] == [day.isoformat() for day in days]
    assert rows[0] == {
        "given_on": days[0].isoformat(),
        "opinion": "useful",
        "status": "answered",
        "snapshot_id": "snapshot",
        "passages": PASSAGE,
        "comment": comment,
        "question": "",
    }


@pytest.mark.parametrize("comment", FORMULAS)
def test_no_cell_is_a_formula(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, comment: str) -> None:
    """What a spreadsheet program would compute begins with an apostrophe, in the comment as elsewhere."""
    give(tmp_path, monkeypatch, comment=comment, passages=("=cmd:digest:a:0",))
    [row] = exported(tmp_path)
    assert (row["comment"], row["passages"]) == ("'" + comment, "'=cmd:digest:a:0")


def test_json_lines_hold_what_was_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """For programs nothing is neutralised, and a line is a row whatever the comment holds."""
    give(tmp_path, monkeypatch, comment="=1\n2", passages=(PASSAGE, "a:b:c:d"))
    [line] = run(tmp_path, "export", "--format", "jsonl").stdout.splitlines()
    assert json.loads(line)["comment"] == "=1\n2"
    assert json.loads(line)["passages"] == [PASSAGE, "a:b:c:d"]


def test_an_export_goes_into_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file that is named gets what would be printed."""
    give(tmp_path, monkeypatch)
    printed = run(tmp_path, "export").stdout
    assert run(tmp_path, "export", "--output", str(tmp_path / "out.csv")).exit_code == 0
    assert (tmp_path / "out.csv").read_bytes().decode().replace("\r\n", "\n") == printed.replace("\r\n", "\n")


def test_since_and_before_count_whole_days(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An export since a day holds that day; a deletion before a day leaves it."""
    days = [give(tmp_path, monkeypatch, ago) for ago in (3, 2, 1)]
    middle = days[1].isoformat()
    assert [row["given_on"] for row in exported(tmp_path, "--since", middle)] == [d.isoformat() for d in days[1:]]
    assert run(tmp_path, "delete", "--before", middle).stdout == f"Deleted 1 given before {middle}.\n"
    assert [row["given_on"] for row in exported(tmp_path)] == [day.isoformat() for day in days[1:]]


def test_what_is_too_old_is_not_exported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Feedback older than the setting allows is gone when a command reads, and stays gone."""
    give(tmp_path, monkeypatch, 11)
    give(tmp_path, monkeypatch, 10)
    assert run(tmp_path, "summary", CHATBOT_FEEDBACK_DAYS="10").stdout.startswith("1 given")
    assert len(exported(tmp_path)) == 1


def test_the_summary_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Opinions are counted in all and by status; passages by the answers that were said to cite wrongly."""
    first = give(tmp_path, monkeypatch, 5)
    give(tmp_path, monkeypatch, 1, Opinion.MISSING_SOURCE, status=Status.NOT_HELD)
    give(tmp_path, monkeypatch, 0, Opinion.WRONG_CITATION, passages=(PASSAGE, "a:b:c:d"))
    last = give(tmp_path, monkeypatch, 0, Opinion.WRONG_CITATION)
    assert run(tmp_path, "summary").stdout.splitlines() == [
        f"4 given, {first} to {last}",
        "useful 1, not useful 0, a citation is wrong 2, a source is missing 1",
        "  answered: useful 1, a citation is wrong 2",
        "  not held: a source is missing 1",
        "Passages of answers with a wrong citation:",
        f"  2 {PASSAGE}",
        "  1 a:b:c:d",
    ]


@pytest.mark.parametrize("words", [("summary",), ("export",), ("delete", "--before", "2026-01-01")])
def test_without_feedback_commands_make_nothing(tmp_path: Path, words: tuple[str, ...]) -> None:
    """Where nothing was ever given the commands say so and leave no file."""
    assert run(tmp_path, *words).exit_code == 0
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("export", "--since", "yesterday"), "does not match the format"),
        (("export", "--format", "xml"), "'xml' is not one of 'csv', 'jsonl'"),
        (("delete",), "Missing option '--before'"),
    ],
)
def test_a_mistake_is_told(tmp_path: Path, words: tuple[str, ...], told: str) -> None:
    """A wrong option ends with what it must be."""
    failed = run(tmp_path, *words)
    assert failed.exit_code == 2
    assert told in failed.stderr


def test_a_damaged_database_is_told(tmp_path: Path) -> None:
    """The sentence names the file and what to do; there is no traceback."""
    (tmp_path / FILE).write_bytes(b"damaged" * 100)
    failed = run(tmp_path, "summary")
    assert isinstance(failed.exception, SystemExit)
    assert failed.exit_code == 1
    assert f"{tmp_path / FILE} cannot be used" in failed.stderr
