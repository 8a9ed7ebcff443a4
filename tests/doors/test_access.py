"""Who may ask, by the setting, and how often."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from chatbot.ports import KeyRing
from chatbot.web.app import create_app
from tests.doors.conftest import SmallServices, settings_over
from tests.fakes import FewKeys

LAMP = "How fast must a lamp be repaired in Norway?"
ANSWERS = "/api/v1/answers"
KEY = {"Authorization": "Bearer a-key-of-the-library"}
PROXY = {"REMOTE_ADDR": "10.0.0.7"}
PAGES = [
    "/",
    "/documents",
    "/compare",
    "/coverage",
    "/embed",
    "/nothing",
    "/passages/no-library-act-2022:digest:s-12:0",
]
DATA = ["/api/v1/documents", "/api/v1/compare", "/api/v1/openapi.json", "/api/v1/nothing"]
Make = Callable[..., FlaskClient]


@dataclass(frozen=True)
class KeyServices(SmallServices):
    """Services with a key ring of the test's own."""

    ring: FewKeys

    @cached_property
    def key_ring(self) -> KeyRing:
        """The test's keys."""
        return self.ring


@pytest.fixture
def ring() -> FewKeys:
    """One key was given out, to the library."""
    return FewKeys({"a-key-of-the-library": "library"})


@pytest.fixture
def make(built_index: Path, ring: FewKeys) -> Make:
    """Makes a client of an application with settings of the test's own."""

    def made(**values: object) -> FlaskClient:
        return create_app(KeyServices(settings_over(built_index.parent, **values), ring)).test_client()

    return made


def ask(client: FlaskClient, **options: object) -> TestResponse:
    """Ask the API."""
    return client.post(ANSWERS, json={"question": LAMP}, **options)


# Open


def test_everybody_may_ask_by_default(make: Make) -> None:
    """Without the setting nobody needs to sign in."""
    client = make()
    assert [client.get(path).status_code for path in ("/", "/documents", "/api/v1/documents")] == [200] * 3
    assert ask(client).status_code == 200


@pytest.mark.parametrize("access", ["open", "keys"])
@pytest.mark.parametrize(
    "sent",
    [
        "Bearer wrong",
        "Bearer ",
        "Bearer",
        "Bearer a-key-of-the-library ",
        "bearer frame.abc",
        "Bearer ümlaut",
        "Bearer a b",
    ],
)
def test_a_key_that_is_not_known_is_told(make: Make, access: str, sent: str) -> None:
    """Who sends a wrong key learns it at once, even where none is needed; the known one may have space around it."""
    reply = ask(make(CHATBOT_ACCESS=access), headers={"Authorization": sent})
    if sent.strip() == KEY["Authorization"]:
        assert reply.status_code == 200
    else:
        assert (reply.status_code, reply.mimetype) == (401, "application/problem+json")
        assert "wrong" not in reply.text


# Keys


def test_only_keys_open_a_closed_helpdesk(make: Make, ring: FewKeys) -> None:
    """With keys alone, a program with a key is let in until it is revoked, and nobody else is."""
    client = make(CHATBOT_ACCESS="keys")
    assert ask(client, headers=KEY).status_code == 200
    reply = ask(client)
    assert (reply.status_code, reply.headers["WWW-Authenticate"]) == (401, "Bearer")
    assert "Authorization: Bearer" in reply.get_json(force=True)["detail"]
    ring.holders.clear()
    revoked = ask(client, headers=KEY)
    assert (revoked.status_code, revoked.headers["WWW-Authenticate"]) == (401, "Bearer error=invalid_token")


@pytest.mark.parametrize("path", PAGES + DATA)
def test_nothing_is_shown_without_a_key(make: Make, path: str) -> None:
    """Pages and data are closed alike, and what is not there is not told apart from what is."""
    reply = make(CHATBOT_ACCESS="keys").get(path)
    assert reply.status_code == 401
    assert reply.mimetype == ("application/problem+json" if path.startswith("/api/") else "text/html")


@pytest.mark.parametrize(
    "access", [{"CHATBOT_ACCESS": "keys"}, {"CHATBOT_ACCESS": "proxy", "CHATBOT_TRUSTED_PROXIES": "10.0.0.7"}]
)
def test_health_is_open(make: Make, access: dict[str, str]) -> None:
    """Whoever watches over the service needs no key, and the pages that say no have their style."""
    client = make(**access)
    for path in ("/healthz", "/readyz", "/static/helpdesk.css", "/embed.js"):
        assert client.get(path, buffered=True).status_code == 200


# A proxy that names who asks


def through_proxy(make: Make, **values: object) -> FlaskClient:
    """A client of a helpdesk behind a proxy that signs people in."""
    return make(CHATBOT_ACCESS="proxy", CHATBOT_TRUSTED_PROXIES="10.0.0.0/8", **values)


def test_who_is_named_by_the_proxy_may_ask(make: Make) -> None:
    """The listed proxy names a person; the page shows the name as text and the question is answered."""
    client, named = through_proxy(make), {"X-Remote-User": "Ana <b>Duarte</b>"}
    page = client.get("/", headers=named, environ_overrides=PROXY)
    assert (page.status_code, "Ana &lt;b&gt;Duarte&lt;/b&gt;" in page.text) == (200, True)
    assert ask(client, headers=named, environ_overrides=PROXY).status_code == 200


@pytest.mark.parametrize("peer", ["203.0.113.9", "127.0.0.1", "::1", "", "10.0.0.7.evil"])
def test_nobody_else_can_name_a_person(make: Make, peer: str) -> None:
    """The same header from any other address counts for nothing."""
    reply = ask(through_proxy(make), headers={"X-Remote-User": "ana"}, environ_overrides={"REMOTE_ADDR": peer})
    assert reply.status_code == 401


def test_an_address_that_was_forwarded_is_no_proxy(make: Make) -> None:
    """Who only says that a proxy's address was before it is not believed."""
    headers = {"X-Remote-User": "ana", "X-Forwarded-For": "10.0.0.7"}
    assert (
        ask(through_proxy(make), headers=headers, environ_overrides={"REMOTE_ADDR": "203.0.113.9"}).status_code == 401
    )


@pytest.mark.parametrize(
    "headers",
    [
        [],
        [("X-Remote-User", "")],
        [("X-Remote-User", " ")],
        [("X-Remote-User", "x" * 201)],
        [("X-Remote-User", "a\x07b")],
    ],
)
def test_a_name_that_is_none_lets_nobody_in(make: Make, headers: list[tuple[str, str]]) -> None:
    """An empty, endless or unprintable name is nobody."""
    reply = through_proxy(make).get("/", headers=headers, environ_overrides=PROXY)
    assert (reply.status_code, "did not say who you are" in reply.text) == (401, True)


def test_the_header_has_the_name_that_is_set(make: Make) -> None:
    """Another header names the person where the setting says so, and the usual one no longer does."""
    client = through_proxy(make, CHATBOT_IDENTITY_HEADER="X-Forwarded-User")
    assert ask(client, headers={"X-Forwarded-User": "ana"}, environ_overrides=PROXY).status_code == 200
    assert ask(client, headers={"X-Remote-User": "ana"}, environ_overrides=PROXY).status_code == 401


def test_a_key_opens_the_api_beside_any_sign_in(make: Make) -> None:
    """A program needs no person to sign in for it."""
    assert ask(through_proxy(make), headers=KEY).status_code == 200


# How often


def test_an_address_asks_so_often_and_no_more(make: Make) -> None:
    """Page and API count together; then a page and a problem say when to go on, and reading goes on."""
    client = make(CHATBOT_ANSWERS_LIMIT="2 per minute")
    assert (ask(client).status_code, client.post("/", data={"question": LAMP}).status_code) == (200, 200)
    problem, page = ask(client), client.post("/", data={"question": LAMP})
    assert (problem.status_code, problem.mimetype) == (429, "application/problem+json")
    assert (page.status_code, page.mimetype) == (429, "text/html")
    assert 0 < int(problem.headers["Retry-After"]) <= 60
    assert "More than 2 per 1 minute came from you. Nothing is lost: go on in" in problem.get_json(force=True)["detail"]
    assert "Nothing is lost" in page.text
    assert client.get("/").status_code == client.get("/api/v1/documents").status_code == 200


def test_the_limit_ends_by_itself(make: Make) -> None:
    """After the time that Retry-After says, the next question is answered."""
    client = make(CHATBOT_ANSWERS_LIMIT="1 per second")
    assert ask(client).status_code == 200
    refused = ask(client)
    assert refused.status_code == 429
    time.sleep(int(refused.headers["Retry-After"]) + 0.05)
    assert ask(client).status_code == 200


def test_each_address_is_counted_by_itself(make: Make) -> None:
    """One address does not use up another's share; of IPv6 a whole network counts as one."""
    client = make(CHATBOT_ANSWERS_LIMIT="1 per minute")

    def status(address: str) -> int:
        return ask(client, environ_overrides={"REMOTE_ADDR": address}).status_code

    assert [status("192.0.2.1"), status("192.0.2.1"), status("192.0.2.2")] == [200, 429, 200]
    assert [status("2001:db8::1"), status("2001:db8::ffff"), status("2001:db8:0:1::1")] == [200, 429, 200]


def test_a_stranger_cannot_count_as_many(make: Make) -> None:
    """A forwarded address is believed of a listed proxy alone."""
    client = make(CHATBOT_ANSWERS_LIMIT="1 per minute", CHATBOT_TRUSTED_PROXIES="10.0.0.7")

    def status(address: str, peer: str) -> int:
        return ask(client, headers={"X-Forwarded-For": address}, environ_overrides={"REMOTE_ADDR": peer}).status_code

    assert [status("192.0.2.1", "203.0.113.9"), status("192.0.2.2", "203.0.113.9")] == [200, 429]
    assert [status("192.0.2.1", "10.0.0.7"), status("192.0.2.2", "10.0.0.7")] == [200, 200]


def test_people_behind_one_address_are_counted_one_by_one(make: Make) -> None:
    """Where people are known, each has a share."""
    client = through_proxy(make, CHATBOT_ANSWERS_LIMIT="1 per minute")

    def status(name: str) -> int:
        return ask(client, headers={"X-Remote-User": name}, environ_overrides=PROXY).status_code

    assert [status("ana"), status("ana"), status("ben")] == [200, 429, 200]


def test_a_key_has_a_limit_of_its_own(make: Make) -> None:
    """A program is counted by its key wherever it asks from, and its share is another setting."""
    client = make(CHATBOT_ANSWERS_LIMIT="1 per minute", CHATBOT_KEY_LIMIT="2 per minute")
    statuses = [
        ask(client, headers=KEY, environ_overrides={"REMOTE_ADDR": f"192.0.2.{n}"}).status_code for n in range(3)
    ]
    assert statuses == [200, 200, 429]
    assert ask(client).status_code == 200


def test_other_work_has_a_limit_of_its_own(make: Make) -> None:
    """What writes is counted apart from questions, also where the address leads nowhere."""
    client = make(CHATBOT_CHANGES_LIMIT="1 per minute", CHATBOT_ANSWERS_LIMIT="1 per minute")
    statuses = [client.post("/documents").status_code for _ in range(2)]
    assert (statuses, ask(client).status_code) == ([405, 405], 200)


def test_what_is_left_is_told(make: Make) -> None:
    """A program can see how much it may still ask."""
    client = make(CHATBOT_ANSWERS_LIMIT="5 per minute")
    assert [ask(client).headers["X-RateLimit-Remaining"] for _ in range(2)] == ["4", "3"]
