"""Workers of a real service and commands share one database: nothing is lost, and a revocation reaches them all."""

import json
import os
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from chatbot.feedback import Feedback, Opinion
from chatbot.model import Status
from chatbot.settings import Settings
from chatbot.storage import feedback as module
from chatbot.storage.database import FILE, Database
from chatbot.storage.feedback import FeedbackStore
from tests.conftest import ROOT
from tests.service import Service, served

pytestmark = pytest.mark.slow
BODY = {"opinion": "useful", "status": "answered", "snapshot_id": "earlier"}
POLL_SECONDS = 0.5
GIVEN, AT_ONCE = 60, 12


@pytest.fixture
def service(real_settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    """Three workers that let in keys alone, over an instance with feedback from long ago."""
    with monkeypatch.context() as long_ago:
        long_ago.setattr(module, "_today", lambda: module.datetime.date(2001, 1, 1))
        old = Feedback(Opinion.USEFUL, "earliest", Status.ANSWERED)
        FeedbackStore(Database(tmp_path / "instance"), 365).add(old)
    env = {"CHATBOT_ACCESS": "keys", "WORKERS": "3", "CHATBOT_POLL_SECONDS": str(POLL_SECONDS)}
    with served(tmp_path, real_settings.index_dir, **env) as running:
        yield running.until_ready()


def command(service: Service, *words: str) -> str:
    """What `chatbot …` prints, run as a process of its own beside the service."""
    env = {**os.environ, "CHATBOT_DATA_DIR": str(service.folder / "instance"), "PYTHONPATH": str(ROOT)}
    program = [sys.executable, "-m", "chatbot.cli", *words]
    return subprocess.run(program, env=env, check=True, capture_output=True, text=True).stdout


def give(service: Service, token: str) -> int:
    """The status of a reply to feedback that is sent with a token."""
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}
    sent = urllib.request.Request(f"{service.url}/api/v1/feedback", json.dumps(BODY).encode(), headers)
    try:
        with urllib.request.urlopen(sent, timeout=30) as reply:
            return int(reply.status)
    except urllib.error.HTTPError as error:
        with error:
            return error.code


def test_workers_and_commands_share_a_database(service: Service) -> None:
    """Old feedback is gone at the start; a new key opens at once, all feedback is kept, a revoked key is refused."""
    with closing(sqlite3.connect(service.folder / "instance" / FILE)) as plain:
        assert plain.execute("SELECT count(*) FROM feedback").fetchone() == (0,)
    token = command(service, "keys", "add", "library").strip()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        statuses = list(pool.map(lambda _: give(service, token), range(GIVEN)))
    assert statuses == [201] * GIVEN
    assert command(service, "feedback", "summary").startswith(f"{GIVEN} given")
    command(service, "keys", "revoke", "library")
    time.sleep(POLL_SECONDS)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        assert set(pool.map(lambda _: give(service, token), range(AT_ONCE * 2))) == {401}
