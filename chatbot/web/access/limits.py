"""How often somebody may ask: by API key, by person who signed in, else by address; each worker or all together."""

import ipaddress
import math
import time

from flask import Flask, Response, request
from flask.typing import ResponseReturnValue
from flask_limiter import Limiter, RateLimitExceeded
from werkzeug.exceptions import TooManyRequests

from chatbot.settings import Settings
from chatbot.web.access import asking

_SAFE = ("GET", "HEAD", "OPTIONS")
_ANSWERS = ("/", "/frame", "/api/v1/answers")
_COSTLY = ("/sign-in",)
_PATIENCE: dict[str, str | int] = {"socket_connect_timeout": 1, "socket_timeout": 1}  # seconds


def add_to(app: Flask, values: Settings) -> None:
    """Count requests in memory, or in Redis where it is set; while Redis is away each worker counts by itself."""

    @app.after_request
    def round_up(response: Response) -> Response:
        """The library rounds the time down, and tells it to those who need not wait."""
        if limiter.current_limit:
            response.headers.pop("Retry-After", None)
        if response.status_code == 429:
            response.headers["Retry-After"] = str(_wait(limiter))
        return response

    limiter = Limiter(
        _counted_as,
        app=app,
        application_limits=[lambda: _limit(values)],
        application_limits_exempt_when=lambda: not _bucket(),
        storage_uri=values.redis_url.get_secret_value() if values.redis_url else "memory://",
        storage_options=_PATIENCE if values.redis_url else {},
        strategy="moving-window",
        headers_enabled=True,
        in_memory_fallback_enabled=bool(values.redis_url),
        key_prefix="helpdesk",
    )

    @app.errorhandler(RateLimitExceeded)
    def refuse(error: RateLimitExceeded) -> ResponseReturnValue:
        sentence = f"More than {error.description} came from you. Nothing is lost: go on in {_wait(limiter)} seconds."
        return app.handle_user_exception(TooManyRequests(sentence))


def _wait(limiter: Limiter) -> int:
    """Whole seconds after which one more request is let through."""
    found = limiter.current_limit
    return max(1, math.ceil(found.window.reset_time - time.time())) if found else 60


def _bucket() -> str:
    """What is counted: questions, or what else makes work; "" for reading."""
    if request.method not in _SAFE:
        return "answers" if request.path in _ANSWERS else "changes"
    return "changes" if request.path in _COSTLY else ""


def _limit(values: Settings) -> str:
    if _bucket() == "changes":
        return values.changes_limit
    return values.key_limit if asking.current().kind == "key" else values.answers_limit


def _counted_as() -> str:
    asker = asking.current()
    return f"{_bucket()}:{asker.kind}:{asker.name}" if asker.name else f"{_bucket()}:{_neighbourhood()}"


def _neighbourhood() -> str:
    """The address; of IPv6 the /64, because one machine has all of its addresses."""
    text = request.remote_addr or "unknown"
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return text
    return text if address.version == 4 else str(ipaddress.ip_network(f"{address}/64", strict=False))
