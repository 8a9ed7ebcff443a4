"""What is left when a process is killed with -9: during a refresh, a publication, an answer."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from pathlib import Path

import pytest

from chatbot.answering.assistant import Assistant
from chatbot.ingest.refresh import Refresher, Report
from chatbot.ingest.sources import Sources
from chatbot.model import Question
from chatbot.retrieval.retriever import Retriever
from chatbot.retrieval.snapshot import Snapshot, verify
from chatbot.retrieval.snapshots import LiveSnapshot, Snapshots
from chatbot.settings import Settings
from chatbot.wiring import engines
from tests.conftest import ROOT
from tests.fakes import WordEmbedder
from tests.service import eventually, served

pytestmark = pytest.mark.slow

LEAK = "What does a keeper in Chile pay for a leak?"
FIVE = "What are the IPU's five priorities?"
LAW = "no-library-act-2022.md"


class Place:
    """The small corpus, built and published, then changed: a refresh would publish something else."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.corpus, self.index, self.instance = folder / "corpus", folder / "index", folder / "instance"
        self.snapshots = Snapshots(self.index)

    def refresh(self) -> Report:
        """Refresh as the next operator would."""
        return Refresher(self.corpus, Sources(self.instance), self.snapshots, WordEmbedder(), engines()).refresh()

    def die(self, action: str, moment: int, *ids: str) -> "subprocess.CompletedProcess[str]":
        """Carry out an action in a process that is killed at a moment."""
        words = (action, str(moment), str(self.corpus), str(self.instance), str(self.index), *ids)
        return subprocess.run(
            [sys.executable, "-m", "tests.doors.dying", *words],
            cwd=ROOT, capture_output=True, text=True, check=False, timeout=60,
        )  # fmt: skip

    def answered(self) -> tuple[object, ...]:
        """What is answered from the published snapshot, once that is verified."""
        current = self.snapshots.current_id()
        assert current is not None
        verify(self.snapshots.folder(current))
        live = LiveSnapshot(self.snapshots, lambda folder: Snapshot(folder, engines()), 3600)
        assistant = Assistant(live.current, Retriever(WordEmbedder()), evidence_threshold=0.35, answer_words=120)
        answer = assistant.answer(Question(LEAK))
        return answer.snapshot_id, answer.status, answer.sentences, answer.citations

    def pair(self) -> tuple[str, str]:
        """The ids of the published snapshot and of the other."""
        published = self.snapshots.current_id()
        assert published is not None
        (other,) = {snapshot.id for snapshot in self.snapshots.listed()} - {published}
        return published, other

    def litter(self) -> list[str]:
        """What lies in the index folder and does not belong there."""
        known = {"current", "history.jsonl", "snapshots", "lock"}
        return sorted({path.name for path in self.index.iterdir()} - known)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """Two snapshots of the small corpus, the second published, and a card that changed since."""
    place = Place(tmp_path_factory.mktemp("built"))
    shutil.copytree(ROOT / "tests" / "cards", place.corpus)
    law = place.corpus / "laws" / LAW
    text = law.read_text(encoding="utf-8")
    for change in ("", "\n## Sec. 8 — Cellars\n\nA cellar is pumped dry within nine days.\n"):
        law.write_text(text + change, encoding="utf-8")
        place.refresh()
    law.write_text(text + "\n## Sec. 9 — Attics\n\nAn attic is swept within eleven days.\n", encoding="utf-8")
    return place


@pytest.fixture
def place(built: Place, tmp_path: Path) -> Place:
    """A copy of it that may be spoiled."""
    return Place(Path(shutil.copytree(built.folder, tmp_path / "place")))


def moments_of(built: Place, folder: Path, action: str, *ids: str) -> int:
    """How many file operations an action has that nobody interrupts."""
    unhurt = Place(Path(shutil.copytree(built.folder, folder / action)))
    return int(unhurt.die(action, 0, *ids).stdout)


@pytest.fixture(scope="module")
def refresh_moments(built: Place, tmp_path_factory: pytest.TempPathFactory) -> int:
    """How many file operations a refresh has."""
    return moments_of(built, tmp_path_factory.mktemp("refreshed"), "refresh")


@pytest.mark.parametrize("share", [0.0, 0.1, 0.25, 0.4, 0.55, 0.7, 0.8, 0.85, 0.9, 0.95, 1.0])
def test_killed_refresh_leaves_the_published_snapshot(share: float, place: Place, refresh_moments: int) -> None:
    """A refresh that is killed leaves a snapshot that opens and answers; the next succeeds and leaves no litter."""
    before = place.answered()
    died = place.die("refresh", 1 + round(share * (refresh_moments - 1)))
    assert died.returncode == -signal.SIGKILL
    if place.answered()[0] == before[0]:
        assert place.answered() == before
    place.refresh()
    assert place.answered()[0] != before[0]
    assert place.litter() == []
    assert place.refresh().unchanged


@pytest.mark.parametrize("moment", range(1, 13))
def test_killed_publication_leaves_one_of_the_two(moment: int, place: Place) -> None:
    """Killed at any file operation of two publications, the pointer is one of the two and opens; both go on working."""
    newest, oldest = place.pair()
    place.die("publish", moment, oldest, newest)
    assert place.answered()[0] in (oldest, newest)
    for wanted in (oldest, newest):
        with place.snapshots.lock():
            place.snapshots.publish(wanted)
        assert place.answered()[0] == wanted
    assert place.litter() == []


def test_publications_have_the_moments_that_are_tried(built: Place, tmp_path: Path) -> None:
    """Two publications have twelve file operations or fewer, so that all are tried."""
    newest, oldest = built.pair()
    assert 6 <= moments_of(built, tmp_path, "publish", oldest, newest) <= 12


def test_killed_in_a_loop_of_publications(place: Place) -> None:
    """Killed at random in an endless loop of publications, the pointer always is one of the two and opens."""
    pair = place.pair()
    chance = random.Random(11)
    for _ in range(6):
        words = ("publish", "0", str(place.corpus), str(place.instance), str(place.index), *pair * 2000)
        with subprocess.Popen([sys.executable, "-m", "tests.doors.dying", *words], cwd=ROOT) as looping:
            eventually((place.index / "lock.json").exists, 30, "the loop runs")
            time.sleep(chance.uniform(0, 0.2))
            looping.kill()
        assert looping.returncode == -signal.SIGKILL
        assert place.answered()[0] in pair
        (place.index / "lock.json").unlink()


def test_history_line_cut_short_is_passed_over(place: Place) -> None:
    """A history whose last line was cut short, as on a full disk, neither stops publications nor the way back."""
    newest, oldest = place.pair()
    with (place.index / "history.jsonl").open("a", encoding="utf-8") as history:
        history.write('{"id": "' + oldest[:5])
    place.snapshots.publish(oldest)
    assert place.snapshots.rollback() == newest


@pytest.fixture(scope="module")
def prune_moments(built: Place, tmp_path_factory: pytest.TempPathFactory) -> int:
    """How many file operations a prune has."""
    return moments_of(built, tmp_path_factory.mktemp("pruned"), "prune")


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.9, 1.0])
def test_killed_prune_leaves_the_published_snapshot(share: float, place: Place, prune_moments: int) -> None:
    """Killed while it deletes an old snapshot, the current one answers, and the next prune and refresh succeed."""
    before = place.answered()
    died = place.die("prune", 1 + round(share * (prune_moments - 1)))
    assert died.returncode == -signal.SIGKILL
    assert place.answered() == before
    with place.snapshots.lock():
        place.snapshots.prune(1)
    assert [snapshot.id for snapshot in place.snapshots.listed()] == [before[0]]
    assert place.refresh().unchanged is False


def test_half_deleted_snapshot_is_deleted_by_the_next_prune(place: Place) -> None:
    """What a killed prune left of an old snapshot, its manifest gone first, is deleted by the next."""
    current, old = place.pair()
    (place.index / "snapshots" / old / "manifest.json").unlink()
    place.snapshots.prune(1)
    assert [path.name for path in (place.index / "snapshots").iterdir()] == [current]


def test_way_back_passes_over_a_damaged_snapshot(place: Place) -> None:
    """Rollback goes to the newest earlier snapshot that is whole."""
    damaged, whole = place.pair()
    place.refresh()
    (place.index / "snapshots" / damaged / "passages.jsonl").unlink()
    assert place.snapshots.rollback() == whole


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_killed_worker_is_replaced(real_settings: Settings, tmp_path: Path) -> None:
    """Workers killed while they answer are replaced, the next question is answered, and the index is untouched."""
    index = Path(shutil.copytree(real_settings.index_dir, tmp_path / "index"))
    before = contents(index)
    with served(tmp_path / "service", index) as running, ThreadPoolExecutor(8) as pool:
        first = running.until_ready().ask(FIVE)[1]
        killed = eventually(lambda: len(found := running.workers()) == 2 and found, 20, "two workers")
        asked = [pool.submit(lambda: running.ask(FIVE)[0]) for _ in range(40)]
        eventually(lambda: sum(one.done() for one in asked) >= 4, 30, "answers are being given")
        for pid in killed:
            os.kill(pid, signal.SIGKILL)
        broken = [one for one in asked if one.exception() is not None]
        assert all(isinstance(one.exception(), OSError | HTTPException) for one in broken)
        assert {one.result() for one in asked if one not in broken} == {200}
        running.until_ready()
        eventually(lambda: len(set(running.workers()) - set(killed)) == 2, 20, "two new workers")
        assert running.ask(FIVE)[1]["sentences"] == first["sentences"]
        assert contents(index) == before


def test_workers_end_when_the_master_is_killed(real_settings: Settings, tmp_path: Path) -> None:
    """When the first process is killed with -9, its workers end and the port is free again."""
    with served(tmp_path, real_settings.index_dir) as running:
        workers = running.until_ready().workers()
        running.process.kill()
        eventually(lambda: not any(Path(f"/proc/{pid}").exists() for pid in workers), 20, "the workers ended")
        assert running.readiness() == {}


def test_killed_batch_leaves_whole_lines(real_settings: Settings, tmp_path: Path) -> None:
    """`chatbot answer` killed in its midst leaves whole answers in the output, in the order of the questions."""
    questions, answers = tmp_path / "questions.jsonl", tmp_path / "answers.jsonl"
    lines = [json.dumps({"id": str(number), "question": f"{FIVE} ({number})"}) for number in range(3000)]
    questions.write_text("\n".join(lines), encoding="utf-8")
    command = [sys.executable, "-m", "chatbot.cli", "answer", "--input", str(questions), "--output", str(answers)]
    env = {**os.environ, "CHATBOT_INDEX_DIR": str(real_settings.index_dir), "CHATBOT_DATA_DIR": str(tmp_path)}
    with subprocess.Popen(command, cwd=ROOT, env=env, stderr=subprocess.DEVNULL) as running:
        eventually(lambda: answers.exists() and answers.stat().st_size > 20_000, 90, "some answers are written")
        running.kill()
    written = answers.read_text(encoding="utf-8")
    assert written.endswith("\n")
    assert [json.loads(line)["id"] for line in written.splitlines()] == [
        str(number) for number in range(written.count("\n"))
    ]
