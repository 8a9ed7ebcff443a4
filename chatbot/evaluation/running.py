"""Cases -> scored cases, asked one after the other; a run is kept in a folder and compared with another."""

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from chatbot.errors import QuestionError
from chatbot.evaluation import measures, report
from chatbot.evaluation.questions import Case
from chatbot.evaluation.scoring import Scored, scored
from chatbot.model import Answer, Hit, Question
from chatbot.ports import Progress

CASES, RUN, REPORT = "cases.jsonl", "run.json", "report.html"
_SCORED = TypeAdapter(Scored)

Answerer = Callable[[Question], Answer]
Searcher = Callable[[Question], Sequence[Hit]]
"""Gives the passages found for a question, best first."""


def run(
    cases: Sequence[Case], answer: Answerer, search: Searcher, progress: Progress = lambda done: None
) -> list[Scored]:
    """Ask every case and score what comes."""
    result = []
    for case in cases:
        question = Question(case.question, case.turns)
        start = time.perf_counter()
        given = answer(question)
        milliseconds = (time.perf_counter() - start) * 1000
        result.append(scored(case, given, search(question), milliseconds))
        progress(1)
    return result


def keep(found: Sequence[Scored], about: dict[str, object], folder: Path) -> None:
    """Write every case, what the run was made with and its measures, and a page to read, into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = (_SCORED.dump_json(case).decode() for case in found)
    (folder / CASES).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    told = {**about, "cases": len(found), "measures": [asdict(m) for m in measures.headline(found)]}
    (folder / RUN).write_text(json.dumps(told, indent=2, ensure_ascii=False, default=str), encoding="utf-8")
    (folder / REPORT).write_text(report.page(found, about), encoding="utf-8")


def kept(folder: Path) -> list[Scored]:
    """The cases of a run. Raises QuestionError where the folder holds no run."""
    try:
        return [_SCORED.validate_json(line) for line in (folder / CASES).read_text(encoding="utf-8").splitlines()]
    except (OSError, UnicodeDecodeError, ValidationError) as error:
        raise QuestionError(f"{folder} holds no run of 'chatbot evaluate --output': {error}") from error


def changed(before: Sequence[Scored], after: Sequence[Scored]) -> tuple[list[Scored], list[Scored]]:
    """What a change won and what it lost: cases that both runs asked, as they are after it."""
    were = {case.case.id: case.correct for case in before}
    both = [case for case in after if case.case.id in were]
    won = [case for case in both if case.correct and not were[case.case.id]]
    return won, [case for case in both if were[case.case.id] and not case.correct]
