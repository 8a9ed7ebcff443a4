"""Hand-written stand-ins at the ports."""

import hashlib
import re
from collections.abc import Sequence

import numpy as np

from chatbot.ports import Embedding, Progress, Vector

DIMENSION = 48
_PIECE = re.compile(r"\w+|[^\w\s]")


class WordEmbedder:
    """An Embedder without a model: a piece is a word, its vector depends on its first five letters alone.

    Texts that share words are close, others are about orthogonal. counts what it was asked to embed.
    """

    def __init__(self, budget: int = 60) -> None:
        self._budget = budget
        self.embedded: list[str] = []

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return DIMENSION

    @property
    def budget(self) -> int:
        """The most words of a text that are read."""
        return self._budget

    @property
    def has_mean_vectors(self) -> bool:
        """A text's vector is the mean of its words'."""
        return True

    @property
    def fingerprint(self) -> str:
        """Names this stand-in."""
        return f"words-{self._budget}"

    def count(self, text: str) -> int:
        """Words and marks of a text."""
        return len(_PIECE.findall(text))

    def passages(self, texts: Sequence[str], progress: Progress = lambda done: None) -> list[Embedding]:
        """Embed texts that will be searched."""
        self.embedded += texts
        progress(len(texts))
        return [self._embedding(text) for text in texts]

    def question(self, text: str) -> Embedding:
        """Embed one text that will be searched for."""
        return self._embedding(text)

    def _embedding(self, text: str) -> Embedding:
        pieces = list(_PIECE.finditer(text))[: self._budget]
        tokens = np.asarray([_vector(piece.group()) for piece in pieces], dtype=np.float32).reshape(-1, DIMENSION)
        spans = np.asarray([piece.span() for piece in pieces], dtype=np.int32).reshape(-1, 2)
        numbers = np.asarray([_number(piece.group()) for piece in pieces], dtype=np.int32)
        mean = tokens.sum(axis=0) if len(tokens) else np.zeros(DIMENSION, np.float32)
        length = float(np.linalg.norm(mean)) or 1.0
        return Embedding((mean / length).astype(np.float32), tokens, spans, numbers)


def _number(piece: str) -> int:
    return int.from_bytes(hashlib.sha256(piece.casefold()[:5].encode()).digest()[:2])


def _vector(piece: str) -> Vector:
    vector = np.random.default_rng(_number(piece)).normal(size=DIMENSION)
    return np.asarray(vector / np.linalg.norm(vector), dtype=np.float32)


class FewKeys:
    """A KeyRing that holds what it was given: tokens and the names they were given out under."""

    def __init__(self, holders: dict[str, str]) -> None:
        self.holders = holders

    def holder_of(self, token: str) -> str | None:
        """The name under which a key was given out."""
        return self.holders.get(token)
