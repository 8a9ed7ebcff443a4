"""What every Index keeps, whatever it goes by: vectors, words or references."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from chatbot.ports import Index, Indexable, Ranking, Sought
from chatbot.retrieval.faiss_index import FaissIndex
from chatbot.retrieval.lexical import LexicalIndex
from chatbot.retrieval.references import ReferenceIndex
from chatbot.retrieval.snapshot import Snapshot
from chatbot.wiring import engines
from tests.fakes import WordEmbedder

TEXTS = (
    "Under s 12 a broken lamp is repaired in three days.",
    "A reader borrows a book for thirty days under s 4.",
    "Under s 12 a keeper pays a fine for a broken lamp.",
    "The cellar of the archive is dry.",
    "Art. 9 names a keeper of lamps.",
)
LAMP = "Which broken lamp does s 12 mean?"
ODD = (
    "", " ", "\n\t", "?!…", "📚🏛️", "\x00\x01", "\u200b\u202e", "\ufffd", "مكتبة", "图书馆", "도서관", "ห้องสมุด",
    "the of and", "'); DROP TABLE passages; --", "<script>alert(1)</script>", "lamp " * 400, "§" * 2000, "a" * 2000,
)  # fmt: skip

Rows = Callable[..., Indexable]
Seek = Callable[..., Sought]


@pytest.fixture(params=[FaissIndex, LexicalIndex, ReferenceIndex], ids=lambda engine: engine.name)
def engine(request: pytest.FixtureRequest) -> type[Index]:
    """Every implementation."""
    found: type[Index] = request.param
    return found


@pytest.fixture
def index(engine: type[Index], rows: Rows) -> Index:
    """An index over TEXTS."""
    return engine.build(rows(TEXTS))


def pairs(ranking: Ranking) -> list[tuple[int, float]]:
    return list(zip(ranking.rows.tolist(), ranking.scores.tolist(), strict=True))


def test_suite_runs_on_every_engine() -> None:
    """The engines of the program are those of this suite, each with a name of its own."""
    assert set(engines()) == {FaissIndex, LexicalIndex, ReferenceIndex}
    assert len({engine.name for engine in engines()}) == 3


def test_best_rows_come_first(index: Index, seek: Seek) -> None:
    """The rows that fit best come first."""
    assert set(index.search(seek(LAMP), 2).rows.tolist()) == {0, 2}


def test_scores_descend(index: Index, seek: Seek) -> None:
    """Scores fall from the first row to the last."""
    scores = index.search(seek(LAMP), 5).scores
    assert (np.diff(scores) <= 0).all()


def test_rows_come_once(index: Index, seek: Seek) -> None:
    """No row comes twice."""
    found = index.search(seek(LAMP), 5).rows.tolist()
    assert len(found) == len(set(found))


def test_types_of_a_ranking(index: Index, seek: Seek) -> None:
    """Rows are whole numbers and scores are numbers, one for each row."""
    found = index.search(seek(LAMP), 5)
    assert (found.rows.dtype, found.scores.dtype) == (np.dtype(np.int64), np.dtype(np.float32))
    assert found.rows.shape == found.scores.shape


@pytest.mark.parametrize("limit", [1, 2])
def test_limit_is_kept(index: Index, seek: Seek, limit: int) -> None:
    """No more rows come than asked for, and as many where there are."""
    assert len(index.search(seek(LAMP), limit).rows) == limit


@pytest.mark.parametrize("limit", [0, -1])
def test_limit_of_nothing(index: Index, seek: Seek, limit: int) -> None:
    """A limit of nothing gives nothing."""
    assert pairs(index.search(seek(LAMP), limit)) == []


def test_smaller_limit_is_a_beginning(index: Index, seek: Seek) -> None:
    """The best two are the beginning of all."""
    assert pairs(index.search(seek(LAMP), 2)) == pairs(index.search(seek(LAMP), 10**6))[:2]


def test_search_within_a_mask(index: Index, seek: Seek) -> None:
    """Only rows that the mask allows come."""
    mask = np.array([False, True, True, True, True])
    assert index.search(seek(LAMP), 5, mask).rows[0] == 2
    assert 0 not in index.search(seek(LAMP), 5, mask).rows


def test_search_within_everything(index: Index, seek: Seek) -> None:
    """A mask of all rows changes nothing."""
    assert pairs(index.search(seek(LAMP), 5, np.ones(5, bool))) == pairs(index.search(seek(LAMP), 5))


def test_search_within_nothing(index: Index, seek: Seek) -> None:
    """A mask of no rows gives nothing."""
    assert pairs(index.search(seek(LAMP), 5, np.zeros(5, bool))) == []


@pytest.mark.parametrize("text", ODD)
def test_odd_questions_give_rows_of_the_index(index: Index, seek: Seek, text: str) -> None:
    """Whatever is searched for, what comes are rows of the index with finite scores."""
    found = index.search(seek(text, "ru", text), 5)
    assert set(found.rows.tolist()) <= set(range(5))
    assert np.isfinite(found.scores).all()


@pytest.mark.parametrize("language", ["", "xx", "zh", "en-GB", "😀"])
def test_unknown_languages(index: Index, seek: Seek, language: str) -> None:
    """A language nobody knows does no harm."""
    assert set(index.search(seek(LAMP, language, LAMP), 2).rows.tolist()) == {0, 2}


@pytest.mark.parametrize("question", [LAMP, "Art. 9", "dry cellar", "", "图书馆"])
def test_saved_and_loaded_gives_the_same(
    engine: type[Index], index: Index, seek: Seek, tmp_path: Path, question: str
) -> None:
    """An index that was saved and opened again gives the same rows and scores."""
    index.save(tmp_path)
    assert pairs(engine.load(tmp_path).search(seek(question), 5)) == pairs(index.search(seek(question), 5))


def test_saved_again_is_the_same(engine: type[Index], rows: Rows, tmp_path: Path) -> None:
    """The same rows give the same files."""
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        engine.build(rows(TEXTS)).save(tmp_path / name)
    files = {p.name: p.read_bytes() for p in (tmp_path / "one").iterdir()}
    assert {p.name: p.read_bytes() for p in (tmp_path / "two").iterdir()} == files


def test_folder_with_odd_name(engine: type[Index], index: Index, seek: Seek, tmp_path: Path) -> None:
    """A folder may have blanks and letters of any script in its name."""
    folder = tmp_path / "ein Ordner für 图书馆 📚"
    folder.mkdir()
    index.save(folder)
    assert pairs(engine.load(folder).search(seek(LAMP), 5)) == pairs(index.search(seek(LAMP), 5))


def test_one_row(engine: type[Index], rows: Rows, seek: Seek) -> None:
    """An index over one row finds it."""
    assert engine.build(rows(TEXTS[:1])).search(seek(LAMP), 80).rows.tolist() == [0]


def test_no_rows(engine: type[Index], rows: Rows, seek: Seek) -> None:
    """An index over no rows finds nothing."""
    assert pairs(engine.build(rows([])).search(seek(LAMP), 5)) == []


@pytest.mark.parametrize("texts", [("",), ("the of and", "…")])
def test_rows_without_a_telling_word(engine: type[Index], rows: Rows, seek: Seek, texts: tuple[str, ...]) -> None:
    """Rows without any word that is indexed do no harm."""
    assert set(engine.build(rows(texts)).search(seek(LAMP), 5).rows.tolist()) <= set(range(len(texts)))


def test_missing_files_are_not_an_empty_index(engine: type[Index], tmp_path: Path) -> None:
    """A folder without the index's files raises instead of finding nothing."""
    with pytest.raises((OSError, RuntimeError)):
        engine.load(tmp_path)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_full_disk_is_told(engine: type[Index], rows: Rows, tmp_path: Path) -> None:
    """A disk that is full is told as such by saving, so that no half index passes for a whole one."""
    index = engine.build(rows(TEXTS * 100))
    (tmp_path / "kept").mkdir()
    index.save(tmp_path / "kept")
    for file in (tmp_path / "kept").iterdir():
        (tmp_path / file.name).symlink_to("/dev/full")
    with pytest.raises(OSError, match=r"\[Errno 28\]"):
        index.save(tmp_path)


def test_every_row_is_in_the_snapshot(engine: type[Index], snapshot: Snapshot, embedder: WordEmbedder) -> None:
    """Every row that an index of a snapshot can return is a passage of that snapshot."""
    index = snapshot.indexes[engine.name]
    asked = [passage.context + passage.text for passage in snapshot.passages]
    found = {int(row) for text in asked for row in index.search(Sought(text, embedder.question(text)), 10**6).rows}
    assert found <= set(range(len(snapshot.passages)))
    assert all(snapshot.passage(snapshot.id_of(row)).id == snapshot.id_of(row) for row in found)


def test_own_text_finds_the_passage(engine: type[Index], snapshot: Snapshot, embedder: WordEmbedder) -> None:
    """A passage that says "s 12" and "lamp" is found by its own words, in every index."""
    row = snapshot.row("no-library-act-2022:digest:s-12:0")
    passage = snapshot.passages[row]
    text = passage.context + passage.text
    assert row in snapshot.indexes[engine.name].search(Sought(text, embedder.question(text)), 5).rows
