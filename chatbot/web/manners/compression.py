"""Replies are compressed as the client can read them; a stream of events never is, because that would hold it back."""

from flask import Flask
from flask_compress import Compress

_KINDS = [
    *("text/html", "text/css", "text/javascript", "text/plain", "text/csv", "image/svg+xml"),
    *("application/json", "application/problem+json", "application/javascript"),
]


def add_to(app: Flask) -> None:
    """Compress what is text and worth it."""
    app.config["COMPRESS_MIMETYPES"] = _KINDS
    app.config["COMPRESS_ALGORITHM"] = ["zstd", "br", "gzip"]
    app.config["COMPRESS_STREAMS"] = False
    Compress(app)
