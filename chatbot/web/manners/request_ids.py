"""One id a request, in its reply, in problems and in the log, so that a complaint can be found again."""

import logging
import re
import secrets

from flask import Flask, Response, g, has_request_context, request

FORMAT = "%(asctime)s %(levelname)s %(request_id)s %(name)s: %(message)s"
_WELL_FORMED = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{7,63}", re.ASCII)


class WithRequestId(logging.Filter):
    """Gives each line of the log the id of its request, "-" outside of one."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every line through."""
        record.request_id = current() or "-"
        return True


def current() -> str:
    """The id of this request: the client's where it is well formed, else a new one; "" outside of a request."""
    if not has_request_context():
        return ""
    if "request_id" not in g:
        sent = request.headers.get("X-Request-ID", "")
        g.request_id = sent if _WELL_FORMED.fullmatch(sent) else secrets.token_hex(8)
    return str(g.request_id)


def add_to(app: Flask) -> None:
    """Name every reply."""

    @app.after_request
    def name_reply(response: Response) -> Response:
        response.headers["X-Request-ID"] = current()
        return response


def add_to_log() -> None:
    """Name every line of the log that follows."""
    for output in logging.getLogger().handlers:
        output.addFilter(WithRequestId())
        output.setFormatter(logging.Formatter(FORMAT))
