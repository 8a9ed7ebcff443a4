"""The embedded texts of a snapshot on disk: vectors, token vectors and where each word piece stands.

Texts are written in batches, so memory is bounded whatever the corpus size, and read by row.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from chatbot.ports import Embedder, Embedding, Progress, Vector
from chatbot.retrieval import records

_BATCH = 512
# Token vectors are kept as signed bytes, a question's are not: on the brief a cosine changes by .013 at most.
_SCALE = 127.0
_ARRAYS = {"vectors": np.float32, "tokens": np.int8, "spans": np.int32, "pieces": np.int32}


class EmbeddedTexts:
    """Texts that were embedded, by row.

    vectors: shape (texts, d). tokens: shape (all word pieces, e), signed bytes. spans: shape (all pieces, 2).
    pieces: shape (all pieces,). bounds: shape (texts + 1,), where each text's pieces begin.
    """

    def __init__(self, folder: Path) -> None:
        about = records.read_json(folder / "about.json")
        d, e = int(about["dimension"]), int(about["token_dimension"])
        shapes = {"vectors": (-1, d), "tokens": (-1, e), "spans": (-1, 2), "pieces": (-1,)}
        arrays = {name: _mapped(folder / f"{name}.bin", kind, shapes[name]) for name, kind in _ARRAYS.items()}
        self.vectors, self.tokens = arrays["vectors"], arrays["tokens"]
        self.spans, self.pieces = arrays["spans"], arrays["pieces"]
        self.bounds: NDArray[np.int64] = np.load(folder / "bounds.npy", mmap_mode="r").view(np.ndarray)
        self.digests: list[str] = about["digests"]
        self.has_mean_vectors: bool = about["has_mean_vectors"]

    def __len__(self) -> int:
        return len(self.bounds) - 1

    def slice(self, row: int) -> slice:
        """Where the pieces of a text stand in tokens, spans and pieces."""
        return slice(int(self.bounds[row]), int(self.bounds[row + 1]))

    def tokens_of(self, rows: NDArray[np.int64]) -> Vector:
        """The token vectors of several texts, one after the other."""
        places = np.concatenate([np.arange(self.bounds[row], self.bounds[row + 1]) for row in rows])
        return unquantized(self.tokens[places])

    def embedding(self, row: int, start: int = 0, end: int | None = None) -> Embedding:
        """A text as it was embedded, or its pieces within the characters from start to end."""
        part = self.slice(row)
        spans, tokens, pieces = self.spans[part], self.tokens[part], self.pieces[part]
        inside = (spans[:, 0] >= start) & (spans[:, 1] <= (end if end is not None else 2**31 - 1))
        return Embedding(self.vectors[row], unquantized(tokens[inside]), spans[inside], pieces[inside])


@dataclass(frozen=True, slots=True)
class Written:
    """How many texts were embedded, and how many were taken over from the previous snapshot."""

    embedded: int
    reused: int


def write(
    folder: Path, texts: Sequence[str], embedder: Embedder, previous: EmbeddedTexts | None, progress: Progress
) -> Written:
    """Embed texts into a folder; those that the previous snapshot holds under the same digest are taken over."""
    folder.mkdir()
    digests = [text_digest(text, embedder.fingerprint) for text in texts]
    known = {digest: row for row, digest in enumerate(previous.digests)} if previous else {}
    bounds, embedded, token_dimension = [0], 0, embedder.dimension
    files = {name: (folder / f"{name}.bin").open("wb") for name in _ARRAYS}
    try:
        for start in range(0, len(texts), _BATCH):
            batch = range(start, min(start + _BATCH, len(texts)))
            new = [i for i in batch if digests[i] not in known]
            fresh = dict(zip(new, embedder.passages([texts[i] for i in new], progress), strict=True))
            for i in batch:
                one = fresh[i] if i in fresh else _known(previous, known[digests[i]])
                bounds.append(bounds[-1] + len(one.pieces))
                token_dimension = one.tokens.shape[1]
                _append(files, one)
            progress(len(batch) - len(new))
            embedded += len(new)
    finally:
        for file in files.values():
            file.close()
    np.save(folder / "bounds.npy", np.asarray(bounds, dtype=np.int64))
    about = {
        "dimension": embedder.dimension,
        "token_dimension": token_dimension,
        "has_mean_vectors": embedder.has_mean_vectors,
        "digests": digests,
    }
    records.write_json(folder / "about.json", about)
    return Written(embedded, len(texts) - embedded)


def text_digest(text: str, fingerprint: str) -> str:
    """SHA-256 of a text as embedded and of the model that embeds it."""
    return hashlib.sha256(f"{fingerprint}\n{text}".encode()).hexdigest()


def unquantized(tokens: NDArray[np.int8]) -> Vector:
    """Signed bytes as vectors of about unit length."""
    vectors = tokens.astype(np.float32)
    vectors /= _SCALE
    return vectors


def _known(previous: EmbeddedTexts | None, row: int) -> Embedding:
    assert previous is not None
    return previous.embedding(row)


def _append(files: Mapping[str, IO[bytes]], one: Embedding) -> None:
    values: dict[str, Any] = {
        "vectors": one.vector,
        "tokens": np.rint(one.tokens * _SCALE),
        "spans": one.spans,
        "pieces": one.pieces,
    }
    for name, file in files.items():
        file.write(np.ascontiguousarray(values[name], dtype=_ARRAYS[name]).tobytes())


def _mapped(path: Path, kind: Any, shape: tuple[int, ...]) -> NDArray[Any]:
    if path.stat().st_size == 0:
        return np.empty([0 if n < 0 else n for n in shape], dtype=kind)
    return np.memmap(path, dtype=kind, mode="r").reshape(shape).view(np.ndarray)  # a plain view slices much faster
