"""What pages of other origins may ask of us: nothing that writes, and the API only when their origin is listed.

No cookie is needed for this, so it holds inside a frame too: browsers themselves say where a request comes from.
"""

from urllib.parse import urlsplit

from flask import Flask, Response, make_response, request
from werkzeug.exceptions import Forbidden

from chatbot.settings import Settings

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_OPENED = ("/api/", "/embed/", "/embed.js")
_METHOD = "Access-Control-Request-Method"
_PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, POST",
    "Access-Control-Allow-Headers": "Accept, Authorization, Content-Type, X-Request-ID",
    "Access-Control-Max-Age": "600",
}


def add_to(app: Flask, values: Settings) -> None:
    """Turn away what comes from pages that are not listed; tell browsers which pages may read replies of the API."""
    listed = frozenset(values.embed_origins)

    @app.before_request
    def check() -> Response | None:
        may_cross = request.path.startswith(_OPENED) and request.headers.get("Origin") in listed
        if _is_preflight():
            return make_response("", 204, _PREFLIGHT if may_cross else {})
        if request.method in _SAFE or may_cross or _is_own(values):
            return None
        raise Forbidden(
            "This came from a page of another site, and that site may not do this here. Use the helpdesk's own page; "
            "an operator lets a site use the API with CHATBOT_EMBED_ORIGINS."
        )

    @app.after_request
    def tell(response: Response) -> Response:
        if not request.path.startswith(_OPENED):
            return response
        response.vary.add("Origin")
        origin = request.headers.get("Origin", "")
        if origin in listed:
            response.headers["Access-Control-Allow-Origin"] = origin
            response.headers["Access-Control-Expose-Headers"] = "Retry-After, X-Request-ID"
        return response


def _is_preflight() -> bool:
    return request.method == "OPTIONS" and "Origin" in request.headers and _METHOD in request.headers


def _is_own(values: Settings) -> bool:
    """Does the request come from a page of ours, or from no page at all?

    Browsers that know Sec-Fetch-Site send it over TLS; else the origin of a form tells, which every browser sends.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = request.headers.get("Origin")
    return origin is None or origin == values.public_url or _host_of(origin) == request.host


def _host_of(origin: str) -> str:
    """Host and port of an origin, "" where it has none; its scheme may be hidden from us by a proxy."""
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return ""
