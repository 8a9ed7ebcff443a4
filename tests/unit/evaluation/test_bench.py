"""How long answers take."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.answering.assistant import Assistant
from chatbot.evaluation.bench import quantile, resident_megabytes, timed, unique_megabytes
from chatbot.model import Answer, Question, Status

linux = pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="memory is read from /proc, which Linux has")
QUESTIONS = (Question("one"), Question("two"))


class Scripted:
    """Answers with the traces it was given, in turn, and remembers what it was asked."""

    def __init__(self, *traces: tuple[tuple[str, str], ...]) -> None:
        self._traces = traces
        self.asked: list[str] = []

    def __call__(self, question: Question) -> Answer:
        """The next answer."""
        trace = self._traces[len(self.asked) % len(self._traces)]
        self.asked.append(question.text)
        return Answer(Status.ANSWERED, trace=trace)


def test_every_question_is_asked_once_to_warm_up_and_once_a_round() -> None:
    """The order is kept; the warming round is not counted."""
    answer = Scripted(())
    timing = timed(answer, QUESTIONS, rounds=2)
    assert answer.asked == ["one", "two"] * 3
    assert timing.questions == 4


def test_steps_are_told_by_their_median_in_the_order_of_the_trace() -> None:
    """What the trace says besides times is left out."""
    warm = (("ms embed", "99"), ("ms search", "99"))
    answer = Scripted(
        warm,
        (("intent", "question"), ("ms embed", "1"), ("ms search", "5")),
        (("ms embed", "2"), ("ms search", "7")),
        (("ms embed", "6"), ("ms search", "9")),
    )
    timing = timed(answer, QUESTIONS[:1], rounds=3)
    assert timing.steps == (("embed", 2.0), ("search", 7.0))
    assert timing.embedding == 2.0


def test_answers_without_embedding_do_not_count_as_fast_ones() -> None:
    """A greeting embeds nothing; it lowers no median of embedding."""
    timing = timed(Scripted((("ms embed", "4"),), (("ms understand", "1"),)), QUESTIONS, rounds=2)
    assert timing.embedding == 4.0
    assert dict(timing.steps) == {"embed": 4.0, "understand": 1.0}


def test_nothing_embedded_is_zero() -> None:
    """No median of nothing is taken."""
    timing = timed(Scripted(()), QUESTIONS)
    assert (timing.embedding, timing.all_else, timing.steps) == (0.0, 0.0, ())


def test_what_is_not_embedding_is_all_else() -> None:
    """Embedding and all else are together the whole answer."""
    timing = timed(Scripted((("ms embed", "1000"),)), QUESTIONS[:1], rounds=1)
    assert timing.all_else == pytest.approx(timing.p50 - 1000)


def test_the_numbers_fit_together() -> None:
    """The median does not exceed the slow end, and one after the other gives so many a second."""
    timing = timed(Scripted(()), QUESTIONS, rounds=1)
    assert 0 < timing.p50 <= timing.p95
    assert timing.per_second == pytest.approx(2 / (2 * timing.p50 / 1000))


def test_real_answers_can_be_timed(assistant: Assistant) -> None:
    """The steps of an answer are those that its trace names."""
    timing = timed(assistant.answer, [Question("How fast must a lamp be repaired in Norway?")], rounds=1)
    steps = ["understand", "embed", "list", "search", "rerank", "read", "compose"]
    assert [name for name, _ in timing.steps] == steps
    assert sum(value for _, value in timing.steps) <= timing.p50 + 0.05


@pytest.mark.parametrize(
    ("values", "q", "expected"),
    [
        ([5.0], 0.95, 5.0),
        ([5.0], 0.0, 5.0),
        ([3.0, 1.0, 2.0], 0.5, 2.0),
        ([3.0, 1.0, 2.0, 4.0], 0.5, 2.0),
        ([3.0, 1.0, 2.0], 1.0, 3.0),
        ([3.0, 1.0, 2.0], 0.0, 1.0),
        (list(map(float, range(1, 101))), 0.95, 95.0),
    ],
)
def test_a_quantile_is_a_value_that_was_measured(values: list[float], q: float, expected: float) -> None:
    """Nothing is interpolated."""
    assert quantile(values, q) == expected


@given(st.lists(st.floats(0, 1000), min_size=1, max_size=40), st.floats(0, 1))
def test_a_share_q_of_the_values_does_not_exceed_the_quantile(values: list[float], q: float) -> None:
    """That is what a quantile is, and no smaller value does."""
    found = quantile(values, q)
    assert sum(value <= found for value in values) >= q * len(values)
    assert sum(value < found for value in values) < max(q * len(values), 1)


@linux
@pytest.mark.parametrize("measure", [resident_megabytes, lambda: unique_megabytes(os.getpid())])
def test_memory_of_this_process_is_some_megabytes(measure: Callable[[], float]) -> None:
    """A Python process has more than four and less than 100,000."""
    assert 4 < measure() < 100_000


@linux
def test_memory_is_megabytes_and_not_kilobytes() -> None:
    """Memory in RAM is what the kernel says in kB, by 1,024."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    kilobytes = int(status.split("VmRSS:")[1].split()[0])
    assert resident_megabytes() == pytest.approx(kilobytes / 1024, rel=0.1)


def test_a_process_that_is_gone_has_no_memory() -> None:
    """Nothing raises where nothing can be read."""
    assert resident_megabytes("0") == 0.0
    assert unique_megabytes(2**30) == 0.0
