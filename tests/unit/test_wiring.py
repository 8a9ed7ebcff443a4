"""Settings become services, late, and each setting has its effect."""

import shutil
import subprocess
import sys
from functools import cached_property
from pathlib import Path

import pytest

from chatbot.errors import ModelError, SnapshotError
from chatbot.model import Question, Status
from chatbot.ports import Embedder
from chatbot.retrieval.snapshot import Snapshot
from chatbot.retrieval.snapshots import Snapshots
from chatbot.settings import Settings
from chatbot.wiring import Services, engines
from tests.conftest import HERE
from tests.fakes import WordEmbedder
from tests.models import digest_of
from tests.service import eventually

QUESTION = Question("How fast must a lamp be repaired in Norway?")
HEAVY = ("torch", "sentence_transformers", "transformers", "faiss", "flask", "spellchecker")


class SmallServices(Services):
    """The services with the stand-in embedder in place of the model."""

    @cached_property
    def embedder(self) -> Embedder:
        """The stand-in."""
        return WordEmbedder()


@pytest.fixture(scope="session")
def index_dir(small: tuple[Snapshots, WordEmbedder], snapshot: Snapshot) -> Path:
    """The index folder of the small corpus."""
    found, _ = small
    return found.folder(snapshot.id).parent.parent


def services(index_dir: Path, **values: object) -> SmallServices:
    """Services over an index folder."""
    settings = {"CHATBOT_INDEX_DIR": index_dir, "CHATBOT_POLL_SECONDS": 60, "CHATBOT_EVIDENCE_THRESHOLD": 0.35}
    return SmallServices(Settings(**{**settings, **values}))


def test_services_cost_nothing_until_they_are_used() -> None:
    """Importing the wiring and making the services loads no heavy library."""
    code = (
        "import sys; from chatbot import settings, wiring; s = wiring.Services(settings.load());"
        f"s.snapshots, s.sources, s.live; print([name for name in {HEAVY} if name in sys.modules])"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=HERE.parent)
    assert told.stdout == "[]\n"


def test_engines_have_names_of_their_own() -> None:
    """The engines are those of vectors, words and references, each with its own folder in a snapshot."""
    names = [engine.name for engine in engines()]
    assert len(set(names)) == 3
    assert [engine.__name__ for engine in engines()] == ["FaissIndex", "LexicalIndex", "ReferenceIndex"]


def test_a_service_is_made_once(index_dir: Path) -> None:
    """Whoever asks again gets the same, so that model and snapshot are loaded once."""
    made = services(index_dir)
    assert made.assistant is made.assistant
    assert made.live.current() is made.live.current()


def test_the_index_folder_is_the_one_set(index_dir: Path, snapshot: Snapshot, tmp_path: Path) -> None:
    """CHATBOT_INDEX_DIR is where the snapshot is looked for."""
    assert services(index_dir).live.current().id == snapshot.id
    with pytest.raises(SnapshotError, match="There is no snapshot yet"):
        services(tmp_path / "elsewhere").live.current()


def test_the_instance_folder_is_the_one_set(tmp_path: Path) -> None:
    """CHATBOT_DATA_DIR is where official texts are kept."""
    text = tmp_path / "text.txt"
    text.write_text("A lamp must be lit.\n", encoding="utf-8")
    source = services(tmp_path, CHATBOT_DATA_DIR=tmp_path / "kept").sources.add(text, "some-act")
    assert source.path.is_relative_to(tmp_path / "kept")


def test_the_threshold_decides_what_is_evidence(index_dir: Path) -> None:
    """CHATBOT_EVIDENCE_THRESHOLD at 1 lets nothing answer, at 0.35 the same question is answered."""
    statuses = [
        services(index_dir, CHATBOT_EVIDENCE_THRESHOLD=threshold).assistant.answer(QUESTION).status
        for threshold in (0.35, 1)
    ]
    assert statuses == [Status.ANSWERED, Status.NOT_IN_SOURCES]


def test_the_budget_bounds_an_answer(index_dir: Path) -> None:
    """CHATBOT_ANSWER_WORDS makes answers shorter or longer."""
    question = Question("What happened to the library in Chile?")
    short, long = (
        services(index_dir, CHATBOT_ANSWER_WORDS=words).assistant.answer(question).sentences for words in (20, 300)
    )
    assert 0 < len(short) < len(long)


def test_a_change_of_the_index_is_noticed_within_the_seconds_set(index_dir: Path, tmp_path: Path) -> None:
    """CHATBOT_POLL_SECONDS bounds how long a service goes on with a snapshot that is not the published one."""
    shutil.copytree(index_dir, tmp_path / "index")
    quick, slow = (services(tmp_path / "index", CHATBOT_POLL_SECONDS=seconds) for seconds in (0.2, 3600))
    held = [made.live.current() for made in (quick, slow)]
    (tmp_path / "index" / "current").unlink()
    eventually(quick.live.problem, 10, "the quick one notices")
    assert quick.live.problem() == "There is no snapshot yet; run 'chatbot corpus refresh' to build one."
    assert slow.live.current() is held[1]


@pytest.mark.parametrize("use", ["embedder", "assistant", "refresher"])
def test_a_missing_model_is_told_before_anything_is_loaded(tmp_path: Path, use: str) -> None:
    """CHATBOT_MODEL_DIR without weights is told as such by everything that embeds."""
    made = Services(Settings(CHATBOT_MODEL_DIR=tmp_path, CHATBOT_INDEX_DIR=tmp_path))
    with pytest.raises(ModelError, match=r"model\.safetensors is missing; CHATBOT_MODEL_DIR must name"):
        made.refresher() if use == "refresher" else getattr(made, use)


def test_other_weights_than_expected_are_not_used() -> None:
    """CHATBOT_MODEL_SHA256 must be the digest of the weights."""
    with pytest.raises(ModelError, match="set CHATBOT_MODEL_SHA256 to its digest"):
        _ = Services(Settings(CHATBOT_MODEL_SHA256="0" * 64)).embedder


@pytest.mark.slow
def test_another_model_drops_in(tmp_path: Path, corpus_dir: Path, bert_dir: Path, xlm_roberta_dir: Path) -> None:
    """A snapshot of one model is refused under another with the cure; built again, it is searched and answers."""

    def over(folder: Path) -> Services:
        values = {"CHATBOT_MODEL_DIR": folder, "CHATBOT_MODEL_SHA256": digest_of(folder)}
        places = {"CHATBOT_INDEX_DIR": tmp_path / "index", "CHATBOT_DATA_DIR": tmp_path / "instance"}
        threshold = {"CHATBOT_EVIDENCE_THRESHOLD": 0}
        return Services(Settings(**{"CHATBOT_CORPUS_DIR": corpus_dir, **values, **places, **threshold}))

    over(bert_dir).refresher().refresh()
    assert over(bert_dir).assistant.answer(QUESTION).status is not Status.FAILED
    other = over(xlm_roberta_dir)
    with pytest.raises(SnapshotError, match=r"for another embedding model.*chatbot corpus refresh"):
        other.assistant.answer(QUESTION)
    report = other.refresher().refresh()
    assert report.embedded > 0
    answer = over(xlm_roberta_dir).assistant.answer(QUESTION)
    assert (answer.status, answer.snapshot_id) == (Status.ANSWERED, report.snapshot_id)
    assert answer.sentences
