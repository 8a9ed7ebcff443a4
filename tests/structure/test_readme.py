"""The README tells the truth: its commands run, its settings are the settings, its files are there."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from chatbot.settings import Settings
from tests.conftest import BRIEF_TEXT, ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = [line.strip() for line in README.splitlines() if line.startswith("    .venv/bin/chatbot ")]


def _table(heading: str) -> list[list[str]]:
    rows = README.split(f"## {heading}\n")[1].split("\n## ")[0].splitlines()
    cells = [[cell.strip() for cell in row.strip("|").split("|")] for row in rows if row.startswith("|")]
    return cells[2:]


def test_every_setting_has_its_row_and_its_sentence() -> None:
    """The table of settings holds each setting once, with the sentence that the code has."""
    table = {row[0].strip("`"): row[2] for row in _table("Settings")}
    assert table == {field.alias: field.description for field in Settings.model_fields.values()}


@pytest.mark.parametrize("name", Settings.model_fields)
def test_the_default_in_the_table_is_the_default_in_the_code(name: str) -> None:
    """A plain default is written as it is; folders are written below the repository."""
    field = Settings.model_fields[name]
    written = {row[0].strip("`"): row[1].strip("`") for row in _table("Settings")}[str(field.alias)]
    if isinstance(field.default, Path):
        assert ROOT / written == field.default
    elif isinstance(field.default, tuple):
        assert written == ",".join(field.default)
    elif isinstance(field.default, float):
        assert float(written) == field.default
    elif field.default is not None and name != "model_sha256":
        assert written == str(field.default)


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_is_used(name: str) -> None:
    """A setting that nothing reads would be a promise not kept."""
    files = [path for path in (ROOT / "chatbot").rglob("*.py") if path.name != "settings.py"]
    reading = re.compile(rf"(settings|values|tried)\.{name}\b")
    assert any(reading.search(path.read_text(encoding="utf-8")) for path in files)


def test_every_file_that_is_named_is_there() -> None:
    """Paths in backticks and links lead somewhere."""
    named = re.findall(r"`((?:chatbot|corpus|index|prompts|tests)/[\w/.-]*)`", README)
    named += re.findall(r"\]\(((?!https?:)[^)#]+)\)", README)
    assert [path for path in named if not (ROOT / path).exists()] == []
    assert len(named) > 5


def test_every_make_target_that_is_named_exists() -> None:
    """Make is told to do only what the Makefile can do."""
    targets = set(re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert set(re.findall(r"(?:`|^    )make ([a-z]+)\b", README, re.MULTILINE)) <= targets


def test_the_licence_is_that_of_the_package() -> None:
    """README and package name the same licence, and its text lies beside them."""
    assert 'license = "Apache-2.0"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert "Apache-2.0" in README.split("## Licence")[1]


@pytest.mark.slow
def test_the_commands_run(tmp_path: Path, real_settings: Settings) -> None:
    """Every command of the README runs in the order written, on the repository's corpus."""
    shutil.copytree(real_settings.index_dir, tmp_path / "index")
    text = tmp_path / "text.txt"
    text.write_bytes(BRIEF_TEXT.read_bytes())
    places = {"CHATBOT_INDEX_DIR": str(tmp_path / "index"), "CHATBOT_DATA_DIR": str(tmp_path / "instance")}
    assert len(COMMANDS) >= 8
    for command in COMMANDS:
        words = shlex.split(command)[1:]
        _run([str(text) if word == "FILE" else word for word in words], places)


def _run(words: list[str], places: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "chatbot.cli", *words],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env={**os.environ, **places},
    )
    assert done.returncode == 0, f"chatbot {' '.join(words)}: {done.stderr}"
