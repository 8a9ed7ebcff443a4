"""A sentence-transformers folder: where its weights are, if they are the expected ones, what decides its vectors."""

import hashlib
import json
from pathlib import Path

from chatbot.errors import ModelError

WEIGHTS = "model.safetensors"
_MODULES = "modules.json"
_DECIDES = (".json", ".safetensors", ".model", ".txt")


def verify_weights(folder: Path, sha256: str) -> str:
    """The SHA-256 of the folder's weights. Raises ModelError when they are missing or not the expected ones."""
    weights = weights_of(folder)
    if not weights.is_file():
        raise ModelError(_missing(weights))
    found = _sha256(weights)
    if found != sha256.lower():
        raise ModelError(
            f"{weights} has SHA-256 {found}, expected {sha256}. Install the model again, or, where another "
            "model is meant, set CHATBOT_MODEL_SHA256 to its digest."
        )
    return found


def weights_of(folder: Path) -> Path:
    """The file of the weights: in the folder, or in that of its first module where older versions put it."""
    inner = folder / "0_Transformer" / WEIGHTS
    return inner if inner.is_file() and not (folder / WEIGHTS).exists() else folder / WEIGHTS


def _missing(weights: Path) -> str:
    folder = weights.parent
    if list(folder.glob("model-*-of-*.safetensors")):
        found = "the weights lie there in several files"
    elif list(folder.glob("*.bin")):
        found = "the weights lie there as .bin, which can hold programs and is not loaded"
    else:
        return f"{weights} is missing; CHATBOT_MODEL_DIR must name a sentence-transformers folder."
    return (
        f"{weights} is missing: {found}. Where you trust the model, save it as one file, with "
        "SentenceTransformer(folder).save_pretrained(other, max_shard_size='100GB'), and name that folder in "
        "CHATBOT_MODEL_DIR."
    )


def digest(folder: Path, sha256: str) -> str:
    """SHA-256 over all that decides a vector: the weights, whose digest is given, the tokenizer, what is pooled."""
    result = hashlib.sha256(sha256.encode())
    for name in ["", *_modules(folder)]:
        for path in sorted((folder / name).glob("*")):
            if path.suffix in _DECIDES and path.is_file() and path != weights_of(folder):
                result.update(f"|{path.relative_to(folder).as_posix()}|{_sha256(path)}".encode())
    return result.hexdigest()


def _modules(folder: Path) -> list[str]:
    """The folders of the modules. Raises ModelError when the folder does not list them."""
    path = folder / _MODULES
    if not path.is_file():
        raise ModelError(f"{folder} has no {_MODULES}: it is no sentence-transformers folder. Copy all its files.")
    try:
        return sorted({str(module["path"]) for module in json.loads(path.read_bytes())} - {""})
    except (ValueError, TypeError, KeyError) as error:
        raise ModelError(
            f"{folder} cannot be loaded as a sentence-transformers folder: {_MODULES} lists no modules. "
            "Copy all its files."
        ) from error


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
