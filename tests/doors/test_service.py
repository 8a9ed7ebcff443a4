"""The real service as a process: it starts, says why it is not ready, notices snapshots, ends."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from chatbot.retrieval.snapshots import Snapshots
from chatbot.settings import Settings
from chatbot.wiring import Services
from tests.conftest import ROOT
from tests.service import Service, eventually, free_port, served

pytestmark = pytest.mark.slow

FIVE = "What are the IPU's five priorities?"
KOREA = "Is watching a sexual deepfake a crime in the Republic of Korea?"
POLL_SECONDS, MARGIN_SECONDS = 0.3, 5.0
GUNICORN = (sys.executable, "-m", "gunicorn", "wsgi:application", "--preload", "--chdir", str(ROOT), "--workers", "1")


@pytest.fixture(scope="module")
def two(real_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str, str]:
    """An index with the whole corpus, published, and an earlier snapshot without one law."""
    folder = tmp_path_factory.mktemp("two")
    corpus, index = folder / "corpus", folder / "index"
    shutil.copytree(real_settings.corpus_dir, corpus)
    shutil.copytree(real_settings.index_dir, index)
    whole = Snapshots(index).current_id()
    assert whole is not None
    (corpus / "laws" / "LK" / "lk-women-empowerment-act-2024.md").unlink()
    values = real_settings.model_copy(
        update={"corpus_dir": corpus, "index_dir": index, "data_dir": folder / "instance"}
    )
    smaller = Services(values).refresher().refresh().snapshot_id
    Snapshots(index).publish(whole)
    return index, whole, smaller


@pytest.fixture
def index(two: tuple[Path, str, str], tmp_path: Path) -> Path:
    """A copy of that index that a test may change."""
    return Path(shutil.copytree(two[0], tmp_path / "index"))


@pytest.fixture(scope="module")
def service(two: tuple[Path, str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A ready service; tests must leave it as it is."""
    with served(tmp_path_factory.mktemp("service"), two[0]) as running:
        yield running.until_ready()


def damage(index: Path, snapshot_id: str) -> None:
    """Change the passages of a snapshot without changing their length."""
    file = index / "snapshots" / snapshot_id / "passages.jsonl"
    file.write_bytes(file.read_bytes().replace(b"image", b"imago"))


def test_address_is_printed_once_the_service_answers(service: Service) -> None:
    """The address is printed, as the only line of standard output, and a browser finds the page there."""
    eventually(lambda: service.printed, 10, "the address")
    assert service.printed == f"The helpdesk answers at {service.url}\n"
    assert service.get("/")[0] == 200


def test_no_address_before_it_answers(index: Path, tmp_path: Path) -> None:
    """As long as nothing answers, nothing is printed."""
    with served(tmp_path / "service", index) as running:
        while not running.printed:
            seen = running.printed
            assert running.readiness().get("code") == 200 or not seen
            assert running.process.poll() is None
            time.sleep(0.02)
        assert running.readiness()["code"] == 200


def test_taken_port_is_told_in_a_sentence(two: tuple[Path, str, str], tmp_path: Path) -> None:
    """A port that is taken gives one sentence with a cure, and an exit code that is not 0."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with served(tmp_path, two[0], PORT=str(port)) as running:
            code = running.process.wait(timeout=30)
    assert code == 1
    assert running.printed == ""
    assert running.complained == (
        f"Port {port} of 127.0.0.1 is taken by another program; set PORT to a free one, such as PORT=8001.\n"
    )


def test_a_second_service_on_the_port_leaves_the_first_alone(
    service: Service, two: tuple[Path, str, str], tmp_path: Path
) -> None:
    """Starting it twice ends the second, and the first goes on."""
    with served(tmp_path, two[0], PORT=str(service.port)) as second:
        assert second.process.wait(timeout=30) == 1
    assert service.ask(FIVE)[0] == 200


def test_pointer_to_a_missing_snapshot(index: Path, two: tuple[Path, str, str], tmp_path: Path) -> None:
    """Without the snapshot that is published, it starts, says why, is kind to the reader, and mends by itself."""
    _, whole, smaller = two
    shutil.rmtree(index / "snapshots" / whole)
    with served(tmp_path / "service", index) as running:
        told = running.until_alive().readiness()
        assert (told["code"], told["status"]) == (503, "not ready")
        assert told["reason"] == f"There is no snapshot '{whole}'; 'chatbot index list' shows those there are."
        assert_kind_page(running)
        Snapshots(index).publish(smaller)
        running.until_ready(smaller, POLL_SECONDS + MARGIN_SECONDS)
        assert running.ask(FIVE)[1]["snapshot_id"] == smaller


def test_damaged_snapshot_at_start(index: Path, two: tuple[Path, str, str], tmp_path: Path) -> None:
    """With a damaged snapshot it starts, names the file, is kind to the reader, and mends by itself."""
    _, whole, smaller = two
    damage(index, whole)
    with served(tmp_path / "service", index) as running:
        told = running.until_alive().readiness()
        assert (told["code"], told["status"]) == (503, "not ready")
        assert told["reason"].startswith(f"Snapshot {whole} is damaged: passages.jsonl has changed. Run 'chatbot")
        assert_kind_page(running)
        Snapshots(index).publish(smaller)
        running.until_ready(smaller, POLL_SECONDS + MARGIN_SECONDS)


def test_no_snapshot_at_all_under_gunicorn(index: Path, two: tuple[Path, str, str], tmp_path: Path) -> None:
    """Started without any snapshot it says how to build one, and becomes ready when one is published."""
    (index / "current").unlink()
    port = free_port()
    command = (*GUNICORN, "--bind", f"127.0.0.1:{port}")
    with served(tmp_path / "service", index, command, PORT=str(port)) as running:
        told = running.until_alive().readiness()
        assert told == {
            "code": 503,
            "status": "not ready",
            "snapshot_id": "",
            "reason": "There is no snapshot yet; run 'chatbot corpus refresh' to build one.",
        }
        assert_kind_page(running)
        Snapshots(index).publish(two[1])
        running.until_ready(two[1], POLL_SECONDS + MARGIN_SECONDS)
        assert running.ask(FIVE)[1]["status"] == "answered"


def assert_kind_page(running: Service) -> None:
    """The page comes with 503 and a sentence for the reader; the API with a problem; neither shows a traceback."""
    code, page = running.get("/")
    assert code == 503
    assert "The sources are being prepared. Please try again in a few minutes." in page
    code, problem = running.ask(FIVE)
    assert (code, problem["status"], problem["title"]) == (503, 503, "The service is not ready")
    assert "Traceback" not in running.complained


def test_published_snapshot_is_taken_up(index: Path, two: tuple[Path, str, str], tmp_path: Path) -> None:
    """Every worker answers from a newly published snapshot within the poll time, without a failing answer."""
    _, whole, smaller = two
    with served(tmp_path / "service", index, WORKERS="3") as running:
        running.until_ready(whole)
        for wanted in (smaller, whole):
            Snapshots(index).publish(wanted)
            eventually(
                lambda wanted=wanted: {running.readiness()["snapshot_id"] for _ in range(20)} == {wanted},
                POLL_SECONDS + MARGIN_SECONDS,
                f"all workers answer from {wanted}",
            )
            assert running.ask(FIVE)[1]["snapshot_id"] == wanted


def test_damaged_publication_leaves_the_old_snapshot(index: Path, two: tuple[Path, str, str], tmp_path: Path) -> None:
    """A pointer to a damaged snapshot leaves the old one answering, and /readyz says what is wrong."""
    _, whole, smaller = two
    damage(index, smaller)
    with served(tmp_path / "service", index, WORKERS="1") as running:
        running.until_ready(whole)
        (index / "current").write_text(smaller + "\n", encoding="ascii")
        told = eventually(
            lambda: (found := running.readiness())["reason"] and found, POLL_SECONDS + MARGIN_SECONDS, "a reason"
        )
        assert (told["code"], told["snapshot_id"]) == (200, whole)
        assert told["reason"].startswith(f"Snapshot {smaller} is damaged: passages.jsonl has changed.")
        assert running.ask(FIVE)[1]["status"] == "answered"


def test_garbled_pointer_is_survived(index: Path, two: tuple[Path, str, str], tmp_path: Path) -> None:
    """Odd bytes in the pointer leave the old snapshot answering, and the next publication is noticed."""
    _, whole, smaller = two
    with served(tmp_path / "service", index, WORKERS="1") as running:
        running.until_ready(whole)
        (index / "current").write_bytes(b"\xff\xfe\x00odd")
        deadline = time.monotonic() + 5 * POLL_SECONDS
        while time.monotonic() < deadline:
            assert running.ask(FIVE)[1]["snapshot_id"] == whole
        Snapshots(index).publish(smaller)
        running.until_ready(smaller, POLL_SECONDS + MARGIN_SECONDS)


def test_garbled_pointer_at_start(index: Path, tmp_path: Path) -> None:
    """Odd bytes in the pointer at the start are told in a sentence, not in a traceback."""
    (index / "current").write_bytes(b"\xff\xfe\x00odd")
    with served(tmp_path / "service", index) as running:
        eventually(lambda: running.readiness() or running.process.poll() is not None, 60, "an answer or an end")
        assert "Traceback" not in running.complained


def test_relative_folders_are_those_of_the_caller(index: Path, tmp_path: Path) -> None:
    """A relative CHATBOT_INDEX_DIR means the folder where the command was given."""
    folder = tmp_path / "service"
    folder.mkdir()
    index.rename(folder / "held")
    with served(folder, Path("held")) as running:
        assert running.until_alive().readiness()["status"] == "ready"


@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT"])
def test_signal_ends_it_cleanly(name: str, index: Path, tmp_path: Path) -> None:
    """A request to end is followed with exit code 0, all workers gone, the port free and nothing to complain of."""
    with served(tmp_path / "service", index) as running:
        running.until_ready()
        workers = eventually(lambda: len(found := running.workers()) == 2 and found, 20, "two workers")
        running.process.send_signal(getattr(signal, name))
        assert running.process.wait(timeout=20) == 0
        eventually(lambda: not any(Path(f"/proc/{pid}").exists() for pid in workers), 5, "the workers are gone")
        assert "Traceback" not in running.complained
        assert running.readiness() == {}


def test_ending_before_it_is_ready_leaves_no_process(index: Path, tmp_path: Path) -> None:
    """Ended while it starts, it leaves nothing behind that waits for it or announces it."""
    with served(tmp_path / "service", index) as running:
        eventually(lambda: announcers(running.url), 60, "the process that will print the address")
        running.process.send_signal(signal.SIGTERM)
        running.process.wait(timeout=30)
        left = announcers(running.url)
        try:
            eventually(lambda: not announcers(running.url), 6, "nothing waits any longer")
        finally:
            for pid in left:
                end(pid)


def announcers(url: str) -> list[int]:
    """The processes that wait to print this address."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if b"chatbot.web.announce" in words and url.encode() in words:
            found.append(int(folder.name))
    return found


def end(pid: int) -> None:
    """Kill a process if it is there."""
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def test_running_answer_is_finished_when_it_is_asked_to_end(index: Path, tmp_path: Path) -> None:
    """A question that is being answered when SIGTERM comes is answered."""
    with served(tmp_path / "service", index) as running, ThreadPoolExecutor(4) as pool:
        running.until_ready()
        asked = [pool.submit(running.ask, FIVE) for _ in range(4)]
        eventually(lambda: any(one.done() for one in asked), 30, "the first of four is answered")
        running.process.send_signal(signal.SIGTERM)
        assert [one.result()[0] for one in asked] == [200] * 4
        assert running.process.wait(timeout=20) == 0


def test_twenty_clients_at_once(service: Service) -> None:
    """Twenty concurrent clients, each with three questions, get what a lone client gets."""
    questions = (FIVE, KOREA, "How do I bake bread?")
    alone = {question: told(service.ask(question)) for question in questions}
    asked = [questions[number % 3] for number in range(60)]
    with ThreadPoolExecutor(20) as pool:
        together = list(pool.map(lambda question: (question, told(service.ask(question))), asked))
    assert [answer for question, answer in together if answer != alone[question]] == []


def told(reply: tuple[int, dict[str, object]]) -> tuple[object, ...]:
    """What of an answer does not depend on the clock."""
    code, answer = reply
    return code, answer["status"], answer["message"], answer["sentences"], answer["citations"], answer["nearest"]


HOOK = """
import os, sys
def _guard(event, args):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"):
        place = args[1] if event in ("socket.connect", "socket.sendto") else args[0]
        host = place[0] if isinstance(place, tuple) else place
        if host not in ("127.0.0.1", "::1", "localhost", None) and not str(place).startswith("/"):
            os.write(2, f"LEFT THE BUILDING: {event} {place}".encode())
            os._exit(97)
sys.addaudithook(_guard)
"""


@pytest.fixture
def closed(tmp_path: Path) -> dict[str, str]:
    """An environment in which a process that calls anything but this machine ends with code 97."""
    (tmp_path / "hook").mkdir()
    (tmp_path / "home").mkdir()
    (tmp_path / "hook" / "sitecustomize.py").write_text(HOOK, encoding="utf-8")
    env = {name: value for name, value in os.environ.items() if not name.startswith(("HF_", "TRANSFORMERS_"))}
    return {
        **env,
        "PYTHONPATH": f"{tmp_path / 'hook'}{os.pathsep}{ROOT}",
        "HF_HOME": str(tmp_path / "home"),
        "CHATBOT_DATA_DIR": str(tmp_path / "instance"),
        "CHATBOT_INDEX_DIR": str(tmp_path / "index"),
    }


def run(env: dict[str, str], *words: str) -> "subprocess.CompletedProcess[str]":
    """Run Python in an environment."""
    return subprocess.run([sys.executable, *words], env=env, capture_output=True, text=True, check=False, timeout=300)


@pytest.mark.parametrize(
    "code",
    [
        "import socket; socket.create_connection(('192.0.2.1', 80), 1)",
        "import socket; socket.getaddrinfo('example.org', 443)",
        "import urllib.request; urllib.request.urlopen('https://example.org')",
        "import socket; socket.socket(type=socket.SOCK_DGRAM).sendto(b'x', ('192.0.2.1', 53))",
    ],
)
def test_guard_ends_a_process_that_calls_out(code: str, closed: dict[str, str]) -> None:
    """The guard of these tests works: a process that calls out is ended."""
    ended = run(closed, "-c", code)
    assert (ended.returncode, ended.stderr[:17]) == (97, "LEFT THE BUILDING")


def test_guard_lets_this_machine_be_called(closed: dict[str, str], service: Service) -> None:
    """The guard lets a process call this machine."""
    code = f"import urllib.request; print(urllib.request.urlopen('{service.url}/healthz').status)"
    assert run(closed, "-c", code).stdout == "200\n"


def test_refresh_and_ask_call_nobody(closed: dict[str, str], tmp_path: Path, real_settings: Settings) -> None:
    """A corpus is built from nothing and a question is answered without a call to the outside."""
    laws = tmp_path / "corpus" / "laws"
    shutil.copytree(real_settings.corpus_dir / "laws" / "KR", laws / "KR")
    shutil.copy(real_settings.corpus_dir / "glossary.yaml", tmp_path / "corpus")
    env = {**closed, "CHATBOT_CORPUS_DIR": str(tmp_path / "corpus")}
    refreshed = run(env, "-m", "chatbot.cli", "corpus", "refresh", "--json")
    assert (refreshed.returncode, refreshed.stderr.count("LEFT THE BUILDING")) == (0, 0)
    assert json.loads(refreshed.stdout)["embedded"] > 0
    asked = run(env, "-m", "chatbot.cli", "ask", "--json", KOREA)
    assert asked.returncode == 0
    assert json.loads(asked.stdout)["status"] == "answered"
    assert list((tmp_path / "home").iterdir()) == []


def test_service_calls_nobody(closed: dict[str, str], index: Path, tmp_path: Path) -> None:
    """The service starts, answers and ends without a call to the outside."""
    with served(tmp_path / "service", index, **{**closed, "CHATBOT_INDEX_DIR": str(index)}) as running:
        assert running.until_ready().ask(FIVE)[1]["status"] == "answered"
        assert running.stop() == 0
    assert "LEFT THE BUILDING" not in running.complained


def test_question_is_written_nowhere(service: Service, two: tuple[Path, str, str]) -> None:
    """The words of a question, and of its answer's abstention, appear in no output and no file of the service."""
    service.ask("Does the zanzibarquux clause bind platforms?")
    service.get("/?q=zanzibarquux")
    folders = [two[0].parent, service.folder]
    written = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    assert [path for path in written if b"zanzibarquux" in path.read_bytes()] == []
