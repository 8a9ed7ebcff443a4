"""What is particular to vectors: several of them stand for one passage, and a full disk is named as such."""

import errno
from pathlib import Path

import numpy as np
import pytest

from chatbot.ports import Embedding, Indexable, Sought
from chatbot.retrieval.faiss_index import VECTORS, FaissIndex


def indexable(vectors: list[list[float]], owners: list[int]) -> Indexable:
    count = max(owners, default=-1) + 1
    array = np.asarray(vectors, dtype=np.float32).reshape(len(owners), -1)
    return Indexable([""] * count, ["en"] * count, [()] * count, array, np.asarray(owners, np.int64), {})


def seek(*vector: float) -> Sought:
    nothing = np.empty((0, 2), np.int32)
    return Sought("", Embedding(np.asarray(vector, np.float32), nothing.astype(np.float32), nothing, nothing[:, 0]))


def test_scores_are_cosines() -> None:
    """The score of a row is the cosine of its vector with the question's, also below zero."""
    found = FaissIndex.build(indexable([[1, 0], [0.6, 0.8], [-1, 0]], [0, 1, 2])).search(seek(1, 0), 3)
    assert found.rows.tolist() == [0, 1, 2]
    assert found.scores.tolist() == pytest.approx([1, 0.6, -1])


def test_row_has_the_score_of_its_nearest_vector() -> None:
    """Of several vectors that stand for one row the nearest counts, and the row comes once."""
    found = FaissIndex.build(indexable([[0, 1], [0.6, 0.8], [1, 0]], [0, 1, 0])).search(seek(1, 0), 5)
    assert found.rows.tolist() == [0, 1]
    assert found.scores.tolist() == pytest.approx([1, 0.6])


def test_owners_need_no_order() -> None:
    """Vectors stand for the row that owners says, not for their own place."""
    found = FaissIndex.build(indexable([[1, 0], [0, 1]], [7, 3])).search(seek(0, 1), 1)
    assert found.rows.tolist() == [3]


def test_mask_is_of_rows_not_of_vectors() -> None:
    """A mask leaves out all vectors of a row."""
    index = FaissIndex.build(indexable([[1, 0], [1, 0], [0, 1]], [0, 0, 1]))
    assert index.search(seek(1, 0), 2, np.array([False, True])).rows.tolist() == [1]


def test_row_of_many_vectors_does_not_hide_others() -> None:
    """A row with many near vectors takes one place, and the limit is filled with the rows after it."""
    index = FaissIndex.build(indexable([[1, 0]] * 20 + [[0.6, 0.8]], [0] * 20 + [1]))
    assert index.search(seek(1, 0), 2).rows.tolist() == [0, 1]


def test_opened_index_is_not_changed_on_disk(tmp_path: Path) -> None:
    """Opening and searching leaves the files as they are."""
    FaissIndex.build(indexable([[1, 0]], [0])).save(tmp_path)
    before = {p.name: p.read_bytes() for p in tmp_path.iterdir()}
    FaissIndex.load(tmp_path).search(seek(1, 0), 1)
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == before


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
class TestFullDisk:
    """A full disk is told as other writers tell it."""

    def test_is_told_as_such(self, tmp_path: Path) -> None:
        """A full disk is an OSError with the number that other writers give."""
        (tmp_path / VECTORS).symlink_to("/dev/full")
        with pytest.raises(OSError, match="Errno 28") as caught:
            FaissIndex.build(indexable([[1.0] * 64] * 100, list(range(100)))).save(tmp_path)
        assert caught.value.errno == errno.ENOSPC

    def test_is_told_of_a_small_index(self, tmp_path: Path) -> None:
        """An index that fits the writer's buffer is not taken for written either."""
        (tmp_path / VECTORS).symlink_to("/dev/full")
        with pytest.raises(OSError, match="Errno 28"):
            FaissIndex.build(indexable([[1, 0]], [0])).save(tmp_path)
