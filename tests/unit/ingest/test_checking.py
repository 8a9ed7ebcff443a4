"""All cards together: how many there are of each sort, and what is wrong between them."""

from pathlib import Path

import pytest

from chatbot.errors import CardError
from chatbot.ingest.checking import check
from chatbot.ingest.sources import Sources
from tests.conftest import BRIEF_TEXT, GUIDE

ACT, BILL = "laws/no-library-act-2022.md", "laws/cl-dry-archive-bill-2025.md"


def _change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_the_cards_are_counted(corpus_dir: Path, sources: Sources) -> None:
    """Each sort is counted, in alphabetical order, and a good corpus has no problems."""
    found = check(corpus_dir, sources)
    assert (found.documents, found.problems) == (3, ())
    assert found.counts == {
        "annex": {"B": 2, "brief": 1},
        "kind": {"act": 1, "bill": 1, "issue-brief": 1},
        "jurisdiction": {"CL": 1, "INT": 1, "NO": 1},
        "status": {"bill": 1, "in force": 1, "published": 1},
        "coverage": {"digest": 3},
        "confidence": {"high": 1, "low": 1, "not stated": 1},
    }


def test_an_official_text_is_counted(corpus_dir: Path, sources: Sources) -> None:
    """A document whose official text is held is counted as held."""
    sources.add(BRIEF_TEXT, GUIDE)
    assert check(corpus_dir, sources).counts["coverage"] == {"digest": 2, "official": 1}


@pytest.mark.parametrize("name", ["Norwegian Library Act", "norwegian library act", "LIBRARY ACT 2022"])
def test_a_name_of_two_documents_is_told(corpus_dir: Path, sources: Sources, name: str) -> None:
    """A name that two documents claim, in any case, is told with both."""
    _change(corpus_dir / BILL, "issuer:", f"aliases: [{name}]\nissuer:")
    (problem,) = check(corpus_dir, sources).problems
    assert f"'{name.casefold()}' is a name of" in problem
    assert "no-library-act-2022" in problem
    assert "cl-dry-archive-bill-2025" in problem


def test_a_place_of_two_documents_is_told(corpus_dir: Path, sources: Sources) -> None:
    """A place of an annex that two documents claim is told; the same place of another annex is not."""
    _change(corpus_dir / ACT, "annex: [B]", "annex: [{part: B, place: 1}]")
    _change(corpus_dir / BILL, "annex: [B]", "annex: [{part: B, place: 1}, {part: C, place: 2}]")
    (problem,) = check(corpus_dir, sources).problems
    assert "annex: place 1 of annex B is taken by" in problem


def test_no_place_is_taken_by_nobody(corpus_dir: Path, sources: Sources) -> None:
    """Documents without a place do not share one."""
    _change(corpus_dir / ACT, "annex: [B]", "annex: [{part: B, place: 0}, A]")
    assert check(corpus_dir, sources).problems == ()


def test_the_mistakes_of_files_are_told_too(corpus_dir: Path, sources: Sources) -> None:
    """A bad card and a bad glossary are told, and the others are counted."""
    _change(corpus_dir / ACT, "year: 2022", "year: soon")
    (corpus_dir / "regions.yaml").write_text("colour: red", encoding="utf-8")
    found = check(corpus_dir, sources)
    assert found.documents == 2
    assert [Path(problem.split(": ")[0]).name for problem in found.problems] == [Path(ACT).name, "regions.yaml"]


def test_a_mistake_in_the_exemplars_is_told(corpus_dir: Path, sources: Sources) -> None:
    """An intent that nobody knows is named with its file."""
    (corpus_dir / "intents.yaml").write_text("mischief: [Hide the lamp.]", encoding="utf-8")
    (problem,) = check(corpus_dir, sources).problems
    assert problem.startswith(f"{corpus_dir / 'intents.yaml'}: mischief")


def test_a_missing_folder_is_told(tmp_path: Path, sources: Sources) -> None:
    """Without a folder of cards there is nothing to count."""
    with pytest.raises(CardError, match="there is no such folder"):
        check(tmp_path / "nowhere", sources)


def test_an_empty_folder_has_no_problems(tmp_path: Path, sources: Sources) -> None:
    """Nothing gives nothing."""
    found = check(tmp_path, sources)
    assert (found.documents, found.counts, found.problems) == (0, {}, ())
