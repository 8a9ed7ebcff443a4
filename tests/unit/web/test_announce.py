"""The address is printed once the service answers, and what is wrong is told when it does not."""

import json
import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from chatbot.web import announce

READY = (200, json.dumps({"status": "ready"}).encode())
NOT_READY = (503, json.dumps({"status": "not ready", "reason": "There is no snapshot yet."}).encode())

Replies = list[tuple[int, bytes]]


@pytest.fixture
def serve() -> Iterator[Callable[[Replies], str]]:
    """Serves the replies given, one after the other, the last one again and again; gives the address."""
    servers: list[ThreadingHTTPServer] = []

    def start(replies: Replies) -> str:
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                status, body = replies.pop(0) if len(replies) > 1 else replies[0]
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                self.send_response(200)
                self.end_headers()
                self.wfile.write(json.dumps({"got": json.loads(body), "at": self.path}).encode())

            def log_message(self, *args: object) -> None:
                """Say nothing."""

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture
def nobody() -> str:
    """An address at which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{probe.getsockname()[1]}"


def test_the_address_is_printed_when_ready(serve: Callable[[Replies], str], capsys: pytest.CaptureFixture[str]) -> None:
    """A service that is ready is announced on standard output with its address."""
    url = serve([READY])
    announce.main(url, 5, os.getppid())
    assert capsys.readouterr() == (f"The helpdesk answers at {url}\n", "")


def test_a_service_that_is_not_ready_yet_is_waited_for(serve: Callable[[Replies], str]) -> None:
    """Not ready is asked again until it is ready."""
    assert announce.wait_until_ready(serve([NOT_READY, NOT_READY, READY]), 5)


def test_the_reason_is_told_when_it_does_not_become_ready(
    serve: Callable[[Replies], str], capsys: pytest.CaptureFixture[str]
) -> None:
    """A service that lives and does not become ready is told with its own reason, on standard error."""
    url = serve([NOT_READY])
    announce.main(url, 0.3, os.getppid())
    assert capsys.readouterr() == ("", f"The helpdesk at {url} is not ready: There is no snapshot yet.\n")


def test_silence_is_told(nobody: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A service that does not answer is told as that, within the seconds given."""
    start = time.monotonic()
    announce.main(nobody, 0.3, os.getppid())
    assert time.monotonic() - start < 3
    assert capsys.readouterr() == ("", f"The helpdesk at {nobody} is not ready: it does not answer\n")


def test_nobody_waits_for_a_service_that_has_ended(nobody: str, capsys: pytest.CaptureFixture[str]) -> None:
    """When the process that was to be announced is not the parent any more, it ends at once and says nothing."""
    start = time.monotonic()
    announce.main(nobody, 60, 0)
    assert time.monotonic() - start < 3
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("reply", [(200, b"<html>"), (500, b"<html>"), (503, b""), (200, b'{"status": "alive"}')])
def test_something_else_is_not_the_service(serve: Callable[[Replies], str], reply: tuple[int, bytes]) -> None:
    """Another page at the address is not taken for the service."""
    assert not announce.wait_until_ready(serve([reply]), 0.3)


@pytest.mark.parametrize("body", [b"[1]", b"5", b'"ready"'])
def test_json_of_another_shape_is_not_the_service(serve: Callable[[Replies], str], body: bytes) -> None:
    """JSON that is no object is not taken for the service, and is no traceback."""
    assert not announce.wait_until_ready(serve([(200, body)]), 0.3)


def test_a_program_that_speaks_no_http_is_not_the_service() -> None:
    """Another protocol at the port, such as a mail server's, is not taken for the service, and is no traceback."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def greet() -> None:
            connection, _ = listening.accept()
            with connection:
                connection.recv(1000)
                connection.sendall(b"220 mail.example.org ESMTP\r\n")

        threading.Thread(target=greet, daemon=True).start()
        assert not announce.wait_until_ready(f"http://127.0.0.1:{listening.getsockname()[1]}", 0.3)


def test_a_question_is_posted_as_json(serve: Callable[[Replies], str]) -> None:
    """A question goes to the API as it is, in any script."""
    told = announce.post_question(serve([READY]), "灯?")
    assert told == {"got": {"question": "灯?"}, "at": "/api/v1/answers"}


def test_no_proxy_stands_between(serve: Callable[[Replies], str], nobody: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The service is on this machine, so a proxy of the environment is not asked."""
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, nobody)
    assert announce.wait_until_ready(serve([READY]), 5)
