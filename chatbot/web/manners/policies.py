"""The headers that tell a browser what a page may do, load, embed and be embedded in."""

from flask import Flask, Response, request

from chatbot.settings import Settings

FRAME = "/frame"
"""Below this address are the only pages that other sites may show in a frame."""
EMBED_PAGE = "/embed"
_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors {ancestors}"
)
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",  # with no-referrer, browsers hide the origin of our own forms, which is checked
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_OPENING = ("/embed", "/sign-in")
"""From here windows are opened that must be able to answer: the framed chat's sign-in."""


def add_to(app: Flask, values: Settings) -> None:
    """Put the policies on every reply; those that only make sense over TLS, on replies over TLS."""
    embedding = " ".join(("'self'", *values.embed_origins))

    @app.after_request
    def with_policies(response: Response) -> Response:
        headers = {
            "Content-Security-Policy": _policy(embedding),
            **_HEADERS,
            **(_over_tls() if request.is_secure else {}),
        }
        for name, value in headers.items():
            response.headers.setdefault(name, value)
        if request.method == "POST":  # an answer
            response.headers.setdefault("Cache-Control", "no-store")
        return response


def _over_tls() -> dict[str, str]:
    opener = "unsafe-none" if request.path.startswith(_OPENING) else "same-origin"
    return {"Strict-Transport-Security": "max-age=31536000", "Cross-Origin-Opener-Policy": opener}


def _policy(embedding: str) -> str:
    is_framed = request.path == FRAME or request.path.startswith(f"{FRAME}/")
    policy = _POLICY.format(ancestors=embedding if is_framed else "'none'")
    return f"{policy}; frame-src 'self'" if request.path == EMBED_PAGE else policy
