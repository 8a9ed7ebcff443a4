"""Says where the service is, once it really answers."""

import json
import sys
import time
import urllib.error
import urllib.request

_opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # the service is on this machine


def main(url: str, seconds: float) -> None:
    """Wait for the service and print its address, or why it is not ready."""
    if wait_until_ready(url, seconds):
        print(f"The helpdesk answers at {url}", flush=True)
        return
    reason = _status(f"{url}/readyz").get("reason") or "it does not answer"
    print(f"The helpdesk at {url} is not ready: {reason}", file=sys.stderr, flush=True)


def wait_until_ready(url: str, seconds: float) -> bool:
    """Ask until the service is ready; a service that lives and is not ready is asked a few seconds more."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
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
    try:
        with _opener.open(url, timeout=5) as reply:
            result: dict[str, str] = json.load(reply)
            return result
    except urllib.error.HTTPError as error:
        with error:
            try:
                answered: dict[str, str] = json.load(error)
                return answered
            except ValueError:
                return {}
    except (OSError, ValueError):
        return {}


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]))
