"""Index over vectors: FAISS inner product on unit vectors; several vectors may stand for one passage."""

from pathlib import Path
from typing import ClassVar, Self

import faiss
import numpy as np
from numpy.typing import NDArray

from chatbot.ports import Indexable, Ranking, Sought

VECTORS, OWNERS = "vectors.faiss", "owners.npy"


class FaissIndex:
    """Index over the vectors of passages, their units, and the questions that point at them.

    owners: shape (vectors,), the row of the passage that each vector stands for.
    """

    name: ClassVar[str] = "vectors"

    def __init__(self, vectors: faiss.Index, owners: NDArray[np.int64]) -> None:
        faiss.omp_set_num_threads(1)  # a question is one vector: more threads only wait for each other
        self._vectors = vectors
        self._owners = owners

    @classmethod
    def build(cls, indexable: Indexable) -> Self:
        """Index the unit vectors."""
        index = faiss.IndexFlatIP(indexable.vectors.shape[1])
        index.add(np.ascontiguousarray(indexable.vectors, dtype=np.float32))
        return cls(index, np.asarray(indexable.owners, dtype=np.int64))

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Open an index that was saved."""
        vectors = faiss.read_index(str(folder / VECTORS), faiss.IO_FLAG_MMAP_IFC)
        return cls(vectors, np.load(folder / OWNERS, mmap_mode="r"))

    def save(self, folder: Path) -> None:
        """Write the index into a folder."""
        with (folder / VECTORS).open("wb") as file:  # FAISS itself does not tell every full disk
            file.write(faiss.serialize_index(self._vectors).tobytes())
        np.save(folder / OWNERS, self._owners)

    def search(self, sought: Sought, limit: int, within: NDArray[np.bool_] | None = None) -> Ranking:
        """The rows whose nearest vector is nearest to the question; scores are cosines."""
        if not self._vectors.ntotal or limit <= 0:
            return Ranking(np.empty(0, np.int64), np.empty(0, np.float32))
        selected = None
        if within is not None:
            keys = np.flatnonzero(within[self._owners])
            selected = faiss.SearchParameters(sel=faiss.IDSelectorBatch(keys))  # type: ignore[call-arg]
        wanted = limit * 4  # several vectors may belong to one passage; where that hides others, more are taken
        while True:
            wanted = min(wanted, self._vectors.ntotal)
            scores, found = self._vectors.search(sought.embedding.vector[None, :], wanted, params=selected)
            held = found[0] >= 0
            rows, first = np.unique(self._owners[found[0][held]], return_index=True)
            if len(rows) >= limit or not held.all() or wanted == self._vectors.ntotal:
                break
            wanted *= 4
        order = np.argsort(first)[:limit]
        return Ranking(rows[order].astype(np.int64), scores[0][held][first[order]].astype(np.float32))
