"""What a browser may keep: static files for a year under the address of their version, the rest until it changes."""

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from flask import Flask, Response, request

YEAR = "public, max-age=31536000, immutable"
_FRESH = ("/healthz", "/readyz")


@cache
def version_of(path: Path) -> str:
    """Names the content of a file, "" where there is none."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12] if path.is_file() else ""


def add_to(app: Flask) -> None:
    """Version the addresses of static files, and give every reply a validator."""

    @app.url_defaults
    def with_version(endpoint: str, values: dict[str, Any]) -> None:
        path = _static_file(app, endpoint, values.get("filename"))
        if path and (version := version_of(path)):
            values.setdefault("v", version)

    @app.after_request
    def with_validator(response: Response) -> Response:
        if request.method not in ("GET", "HEAD") or response.status_code != 200:
            return response
        if path := _static_file(app, request.endpoint, (request.view_args or {}).get("filename")):
            if request.args.get("v") == version_of(path):
                response.headers["Cache-Control"] = YEAR
            response.direct_passthrough = False
            response.make_sequence()  # our files are small; read at once, they can be compressed
        elif request.path in _FRESH:
            response.headers["Cache-Control"] = "no-store"
        elif not response.is_streamed:
            response.headers.setdefault("Cache-Control", "private, no-cache")
            response.add_etag()
            response.make_conditional(request)
        return response


def _static_file(app: Flask, endpoint: str | None, filename: str | None) -> Path | None:
    """The file that an address of ours leads to, if it is one of a room's static files."""
    room, _, name = (endpoint or "").rpartition(".")
    blueprint = app.blueprints.get(room)
    if name != "static" or blueprint is None or not blueprint.static_folder or not filename:
        return None
    folder = Path(blueprint.static_folder).resolve()
    path = (folder / filename).resolve()
    return path if path.is_relative_to(folder) else None
