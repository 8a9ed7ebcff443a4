"""Values are written one a line and read by their number."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from chatbot.retrieval.records import Records, read_json, write, write_json

TEXTS = TypeAdapter(str)
VALUES = ["lamp", "", "two\nlines\u2028\x85", "图书馆 📚", '"quoted" \\ \x00', "a" * 10_000]

Written = Callable[[list[str]], Records[str]]


@pytest.fixture
def written(tmp_path: Path) -> Written:
    """Writes values and opens them."""

    def opened(values: list[str]) -> Records[str]:
        write(tmp_path / "values.jsonl", TEXTS, values)
        return Records(tmp_path / "values.jsonl", TEXTS)

    return opened


def test_read_by_number(written: Written) -> None:
    """Each value is read by its number, as it was written, in any order."""
    found = written(VALUES)
    assert [found[i] for i in (5, 0, 3, 1, 4, 2)] == [VALUES[i] for i in (5, 0, 3, 1, 4, 2)]


def test_read_in_order(written: Written) -> None:
    """All values are read in the order in which they were written."""
    found = written(VALUES)
    assert (list(found), len(found)) == (VALUES, 6)


def test_no_values(written: Written) -> None:
    """A file of no values is read as such."""
    found = written([])
    assert (list(found), len(found)) == ([], 0)


@pytest.mark.parametrize("number", [-1, 6, 10**9])
def test_no_such_number(written: Written, number: int) -> None:
    """A number beyond the values is an error, and counting from the end is not offered."""
    with pytest.raises(IndexError):
        written(VALUES)[number]


def test_one_line_a_value(written: Written, tmp_path: Path) -> None:
    """The file has one line of JSON for each value, readable by any tool."""
    written(VALUES)
    lines = (tmp_path / "values.jsonl").read_bytes().rstrip(b"\n").split(b"\n")
    assert [json.loads(line) for line in lines] == VALUES


def test_cut_file_is_not_read_as_something_else(written: Written, tmp_path: Path) -> None:
    """A value whose line was cut short is an error, not another value."""
    written(VALUES)
    (tmp_path / "values.jsonl").write_bytes((tmp_path / "values.jsonl").read_bytes()[:3])
    with pytest.raises(ValidationError):
        Records(tmp_path / "values.jsonl", TEXTS)[0]


@pytest.mark.parametrize("name", ["values.jsonl", "values.offsets.npy"])
def test_missing_file(written: Written, tmp_path: Path, name: str) -> None:
    """Without the lines or the offsets nothing is read."""
    written(VALUES)
    (tmp_path / name).unlink()
    with pytest.raises(FileNotFoundError):
        Records(tmp_path / "values.jsonl", TEXTS)


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=20), max_size=8))
def test_any_texts(tmp_path_factory: pytest.TempPathFactory, values: list[str]) -> None:
    """Whatever the texts, they are read as they were written."""
    file = tmp_path_factory.mktemp("values") / "values.jsonl"
    write(file, TEXTS, values)
    assert list(Records(file, TEXTS)) == values


@pytest.mark.parametrize("value", [[], {}, {"图书馆": [1, None, "📚\n"]}, "", 0])
def test_small_value(tmp_path: Path, value: object) -> None:
    """A small value is read as it was written."""
    write_json(tmp_path / "value.json", value)
    assert read_json(tmp_path / "value.json") == value


def test_small_value_is_readable_by_people(tmp_path: Path) -> None:
    """Letters of other scripts stand in the file as themselves, and it ends with a line end."""
    write_json(tmp_path / "value.json", {"name": "图书馆"})
    assert (tmp_path / "value.json").read_text("utf-8") == '{\n "name": "图书馆"\n}\n'
