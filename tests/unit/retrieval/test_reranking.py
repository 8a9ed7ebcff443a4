"""What is particular to late interaction: segments of texts, weights of pieces, units that the model does not reach."""

from pathlib import Path

import numpy as np
import pytest

from chatbot.model import BlockKind, Edition, Passage, PassageKind, Unit
from chatbot.ports import Sought
from chatbot.retrieval.reranking import CONTEXT, LateInteraction, Segments
from chatbot.retrieval.texts import EmbeddedTexts, write
from tests.fakes import WordEmbedder


def passage(text: str, *cuts: int, context: str = "") -> Passage:
    """A passage whose units begin at the cuts."""
    units = tuple(Unit(a, b, BlockKind.PARAGRAPH) for a, b in zip(cuts, (*cuts[1:], len(text)), strict=False))
    return Passage(
        id="d:digest:a:0",
        document_id="d",
        edition=Edition.DIGEST,
        anchor="a",
        label="",
        headings=(),
        text=text,
        kind=PassageKind.PARAGRAPH,
        start=0,
        end=len(text),
        units=units,
        language="en",
        context=context,
    )


def reranker(folder: Path, *passages: Passage, questions: tuple[str, ...] = (), budget: int = 60) -> LateInteraction:
    texts = [p.context + p.text for p in passages] + list(questions)
    write(folder / "texts", texts, WordEmbedder(budget), None, lambda done: None)
    embedded = EmbeddedTexts(folder / "texts")
    return LateInteraction(embedded, Segments.of(passages, embedded))


def segments(folder: Path, *passages: Passage, questions: tuple[str, ...] = (), budget: int = 60) -> Segments:
    texts = [p.context + p.text for p in passages] + list(questions)
    write(folder / "texts", texts, WordEmbedder(budget), None, lambda done: None)
    return Segments.of(passages, EmbeddedTexts(folder / "texts"))


def seek(text: str) -> Sought:
    return Sought(text, WordEmbedder().question(text))


TWO = passage("A lamp is lit. A book is lent.", 0, 15)


def test_segments_begin_at_units(tmp_path: Path) -> None:
    """Each unit is a segment that begins at its first piece."""
    found = segments(tmp_path, TWO)
    assert (found.starts.tolist(), found.units.tolist(), found.bounds.tolist()) == ([0, 5], [0, 1], [0, 2])


def test_context_is_a_segment_of_its_own(tmp_path: Path) -> None:
    """The context before a text is no unit's."""
    found = segments(tmp_path, passage("A lamp.", 0, context="Lamps: "))
    assert (found.starts.tolist(), found.units.tolist()) == ([0, 2], [CONTEXT, 0])


def test_question_is_one_segment(tmp_path: Path) -> None:
    """A text after the passages is one segment, without units."""
    found = segments(tmp_path, TWO, questions=("Who lights it?",))
    assert (found.bounds.tolist(), found.units.tolist()[-1]) == ([0, 2, 3], 0)


def test_passage_without_units(tmp_path: Path) -> None:
    """A passage without units is one segment of context and has no unit scores."""
    assert reranker(tmp_path, passage("A lamp.")).score(seek("lamp"), np.array([0])).units[0].shape == (0,)


def test_units_beyond_the_budget(tmp_path: Path) -> None:
    """Units that the model does not read get a score all the same, and it is not above the read one's."""
    scores = reranker(tmp_path, TWO, budget=3).score(seek("lamp"), np.array([0])).units[0]
    assert scores.shape == (2,)
    assert scores[0] >= scores[1]


def test_saved_and_loaded(tmp_path: Path) -> None:
    """Segments that were saved are the same when opened."""
    found = segments(tmp_path, TWO, questions=("Who?",))
    found.save(tmp_path / "segments")
    again = Segments.load(tmp_path / "segments")
    assert all(np.array_equal(getattr(again, n), getattr(found, n)) for n in ("bounds", "starts", "units", "weights"))


def test_rare_pieces_count_more(tmp_path: Path) -> None:
    """A passage with the rare word of a question is closer than one with the common word."""
    texts = [
        passage(text, 0) for text in ("common shelf", "common rarity", "common books", "common maps", "common keys")
    ]
    scores = reranker(tmp_path, *texts).score(seek("common rarity"), np.arange(5)).rows
    assert scores.argmax() == 1


def test_weights_fall_with_frequency(tmp_path: Path) -> None:
    """A piece weighs ln(1 + n / (df + 1)): n texts, df of them with the piece."""
    found = segments(tmp_path, passage("lamp lamp", 0), passage("lamp shelf", 0), passage("dry", 0))
    number = {word: WordEmbedder().question(word).pieces[0] for word in ("lamp", "shelf")}
    assert found.weights[number["lamp"]] == pytest.approx(np.log1p(3 / 3))
    assert found.weights[number["shelf"]] == pytest.approx(np.log1p(3 / 2))


def test_repeated_passage_words_change_nothing(tmp_path: Path) -> None:
    """A passage gains nothing by saying a word again."""
    scores = reranker(tmp_path, passage("dry lamp", 0), passage("dry lamp lamp lamp", 0)).score(
        seek("lamp"), np.arange(2)
    )
    assert scores.rows[0] == pytest.approx(scores.rows[1])


def test_support_is_one_cosine_a_piece(tmp_path: Path) -> None:
    """Support tells for each piece of the question how near the text comes to it."""
    found = reranker(tmp_path, TWO).support(seek("lamp zebra").embedding, 0)
    assert found[0] == pytest.approx(1, abs=0.01)
    assert found[1] < 0.7


def test_support_in_a_text_without_pieces(tmp_path: Path) -> None:
    """A text without a word supports nothing."""
    assert reranker(tmp_path, passage("", 0)).support(seek("lamp zebra").embedding, 0).tolist() == [0, 0]


def test_text_without_pieces_does_not_silence_the_others(tmp_path: Path) -> None:
    """A text without a word scores 0, and the others keep their scores."""
    found = reranker(tmp_path, passage("A lamp.", 0), passage("\n", 0)).score(seek("lamp"), np.arange(2))
    assert found.rows.tolist() == [pytest.approx(1, abs=0.01), 0]
