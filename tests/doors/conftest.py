"""The application over the small corpus with the stand-in embedder, ready or without a usable snapshot."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, cast

import pytest
from flask import Flask
from flask.testing import FlaskClient

from chatbot.answering.assistant import Assistant
from chatbot.ingest.refresh import Refresher
from chatbot.ports import Embedder
from chatbot.retrieval.snapshot import Snapshot
from chatbot.retrieval.snapshots import Snapshots
from chatbot.settings import Settings
from chatbot.web.app import create_app
from chatbot.wiring import Services, engines
from tests.conftest import HERE
from tests.fakes import WordEmbedder

CARDS = HERE / "cards"


class SmallServices(Services):
    """The services with the stand-in embedder in place of the model."""

    @cached_property
    def embedder(self) -> Embedder:
        """The stand-in."""
        return WordEmbedder()

    def refresher(self) -> Refresher:
        """What rebuilds the index with the stand-in."""
        return Refresher(self.settings.corpus_dir, self.sources, self.snapshots, self.embedder, engines())


class BrokenAssistant:
    """An assistant that fails with whatever it was given."""

    def __init__(self, error: Exception) -> None:
        self._error = error

    def answer(self, question: object) -> None:
        """Fail at once."""
        raise self._error

    def stream(self, question: object) -> Iterator[None]:
        """Fail when the first sentence is asked for."""
        raise self._error
        yield


@dataclass(frozen=True)
class BrokenServices(SmallServices):
    """Services over a snapshot that is well, with an assistant that fails."""

    error: Exception

    @cached_property
    def assistant(self) -> Assistant:
        """What fails."""
        return cast(Assistant, BrokenAssistant(self.error))


def settings_over(folder: Path, **values: object) -> Settings:
    """Settings that keep everything in a folder, with the cards of the small corpus."""
    defaults: dict[str, Any] = {
        "CHATBOT_CORPUS_DIR": CARDS,
        "CHATBOT_INDEX_DIR": folder / "index",
        "CHATBOT_DATA_DIR": folder / "instance",
        "CHATBOT_POLL_SECONDS": 60,
        "CHATBOT_EVIDENCE_THRESHOLD": 0.35,
    }
    return Settings(**{**defaults, **values})


@pytest.fixture(scope="session")
def built_index(small: tuple[Snapshots, WordEmbedder], snapshot: Snapshot) -> Path:
    """The index folder of the small corpus; tests must not change it."""
    found, _ = small
    return found.folder(snapshot.id).parent.parent


@pytest.fixture(scope="session")
def small_services(built_index: Path) -> Services:
    """Services over the small corpus; tests must not change them."""
    return SmallServices(settings_over(built_index.parent))


@pytest.fixture(scope="session")
def app(small_services: Services) -> Flask:
    """The application over the small corpus."""
    return create_app(small_services)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A client of the application over the small corpus."""
    return app.test_client()


@pytest.fixture
def doubting_client(built_index: Path) -> FlaskClient:
    """A client of the application for which nothing is near enough to be evidence."""
    return create_app(SmallServices(settings_over(built_index.parent, CHATBOT_EVIDENCE_THRESHOLD=1))).test_client()


@pytest.fixture
def folder(tmp_path: Path, built_index: Path) -> Path:
    """A folder with a copy of the index that a test may damage."""
    shutil.copytree(built_index, tmp_path / "index")
    return tmp_path


@pytest.fixture
def own_services(folder: Path) -> Services:
    """Services over an index that a test may damage."""
    return SmallServices(settings_over(folder))


@pytest.fixture
def client_without_snapshot(tmp_path: Path) -> FlaskClient:
    """A client of the application before anything was built."""
    return create_app(SmallServices(settings_over(tmp_path))).test_client()


@pytest.fixture
def client_with_damaged_snapshot(folder: Path) -> FlaskClient:
    """A client of the application over a snapshot in which a file has changed since it was built."""
    [passages] = folder.glob("index/snapshots/*/passages.jsonl")
    passages.write_bytes(passages.read_bytes()[:-10])
    return create_app(SmallServices(settings_over(folder))).test_client()


@pytest.fixture
def failing_client(folder: Path) -> Callable[[Exception], FlaskClient]:
    """Makes a client of the application whose assistant fails with the error given."""

    def make(error: Exception) -> FlaskClient:
        return create_app(BrokenServices(settings_over(folder), error)).test_client()

    return make
