"""Who really asks: the headers of a reverse proxy are believed only when it is listed, else they count for nothing."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from flask import Flask, request
from werkzeug.middleware.proxy_fix import ProxyFix

from chatbot.addresses import Network, is_within, networks
from chatbot.settings import Settings

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_TRUSTED = "helpdesk.came_through_trusted_proxy"  # no header can set it: those begin with HTTP_


class TrustedProxies:
    """Applies ProxyFix to requests that come from a listed proxy, over as many listed proxies as stand in a row."""

    def __init__(self, app: "WSGIApplication", trusted: tuple[Network, ...]) -> None:
        self._app, self._trusted = app, trusted

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Pass the request on."""
        if not is_within(environ.get("REMOTE_ADDR", ""), self._trusted):
            return self._app(environ, start_response)
        environ[_TRUSTED] = True
        fixed = ProxyFix(self._app, x_for=self._hops(environ.get("HTTP_X_FORWARDED_FOR", "")), x_proto=1, x_host=1)
        return fixed(environ, start_response)

    def _hops(self, forwarded_for: str) -> int:
        """How many addresses from the right lead to the first that is no proxy of ours."""
        chain = [address.strip() for address in forwarded_for.split(",")]
        ours = 0
        while ours < len(chain) - 1 and is_within(chain[-1 - ours], self._trusted):
            ours += 1
        return ours + 1


def add_to(app: Flask, values: Settings) -> None:
    """Look through the proxies that the settings list."""
    trusted = networks(values.trusted_proxies)
    app.wsgi_app = TrustedProxies(app.wsgi_app, trusted)  # type: ignore[method-assign]


def came_through_trusted_proxy() -> bool:
    """Did the request come from a proxy that is listed?"""
    return bool(request.environ.get(_TRUSTED))
