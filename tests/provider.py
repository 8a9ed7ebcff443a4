"""A real OpenID Connect provider as a process of its own, for the tests that sign in."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import requests

from tests.service import eventually, free_port

PEOPLE = (
    {"sub": "ana-7", "name": "Ana <b>Duarte</b>", "email": "ana@parliament.example"},
    {"sub": "ben"},
)


@contextmanager
def provided(host: str = "127.0.0.1") -> Iterator[str]:
    """A provider that asks for a nonce and knows two people; gives its issuer."""
    port = free_port()
    people = [option for person in PEOPLE for option in ("--user-claims", json.dumps(person))]
    command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port), "--require-nonce", "true", *people]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    issuer = f"http://{host}:{port}"
    try:
        eventually(lambda: _answers(issuer), 30, "the provider answers")
        yield issuer
    finally:
        process.terminate()
        process.wait(timeout=10)


def _answers(issuer: str) -> bool:
    try:
        return requests.get(f"{issuer}/.well-known/openid-configuration", timeout=5).ok
    except requests.RequestException:
        return False


def answer_of(address: str, person: str = "ana-7") -> str:
    """Where the provider sends a browser back to, after somebody signed in there."""
    reply = requests.post(address, {"sub": person}, allow_redirects=False, timeout=10)
    assert reply.status_code == 302, reply.text
    return str(reply.headers["Location"])
