"""Streams over real connections: readers who leave, proxies that gather, clients that never finish their request."""

import http.client
import json
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from chatbot.settings import Settings
from tests.doors import lingering
from tests.service import Service, eventually, free_port, served

pytestmark = pytest.mark.slow
QUESTION = json.dumps({"question": "What are the IPU's five priorities?"}).encode()
HEAD = (
    "POST /api/v1/answers HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
    f"Accept: text/event-stream\r\nContent-Length: {len(QUESTION)}\r\n\r\n"
).encode()
NGINX = """
daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log; worker_processes 1;
events {{ worker_connections 64; }}
http {{
  access_log off;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/f;
  uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  server {{
    listen 127.0.0.1:{port};
    location / {{
      proxy_pass {service};
      proxy_set_header Host $http_host;
      proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
      proxy_set_header X-Forwarded-Proto https;
      proxy_set_header X-Forwarded-Host $http_host;
      proxy_buffering on;
    }}
  }}
}}
"""


@pytest.fixture
def slow_speaker(tmp_path: Path) -> Iterator[Service]:
    """A service with one worker of four threads, whose answers take a minute."""
    port = free_port()
    command = (sys.executable, *lingering.COMMAND, "--threads", "4", "--bind", f"127.0.0.1:{port}")
    with served(tmp_path, tmp_path / "index", command, PORT=str(port), CHATBOT_TRUSTED_PROXIES="127.0.0.1") as running:
        yield running.until_alive()


def begun(port: int) -> socket.socket:
    """A connection on which an answer has begun to come."""
    connection = socket.create_connection(("127.0.0.1", port), timeout=10)
    connection.sendall(HEAD + QUESTION)
    received = b""
    while b"event: sentence" not in received:
        received += connection.recv(4096)
    return connection


def seconds_of(service: Service) -> float:
    """How long the service takes to say that it lives."""
    start = time.monotonic()
    assert service.get("/healthz")[0] == 200
    return time.monotonic() - start


def test_a_reader_who_leaves_frees_the_worker_at_once(slow_speaker: Service) -> None:
    """When all threads stream and their readers leave, the next one is served in moments, not after the minute."""
    connections = [begun(slow_speaker.port) for _ in range(4)]
    probe = socket.create_connection(("127.0.0.1", slow_speaker.port), timeout=0.7)
    probe.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
    with pytest.raises(TimeoutError):
        probe.recv(1)  # all threads are taken, or the test would show nothing
    probe.close()
    for connection in connections:
        connection.close()
    assert seconds_of(slow_speaker) < 2


def test_a_stream_may_take_longer_than_a_request(slow_speaker: Service) -> None:
    """Patience is for what a client must send and take, not for how long an answer takes."""
    connection = begun(slow_speaker.port)
    deadline = time.monotonic() + 4
    while time.monotonic() < deadline:
        assert connection.recv(4096)
    connection.close()


@pytest.mark.parametrize(
    "part", [b"POST /api/v1/answers HT", HEAD[:-2], HEAD, HEAD + QUESTION[:-1]], ids=["line", "head", "no body", "body"]
)
def test_who_never_finishes_a_request_is_let_go(slow_speaker: Service, part: bytes) -> None:
    """When all threads wait for the rest of a request, they are free again as soon as patience is over."""
    connections = [socket.create_connection(("127.0.0.1", slow_speaker.port), timeout=10) for _ in range(4)]
    for connection in connections:
        connection.sendall(part)
    time.sleep(0.2)
    start = time.monotonic()
    assert slow_speaker.get("/healthz")[0] == 200
    assert 0.5 < time.monotonic() - start < 4
    for connection in connections:
        connection.close()
    assert "Traceback" not in slow_speaker.complained


def test_who_never_takes_a_reply_is_let_go(slow_speaker: Service) -> None:
    """When all threads wait for readers that take nothing, they are free again as soon as patience is over."""
    body = b'{"question": "Tell me something long."}'
    connections = []
    for _ in range(4):
        connection = socket.create_connection(("127.0.0.1", slow_speaker.port), timeout=10)
        connection.sendall(HEAD.replace(b": %d" % len(QUESTION), b": %d" % len(body)) + body)
        connections.append(connection)
    time.sleep(3)  # by now the buffers on the way are full
    eventually(lambda: seconds_of(slow_speaker) < 2, 15, "threads are free")
    for connection in connections:
        connection.close()


def test_readers_who_leave_do_not_wear_the_service_out(real_settings: Settings, tmp_path: Path) -> None:
    """After forty answers that were broken off, the real service with one worker answers as before."""
    with served(tmp_path, real_settings.index_dir, WORKERS="1") as service:
        service.until_ready()
        for number in range(40):
            connection = socket.create_connection(("127.0.0.1", service.port), timeout=10)
            connection.sendall(HEAD + QUESTION)
            if number % 2:
                connection.recv(64)
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")  # leave with a reset
            connection.close()
        eventually(lambda: seconds_of(service) < 0.5, 10, "the broken answers are over")
        assert service.ask("What are the IPU's five priorities?")[1]["status"] == "answered"
        assert "Traceback" not in service.complained


# A proxy that gathers


@contextmanager
def gathering_proxy(folder: Path, service: Service) -> Iterator[int]:
    """A real nginx with its buffers on; gives its port."""
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if program is None:
        pytest.skip("This test needs nginx, and none was found; get one with: apt install nginx")
    port = free_port()
    (folder / "nginx.conf").write_text(NGINX.format(folder=folder, port=port, service=service.url), encoding="utf-8")
    process = subprocess.Popen([program, "-p", str(folder), "-c", str(folder / "nginx.conf")])
    try:
        eventually(lambda: _listens(port), 10, "nginx listens")
        yield port
    finally:
        process.terminate()
        process.wait(timeout=10)


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def test_a_proxy_does_not_hold_a_stream_back(slow_speaker: Service, tmp_path: Path) -> None:
    """Through an nginx that gathers replies, sentences arrive one by one, because the reply asks it not to."""
    with gathering_proxy(tmp_path, slow_speaker) as port:
        connection = begun(port)
        connection.settimeout(2)
        assert b"This is sentence" in connection.recv(4096)
        connection.close()
        reply = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        reply.request("GET", "/healthz")
        assert reply.getresponse().getheader("Strict-Transport-Security") == "max-age=31536000"
        reply.close()
