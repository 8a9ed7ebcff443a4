"""What every Reranker keeps: how closely passages answer, and each of their units."""

from collections.abc import Callable

import numpy as np
import pytest

from chatbot.ports import Reranker, Sought
from chatbot.retrieval.snapshot import Snapshot
from tests.fakes import WordEmbedder

Seek = Callable[..., Sought]
LAMP = "Within how many days must a broken lamp be repaired in Norway?"
LENDING, LAMPS = "no-library-act-2022:digest:s-4:0", "no-library-act-2022:digest:s-12:0"


@pytest.fixture(params=["late interaction"])
def reranker(request: pytest.FixtureRequest, snapshot: Snapshot) -> Reranker:
    """Every implementation, over the small corpus."""
    return {"late interaction": snapshot.reranker}[request.param]


@pytest.fixture
def all_rows(snapshot: Snapshot) -> np.ndarray:
    """The rows of all passages."""
    return np.arange(len(snapshot.passages), dtype=np.int64)


def test_one_score_a_row_and_a_unit(reranker: Reranker, snapshot: Snapshot, all_rows: np.ndarray, seek: Seek) -> None:
    """There is a score for each row, and for each of its units."""
    found = reranker.score(seek(LAMP), all_rows)
    assert found.rows.shape == all_rows.shape
    assert [len(units) for units in found.units] == [len(passage.units) for passage in snapshot.passages]


def test_scores_are_from_zero_to_one(reranker: Reranker, all_rows: np.ndarray, seek: Seek) -> None:
    """No row's score is below 0 or, but for rounding, above 1."""
    scores = reranker.score(seek(LAMP), all_rows).rows
    assert (scores >= 0).all()
    assert (scores <= 1.01).all()


def test_row_that_answers_is_closest(reranker: Reranker, snapshot: Snapshot, seek: Seek) -> None:
    """The passage about lamps is closer to a question about lamps than that about lending."""
    lamps, lending = reranker.score(seek(LAMP), np.array([snapshot.row(LAMPS), snapshot.row(LENDING)])).rows
    assert lamps > lending


def test_unit_that_answers_is_closest(reranker: Reranker, snapshot: Snapshot, seek: Seek) -> None:
    """The sentence that answers is closer than the other sentence of its passage."""
    repair, fine = reranker.score(seek("liable to a fine of 500 kroner"), np.array([snapshot.row(LAMPS)])).units[0][:2]
    assert fine > repair


def test_own_text_scores_highest(
    reranker: Reranker, snapshot: Snapshot, all_rows: np.ndarray, embedder: WordEmbedder
) -> None:
    """A passage's own text, sought, is about 1 close to the passage."""
    for row in (0, len(all_rows) - 1):
        text = snapshot.passages[row].context + snapshot.passages[row].text
        assert reranker.score(Sought(text, embedder.question(text)), all_rows).rows[row] == pytest.approx(1, abs=0.02)


def test_no_unit_is_closer_than_its_row(reranker: Reranker, all_rows: np.ndarray, seek: Seek) -> None:
    """A unit with its context is part of its row, so it is no closer than the row."""
    found = reranker.score(seek(LAMP), all_rows)
    assert all(units.max(initial=0) <= row + 1e-5 for row, units in zip(found.rows, found.units, strict=True))


def test_rows_do_not_depend_on_each_other(reranker: Reranker, all_rows: np.ndarray, seek: Seek) -> None:
    """A row has the same score alone as among others, in any order."""
    among = reranker.score(seek(LAMP), all_rows[::-1].copy()).rows[::-1]
    alone = [float(reranker.score(seek(LAMP), all_rows[i : i + 1]).rows[0]) for i in range(len(all_rows))]
    assert np.allclose(among, alone, atol=1e-6)


def test_row_asked_twice(reranker: Reranker, seek: Seek) -> None:
    """A row that is given twice has its score twice."""
    first, second = reranker.score(seek(LAMP), np.array([3, 3])).rows
    assert first == second


def test_no_rows(reranker: Reranker, seek: Seek) -> None:
    """No rows give no scores."""
    found = reranker.score(seek(LAMP), np.empty(0, np.int64))
    assert (found.rows.shape, found.units) == ((0,), ())


@pytest.mark.parametrize("text", ["", " ", "\n"])
def test_nothing_sought_scores_zero(reranker: Reranker, all_rows: np.ndarray, seek: Seek, text: str) -> None:
    """A question without words is close to nothing."""
    assert reranker.score(seek(text), all_rows).rows.tolist() == [0] * len(all_rows)


@pytest.mark.parametrize("text", ["", " "])
def test_nothing_sought_still_scores_each_unit(
    reranker: Reranker, snapshot: Snapshot, all_rows: np.ndarray, seek: Seek, text: str
) -> None:
    """There is a score for each unit also where nothing is sought."""
    found = reranker.score(seek(text), all_rows).units
    assert [len(units) for units in found] == [len(passage.units) for passage in snapshot.passages]


@pytest.mark.parametrize("text", ["📚🏛️", "图书馆的灯", "مكتبة", "\x00\x01", "lamp " * 400, "ß" * 2000, "?!"])
def test_odd_questions(reranker: Reranker, all_rows: np.ndarray, seek: Seek, text: str) -> None:
    """Whatever is sought, scores are finite, from 0 to about 1."""
    scores = reranker.score(seek(text), all_rows).rows
    assert np.isfinite(scores).all()
    assert (scores >= 0).all()
    assert (scores <= 1.01).all()
