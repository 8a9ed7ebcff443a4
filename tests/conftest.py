"""What tests share: a small corpus of our own with a stand-in embedder, and the real corpus with the real model."""

import os
import shutil
from pathlib import Path

import pytest

from chatbot import settings
from chatbot.answering.assistant import Assistant
from chatbot.ingest.refresh import Refresher
from chatbot.ingest.sources import Sources
from chatbot.retrieval.embedding import SentenceTransformerEmbedder
from chatbot.retrieval.retriever import Retriever
from chatbot.retrieval.snapshot import Snapshot
from chatbot.retrieval.snapshots import LiveSnapshot, Snapshots
from chatbot.settings import Settings
from chatbot.wiring import Services, engines
from tests import models
from tests.fakes import WordEmbedder

HERE = Path(__file__).parent
ROOT = HERE.parent
SHARED = ROOT.parent / "shared"
BRIEF_TEXT = HERE / "texts" / "brief.txt"
GUIDE = "reading-room-guide"


@pytest.fixture
def corpus_dir(tmp_path: Path) -> Path:
    """A copy of the small corpus that a test may change."""
    return Path(shutil.copytree(HERE / "cards", tmp_path / "corpus"))


@pytest.fixture
def embedder() -> WordEmbedder:
    """An embedder without a model."""
    return WordEmbedder()


@pytest.fixture
def sources(tmp_path: Path) -> Sources:
    """An instance folder without official texts."""
    return Sources(tmp_path / "instance")


@pytest.fixture
def snapshots(tmp_path: Path) -> Snapshots:
    """An empty index folder."""
    return Snapshots(tmp_path / "index")


@pytest.fixture
def refresher(corpus_dir: Path, sources: Sources, snapshots: Snapshots, embedder: WordEmbedder) -> Refresher:
    """What rebuilds the small corpus."""
    return Refresher(corpus_dir, sources, snapshots, embedder, engines())


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> tuple[Snapshots, WordEmbedder]:
    """The small corpus with the guide's full text, built once; tests must not change it."""
    folder = tmp_path_factory.mktemp("small")
    shutil.copytree(HERE / "cards", folder / "corpus")
    held, found, embedder = Sources(folder / "instance"), Snapshots(folder / "index"), WordEmbedder()
    held.add(BRIEF_TEXT, GUIDE)
    Refresher(folder / "corpus", held, found, embedder, engines()).refresh()
    return found, embedder


@pytest.fixture(scope="session")
def snapshot(small: tuple[Snapshots, WordEmbedder]) -> Snapshot:
    """The small corpus, opened."""
    found, _ = small
    current = found.current_id()
    assert current is not None
    return Snapshot(found.folder(current), engines())


@pytest.fixture(scope="session")
def assistant(small: tuple[Snapshots, WordEmbedder]) -> Assistant:
    """An assistant over the small corpus."""
    found, embedder = small
    live = LiveSnapshot(found, lambda folder: Snapshot(folder, engines()), 60)
    return Assistant(live.current, Retriever(embedder), evidence_threshold=0.35, answer_words=120)


@pytest.fixture(scope="session")
def real_settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The repository's corpus, built with the real model; REAL_INDEX_DIR names a folder to keep it in between runs."""
    kept = os.environ.get("REAL_INDEX_DIR")
    folder = Path(kept) if kept else tmp_path_factory.mktemp("real")
    values = settings.load().model_copy(update={"index_dir": folder / "index", "data_dir": folder / "instance"})
    Services(values).refresher().refresh()
    return values


@pytest.fixture(scope="session")
def real_services(real_settings: Settings) -> Services:
    """Everything over the repository's corpus and the real model."""
    return Services(real_settings)


@pytest.fixture(scope="session")
def bert_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with another model: word pieces, prompts, pooled by its first mark."""
    return models.save_bert(tmp_path_factory.mktemp("models") / "bert")


@pytest.fixture(scope="session")
def xlm_roberta_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with yet another: sentence pieces, and a dense layer after the pooling."""
    return models.save_xlm_roberta(tmp_path_factory.mktemp("models") / "xlm-roberta")


@pytest.fixture(scope="session")
def bert(bert_dir: Path) -> SentenceTransformerEmbedder:
    """The first of these, loaded."""
    return SentenceTransformerEmbedder(bert_dir, models.digest_of(bert_dir))


@pytest.fixture(scope="session")
def xlm_roberta(xlm_roberta_dir: Path) -> SentenceTransformerEmbedder:
    """The second of these, loaded."""
    return SentenceTransformerEmbedder(xlm_roberta_dir, models.digest_of(xlm_roberta_dir))


@pytest.fixture(scope="session")
def shared_brief() -> Path:
    """The real brief, where it is at hand."""
    brief = SHARED / "brief" / "ipu-ncii-brief.txt"
    if not brief.is_file():
        pytest.skip(f"The real brief is not at hand: {brief} is missing.")
    return brief
