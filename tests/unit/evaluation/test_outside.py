"""Any collection is built, kept, resumed and searched by our retriever; a part of a passage counts as the passage."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from chatbot.evaluation import outside
from chatbot.evaluation.judged import Entry, Judged
from chatbot.evaluation.kept import KeptEmbedder
from chatbot.evaluation.outside import Collection
from chatbot.ingest import plain
from chatbot.ingest.passages import Cutter
from chatbot.ports import Embedding, Progress
from chatbot.retrieval.snapshot import Snapshot
from chatbot.wiring import plain_engines
from tests.fakes import WordEmbedder

LAMPS = Entry("a:1", "The caretaker repairs lamps. Lamps are repaired within three days.")
CHAIRS = Entry("b 2", "Chairs are counted every winter by the steward.")
LONG = Entry("c", "\n".join(f"Item {n} concerns paper number {n} and ink." for n in range(30)) + "\nOwls nest here.")
EMPTY = Entry("d", " \n ")
PASSAGES = (LAMPS, CHAIRS, LONG, EMPTY)


def built(folder: Path, embedder: WordEmbedder, passages: Sequence[Entry] = PASSAGES) -> Snapshot:
    cutter = Cutter(embedder.count, embedder.budget)
    return outside.build(passages, folder, embedder, plain_engines(), cut=lambda text: plain.parts(text, "en", cutter))


@pytest.fixture
def collection(tmp_path: Path, embedder: WordEmbedder) -> Collection:
    """The four passages, built."""
    return Collection(built(tmp_path, embedder), [passage.id for passage in PASSAGES], embedder)


@pytest.mark.parametrize("engine", ["", "words", "vectors"])
def test_the_passage_that_answers_comes_first(collection: Collection, engine: str) -> None:
    """Our retriever, and each index alone, finds the passage under its id in the file."""
    assert collection.ranked("Who counts the chairs in winter?", 10, engine)[0] == CHAIRS.id


def test_the_end_of_a_long_passage_is_found_and_each_passage_once(collection: Collection) -> None:
    """What stands beyond the model's length is found, and no passage is listed twice."""
    found = collection.ranked("Where do owls nest?", 10)
    assert found[0] == LONG.id
    assert len(found) == len(set(found))


def test_a_collection_is_measured(collection: Collection) -> None:
    """The result holds four measures over the questions, and the milliseconds that they took."""
    judged = Judged(PASSAGES, (Entry("q", "Who repairs lamps?"),), {"q": {LAMPS.id: 1}})
    done: list[int] = []
    result = outside.measured(collection, judged, 10, progress=done.append)
    assert [measure.mean for measure in result.measures] == [1, 1, 1, 1]
    assert result.engine == "all"
    assert 0 < result.p50 <= result.p95
    assert done == [1]


def test_what_is_kept_is_not_built_again(tmp_path: Path, embedder: WordEmbedder) -> None:
    """The same passages in the same folder are opened, other passages are built beside them."""
    first = built(tmp_path, embedder)
    embedder.embedded.clear()
    assert built(tmp_path, embedder).id == first.id
    assert embedder.embedded == []
    assert built(tmp_path, embedder, PASSAGES[:2]).id != first.id


class Breaking(WordEmbedder):
    """A WordEmbedder that breaks off at its second call."""

    calls = 0

    def passages(self, texts: Sequence[str], progress: Progress = lambda done: None) -> list[Embedding]:
        """Embed, once."""
        self.calls += 1
        if self.calls == 2:
            raise KeyboardInterrupt
        return super().passages(texts, progress)


def test_a_build_that_was_broken_off_goes_on(tmp_path: Path) -> None:
    """The texts of finished calls are not embedded again after an interruption."""
    passages = [Entry(str(n), f"Rule {n} concerns lamp {n}.") for n in range(600)]
    with pytest.raises(KeyboardInterrupt):
        built(tmp_path, Breaking(), passages)
    embedder = WordEmbedder()
    snapshot = built(tmp_path, embedder, passages)
    assert len(snapshot.passages) == 600
    assert 0 < len(embedder.embedded) < 200
    assert [path.name for path in tmp_path.iterdir()] == [snapshot.id]


def test_kept_embeddings_are_those_that_were_made(tmp_path: Path, embedder: WordEmbedder) -> None:
    """What is read back differs by no more than signed bytes do; texts without a word stay in their place."""
    kept = KeptEmbedder(embedder, tmp_path)
    texts = ["Lamps burn.", "", "Chairs stand still."]
    made, read = kept.passages(texts), kept.passages(texts)
    assert embedder.embedded == texts
    for one, other in zip(made, read, strict=True):
        np.testing.assert_allclose(one.tokens, other.tokens, atol=0.5 / 127)
        np.testing.assert_array_equal(one.vector, other.vector)
        np.testing.assert_array_equal(one.spans, other.spans)
        np.testing.assert_array_equal(one.pieces, other.pieces)
    assert (kept.dimension, kept.budget, kept.count("a b")) == (embedder.dimension, embedder.budget, 2)
    np.testing.assert_array_equal(kept.question("Lamps").vector, embedder.question("Lamps").vector)


def test_peak_memory_is_measured() -> None:
    """A process that runs has some memory."""
    assert outside.peak_megabytes() > 1
