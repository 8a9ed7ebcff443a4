"""The service under gunicorn: one process loads everything, the workers are forked from it and share it."""

import errno
import gc
import logging
import os
import signal
import socket
import statistics
import subprocess
import sys
import time
from pathlib import Path

from flask import Flask

from chatbot import settings
from chatbot.errors import HelpdeskError, ServiceError, SettingsError
from chatbot.evaluation.bench import unique_megabytes
from chatbot.model import Question
from chatbot.settings import Settings
from chatbot.web import announce
from chatbot.web.app import create_app
from chatbot.web.manners import request_ids
from chatbot.wiring import Services

THREADS = 4
_ROOT = Path(__file__).resolve().parent.parent.parent
_READY_SECONDS = 120
log = logging.getLogger(__name__)


def preloaded() -> Flask:
    """The application with model and snapshot loaded; without a snapshot it starts all the same and says so."""
    logging.basicConfig(level=logging.WARNING)
    request_ids.add_to_log()
    services = Services(settings.load())
    services.live.watching = False  # a thread would not survive the fork: each worker starts its own
    try:
        services.assistant.answer(Question("What is non-consensual intimate imagery?"))
    except HelpdeskError as error:
        log.warning("Not ready to answer: %s", error)
    services.live.watching = True
    _forget_feedback(services)
    gc.collect()
    gc.freeze()  # what the workers share stays shared: collecting would write to its pages
    return create_app(services)


def _forget_feedback(services: Services) -> None:
    """Delete what was kept long enough; a database that cannot be used does not keep questions from being answered."""
    try:
        services.feedback.forget_old()
    except HelpdeskError as error:
        log.warning("Old feedback is not deleted: %s", error)


def check_port(values: Settings) -> None:
    """Raises SettingsError when the service could not listen where the settings say."""
    try:
        family = socket.getaddrinfo(values.host, values.port, type=socket.SOCK_STREAM)[0][0]
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((values.host, values.port))
    except socket.gaierror as error:
        raise SettingsError(
            f"HOST is '{values.host}', which is no address of this machine ({error.strerror})."
        ) from error
    except OSError as error:
        reasons = {
            errno.EADDRINUSE: "is taken by another program; set PORT to a free one, such as PORT=8001",
            errno.EACCES: "may not be used by this account; set PORT to a number above 1023",
            errno.EADDRNOTAVAIL: "cannot be listened on, because the address is not of this machine; set HOST",
        }
        reason = reasons.get(error.errno or 0, f"cannot be listened on: {error.strerror}")
        raise SettingsError(f"Port {values.port} of {values.host} {reason}.") from error


def run(values: Settings) -> None:
    """Become gunicorn; a short-lived child prints the address once the service answers."""
    url = address(values)
    subprocess.Popen([sys.executable, "-m", announce.__name__, url, str(_READY_SECONDS), str(os.getpid())])
    os.chdir(_ROOT)
    os.execve(sys.executable, _command(values), _environment(values))


def address(values: Settings) -> str:
    """Where a browser finds the service."""
    host = "127.0.0.1" if values.host in ("0.0.0.0", "") else values.host  # noqa: S104
    return f"http://[{host}]:{values.port}" if ":" in host else f"http://{host}:{values.port}"


def _command(values: Settings) -> list[str]:
    host = f"[{values.host}]" if ":" in values.host else values.host
    return [
        *(sys.executable, "-m", "gunicorn", "wsgi:application", "--preload"),
        *("--bind", f"{host}:{values.port}", "--workers", str(values.workers)),
        *("--worker-class", "chatbot.web.worker.ImpatientWorker", "--threads", str(THREADS)),
        *("--timeout", "60", "--graceful-timeout", "10", "--keep-alive", "5"),
        *("--forwarded-allow-ips", ""),  # which proxies are believed is decided in one place, manners.proxies
        *("--chdir", str(_ROOT), "--name", "helpdesk", "--log-level", "warning"),
    ]


def _environment(values: Settings) -> dict[str, str]:
    """Our environment, with folders that mean the same elsewhere, and with one memory pool a worker.

    Threads that each have their own pool cost 20 MB a thread.
    """
    return {"MALLOC_ARENA_MAX": "1", **os.environ, **values.as_variables()}


def weigh_workers(values: Settings, questions: list[str]) -> float:
    """Megabytes that each further worker has of its own, after answering questions (Linux).

    Starts the service with three workers on a free port, and stops it again.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    tried = values.model_copy(update={"host": "127.0.0.1", "port": port, "workers": 3})
    master = subprocess.Popen(_command(tried), cwd=_ROOT, env=_environment(tried), stderr=subprocess.DEVNULL)
    try:
        if not announce.wait_until_ready(address(tried), _READY_SECONDS):
            raise ServiceError("The service did not become ready; run 'chatbot serve' to see why.")
        for question in questions * 6:
            announce.post_question(address(tried), question)
        time.sleep(1)
        workers = _children(master.pid)
        return statistics.mean(unique_megabytes(pid) for pid in workers) if workers else 0.0
    finally:
        master.send_signal(signal.SIGTERM)
        master.wait(timeout=30)


def _children(pid: int) -> list[int]:
    listed = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(child) for child in listed.read_text(encoding="ascii").split()] if listed.exists() else []
