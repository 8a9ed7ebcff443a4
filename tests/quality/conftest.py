"""The repository's own corpus, with a stand-in for the model: lists and statuses do not need it."""

import shutil
from pathlib import Path

import pytest

from chatbot.answering.assistant import Assistant
from chatbot.ingest.refresh import Refresher
from chatbot.ingest.sources import Sources
from chatbot.retrieval.retriever import Retriever
from chatbot.retrieval.snapshot import Snapshot
from chatbot.retrieval.snapshots import LiveSnapshot, Snapshots
from chatbot.wiring import engines
from tests.conftest import ROOT
from tests.fakes import WordEmbedder

BRIEF = "ipu-ncii-brief-2026"
PIECES = 254  # as many as the real model reads


@pytest.fixture(scope="session")
def cards_alone(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """A snapshot of the cards without any official text."""
    return _built(tmp_path_factory.mktemp("cards"))


@pytest.fixture(scope="session")
def with_brief(tmp_path_factory: pytest.TempPathFactory, shared_brief: Path) -> Snapshot:
    """A snapshot of the cards and the text of the brief."""
    return _built(tmp_path_factory.mktemp("brief"), shared_brief)


@pytest.fixture(scope="session", params=["cards_alone", "with_brief"])
def corpus(request: pytest.FixtureRequest) -> Snapshot:
    """The corpus without, and where it is at hand with, the text of the brief."""
    snapshot: Snapshot = request.getfixturevalue(request.param)
    return snapshot


@pytest.fixture(scope="session")
def helpdesk(corpus: Snapshot) -> Assistant:
    """An assistant over the corpus."""
    return Assistant(lambda: corpus, Retriever(WordEmbedder(PIECES)), evidence_threshold=0.35, answer_words=120)


def _built(folder: Path, brief: Path | None = None) -> Snapshot:
    sources, snapshots, embedder = Sources(folder / "instance"), Snapshots(folder / "index"), WordEmbedder(PIECES)
    if brief:
        sources.add(brief, BRIEF)
    without_exemplars = shutil.ignore_patterns("intents.yaml")  # which a stand-in that knows no meaning learns wrongly
    cards = Path(shutil.copytree(ROOT / "corpus", folder / "corpus", ignore=without_exemplars))
    Refresher(cards, sources, snapshots, embedder, engines()).refresh()
    return LiveSnapshot(snapshots, lambda path: Snapshot(path, engines()), 60).current()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What asks the whole corpus is slow."""
    for item in items:
        if {"cards_alone", "with_brief", "corpus", "helpdesk"} & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.slow)
