"""Questions -> how long answers take, step by step."""

import math
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from chatbot.errors import QuestionError
from chatbot.model import Answer, Question

EMBED = "embed"


@dataclass(frozen=True, slots=True)
class Timing:
    """Milliseconds of whole answers, and the median milliseconds of each step, over the questions asked."""

    questions: int
    p50: float
    p95: float
    per_second: float
    steps: tuple[tuple[str, float], ...]
    embedding: float
    all_else: float


def timed(answer: Callable[[Question], Answer], questions: Sequence[Question], *, rounds: int = 3) -> Timing:
    """Ask every question once to warm up, then rounds times, one after the other. Raises QuestionError without any."""
    if not questions:
        raise QuestionError("There is no question to measure with; give a file with one JSON object a line.")
    for question in questions:
        answer(question)
    milliseconds: list[float] = []
    steps: dict[str, list[float]] = {}
    embedding: list[float] = []
    all_else: list[float] = []
    for _ in range(rounds):
        for question in questions:
            start = time.perf_counter()
            trace = dict(answer(question).trace)
            milliseconds.append((time.perf_counter() - start) * 1000)
            timed_steps = {k.removeprefix("ms "): float(v) for k, v in trace.items() if k.startswith("ms ")}
            for name, value in timed_steps.items():
                steps.setdefault(name, []).append(value)
            if EMBED in timed_steps:
                embedding.append(timed_steps[EMBED])
                all_else.append(milliseconds[-1] - timed_steps[EMBED])
    return Timing(
        questions=len(milliseconds),
        p50=statistics.median(milliseconds),
        p95=quantile(milliseconds, 0.95),
        per_second=len(milliseconds) / (sum(milliseconds) / 1000),
        steps=tuple((name, statistics.median(values)) for name, values in steps.items()),
        embedding=statistics.median(embedding) if embedding else 0.0,
        all_else=statistics.median(all_else) if all_else else 0.0,
    )


def quantile(values: Sequence[float], q: float) -> float:
    """The smallest value that at least a share q of the values does not exceed."""
    ordered = sorted(values)
    return ordered[max(math.ceil(q * len(ordered)) - 1, 0)]


def resident_megabytes(pid: str = "self") -> float:
    """Memory of a process that is in RAM (Linux; 0 elsewhere)."""
    return _megabytes(Path(f"/proc/{pid}/status"), "VmRSS:")


def unique_megabytes(pid: int) -> float:
    """Memory that would be freed if a process ended, not shared with others (Linux; 0 elsewhere)."""
    rollup = Path(f"/proc/{pid}/smaps_rollup")
    return _megabytes(rollup, "Private_Clean:") + _megabytes(rollup, "Private_Dirty:")


def _megabytes(path: Path, field: str) -> float:
    try:
        lines = path.read_text(encoding="ascii").splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith(field)), 0.0)
