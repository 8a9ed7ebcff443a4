"""Shared sign-in by OpenID Connect: authorization code with PKCE, state and nonce; the session is one signed cookie.

A frame on another site gets no cookie. It opens a window of ours, in which the cookie works, and that hands it a token
that lives in the frame's memory alone. Partitioned cookies would not do: the window has another partition.
"""

import datetime
import logging
from collections.abc import Callable
from typing import Any, cast

from authlib.integrations.base_client.errors import OAuthError
from authlib.integrations.flask_client import OAuth
from authlib.integrations.flask_client.apps import FlaskOAuth2App
from flask import Blueprint, Flask, jsonify, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from itsdangerous import BadSignature, URLSafeTimedSerializer
from joserfc.errors import JoseError
from requests import RequestException
from werkzeug.exceptions import BadRequest, ServiceUnavailable, Unauthorized

from chatbot.settings import Settings
from chatbot.web.access.asking import Asker
from chatbot.web.access.secret import secret_of

TOKEN_SECONDS = 3600
_PREFIX = "frame."
_PATIENCE_SECONDS = 10
_UNREACHABLE = "The sign-in provider cannot be reached, or does not answer as OpenID Connect asks. Try again later."
log = logging.getLogger(__name__)


def add_to(app: Flask, values: Settings) -> tuple[Callable[[], Asker | None], Callable[[str], Asker | None]]:
    """Add the pages of sign-in; gives what finds the person in a session, and the holder of a frame's token."""
    app.secret_key = secret_of(values)
    is_secure = str(values.public_url).startswith("https://")
    app.config.update(
        SESSION_COOKIE_NAME="__Host-helpdesk" if is_secure else "helpdesk",
        SESSION_COOKIE_SECURE=is_secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",  # Strict would be missing when the provider sends the reader back
        SESSION_REFRESH_EACH_REQUEST=False,
        PERMANENT_SESSION_LIFETIME=datetime.timedelta(hours=values.session_hours),
    )
    signer = URLSafeTimedSerializer(app.secret_key, salt="frame")
    app.register_blueprint(_blueprint(_provider(app, values), str(values.public_url), signer))
    return _of_session, lambda token: _of_token(signer, token)


def _provider(app: Flask, values: Settings) -> FlaskOAuth2App:
    """The provider; its addresses and keys are looked up when somebody first signs in."""
    secret = values.oidc_client_secret
    provider = OAuth(app).register(
        "provider",
        client_id=values.oidc_client_id,
        client_secret=secret.get_secret_value() if secret else None,
        server_metadata_url=f"{values.oidc_issuer}/.well-known/openid-configuration",
        client_kwargs={
            "scope": "openid profile email",
            "code_challenge_method": "S256",
            "default_timeout": _PATIENCE_SECONDS,
            **({} if secret else {"token_endpoint_auth_method": "none"}),
        },
    )
    return cast(FlaskOAuth2App, provider)


def _blueprint(provider: FlaskOAuth2App, public_url: str, signer: URLSafeTimedSerializer) -> Blueprint:
    pages = Blueprint("signing_in", __name__)

    @pages.get("/sign-in")
    def start() -> ResponseReturnValue:
        session["then"] = _own_path(request.args.get("then", "/"))
        try:
            return cast(ResponseReturnValue, provider.authorize_redirect(f"{public_url}/sign-in/back"))
        except (RequestException, RuntimeError, ValueError) as error:
            raise _unreachable(error) from error

    @pages.get("/sign-in/back")
    def back() -> ResponseReturnValue:
        person, then = _identified(provider), _own_path(session.get("then", "/"))
        session.clear()
        session.permanent = True
        session["person"] = person
        return redirect(then)

    @pages.get("/sign-in/window")
    def window() -> ResponseReturnValue:
        if _of_session() is None:
            return redirect(url_for("signing_in.start", then=url_for("signing_in.window")))
        return render_template("signed_in_window.html")

    @pages.post("/sign-in/token")
    def token() -> ResponseReturnValue:
        if _of_session() is None:
            raise Unauthorized("Nobody is signed in here.")
        signed = signer.dumps(session["person"])
        return jsonify(token=f"{_PREFIX}{signed}", seconds=TOKEN_SECONDS)

    @pages.post("/sign-out")
    def sign_out() -> ResponseReturnValue:
        session.clear()
        return redirect(url_for("signing_in.signed_out"), 303)

    @pages.get("/signed-out")
    def signed_out() -> str:
        return render_template("signed_out.html", provider=_end_of_provider_session(provider, public_url))

    return pages


def _identified(provider: FlaskOAuth2App) -> dict[str, str]:
    """Whom the provider names, after code, state, nonce, signature, issuer, audience and time were checked."""
    try:
        claims = provider.authorize_access_token().get("userinfo")
    except OAuthError as error:
        log.warning("Sign-in failed: %s", error.error)
        raise BadRequest(
            "Sign-in was not completed. It may have been declined or left open too long; try again."
        ) from error
    except (JoseError, ValueError) as error:
        log.warning("Sign-in failed: %s", type(error).__name__)
        raise BadRequest("The sign-in provider's answer is not valid; try again.") from error
    except (RequestException, RuntimeError) as error:
        raise _unreachable(error) from error
    if not claims or not claims.get("sub"):
        raise BadRequest("The sign-in provider did not say who signed in. Its operator can see why.")
    shown = claims.get("name") or claims.get("preferred_username") or claims.get("email") or claims["sub"]
    return {"id": str(claims["sub"])[:255], "shown": str(shown)[:100]}


def _unreachable(error: Exception) -> ServiceUnavailable:
    log.warning("The sign-in provider failed: %s", error)
    return ServiceUnavailable(_UNREACHABLE)


def _of_session() -> Asker | None:
    person = session.get("person")
    return Asker("person", person["id"], person["shown"]) if person else None


def _of_token(signer: URLSafeTimedSerializer, token: str) -> Asker | None:
    if not token.startswith(_PREFIX):
        return None
    try:
        person = signer.loads(token.removeprefix(_PREFIX), max_age=TOKEN_SECONDS)
    except BadSignature:
        return None
    return Asker("person", person["id"], person["shown"])


def _own_path(text: Any) -> str:
    """An address on this site, so that nobody can send a reader elsewhere through us."""
    path = str(text)
    is_own = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable() and len(path) < 2000
    return path if is_own else "/"


def _end_of_provider_session(provider: FlaskOAuth2App, public_url: str) -> str:
    """Where the reader can sign out of the provider too, "" where it offers that nowhere."""
    try:
        made = provider.create_logout_url(post_logout_redirect_uri=f"{public_url}/", client_id=provider.client_id)
    except (RequestException, RuntimeError, ValueError):
        return ""
    return str(made["url"])
