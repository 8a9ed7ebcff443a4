"""Embeddings that are kept on disk while a long build runs, so that one that was broken off goes on where it was."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from chatbot.ports import Embedder, Embedding, Progress
from chatbot.retrieval.texts import unquantized

_SCALE = 127.0


class KeptEmbedder:
    """An Embedder that looks into a folder first; one file holds the texts of one call."""

    def __init__(self, embedder: Embedder, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._embedder, self._folder = embedder, folder

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return self._embedder.dimension

    @property
    def budget(self) -> int:
        """The most word pieces of a text that are read."""
        return self._embedder.budget

    @property
    def has_mean_vectors(self) -> bool:
        """Is the vector of a text the mean of its tokens' vectors?"""
        return self._embedder.has_mean_vectors

    @property
    def fingerprint(self) -> str:
        """Names the weights."""
        return self._embedder.fingerprint

    def count(self, text: str) -> int:
        """Word pieces of a text."""
        return self._embedder.count(text)

    def question(self, text: str) -> Embedding:
        """Embed one text that will be searched for; nothing is kept."""
        return self._embedder.question(text)

    def passages(self, texts: Sequence[str], progress: Progress = lambda done: None) -> list[Embedding]:
        """Embed texts that will be searched, or read what was kept of them."""
        name = hashlib.sha256("\0".join((self.fingerprint, *texts)).encode()).hexdigest()[:32]
        path = self._folder / f"{name}.npz"
        if path.is_file():
            progress(len(texts))
            return _read(path)
        found = self._embedder.passages(texts, progress)
        _write(path, found)
        return found


def _write(path: Path, embeddings: Sequence[Embedding]) -> None:
    """A file appears whole or not at all."""
    begun = path.with_suffix(".begun")
    with begun.open("wb") as file:
        np.savez(
            file,
            bounds=np.cumsum([0, *(len(one.pieces) for one in embeddings)]),
            vectors=np.stack([one.vector for one in embeddings]),
            tokens=np.concatenate([np.rint(one.tokens * _SCALE).astype(np.int8) for one in embeddings]),
            spans=np.concatenate([one.spans for one in embeddings]),
            pieces=np.concatenate([one.pieces for one in embeddings]),
        )
    begun.replace(path)


def _read(path: Path) -> list[Embedding]:
    with np.load(path) as kept:
        arrays = {name: kept[name] for name in kept.files}
    cuts = [slice(int(start), int(end)) for start, end in zip(arrays["bounds"], arrays["bounds"][1:], strict=False)]
    return [
        Embedding(
            arrays["vectors"][place], unquantized(arrays["tokens"][cut]), arrays["spans"][cut], arrays["pieces"][cut]
        )
        for place, cut in enumerate(cuts)
    ]
