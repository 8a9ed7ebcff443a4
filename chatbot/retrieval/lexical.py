"""Index over words: BM25 with stems and pairs of stems, each passage in its own language."""

from pathlib import Path
from typing import ClassVar, Self

import bm25s
import numpy as np
from numpy.typing import NDArray

from chatbot.ports import Indexable, Ranking, Sought
from chatbot.retrieval import words

K1, B = 1.1, 0.7
"""Measured best together with bigrams on regulation questions (README, decisions)."""
_NO_WORD = ""  # stands in a text without words, which the library does not index


class LexicalIndex:
    """Index over the words of passages."""

    name: ClassVar[str] = "words"

    def __init__(self, scorer: bm25s.BM25) -> None:
        self._scorer = scorer

    @classmethod
    def build(cls, indexable: Indexable) -> Self:
        """Index the texts, each in its language."""
        scorer = bm25s.BM25(k1=K1, b=B)
        rows = zip(indexable.texts, indexable.languages, strict=True)
        found = [words.terms(text, language) or [_NO_WORD] for text, language in rows]
        scorer.index(found or [[_NO_WORD]], show_progress=False)
        return cls(scorer)

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Open an index that was saved."""
        return cls(bm25s.BM25.load(str(folder), mmap=True, show_progress=False))

    def save(self, folder: Path) -> None:
        """Write the index into a folder."""
        self._scorer.save(str(folder), show_progress=False)

    def scores(self, sought: Sought) -> NDArray[np.float32]:
        """BM25 of every row; 0 where no word is shared."""
        asked = words.terms(sought.text, "en") + words.terms(sought.original, sought.language)
        known = list(dict.fromkeys(term for term in asked if term in self._scorer.vocab_dict))
        if not known:
            return np.zeros(int(self._scorer.scores["num_docs"]), dtype=np.float32)
        return np.asarray(self._scorer.get_scores(known), dtype=np.float32)

    def search(self, sought: Sought, limit: int, within: NDArray[np.bool_] | None = None) -> Ranking:
        """The rows that share the most telling words with the question."""
        return ranked(self.scores(sought), limit, within)


def ranked(scores: NDArray[np.float32], limit: int, within: NDArray[np.bool_] | None) -> Ranking:
    """The best rows with a score above zero, best first; equal scores in the order of rows."""
    allowed = scores if within is None else np.where(within, scores, 0)
    limit = min(limit, len(allowed))
    if limit <= 0:
        return Ranking(np.empty(0, np.int64), np.empty(0, np.float32))
    least = np.partition(allowed, len(allowed) - limit)[len(allowed) - limit]
    best = np.flatnonzero((allowed >= least) & (allowed > 0))
    best = best[np.lexsort((best, -allowed[best]))][:limit].astype(np.int64)
    return Ranking(best, allowed[best])
