"""The same storage on a real PostgreSQL, where one is installed; its failures are told without its password."""

import getpass
import os
import pwd
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from chatbot.errors import KeyNameError, StorageError
from chatbot.feedback import Feedback, Opinion
from chatbot.model import Status
from chatbot.storage.database import Database
from chatbot.storage.feedback import FeedbackStore
from chatbot.storage.keys import Keys
from tests.service import free_port

pytestmark = pytest.mark.slow
GIVEN = Feedback(Opinion.USEFUL, "snapshot", Status.ANSWERED, ("a:digest:b:0", "ü:digest:b:1"), "“Good” — =1\n", "Why?")


def programs() -> Path:
    """The folder with PostgreSQL's programs; skips where there are none."""
    found = shutil.which("initdb")
    folders = [Path(found).parent] if found else sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    if not folders or not (folders[-1] / "initdb").exists():
        pytest.skip("No PostgreSQL was found; get one with: apt install postgresql")
    return folders[-1]


def account() -> str:
    """Who runs it; PostgreSQL refuses root."""
    if os.geteuid() != 0:
        return getpass.getuser()
    if "postgres" not in {known.pw_name for known in pwd.getpwall()}:
        pytest.skip("PostgreSQL does not run as root, and there is no account 'postgres'.")
    return "postgres"


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The address of a PostgreSQL with an empty database."""
    found, who, port = programs(), account(), free_port()
    with tempfile.TemporaryDirectory() as folder:
        shutil.chown(folder, who)
        data = Path(folder) / "data"

        def run(*words: str) -> None:
            subprocess.run([str(found / words[0]), *words[1:]], check=True, user=who, cwd=folder, capture_output=True)

        run("initdb", "-D", str(data), "-A", "trust", "-U", "helpdesk", "--no-sync")
        options = f"-c listen_addresses=127.0.0.1 -p {port} -k {folder} -c fsync=off"
        run("pg_ctl", "-D", str(data), "-w", "-o", options, "-l", f"{folder}/log", "start")
        try:
            yield f"postgresql+pg8000://helpdesk:quiet@127.0.0.1:{port}/postgres"
        finally:
            run("pg_ctl", "-D", str(data), "-w", "-m", "immediate", "stop")


def test_keys_and_feedback_are_kept_there(server: str, tmp_path: Path) -> None:
    """Workers that open an empty database at once make it once; keys and feedback do what they do on SQLite."""
    databases = [Database(tmp_path, server) for _ in range(6)]
    threads = [
        threading.Thread(target=lambda one=one: [FeedbackStore(one, 30).add(GIVEN) for _ in range(5)])
        for one in databases
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    kept = list(FeedbackStore(databases[0], 30).kept())
    assert [found.feedback for found in kept] == [GIVEN] * 30
    keys = Keys(databases[1], 0)
    token = keys.add("library")
    assert Keys(databases[2], 0).holder_of(token) == "library"
    with pytest.raises(KeyNameError):
        keys.add("library")
    keys.revoke("library")
    assert Keys(databases[2], 0).holder_of(token) is None
    assert [key.state.split()[0] for key in keys.listed()] == ["revoked"]
    assert keys.listed()[0].used_on is not None
    assert keys.add("library") != token
    assert list(tmp_path.iterdir()) == []
    for database in databases:
        database.close()
        database.close()  # what is closed may be closed again
    assert len(list(FeedbackStore(databases[0], 30).kept())) == 30
    databases[0].close()


def test_a_server_that_is_away_is_told_without_its_password(tmp_path: Path) -> None:
    """The message says where the database should be and which setting to look at."""
    address = f"postgresql+pg8000://helpdesk:quiet@127.0.0.1:{free_port()}/postgres"
    with pytest.raises(StorageError, match=r"postgresql\+pg8000://helpdesk:\*\*\*@127.*CHATBOT_DATABASE_URL") as told:
        FeedbackStore(Database(tmp_path, address), 30).add(GIVEN)
    assert "quiet" not in str(told.value)
