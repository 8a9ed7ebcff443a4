"""What every Embedder keeps: the stand-in of the tests, and the real model."""

from collections.abc import Callable

import numpy as np
import pytest

from chatbot.ports import Embedder
from chatbot.retrieval.embedding import SentenceTransformerEmbedder, packaged_model
from chatbot.settings import MINILM_SHA256
from tests.fakes import WordEmbedder
from tests.models import BERT_DIMENSION, DENSE_DIMENSION, LONGEST, TOKEN_DIMENSION

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
def sensible(request: pytest.FixtureRequest) -> Embedder:
    """Those whose vectors mean something, and whose vocabulary has every word that is asked about."""
    found: Embedder = WordEmbedder() if request.param == "words" else request.getfixturevalue("real")
    return found


@pytest.fixture(params=["words", *(pytest.param(n, marks=pytest.mark.slow) for n in ("real", "bert", "xlm_roberta"))])
def any_embedder(request: pytest.FixtureRequest) -> Embedder:
    """Every implementation, over models of different kinds."""
    found: Embedder = WordEmbedder() if request.param == "words" else request.getfixturevalue(request.param)
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
    one = embed(any_embedder, text)
    d, e = any_embedder.dimension, embed(any_embedder, TEXT).tokens.shape[1]
    assert (one.vector.shape, one.tokens.shape) == ((d,), (len(one.pieces), e))
    assert d == e or not any_embedder.has_mean_vectors
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
def test_spans_cut_the_words(sensible: Embedder, embed: Callable, text: str) -> None:
    """The spans run through the text in order, do not overlap, and leave out nothing but blanks."""
    spans = embed(sensible, text).spans
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
def test_count_is_the_number_of_pieces(sensible: Embedder, text: str) -> None:
    """A text within the budget has as many pieces as are counted."""
    assert sensible.count(text) == len(sensible.passages([text])[0].pieces)


def test_long_text_is_cut_at_the_budget(sensible: Embedder) -> None:
    """Of a text that is too long exactly the budget is read, though all of it is counted."""
    text = "lamp " * 1000
    assert len(sensible.passages([text])[0].pieces) == sensible.budget
    assert sensible.count(text) == 1000


def test_text_of_the_budget_is_read_whole(sensible: Embedder) -> None:
    """A text of exactly the budget is read to its end."""
    text = "lamp " * (sensible.budget - 1) + "book"
    assert sensible.passages([text])[0].spans[-1].tolist() == [len(text) - 4, len(text)]


def test_shared_words_are_closer(sensible: Embedder) -> None:
    """A question is closer to the text it is about than to another."""
    asked = sensible.question("Who repairs a broken lamp?").vector
    near, far = (one.vector for one in sensible.passages([TEXT, "Readers return borrowed maps."]))
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


@pytest.mark.slow
@ways
@pytest.mark.parametrize("kind", ["bert", "xlm_roberta"])
@pytest.mark.parametrize("text", [text for text in TEXTS if text.isascii()])
def test_spans_of_other_tokenizers_cut_the_words(
    request: pytest.FixtureRequest, kind: str, embed: Callable, text: str
) -> None:
    """Whatever a tokenizer counts to a piece, spans leave out blanks and prompts and nothing else."""
    spans = embed(request.getfixturevalue(kind), text).spans
    assert (spans[:-1, 1] <= spans[1:, 0]).all()
    assert "".join(text[start:end] for start, end in spans) == text.replace(" ", "")


@pytest.mark.slow
def test_other_models_say_what_they_are(bert: Embedder, xlm_roberta: Embedder) -> None:
    """Dimension, length and prompts are read from the folder, and no vector of a part is made where none exists."""
    assert (bert.dimension, xlm_roberta.dimension) == (BERT_DIMENSION, DENSE_DIMENSION)
    assert xlm_roberta.question(TEXT).tokens.shape[1] == TOKEN_DIMENSION
    assert (bert.has_mean_vectors, xlm_roberta.has_mean_vectors) == (False, False)
    assert bert.budget < LONGEST - 2  # the prompt of passages takes room
    assert xlm_roberta.budget == LONGEST - 2
    assert len({bert.fingerprint, xlm_roberta.fingerprint}) == 2


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["bert", "xlm_roberta"])
def test_prompts_make_a_question_another_text(request: pytest.FixtureRequest, kind: str) -> None:
    """A model with prompts embeds a question otherwise than the same words as a passage."""
    embedder = request.getfixturevalue(kind)
    asked, held = embedder.question(TEXT), embedder.passages([TEXT])[0]
    assert asked.pieces.tolist()[1:] == held.pieces.tolist()[1:]
    assert not np.allclose(asked.vector, held.vector, atol=1e-3)
