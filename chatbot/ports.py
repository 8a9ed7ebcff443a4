"""What the program asks of its engines. Each Protocol has two implementations or more, and one contract suite."""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Protocol, Self

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float32]
Progress = Callable[[int], None]
"""Called with the number of texts done since the last call."""


@dataclass(frozen=True, slots=True)
class Embedding:
    """A text as vectors of unit length.

    vector: shape (d,), the whole text. tokens: shape (t, e), one a word piece, without the model's marks; e is d
    unless the model goes on after pooling.
    spans: shape (t, 2), the characters of each piece in the text. pieces: shape (t,), vocabulary numbers.
    """

    vector: Vector
    tokens: Vector
    spans: NDArray[np.int32]
    pieces: NDArray[np.int32]


class Embedder(Protocol):
    """Turns texts into vectors; equal texts give equal vectors."""

    @property
    def dimension(self) -> int:
        """Length of a vector."""

    @property
    def budget(self) -> int:
        """The most word pieces of a text that are read; what is longer is cut."""

    @property
    def has_mean_vectors(self) -> bool:
        """Is the vector of a text the mean of its tokens' vectors, so that a part of a text has one too?"""

    @property
    def fingerprint(self) -> str:
        """Names the weights and whatever else decides the vectors."""

    def count(self, text: str) -> int:
        """Word pieces of a text, the model's own marks not counted."""

    def passages(self, texts: Sequence[str], progress: Progress = lambda done: None) -> list[Embedding]:
        """Embed texts that will be searched."""

    def question(self, text: str) -> Embedding:
        """Embed one text that will be searched for."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """Passages found, best first: rows of the snapshot and their scores (comparable within one ranking)."""

    rows: NDArray[np.int64]
    scores: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Sought:
    """What is searched for: an English text, its embedding, and the original where that is in another language."""

    text: str
    embedding: Embedding
    language: str = "en"
    original: str = ""


@dataclass(frozen=True, slots=True)
class Indexable:
    """What an index is built from, row by row of the snapshot's passages.

    texts: as searched, with their context. vectors: shape (n, d), unit length; owners: shape (n,), the row that
    each vector stands for (a passage may have several). names: by language, every known name and its reference;
    subjects: by row, the references that hold for the passage though they do not stand in its text.
    """

    texts: Sequence[str]
    languages: Sequence[str]
    subjects: Sequence[tuple[str, ...]]
    vectors: Vector
    owners: NDArray[np.int64]
    names: dict[str, dict[str, str]]


class Index(Protocol):
    """One way to find passages of a snapshot; an engine is a class with these."""

    name: ClassVar[str]

    @classmethod
    def build(cls, indexable: Indexable) -> Self:
        """Index the rows."""

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Open what was saved in the folder; large arrays stay on disk and are shared by processes."""

    def save(self, folder: Path) -> None:
        """Write the index into an existing folder."""

    def search(self, sought: Sought, limit: int, within: NDArray[np.bool_] | None = None) -> Ranking:
        """The best rows, at most limit; within masks the rows that may be returned."""


@dataclass(frozen=True, slots=True)
class Closeness:
    """Scores from 0 to 1 for rows and for the units of each row, in their order."""

    rows: NDArray[np.float32]
    units: tuple[NDArray[np.float32], ...]


class Reranker(Protocol):
    """Looks closely at passages that were found."""

    def score(self, sought: Sought, rows: NDArray[np.int64]) -> Closeness:
        """How closely each row answers, and each of its units."""


@dataclass(frozen=True, slots=True)
class GivenKey:
    """An API key that was given out, without its token; expires_on is the last day (UTC) on which it opens.

    state: valid, ended, or revoked with the day.
    """

    name: str
    state: str
    given_on: datetime.date
    expires_on: datetime.date | None
    used_on: datetime.date | None


class KeyRing(Protocol):
    """Knows the API keys that were given out and not revoked."""

    def holder_of(self, token: str) -> str | None:
        """The name under which a key was given out, None for a token that is no key. Takes a moment, never long."""
