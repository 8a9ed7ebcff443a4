"""What the contract suites share: an embedder, and rows to index."""

from collections.abc import Callable, Sequence

import numpy as np
import pytest

from chatbot.ports import Indexable, Sought
from tests.fakes import DIMENSION, WordEmbedder

Rows = Callable[..., Indexable]
Seek = Callable[..., Sought]


@pytest.fixture
def rows(embedder: WordEmbedder) -> Rows:
    """Turns texts into what an index is built from, a vector a text."""

    def made(
        texts: Sequence[str],
        languages: Sequence[str] | None = None,
        names: dict[str, dict[str, str]] | None = None,
        subjects: Sequence[tuple[str, ...]] | None = None,
    ) -> Indexable:
        vectors = [one.vector for one in embedder.passages(texts)]
        return Indexable(
            texts=texts,
            languages=languages or ["en"] * len(texts),
            subjects=subjects or [()] * len(texts),
            vectors=np.asarray(vectors, dtype=np.float32).reshape(-1, DIMENSION),
            owners=np.arange(len(texts), dtype=np.int64),
            names=names or {},
        )

    return made


@pytest.fixture
def seek(embedder: WordEmbedder) -> Seek:
    """Turns a text into what is searched for."""
    return lambda text, language="en", original="": Sought(text, embedder.question(text), language, original)
