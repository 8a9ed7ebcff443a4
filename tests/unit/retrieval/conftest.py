"""What the tests of this folder share: index folders that a test may damage, with one snapshot or three."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from chatbot.ingest.refresh import Refresher
from chatbot.ingest.sources import Sources
from chatbot.retrieval import records
from chatbot.retrieval.snapshot import MANIFEST, Snapshot
from chatbot.retrieval.snapshots import LiveSnapshot, Snapshots
from chatbot.wiring import engines
from tests.conftest import HERE
from tests.fakes import WordEmbedder


@pytest.fixture
def index_dir(small: tuple[Snapshots, WordEmbedder], tmp_path: Path) -> Path:
    """A copy of the small corpus's index that a test may damage."""
    found, _ = small
    return Path(shutil.copytree(found.folder(found.current_id() or "").parent.parent, tmp_path / "copy"))


@pytest.fixture
def one(index_dir: Path) -> Path:
    """The folder of the one snapshot in index_dir."""
    return Snapshots(index_dir).folder(Snapshots(index_dir).current_id() or "")


@pytest.fixture
def publish_next(corpus_dir: Path, refresher: Refresher, snapshots: Snapshots) -> Callable[[int], str]:
    """Publishes the small corpus with a year changed, as if built in that year; gives the snapshot's id."""
    return lambda year: _publish(corpus_dir, refresher, snapshots, year)


@pytest.fixture(scope="session")
def three_built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, tuple[str, str, str]]:
    """A folder with the corpus and the index after three publications, built once; tests must not change it."""
    folder = tmp_path_factory.mktemp("three")
    corpus, snapshots = Path(shutil.copytree(HERE / "cards", folder / "corpus")), Snapshots(folder / "index")
    refresher = Refresher(corpus, Sources(folder / "instance"), snapshots, WordEmbedder(), engines())
    first, second, third = (_publish(corpus, refresher, snapshots, year) for year in (2021, 2022, 2023))
    return folder, (first, second, third)


@pytest.fixture
def three(three_built: tuple[Path, tuple[str, str, str]], corpus_dir: Path, tmp_path: Path) -> tuple[str, str, str]:
    """Three snapshots in a test's own index and corpus folders, published one after the other, oldest first."""
    folder, ids = three_built
    for part in ("corpus", "index"):
        shutil.copytree(folder / part, tmp_path / part, dirs_exist_ok=True)
    return ids


def _publish(corpus: Path, refresher: Refresher, snapshots: Snapshots, year: int) -> str:
    card = corpus / "laws" / "no-library-act-2022.md"
    lines = [f"year: {year}" if line.startswith("year:") else line for line in card.read_text("utf-8").split("\n")]
    card.write_text("\n".join(lines), encoding="utf-8")
    snapshot_id = refresher.refresh().snapshot_id
    manifest = snapshots.folder(snapshot_id) / MANIFEST
    records.write_json(manifest, records.read_json(manifest) | {"built_at": f"{year}-01-01T00:00:00+00:00"})
    return snapshot_id


@pytest.fixture
def open_live() -> Callable[[Snapshots], LiveSnapshot]:
    """Opens the published snapshot as a worker does, without the thread that watches."""

    def opened(snapshots: Snapshots) -> LiveSnapshot:
        live = LiveSnapshot(snapshots, lambda folder: Snapshot(folder, engines()), 60)
        live.watching = False
        return live

    return opened
