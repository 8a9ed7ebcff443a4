"""Embedded texts are written in batches and read by row; what is known is not embedded again."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from chatbot.retrieval.texts import EmbeddedTexts, Written, text_digest, unquantized, write
from tests.fakes import DIMENSION, WordEmbedder

TEXTS = ["A broken lamp", "", "图书馆的灯 📚", "A dry cellar, a dry shelf", "\n"]


def written(folder: Path, texts: Sequence[str], embedder: WordEmbedder, before: EmbeddedTexts | None = None) -> Written:
    return write(folder, texts, embedder, before, lambda done: None)


def opened(folder: Path, texts: Sequence[str] = TEXTS) -> EmbeddedTexts:
    written(folder, texts, WordEmbedder())
    return EmbeddedTexts(folder)


def test_texts_by_row(tmp_path: Path, embedder: WordEmbedder) -> None:
    """Each row gives the embedding of its text: exactly its vector, spans and pieces, and about its token vectors."""
    found = opened(tmp_path / "texts")
    for row, text in enumerate(TEXTS):
        held, fresh = found.embedding(row), embedder.question(text)
        assert np.array_equal(held.vector, fresh.vector)
        assert np.array_equal(held.spans, fresh.spans)
        assert np.array_equal(held.pieces, fresh.pieces)
        assert np.allclose(held.tokens, fresh.tokens, atol=0.5 / 127 + 1e-6)


def test_number_of_texts(tmp_path: Path) -> None:
    """There are as many rows as texts, those without a word counted."""
    assert len(opened(tmp_path / "texts")) == len(TEXTS)


@pytest.mark.parametrize("texts", [[], [""], ["", " "]])
def test_texts_without_a_word(tmp_path: Path, texts: list[str]) -> None:
    """No texts, or texts without a word, can be written and read."""
    found = opened(tmp_path / "texts", texts)
    assert (len(found), found.tokens.shape, found.vectors.shape) == (
        len(texts),
        (0, DIMENSION),
        (len(texts), DIMENSION),
    )


def test_pieces_within_characters(tmp_path: Path) -> None:
    """A part of a text has the pieces that lie within it."""
    part = opened(tmp_path / "texts").embedding(3, 6, 18)
    assert part.spans.tolist() == [[6, 12], [12, 13], [14, 15]]


def test_tokens_of_several_rows(tmp_path: Path) -> None:
    """The token vectors of several texts come one after the other, in the order asked for."""
    found = opened(tmp_path / "texts")
    expected = np.concatenate([found.embedding(3).tokens, found.embedding(0).tokens])
    assert np.array_equal(found.tokens_of(np.array([3, 1, 0])), expected)


def test_cosine_survives_the_bytes() -> None:
    """The cosine of a vector with one kept as signed bytes changes by less than two hundredths."""
    vectors = np.random.default_rng(7).normal(size=(50, 384)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    kept = unquantized(np.rint(vectors * 127).astype(np.int8))
    assert np.abs(kept @ vectors.T - vectors @ vectors.T).max() < 0.02


def test_first_time_all_are_embedded(tmp_path: Path, embedder: WordEmbedder) -> None:
    """Without a snapshot before, every text is embedded."""
    assert written(tmp_path / "texts", TEXTS, embedder) == Written(embedded=5, reused=0)


def test_known_texts_are_taken_over(tmp_path: Path, embedder: WordEmbedder) -> None:
    """Of texts that are known only the new ones are embedded, wherever they stand now."""
    before = opened(tmp_path / "before")
    texts = ["A new shelf", *reversed(TEXTS)]
    assert written(tmp_path / "after", texts, embedder, before) == Written(embedded=1, reused=5)
    assert embedder.embedded == ["A new shelf"]


def test_taken_over_is_the_same(tmp_path: Path, embedder: WordEmbedder) -> None:
    """Texts that are taken over give the same files as texts that are embedded."""
    written(tmp_path / "after", TEXTS, embedder, opened(tmp_path / "before"))
    files = {p.name: p.read_bytes() for p in (tmp_path / "before").iterdir()}
    assert {p.name: p.read_bytes() for p in (tmp_path / "after").iterdir()} == files


def test_other_model_takes_nothing_over(tmp_path: Path) -> None:
    """Under another model's fingerprint every text is embedded again."""
    before = opened(tmp_path / "before")
    assert written(tmp_path / "after", TEXTS, WordEmbedder(budget=7), before) == Written(embedded=5, reused=0)


def test_more_texts_than_a_batch(tmp_path: Path, embedder: WordEmbedder) -> None:
    """More texts than are written at once are all written, in their order."""
    texts = [f"lamp {number}" for number in range(1100)]
    found = opened(tmp_path / "texts", texts)
    assert (len(found), found.embedding(1099).pieces.tolist()) == (1100, embedder.question("lamp 1099").pieces.tolist())


def test_progress_adds_up(tmp_path: Path, embedder: WordEmbedder) -> None:
    """What is told of the progress adds up to the number of texts, those taken over counted."""
    told: list[int] = []
    write(tmp_path / "after", [*TEXTS, "new"], embedder, opened(tmp_path / "before"), told.append)
    assert sum(told) == 6


@pytest.mark.parametrize("other", [("a", "m2"), ("b", "m"), ("", "m\na"), ("m", "a")])
def test_digest_tells_text_and_model(other: tuple[str, str]) -> None:
    """Another text or another model has another digest."""
    assert text_digest(*other) != text_digest("a", "m")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_full_disk_is_told(tmp_path: Path, embedder: WordEmbedder) -> None:
    """A disk that fills up while texts are written is told, and the folder has no sign of being complete."""

    class FillsUp(WordEmbedder):
        def passages(self, texts, progress=lambda done: None):
            (tmp_path / "texts" / "bounds.npy").symlink_to("/dev/full")
            return super().passages(texts, progress)

    with pytest.raises(OSError, match=r"No space left|written"):
        written(tmp_path / "texts", TEXTS, FillsUp())
    assert not (tmp_path / "texts" / "about.json").exists()
