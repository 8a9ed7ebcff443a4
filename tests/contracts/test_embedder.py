"""What every Embedder keeps: the stand-in of the tests, and the real model."""

from collections.abc import Callable

import numpy as np
import pytest

from chatbot.ports import Embedder
from chatbot.retrieval.embedding import SentenceTransformerEmbedder, packaged_model
from chatbot.settings import MINILM_SHA256
from tests.fakes import WordEmbedder

TEXT = "A broken lamp is repaired within three days."
TEXTS = (
    TEXT,
    "A reader borrows a book.",
    "Lamps! Lamps? Lamps…",
    "x",
    "The cellar of the archive is dry, says s 12(2).",
)
ODD = (
    "📚🏛️",
    "مكتبة المجلس",
    "图书馆的灯",
    "도서관의 램프",
    "é e\u0301",
    "<b>lamp</b>",
    "lamp\x00lamp",
    "\ud7ff\ufffd",
    "a" * 2000,
)
EMPTY = ("", " ", "\n\t")


@pytest.fixture(scope="session")
def real() -> Embedder:
    """The real model."""
    return SentenceTransformerEmbedder(packaged_model(), MINILM_SHA256)


@pytest.fixture(params=["words", pytest.param("real", marks=pytest.mark.slow)])
def any_embedder(request: pytest.FixtureRequest) -> Embedder:
    """Every implementation."""
    found: Embedder = WordEmbedder() if request.param == "words" else request.getfixturevalue("real")
    return found


def by_passages(embedder: Embedder, text: str) -> object:
    return embedder.passages([text])[0]


def by_question(embedder: Embedder, text: str) -> object:
    return embedder.question(text)


Way = Callable[[Embedder, str], object]
ways = pytest.mark.parametrize("embed", [by_passages, by_question])


@ways
@pytest.mark.parametrize("text", [*TEXTS, *ODD, *EMPTY])
def test_shapes(any_embedder: Embedder, embed: Callable, text: str) -> None:
    """An embedding has one vector, and as many token vectors as spans and pieces."""
    one, d = embed(any_embedder, text), any_embedder.dimension
    assert (one.vector.shape, one.tokens.shape) == ((d,), (len(one.pieces), d))
    assert one.spans.shape == (len(one.pieces), 2)


@ways
def test_types(any_embedder: Embedder, embed: Callable) -> None:
    """Vectors are 32-bit numbers; spans and pieces are 32-bit whole numbers."""
    one = embed(any_embedder, TEXT)
    assert (one.vector.dtype, one.tokens.dtype) == (np.dtype(np.float32), np.dtype(np.float32))
    assert (one.spans.dtype, one.pieces.dtype) == (np.dtype(np.int32), np.dtype(np.int32))


@ways
@pytest.mark.parametrize("text", [*TEXTS, *ODD])
def test_vectors_have_unit_length(any_embedder: Embedder, embed: Callable, text: str) -> None:
    """The text's vector and each token's have length 1."""
    one = embed(any_embedder, text)
    assert np.linalg.norm(one.vector) == pytest.approx(1, abs=1e-4)
    assert np.allclose(np.linalg.norm(one.tokens, axis=1), 1, atol=1e-4)


@ways
@pytest.mark.parametrize("text", EMPTY)
def test_empty_text_has_no_pieces(any_embedder: Embedder, embed: Callable, text: str) -> None:
    """A text without a word has no pieces, and its vector is finite."""
    one = embed(any_embedder, text)
    assert len(one.pieces) == 0
    assert np.isfinite(one.vector).all()


@ways
def test_equal_texts_give_equal_vectors(any_embedder: Embedder, embed: Callable) -> None:
    """The same text gives the same vectors, asked again."""
    first, second = embed(any_embedder, TEXT), embed(any_embedder, TEXT)
    assert np.array_equal(first.vector, second.vector)
    assert np.array_equal(first.tokens, second.tokens)


def test_neighbours_in_a_batch_do_not_matter(any_embedder: Embedder) -> None:
    """A text is embedded alike alone and among others, but for rounding."""
    alone = any_embedder.passages([TEXT])[0]
    among = any_embedder.passages([*TEXTS, "lamp " * 50])[0]
    assert np.allclose(alone.vector, among.vector, atol=1e-4)
    assert np.allclose(alone.tokens, among.tokens, atol=1e-3)


@pytest.mark.parametrize("count", [0, 1, 33, 70])
def test_results_are_in_the_order_given(any_embedder: Embedder, count: int) -> None:
    """However many texts, of whatever length, the embeddings come in their order."""
    texts = [f"lamp {'book ' * (i * 7 % 11)}{i}" for i in range(count)]
    found = any_embedder.passages(texts)
    assert [int(one.spans[-1][1]) for one in found] == [len(text) for text in texts]


def test_progress_adds_up(any_embedder: Embedder) -> None:
    """What is told of the progress adds up to the number of texts."""
    told: list[int] = []
    any_embedder.passages([f"lamp {i}" for i in range(70)], told.append)
    assert sum(told) == 70


@ways
@pytest.mark.parametrize("text", TEXTS)
def test_spans_cut_the_words(any_embedder: Embedder, embed: Callable, text: str) -> None:
    """The spans run through the text in order, do not overlap, and leave out nothing but blanks."""
    spans = embed(any_embedder, text).spans
    assert (spans[:-1, 1] <= spans[1:, 0]).all()
    assert "".join(text[start:end] for start, end in spans) == text.replace(" ", "")


@ways
@pytest.mark.parametrize("text", ODD)
def test_spans_lie_within_odd_texts(any_embedder: Embedder, embed: Callable, text: str) -> None:
    """Spans count characters of the text, whatever its script."""
    spans = embed(any_embedder, text).spans
    assert (spans >= 0).all()
    assert (spans <= len(text)).all()


@pytest.mark.parametrize("text", ["", *TEXTS])
def test_count_is_the_number_of_pieces(any_embedder: Embedder, text: str) -> None:
    """A text within the budget has as many pieces as are counted."""
    assert any_embedder.count(text) == len(any_embedder.passages([text])[0].pieces)


def test_long_text_is_cut_at_the_budget(any_embedder: Embedder) -> None:
    """Of a text that is too long exactly the budget is read, though all of it is counted."""
    text = "lamp " * 1000
    assert len(any_embedder.passages([text])[0].pieces) == any_embedder.budget
    assert any_embedder.count(text) == 1000


def test_text_of_the_budget_is_read_whole(any_embedder: Embedder) -> None:
    """A text of exactly the budget is read to its end."""
    text = "lamp " * (any_embedder.budget - 1) + "book"
    assert any_embedder.passages([text])[0].spans[-1].tolist() == [len(text) - 4, len(text)]


def test_shared_words_are_closer(any_embedder: Embedder) -> None:
    """A question is closer to the text it is about than to another."""
    asked = any_embedder.question("Who repairs a broken lamp?").vector
    near, far = (one.vector for one in any_embedder.passages([TEXT, "Readers return borrowed maps."]))
    assert asked @ near > asked @ far


def test_fingerprint_is_a_short_word(any_embedder: Embedder) -> None:
    """The fingerprint is the same each time and can stand in a file."""
    assert any_embedder.fingerprint == any_embedder.fingerprint
    assert any_embedder.fingerprint.replace("-", "").isalnum()


@pytest.mark.slow
def test_fingerprint_names_the_model(real: Embedder) -> None:
    """Another model has another fingerprint."""
    assert real.fingerprint != WordEmbedder().fingerprint


@pytest.mark.slow
def test_real_dimension_and_budget(real: Embedder) -> None:
    """The packaged model has 384 dimensions and reads 254 word pieces beside its two marks."""
    assert (real.dimension, real.budget) == (384, 254)
