"""The real service as a process of its own: started on a free port, asked over HTTP, stopped."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from tests.conftest import ROOT

START_SECONDS = 90
_opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def eventually(found: Callable[[], Any], seconds: float, what: str) -> Any:
    """What found gives once that is true; fails when it never is within the seconds."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if result := found():
            return result
        time.sleep(0.05)
    raise AssertionError(f"Not within {seconds} s: {what}")


class Service:
    """`chatbot serve` over an index folder, or another command given; output goes to files in folder."""

    def __init__(self, folder: Path, index_dir: Path, command: tuple[str, ...] = (), **env: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.port = int(env.get("PORT") or free_port())
        self.url = f"http://127.0.0.1:{self.port}"
        self._out, self._err = folder / "stdout.txt", folder / "stderr.txt"
        self._env = {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "HOST": "127.0.0.1",
            "PORT": str(self.port),
            "CHATBOT_INDEX_DIR": str(index_dir),
            "CHATBOT_DATA_DIR": str(folder / "instance"),
            "CHATBOT_POLL_SECONDS": "0.3",
            **env,
        }
        self._command = command or (sys.executable, "-m", "chatbot.cli", "serve")
        self.folder = folder
        self.process = self._start()

    def _start(self) -> "subprocess.Popen[bytes]":
        with self._out.open("wb") as out, self._err.open("wb") as err:
            return subprocess.Popen(self._command, stdout=out, stderr=err, env=self._env, cwd=self.folder)

    @property
    def printed(self) -> str:
        """What went to standard output so far."""
        return self._out.read_text(encoding="utf-8")

    @property
    def complained(self) -> str:
        """What went to standard error so far."""
        return self._err.read_text(encoding="utf-8")

    def readiness(self) -> dict[str, Any]:
        """What /readyz says, with the HTTP status as code; empty while nobody answers."""
        try:
            status, text = self.get("/readyz")
        except OSError:
            return {}
        return {**json.loads(text), "code": status}

    def until_alive(self) -> "Service":
        """Wait until it answers at all."""
        eventually(self.readiness, START_SECONDS, f"the service answers; it said: {self.complained}")
        return self

    def until_ready(self, snapshot_id: str = "", seconds: float = START_SECONDS) -> "Service":
        """Wait until it is ready to answer, from a certain snapshot if one is named."""

        def is_ready() -> bool:
            told = self.readiness()
            return told.get("code") == 200 and snapshot_id in ("", told["snapshot_id"])

        eventually(is_ready, seconds, f"ready with {snapshot_id}; it said: {self.complained}")
        return self

    def get(self, path: str) -> tuple[int, str]:
        """Status and text of a page."""
        return self._fetch(urllib.request.Request(self.url + path))

    def ask(self, question: str) -> tuple[int, dict[str, Any]]:
        """Status and answer of the API."""
        data = json.dumps({"question": question}).encode()
        request = urllib.request.Request(
            f"{self.url}/api/v1/answers", data, {"Content-Type": "application/json", "Accept": "application/json"}
        )
        status, text = self._fetch(request)
        return status, json.loads(text)

    def _fetch(self, request: urllib.request.Request) -> tuple[int, str]:
        try:
            with _opener.open(request, timeout=30) as reply:
                return reply.status, reply.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode()

    def workers(self) -> list[int]:
        """The processes that the master started and that live."""
        return [pid for pid in _children_of(self.process.pid) if "gunicorn" in _command_of(pid)]

    def kill(self) -> None:
        """End it at once, with everything it started."""
        children = _children_of(self.process.pid) if self.process.poll() is None else []
        self.process.kill()
        self.process.wait()
        for pid in children:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def stop(self) -> int:
        """Ask it to end; gives the exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=30)


def _children_of(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()]


def _command_of(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return ""


@contextmanager
def served(folder: Path, index_dir: Path, command: tuple[str, ...] = (), **env: str) -> Iterator[Service]:
    """A service that is gone at the end."""
    service = Service(folder, index_dir, command, **env)
    try:
        yield service
    finally:
        service.kill()
