"""Who may ask, by one setting, and how often; an API key opens the API whatever is chosen, health is open for all."""

from collections.abc import Callable

from flask import Flask, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import Unauthorized

from chatbot.ports import KeyRing
from chatbot.settings import Settings
from chatbot.web.access import asking, limits, proxied
from chatbot.web.access.asking import ANYONE, Asker
from chatbot.wiring import Services

_OPEN = frozenset(
    {"healthz", "readyz", "pages.static", "framing.script", "framing.versioned_script", "framing.admission"}
)
_SHELLS = ("pages.frame", "framing.theme_css")
_SENTENCES = {
    "oidc": "Sign in to ask the helpdesk; a program sends an API key as 'Authorization: Bearer …'.",
    "proxy": "The proxy in front of the helpdesk did not say who you are. Reach the helpdesk through it, signed in.",
    "keys": "This helpdesk answers programs that send 'Authorization: Bearer …' with an API key from its operator.",
}
_UNKNOWN = "This API key or token is not known, was revoked or has ended. Use another, or sign in again."
Recognition = Callable[[], Asker | None]
"""Finds the person in a request, None where there is nobody known."""


def add_to(app: Flask, services: Services) -> None:
    """Let in only who may, and tell templates who asks."""
    values = services.settings
    recognize, of_frame = _ways(app, values)

    @app.before_request
    def admit() -> ResponseReturnValue | None:
        if request.endpoint in _OPEN:
            return None
        found = _of_token(services.key_ring, of_frame) or recognize()
        if found is None:
            return None if _is_before_sign_in(values) else _turn_away(values)
        asking.remember(found)
        return None

    limits.add_to(app, values)
    app.context_processor(lambda: {"asker": asking.current(), "access": values.access})


def _ways(app: Flask, values: Settings) -> tuple[Recognition, Callable[[str], Asker | None]]:
    """How people are known, and who holds a token that a frame was given."""
    if values.access == "oidc":
        from chatbot.web.access import signing_in

        return signing_in.add_to(app, values)
    people: dict[str, Recognition] = {"open": lambda: ANYONE, "proxy": lambda: proxied.person(values)}
    return people.get(values.access, lambda: None), lambda token: None


def _of_token(ring: KeyRing, of_frame: Callable[[str], Asker | None]) -> Asker | None:
    """Who holds the token sent, None where none was sent. Raises Unauthorized for one that nobody holds."""
    sent = request.authorization
    if sent is None or sent.type != "bearer":
        return None
    token = sent.token or ""
    if asker := of_frame(token):
        return asker
    if name := ring.holder_of(token):
        return Asker("key", name)
    raise Unauthorized(_UNKNOWN, www_authenticate=WWWAuthenticate("bearer", {"error": "invalid_token"}))


def _is_before_sign_in(values: Settings) -> bool:
    """Is it a page that shows nothing of the sources and must be there before somebody has signed in?"""
    return values.access == "oidc" and (request.blueprint == "signing_in" or request.endpoint in _SHELLS)


def _turn_away(values: Settings) -> ResponseReturnValue:
    is_page = request.method == "GET" and not request.path.startswith("/api/")
    if values.access == "oidc" and is_page:
        return redirect(url_for("signing_in.start", then=request.full_path.rstrip("?")))
    raise Unauthorized(_SENTENCES[values.access], www_authenticate=WWWAuthenticate("bearer"))
