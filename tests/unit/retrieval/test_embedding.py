"""The weights are verified before anything is loaded; what is not the model is refused with a cure."""

import hashlib
import json
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import numpy as np
import pytest

from chatbot.errors import ModelError
from chatbot.retrieval.embedding import SentenceTransformerEmbedder, packaged_model, unit
from chatbot.retrieval.model_folder import WEIGHTS, digest, verify_weights
from chatbot.settings import MINILM_SHA256
from tests.conftest import ROOT
from tests.models import digest_of

CONTENT = b"not really weights"
DIGEST = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def model_dir(tmp_path: Path) -> Path:
    """A folder with a file in the place of the weights."""
    folder = tmp_path / "model"
    folder.mkdir()
    (folder / WEIGHTS).write_bytes(CONTENT)
    return folder


@pytest.mark.parametrize("sha256", [DIGEST, DIGEST.upper()])
def test_expected_weights_pass(model_dir: Path, sha256: str) -> None:
    """The expected digest passes, in capitals too, and is given back as computed."""
    assert verify_weights(model_dir, sha256) == DIGEST


@pytest.mark.parametrize("sha256", ["0" * 64, "", DIGEST[:-1], DIGEST + "0", f" {DIGEST}"])
def test_other_digest_is_refused(model_dir: Path, sha256: str) -> None:
    """Any other digest is refused, and the error names file, found digest and the setting."""
    with pytest.raises(ModelError, match=rf"model\.safetensors has SHA-256 {DIGEST}.*CHATBOT_MODEL_SHA256"):
        verify_weights(model_dir, sha256)


def test_one_changed_byte_is_refused(model_dir: Path) -> None:
    """Weights with one byte more are not the expected ones."""
    (model_dir / WEIGHTS).write_bytes(CONTENT + b"\0")
    with pytest.raises(ModelError):
        verify_weights(model_dir, DIGEST)


def test_empty_weights_are_refused(model_dir: Path) -> None:
    """A file of no bytes, as a broken download leaves it, is refused."""
    (model_dir / WEIGHTS).write_bytes(b"")
    with pytest.raises(ModelError, match="has SHA-256 e3b0c442"):
        verify_weights(model_dir, DIGEST)


@pytest.mark.parametrize("place", ["absent", "model/model.safetensors", "empty", "folder", "dangling"])
def test_missing_weights_are_told(model_dir: Path, tmp_path: Path, place: str) -> None:
    """A folder that is absent, a file, empty, or has no file as weights is refused by the setting's name."""
    (tmp_path / "empty").mkdir()
    (tmp_path / "folder" / WEIGHTS).mkdir(parents=True)
    (tmp_path / "dangling").mkdir()
    (tmp_path / "dangling" / WEIGHTS).symlink_to(tmp_path / "nowhere")
    with pytest.raises(ModelError, match=r"model\.safetensors is missing; CHATBOT_MODEL_DIR must name"):
        verify_weights(tmp_path / place, DIGEST)


def test_embedder_refuses_before_it_loads(model_dir: Path) -> None:
    """Weights with another digest never reach the libraries that would load them."""
    program = f"""
        import sys
        from pathlib import Path
        from chatbot.errors import ModelError
        from chatbot.retrieval.embedding import SentenceTransformerEmbedder
        try:
            SentenceTransformerEmbedder(Path({str(model_dir)!r}), "0" * 64)
        except ModelError:
            print(sorted({{"torch", "sentence_transformers"}} & set(sys.modules)))
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"


def test_packaged_model_is_the_expected_one() -> None:
    """The installed weights have the digest that the settings expect."""
    assert verify_weights(packaged_model(), MINILM_SHA256) == MINILM_SHA256


@pytest.mark.slow
@pytest.mark.parametrize("kept", [(), ("config.json",)])
def test_folder_with_weights_alone_is_refused(tmp_path: Path, kept: tuple[str, ...]) -> None:
    """A folder that has the right weights and lacks the rest of the model is told as such."""
    for name in (WEIGHTS, *kept):
        (tmp_path / name).symlink_to(packaged_model() / name)
    with pytest.raises(ModelError):
        SentenceTransformerEmbedder(tmp_path, MINILM_SHA256)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "content"),
    [("config.json", "null"), ("modules.json", "null"), ("1_Pooling/config.json", None), ("tokenizer.json", "{")],
)
def test_folder_with_a_missing_or_odd_file_is_refused(tmp_path: Path, name: str, content: str | None) -> None:
    """A model of which one file is missing or of another shape is told as such."""
    shutil.copytree(packaged_model(), tmp_path / "model")
    (tmp_path / "model" / name).unlink()
    if content is not None:
        (tmp_path / "model" / name).write_text(content, encoding="utf-8")
    with pytest.raises(ModelError, match="cannot be loaded as a sentence-transformers folder"):
        SentenceTransformerEmbedder(tmp_path / "model", MINILM_SHA256)


def test_unit_scales_to_length_one() -> None:
    """Rows are scaled to length 1 and keep their direction."""
    assert np.allclose(unit(np.array([[3.0, 4.0], [0.0, -2.0]])), [[0.6, 0.8], [0.0, -1.0]])


def test_unit_leaves_zeros() -> None:
    """A row of zeros stays, without a division by zero."""
    assert unit(np.zeros((2, 3))).tolist() == [[0, 0, 0], [0, 0, 0]]


def test_unit_of_no_rows() -> None:
    """No rows give no rows."""
    assert unit(np.zeros((0, 3))).shape == (0, 3)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("pytorch_model.bin", r"lie there as \.bin"),
        ("model-00001-of-00002.safetensors", "lie there in several files"),
    ],
)
def test_weights_in_other_forms_are_told(tmp_path: Path, name: str, said: str) -> None:
    """Weights as .bin or in several files are named, and how to save them as one file."""
    (tmp_path / name).write_bytes(CONTENT)
    with pytest.raises(ModelError, match=rf"{said}.*save_pretrained.*CHATBOT_MODEL_DIR"):
        verify_weights(tmp_path, DIGEST)


def test_weights_in_the_folder_of_the_first_module(tmp_path: Path) -> None:
    """Older folders hold the weights one folder deeper."""
    (tmp_path / "0_Transformer").mkdir()
    (tmp_path / "0_Transformer" / WEIGHTS).write_bytes(CONTENT)
    assert verify_weights(tmp_path, DIGEST) == DIGEST


def test_every_file_that_decides_a_vector_changes_the_digest(tmp_path: Path) -> None:
    """The digest of a model covers tokenizer and layers after the pooling, and not its description."""
    (tmp_path / "2_Dense").mkdir()
    (tmp_path / "modules.json").write_text('[{"path": ""}, {"path": "2_Dense"}]', encoding="utf-8")
    found = [digest(tmp_path, DIGEST)]
    for name in ("tokenizer.json", "2_Dense/model.safetensors", "README.md"):
        (tmp_path / name).write_bytes(CONTENT)
        found.append(digest(tmp_path, DIGEST))
    assert len(set(found)) == 3
    assert found[2] == found[3]


@pytest.mark.slow
def test_model_that_reads_too_little_is_refused(tmp_path: Path, bert_dir: Path) -> None:
    """A model that reads too little of a text is refused when it is loaded, not at the first question."""
    shutil.copytree(bert_dir, tmp_path / "model")
    about = tmp_path / "model" / "sentence_bert_config.json"
    values = {**json.loads(about.read_bytes()), "max_seq_length": 12}
    about.write_text(json.dumps(values), encoding="utf-8")
    config = tmp_path / "model" / "tokenizer_config.json"
    values = {**json.loads(config.read_bytes()), "model_max_length": 12}
    config.write_text(json.dumps(values), encoding="utf-8")
    with pytest.raises(ModelError, match="word pieces of a text; take a model that reads more"):
        SentenceTransformerEmbedder(tmp_path / "model", digest_of(bert_dir))
