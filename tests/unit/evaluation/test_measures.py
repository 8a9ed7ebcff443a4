"""Cases and answers become measures, with intervals; what is undefined is left out."""

from pathlib import Path

import pytest

from chatbot.errors import QuestionError
from chatbot.evaluation import measures, questions, running
from chatbot.evaluation.questions import Case
from chatbot.evaluation.scoring import Scored, holds, scored, shares
from chatbot.model import Answer, Status


def case(id_: str, *, kind: str = "fact", language: str = "en", expects: Status = Status.ANSWERED) -> Case:
    evidence = [{"document": "d", "section": "s", "words": "lamps are mended in two days"}]
    held = {"evidence": evidence, "nuggets": [["two days", "2 days"]]} if expects is Status.ANSWERED else {}
    asked = {"id": id_, "kind": kind, "language": language, "question": "How fast?", "group": "g", "expects": expects}
    return Case.model_validate(asked | held)


def answered(one: Case, message: str, status: Status = Status.ANSWERED) -> Scored:
    return scored(one, Answer(status, message=message), (), 10.0)


@pytest.mark.parametrize(
    ("words", "text", "stands"),
    [
        ("48", "within 48.", True),
        ("48", "1,480 or 48.5", False),
        ("minor", "where MINORS are", True),
        ("EU", "European", False),
        ("O'Rourke", "Ms. O’Rourke", True),
    ],
)
def test_wordings_stand_as_whole_numbers_and_words(words: str, text: str, stands: bool) -> None:
    """Numbers and short words are whole; longer words may go on; forms of quotation marks do not matter."""
    assert holds(words, text) is stands


def test_gold_words_are_found_in_a_run() -> None:
    """A passage that shares eight of them in a row holds them, one that shares fewer does not."""
    gold = "one two three four five six seven eight nine ten"
    assert shares(gold, "zero one two three four five six seven eight")
    assert not shares(gold, "one two three four five six seven and eight")


def test_an_answer_is_right_with_all_its_facts() -> None:
    """And an abstention where there is none."""
    assert answered(case("a"), "In 2 days.").correct
    assert not answered(case("b"), "In 3 days.").correct
    assert not answered(case("c"), "In 2 days.", Status.NOT_IN_SOURCES).correct
    assert answered(case("d", expects=Status.NOT_IN_SOURCES), "No.", Status.OUT_OF_SCOPE).correct


def test_shares_come_with_wilsons_interval() -> None:
    """8 of 10: 0.49 to 0.94 (Wilson 1927)."""
    found = measures.share("x", [True] * 8 + [False] * 2)
    assert found is not None
    assert (found.mean, found.n) == (0.8, 10)
    assert found.low == pytest.approx(0.4902, abs=1e-3)
    assert found.high == pytest.approx(0.9433, abs=1e-3)


def test_what_has_no_case_is_no_measure() -> None:
    """Undefined is not zero."""
    names = {measure.name for measure in measures.headline([answered(case("a"), "In 2 days.")])}
    assert "correct" in names
    assert not names & {"unsafe", "abstention precision", "follow-ups correct", "list completeness"}


def test_a_language_is_measured_against_its_english_twin() -> None:
    """One right in English and wrong in French is a gap of 1."""
    pair = [answered(case("a"), "In 2 days."), answered(case("b", language="fr"), "Non.")]
    assert measures.gaps(pair)["fr"].mean == 1


def test_the_chance_of_a_change_is_exact() -> None:
    """Five won and none lost: 2 / 32."""
    assert measures.exact_mcnemar(5, 0) == pytest.approx(0.0625)
    assert measures.exact_mcnemar(0, 0) == 1


def test_two_runs_are_compared_case_by_case(tmp_path: Path) -> None:
    """A run that was kept is read again as it was."""
    before, after = [answered(case("a"), "No.")], [answered(case("a"), "In 2 days.")]
    running.keep(before, {"variant": "x"}, tmp_path / "run")
    won, lost = running.changed(running.kept(tmp_path / "run"), after)
    assert ([w.case.id for w in won], lost) == (["a"], [])
    assert "<svg" in (tmp_path / "run" / running.REPORT).read_text(encoding="utf-8")


@pytest.mark.parametrize("line", ["{", '{"id": "a"}', "[]"])
def test_a_bad_line_is_named(tmp_path: Path, line: str) -> None:
    """With its file and number."""
    file = tmp_path / "q.jsonl"
    file.write_text(f"\n{line}\n", encoding="utf-8")
    with pytest.raises(QuestionError, match=r"q\.jsonl:2"):
        questions.read(file)


def test_all_questions_of_a_group_lie_in_one_half() -> None:
    """The half depends on the group alone."""
    assert case("a").half == case("z", kind="typo").half
