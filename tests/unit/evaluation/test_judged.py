"""Files of a judged collection are read in both forms, and what is wrong is told with file and line."""

from pathlib import Path

import pytest

from chatbot.errors import SourceError
from chatbot.evaluation import judged
from chatbot.evaluation.judged import Judged

PASSAGES = (
    '{"id": "p1", "text": "Lamps are repaired."}\n\n{"_id": 2, "title": "Chairs", "text": "Chairs are counted."}\n'
)
QUESTIONS = '{"id": "q1", "text": "Who repairs lamps?"}\n{"id": "q2", "text": "Who sings?"}\n'
FOUR = "q1 0 p1 1\nq1 0 2 0\nq2 0 p1 0\n".replace(" ", "\t")


def read(folder: Path, passages: str = PASSAGES, questions: str = QUESTIONS, grades: str = FOUR) -> Judged:
    paths = [folder / name for name in ("p.jsonl", "q.jsonl", "r.tsv")]
    for path, text in zip(paths, (passages, questions, grades), strict=True):
        path.write_text(text, encoding="utf-8")
    return judged.read(*paths)


def test_both_forms_of_judgements_read_alike(tmp_path: Path) -> None:
    """Four columns, and three below a header, give the same judgements."""
    three = "query-id\tcorpus-id\tscore\nq1\tp1\t1\nq1\t2\t0\nq2\tp1\t0\n"
    assert read(tmp_path).judgements == read(tmp_path, grades=three).judgements == {"q1": {"p1": 1, "2": 0}}


def test_questions_without_a_relevant_passage_are_left_out(tmp_path: Path) -> None:
    """Only a question that some passage answers is asked; ids may be numbers, a title is kept apart."""
    found = read(tmp_path)
    assert [question.id for question in found.questions] == ["q1"]
    assert [(p.id, p.title, p.text) for p in found.passages][1] == ("2", "Chairs", "Chairs are counted.")


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"passages": '{"id": "p1", "text": "a"}\n{oops\n'}, "p.jsonl, line 2 is no JSON"),
        ({"passages": "[1]\n"}, "p.jsonl, line 1 is no JSON object"),
        ({"passages": '{"text": "a"}\n'}, "p.jsonl, line 1: 'id' must be"),
        ({"passages": '{"id": "p1", "text": 5}\n'}, "p.jsonl, line 1: 'text' must be"),
        ({"passages": '{"id": "p1", "text": "a"}\n{"id": "p1", "text": "b"}\n'}, "line 2: the id 'p1' stands twice"),
        ({"questions": "\n"}, "q.jsonl has no line"),
        ({"grades": "q1 p1\n"}, "r.tsv, line 1 has 2 columns"),
        ({"grades": "q1\t0\tp1\tyes\n"}, "r.tsv, line 1: the grade 'yes' is no whole number"),
        ({"grades": "query-id\tcorpus-id\tscore\n"}, "r.tsv has no judgement"),
        ({"grades": "other\t0\tp1\t1\n"}, "No question of"),
        ({"grades": "q1\t0\tother\t1\n"}, "No judged passage of"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(tmp_path: Path, files: dict[str, str], said: str) -> None:
    """A bad file gives one sentence with file, line and cure."""
    with pytest.raises(SourceError, match=said):
        read(tmp_path, **files)


def test_a_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    """Bytes that are not UTF-8 are named as such."""
    (tmp_path / "p.jsonl").write_bytes(b'{"id": "p1", "text": "\xff"}')
    with pytest.raises(SourceError, match="no text in UTF-8"):
        judged.read(tmp_path / "p.jsonl", tmp_path / "p.jsonl", tmp_path / "p.jsonl")
