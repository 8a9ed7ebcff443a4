"""Signing in by OpenID Connect, against a real provider on this machine."""

import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer

from chatbot.web.access import signing_in
from chatbot.web.access.secret import FILE
from chatbot.web.app import create_app
from tests.doors.conftest import SmallServices, settings_over
from tests.provider import answer_of, provided
from tests.service import free_port

LAMP = "How fast must a lamp be repaired in Norway?"
ANSWERS = "/api/v1/answers"
HOME = "http://localhost"
SECRET = "s" * 40
Make = Callable[..., FlaskClient]


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    """A provider that runs for these tests."""
    with provided() as found:
        yield found


@pytest.fixture
def make(built_index: Path, tmp_path: Path, issuer: str) -> Make:
    """Makes a client of a helpdesk that asks for sign-in."""

    def made(**values: object) -> FlaskClient:
        defaults: dict[str, object] = {
            "CHATBOT_ACCESS": "oidc",
            "CHATBOT_OIDC_ISSUER": issuer,
            "CHATBOT_OIDC_CLIENT_ID": "helpdesk",
            "CHATBOT_OIDC_CLIENT_SECRET": "between us",
            "CHATBOT_PUBLIC_URL": HOME,
            "CHATBOT_DATA_DIR": tmp_path / "instance",
            "CHATBOT_SECRET_KEY": SECRET,
        }
        services = SmallServices(settings_over(built_index.parent, **{**defaults, **values}))
        return create_app(services).test_client()

    return made


def sign_in(client: FlaskClient, then: str = "/", person: str = "ana-7") -> str:
    """Sign in as a browser does; gives where the reader lands."""
    address = client.get("/sign-in", query_string={"then": then}).headers["Location"]
    back = urlsplit(answer_of(address, person))
    assert f"{back.scheme}://{back.netloc}{back.path}" == f"{HOME}/sign-in/back"
    reply = client.get(f"{back.path}?{back.query}")
    assert reply.status_code == 302, reply.text
    return str(reply.headers["Location"])


def test_who_is_not_signed_in_is_sent_to_sign_in(make: Make) -> None:
    """A page leads to the provider and keeps where the reader wanted to go; the API says how to come in."""
    client = make()
    reply = client.get("/documents?kind=act")
    assert (reply.status_code, reply.headers["Location"]) == (302, "/sign-in?then=/documents?kind%3Dact")
    problem = client.post(ANSWERS, json={"question": LAMP})
    assert (problem.status_code, problem.headers["WWW-Authenticate"]) == (401, "Bearer")
    assert client.post("/", data={"question": LAMP}).status_code == 401
    assert client.get("/healthz").status_code == 200


def test_the_way_to_the_provider_is_guarded(make: Make, issuer: str) -> None:
    """Code flow with PKCE, state and nonce, back to the one address that is registered; the question is not in it."""
    asked = urlsplit(make().get("/sign-in?then=/").headers["Location"])
    told = {name: values[0] for name, values in parse_qs(asked.query).items()}
    assert f"{asked.scheme}://{asked.netloc}" == issuer
    assert (told["response_type"], told["code_challenge_method"], told["client_id"]) == ("code", "S256", "helpdesk")
    assert told["redirect_uri"] == f"{HOME}/sign-in/back"
    assert set(told["scope"].split()) == {"openid", "profile", "email"}
    assert min(len(told["state"]), len(told["nonce"]), len(told["code_challenge"])) >= 20


def test_who_signed_in_may_ask(make: Make) -> None:
    """After the provider, the reader lands where they wanted to go, is named as text, and may ask."""
    client = make()
    assert sign_in(client, "/documents?kind=act") == "/documents?kind=act"
    page = client.get("/")
    assert (page.status_code, "Ana &lt;b&gt;Duarte&lt;/b&gt;" in page.text) == (200, True)
    assert client.post("/", data={"question": LAMP}).status_code == 200
    assert client.post(ANSWERS, json={"question": LAMP}).status_code == 200


def test_who_has_no_name_is_named_by_id(make: Make) -> None:
    """A provider that tells nothing but an id is enough."""
    client = make()
    sign_in(client, person="ben")
    assert "<span>ben</span>" in client.get("/").text


def test_a_public_client_needs_no_secret(make: Make) -> None:
    """Where the provider gave no secret, the way to it is guarded by PKCE as ever, and no empty secret is sent."""
    client = make(CHATBOT_OIDC_CLIENT_SECRET=None)
    assert "code_challenge=" in client.get("/sign-in").headers["Location"]
    provider = client.application.extensions["authlib.integrations.flask_client"].create_client("provider")
    assert (provider.client_secret, provider.client_kwargs["token_endpoint_auth_method"]) == (None, "none")


@pytest.mark.parametrize("home", [HOME, "https://helpdesk.example.org"])
def test_the_cookie_is_guarded(make: Make, home: str) -> None:
    """No script reads the cookie, no other site sends it with a form, and over TLS it never travels without."""
    cookie = make(CHATBOT_PUBLIC_URL=home).get("/sign-in", base_url=home).headers["Set-Cookie"]
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))
    assert ("Secure" in cookie.split("; ")) == home.startswith("https")
    assert cookie.startswith("__Host-helpdesk=" if home.startswith("https") else "helpdesk=")
    assert "Domain" not in cookie


@pytest.mark.parametrize(
    "then",
    ["https://evil.example/", "//evil.example", "/\\evil.example", "evil", "", "/\r\nX-Evil: 1", "/" + "x" * 3000],
)
def test_nobody_is_sent_elsewhere(make: Make, then: str) -> None:
    """After sign-in a reader stays with us, whatever an address asked for."""
    assert sign_in(make(), then) == "/"


def test_signing_out_ends_the_session(make: Make) -> None:
    """After signing out the same browser must sign in again, and is told where else it may still be signed in."""
    client = make()
    sign_in(client)
    reply = client.post("/sign-out")
    assert (reply.status_code, reply.headers["Location"]) == (303, "/signed-out")
    assert "You are signed out of the helpdesk" in client.get("/signed-out").text
    assert client.get("/").status_code == 302


def test_no_other_site_can_sign_a_reader_out(make: Make) -> None:
    """A form elsewhere that would sign the reader out is refused."""
    client = make()
    sign_in(client)
    assert client.post("/sign-out", headers={"Origin": "https://evil.example"}).status_code == 403
    assert client.get("/").status_code == 200


@pytest.mark.slow
def test_a_session_ends(make: Make) -> None:
    """After the hours that are set, a cookie that was kept opens nothing."""
    client = make(CHATBOT_SESSION_HOURS=1 / 3600)
    sign_in(client)
    assert client.get("/").status_code == 200

    time.sleep(2.1)
    assert client.get("/").status_code == 302


@pytest.mark.parametrize(
    "change",
    [
        lambda q: q.replace("state=", "state=x"),
        lambda q: re.sub(r"state=[^&]*", "", q),
        lambda q: q.replace("code=", "code=x"),
        lambda q: "",
        lambda q: "error=access_denied&error_description=<script>",
    ],
    ids=["state", "no state", "code", "nothing", "declined"],
)
def test_what_does_not_come_from_the_provider_signs_nobody_in(make: Make, change: Callable[[str], str]) -> None:
    """A wrong state or code, none, or a refusal is a page that says to try again, and nobody is signed in."""
    client = make()
    back = urlsplit(answer_of(client.get("/sign-in").headers["Location"]))
    reply = client.get(f"{back.path}?{change(back.query)}")
    assert (reply.status_code, reply.mimetype) == (400, "text/html")
    assert "<script>" not in reply.text
    assert client.get("/").status_code == 302


def test_a_code_of_another_browser_signs_nobody_in(make: Make) -> None:
    """Who is lured into using somebody else's code stays signed out, because the state is not theirs."""
    app = make()
    back = urlsplit(answer_of(app.get("/sign-in").headers["Location"]))
    other = app.application.test_client()
    assert other.get(f"{back.path}?{back.query}").status_code == 400
    assert other.get("/").status_code == 302


def test_a_code_is_used_once(make: Make) -> None:
    """The same way back, taken twice, opens nothing the second time."""
    client = make()
    back = urlsplit(answer_of(client.get("/sign-in").headers["Location"]))
    assert client.get(f"{back.path}?{back.query}").status_code == 302
    assert client.get(f"{back.path}?{back.query}").status_code == 400


def test_a_session_of_another_secret_is_none(make: Make) -> None:
    """A cookie that somebody else signed opens nothing."""
    ours, theirs = make(), make(CHATBOT_SECRET_KEY="t" * 40)
    sign_in(theirs)
    cookie = theirs.get_cookie("helpdesk")
    assert cookie is not None
    ours.set_cookie("helpdesk", cookie.value)
    assert ours.get("/").status_code == 302


def test_a_provider_that_is_away_is_told(make: Make) -> None:
    """Without the provider the helpdesk starts, and a reader is told kindly that it cannot be reached."""
    client = make(CHATBOT_OIDC_ISSUER=f"http://localhost:{free_port()}")
    reply = client.get("/sign-in")
    assert (reply.status_code, "The sign-in provider cannot be reached" in reply.text) == (503, True)
    assert "localhost" not in reply.text


def test_a_secret_is_made_and_kept(make: Make, tmp_path: Path) -> None:
    """Without a secret set one is made for the owner's eyes only, and kept, so that sessions outlive a restart."""
    client = make(CHATBOT_SECRET_KEY=None)
    path = tmp_path / "instance" / FILE
    made = path.read_text(encoding="ascii")
    assert (path.stat().st_mode & 0o077, len(made) >= 40) == (0, True)
    sign_in(client)
    cookie, again = client.get_cookie("helpdesk"), make(CHATBOT_SECRET_KEY=None)
    assert cookie is not None
    again.set_cookie("helpdesk", cookie.value)
    assert again.get("/").status_code == 200
    assert [file.name for file in path.parent.iterdir()] == [FILE]


# In a frame


def test_the_framed_page_waits_for_sign_in(make: Make) -> None:
    """The framed page itself is shown to everybody, holds nothing of the sources, and asks to sign in."""
    page = make().get("/frame")
    assert (page.status_code, 'id="sign-in"' in page.text) == (200, True)
    assert '<main id="main" hidden>' in page.text


def test_a_frame_asks_with_a_token(make: Make) -> None:
    """The window of sign-in fetches a token; with it a frame without cookies may ask."""
    client = make()
    assert client.get("/sign-in/window").headers["Location"] == "/sign-in?then=/sign-in/window"
    assert client.post("/sign-in/token").status_code == 401
    assert sign_in(client, "/sign-in/window") == "/sign-in/window"
    token = client.post("/sign-in/token").get_json()["token"]
    assert token not in client.get("/sign-in/window").text
    frame = client.application.test_client()
    assert frame.post(ANSWERS, json={"question": LAMP}, headers={"Authorization": f"Bearer {token}"}).status_code == 200
    assert (
        frame.post(ANSWERS, json={"question": LAMP}, headers={"Authorization": f"Bearer {token}x"}).status_code == 401
    )


def test_no_other_site_gets_a_token(make: Make) -> None:
    """A page elsewhere can neither fetch a token with the reader's cookie nor read one."""
    client = make(CHATBOT_EMBED_ORIGINS="https://intranet.example.org")
    sign_in(client)
    for headers in ({"Origin": "https://intranet.example.org"}, {"Sec-Fetch-Site": "cross-site"}):
        reply = client.post("/sign-in/token", headers=headers)
        assert reply.status_code == 403
        assert "Access-Control-Allow-Origin" not in reply.headers


def test_a_token_ends(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """A token opens the API for an hour, and one that was signed for something else never."""
    client = make()
    person = {"id": "ana-7", "shown": "Ana"}
    other = URLSafeTimedSerializer(SECRET, salt="other").dumps(person)
    ours = URLSafeTimedSerializer(SECRET, salt="frame").dumps(person)

    def status(token: str) -> int:
        headers = {"Authorization": f"Bearer frame.{token}"}
        return client.post(ANSWERS, json={"question": LAMP}, headers=headers).status_code

    assert (status(ours), status(other)) == (200, 401)
    monkeypatch.setattr(signing_in, "TOKEN_SECONDS", -1)
    assert status(ours) == 401
