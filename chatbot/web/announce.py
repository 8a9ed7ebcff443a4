"""Says where the service is, once it really answers."""

import http.client
import json
import os
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from typing import Any

_opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # the service is on this machine


def main(url: str, seconds: float, service: int) -> None:
    """Wait for the service, a process that is this one's parent, and print its address, or why it is not ready."""

    def lives() -> bool:
        return os.getppid() == service

    if wait_until_ready(url, seconds, lives):
        print(f"The helpdesk answers at {url}", flush=True)
        return
    if not lives():
        return
    reason = _status(f"{url}/readyz").get("reason") or "it does not answer"
    print(f"The helpdesk at {url} is not ready: {reason}", file=sys.stderr, flush=True)


def wait_until_ready(url: str, seconds: float, lives: Callable[[], bool] = lambda: True) -> bool:
    """Ask until the service is ready or gone; one that answers and is not ready is asked a few seconds more."""
    deadline = time.monotonic() + seconds
    while lives() and time.monotonic() < deadline:
        status = _status(f"{url}/readyz")
        if status.get("status") == "ready":
            return True
        if status:
            deadline = min(deadline, time.monotonic() + 5)
        time.sleep(0.1)
    return False


def post_question(url: str, question: str) -> dict[str, object]:
    """Ask the API."""
    data = json.dumps({"question": question}).encode()
    request = urllib.request.Request(f"{url}/api/v1/answers", data, {"Content-Type": "application/json"})
    with _opener.open(request, timeout=30) as reply:
        result: dict[str, object] = json.load(reply)
        return result


def _status(url: str) -> dict[str, str]:
    """What the service says of itself; empty when nobody answers, or another program."""
    try:
        with _reply(url) as reply:
            told = json.load(reply)
    except (OSError, ValueError, http.client.HTTPException):
        return {}
    return told if isinstance(told, dict) else {}


def _reply(url: str) -> Any:
    try:
        return _opener.open(url, timeout=5)
    except urllib.error.HTTPError as error:
        return error


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]), int(sys.argv[3]))
