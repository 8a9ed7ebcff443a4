"""`chatbot evaluate retrieval` over three files, with the real model."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from chatbot.cli import main

PASSAGES = {"a": "The caretaker repairs lamps within three days.", "b": "Chairs are counted every winter."}


def run(folder: Path, *more: str, grades: str = "q\t0\tb\t1\n") -> Result:
    lines = [json.dumps({"id": id_, "text": text}) for id_, text in PASSAGES.items()]
    (folder / "p.jsonl").write_text("\n".join(lines), encoding="utf-8")
    (folder / "q.jsonl").write_text('{"id": "q", "text": "When are chairs counted?"}', encoding="utf-8")
    (folder / "r.tsv").write_text(grades, encoding="utf-8")
    files = [("--passages", "p.jsonl"), ("--questions", "q.jsonl"), ("--qrels", "r.tsv")]
    words = [word for option, name in files for word in (option, str(folder / name))]
    return CliRunner().invoke(main, ["evaluate", "retrieval", *words, *more])


def test_a_bad_file_is_one_sentence(tmp_path: Path) -> None:
    """File and line are named on standard error, and nothing is built."""
    result = run(tmp_path, grades="q b\n")
    assert isinstance(result.exception, SystemExit)
    assert "r.tsv, line 1 has 2 columns" in result.stderr
    assert result.stdout == ""


@pytest.mark.slow
def test_a_collection_is_measured(tmp_path: Path) -> None:
    """Measures with n and interval, times and memory are printed, for all engines together and for one alone."""
    result = run(tmp_path, "--engine", "words", "--index", str(tmp_path / "kept"))
    assert result.exit_code == 0, result.output
    for said in ("all: ", "words: ", "recall@10", "MAP@10", "nDCG@10", "MRR@10", "n = 1", "2 passages ready"):
        assert said in result.stdout


@pytest.mark.slow
def test_the_measures_as_json(tmp_path: Path) -> None:
    """The same as one JSON object, at another depth."""
    found = json.loads(run(tmp_path, "--json", "--depth", "1").stdout)
    assert [measure["name"] for measure in found["results"][0]["measures"]] == ["recall@1", "MAP@1", "nDCG@1", "MRR@1"]
    assert found["results"][0]["measures"][0]["mean"] == 1
    assert found["passages"] == 2
    assert found["building_seconds"] > 0
    assert found["peak_megabytes"] > 1
