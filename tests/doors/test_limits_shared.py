"""Limits that several workers count together in a real Redis, and what happens while it is away."""

import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import redis
from flask.testing import FlaskClient

from chatbot.settings import Settings
from chatbot.web.app import create_app
from tests.doors.conftest import SmallServices, settings_over
from tests.service import eventually, free_port, served

pytestmark = pytest.mark.slow
LAMP = "How fast must a lamp be repaired in Norway?"
Make = Callable[[int], FlaskClient]


@contextmanager
def redis_on(port: int, folder: Path) -> Iterator[None]:
    """A Redis that keeps nothing, on the port."""
    program = shutil.which("redis-server")
    if program is None:
        pytest.skip("This test needs a Redis, and none was found; get one with: apt install redis-server")
    options = ["--port", str(port), "--save", "", "--appendonly", "no", "--dir", str(folder)]
    process = subprocess.Popen([program, *options], stdout=subprocess.DEVNULL)
    try:
        eventually(lambda: _answers(port), 10, "Redis answers")
        yield
    finally:
        process.kill()
        process.wait(timeout=10)


def _answers(port: int) -> bool:
    with redis.Redis(port=port) as client:
        try:
            return bool(client.ping())
        except redis.ConnectionError:
            return False


@pytest.fixture
def worker(built_index: Path) -> Make:
    """Makes a worker of its own that counts in the Redis on a port."""

    def made(port: int) -> FlaskClient:
        values = {"CHATBOT_ANSWERS_LIMIT": "3 per minute", "CHATBOT_REDIS_URL": f"redis://127.0.0.1:{port}/0"}
        return create_app(SmallServices(settings_over(built_index.parent, **values))).test_client()

    return made


def ask(client: FlaskClient) -> int:
    """Ask, and give the status."""
    return client.post("/api/v1/answers", json={"question": LAMP}).status_code


def test_workers_count_together(worker: Make, tmp_path: Path) -> None:
    """Two workers with one Redis let three questions through between them."""
    port = free_port()
    with redis_on(port, tmp_path):
        one, other = worker(port), worker(port)
        assert [ask(one), ask(other), ask(one), ask(other), ask(one)] == [200, 200, 200, 429, 429]


def test_the_workers_of_a_real_service_count_together(real_settings: Settings, tmp_path: Path) -> None:
    """Three processes forked from one let so many questions through as the limit says, not three times as many."""
    port = free_port()
    variables = {"CHATBOT_REDIS_URL": f"redis://127.0.0.1:{port}/0", "CHATBOT_ANSWERS_LIMIT": "6 per minute"}
    with (
        redis_on(port, tmp_path),
        served(tmp_path / "service", real_settings.index_dir, WORKERS="3", **variables) as service,
    ):
        service.until_ready()
        assert [service.ask(LAMP)[0] for _ in range(9)] == [200] * 6 + [429] * 3


def test_without_redis_each_worker_counts_by_itself(worker: Make) -> None:
    """A Redis that is away at the start costs nobody an answer, and the limit still holds, worker by worker."""
    port = free_port()
    one, other = worker(port), worker(port)
    start = time.monotonic()
    assert [ask(one) for _ in range(4)] == [200, 200, 200, 429]
    assert [ask(other) for _ in range(4)] == [200, 200, 200, 429]
    assert time.monotonic() - start < 5


def test_redis_may_go_and_come_back(worker: Make, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """When Redis goes, questions are answered on and the log says so; when it is back, workers count together again."""
    port = free_port()
    one, other = worker(port), worker(port)
    with redis_on(port, tmp_path):
        assert [ask(one), ask(other)] == [200, 200]
    assert [ask(one), ask(other)] == [200, 200]
    assert "falling back to in-memory storage" in caplog.text
    with redis_on(port, tmp_path), redis.Redis(port=port) as client:
        eventually(lambda: _counted(client, one, other) == 2, 20, "both workers use Redis again")
        assert [ask(one), ask(other)] == [200, 429]


def _counted(client: "redis.Redis", one: FlaskClient, other: FlaskClient) -> int:
    """How many of two questions, one to each worker, Redis knows of."""
    client.flushall()
    ask(one)
    ask(other)
    return sum(client.llen(key) for key in client.scan_iter())
