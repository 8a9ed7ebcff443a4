"""How the server behaves: request ids, caches, compression, proxies, pages of other sites, hostile headers."""

import logging
import re
from pathlib import Path

import pytest
from flask import Flask, request
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from chatbot.web.app import create_app
from tests.doors.conftest import SmallServices, settings_over

LAMP = "How fast must a lamp be repaired in Norway?"
SITE, OTHER = "https://intranet.example.org", "https://elsewhere.example"
ANSWERS = "/api/v1/answers"
ID = re.compile(r"[0-9a-f]{16}")
FOREIGN = [
    {"Origin": OTHER},
    {"Origin": "null"},
    {"Origin": "http://localhost.elsewhere.example"},
    {"Origin": "http://elsewhere.example/localhost"},
    {"Origin": "http://[::1"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site", "Origin": "http://a.localhost"},
    {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"},
    {"Sec-Fetch-Site": "nonsense"},
]
OWN = [
    {},
    {"Origin": "http://localhost"},
    {"Origin": "https://localhost"},
    {"Sec-Fetch-Site": "same-origin"},
    {"Sec-Fetch-Site": "none"},
    {"Sec-Fetch-Site": "same-origin", "Origin": "null"},
]


@pytest.fixture
def embedding(built_index: Path) -> FlaskClient:
    """A client of a service that one other site may embed."""
    return create_app(SmallServices(settings_over(built_index.parent, CHATBOT_EMBED_ORIGINS=SITE))).test_client()


@pytest.fixture
def behind_proxy(built_index: Path) -> FlaskClient:
    """A client of a service that trusts proxies of one network and tells whom it sees."""
    app = create_app(SmallServices(settings_over(built_index.parent, CHATBOT_TRUSTED_PROXIES="10.0.0.0/8, ::1")))
    app.add_url_rule("/seen", "seen", lambda: f"{request.remote_addr} {request.scheme} {request.host}")
    return app.test_client()


# Request ids


@pytest.mark.parametrize("path", ["/", "/nothing", "/api/v1/nothing", "/readyz", "/static/chat.js"])
def test_every_reply_has_an_id_of_its_own(client: FlaskClient, path: str) -> None:
    """Each request gets an id, and no two get the same."""
    found = [client.get(path, buffered=True).headers["X-Request-ID"] for _ in range(2)]
    assert all(ID.fullmatch(one) for one in found)
    assert found[0] != found[1]


def test_an_id_that_is_well_formed_is_taken(client: FlaskClient) -> None:
    """The id that a proxy gave is that of the reply, of the problem and of the page about it."""
    sent = {"X-Request-ID": "proxy-0123.abc_DEF"}
    problem = client.get("/api/v1/nothing", headers=sent)
    assert problem.headers["X-Request-ID"] == problem.get_json(force=True)["request_id"] == sent["X-Request-ID"]
    assert "<code>proxy-0123.abc_DEF</code>" in client.get("/nothing", headers=sent).text


@pytest.mark.parametrize(
    "sent", ["short", "x" * 65, "with space in it", "<script>alert(1)</script>", "ümlaut-und-mehr", "-begins-wrongly"]
)
def test_any_other_id_is_replaced(client: FlaskClient, sent: str) -> None:
    """An id that could break a line of the log or a page is not repeated."""
    reply = client.get("/nothing", headers={"X-Request-ID": sent})
    assert ID.fullmatch(reply.headers["X-Request-ID"])
    assert sent not in reply.text


def test_the_log_names_the_request(failing_client, caplog: pytest.LogCaptureFixture) -> None:
    """A line of the log carries the id that the reader was shown."""
    from chatbot.web.manners.request_ids import WithRequestId

    caplog.handler.addFilter(WithRequestId())
    reply = failing_client(RuntimeError("a wheel came off")).post("/", data={"question": LAMP})
    logging.getLogger("chatbot").warning("outside")
    assert [record.request_id for record in caplog.records] == [reply.headers["X-Request-ID"], "-"]


# Caches


def test_static_files_are_kept_for_a_year_under_their_version(client: FlaskClient) -> None:
    """The page names its files with their version, and under it they never change."""
    addresses = re.findall(r'"(/static/[^"]+)"', client.get("/").text)
    assert len(addresses) >= 3
    for address in addresses:
        reply = client.get(address.replace("&amp;", "&"), buffered=True)
        assert (reply.status_code, reply.headers["Cache-Control"]) == (200, "public, max-age=31536000, immutable")


@pytest.mark.parametrize("address", ["/static/chat.js", "/static/chat.js?v=", "/static/chat.js?v=000000000000"])
def test_a_file_under_another_version_is_asked_for_again(client: FlaskClient, address: str) -> None:
    """Without its own version a file is not kept unasked, so that nobody is stuck with an old one."""
    assert client.get(address, buffered=True).headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize(
    "path", ["/", "/documents", "/api/v1/documents", "/static/chat.js", "/embed.js", "/api/v1/openapi.json"]
)
@pytest.mark.parametrize("coding", ["", "gzip", "br", "zstd"])
def test_what_has_not_changed_is_not_sent_again(client: FlaskClient, path: str, coding: str) -> None:
    """A validator that is sent back gives 304 without a body, in every coding."""
    first = client.get(path, headers={"Accept-Encoding": coding}, buffered=True)
    again = client.get(path, headers={"Accept-Encoding": coding, "If-None-Match": first.headers["ETag"]}, buffered=True)
    assert (first.status_code, again.status_code, again.data) == (200, 304, b"")


def test_health_is_never_kept(client: FlaskClient) -> None:
    """A cache must not answer whether the service lives."""
    assert [client.get(path).headers["Cache-Control"] for path in ("/healthz", "/readyz")] == ["no-store", "no-store"]


@pytest.mark.parametrize("path", ["/", "/static/helpdesk.css?v=1", "/embed.js", "/frame", "/embed", "/coverage"])
def test_head_is_get_without_a_body(client: FlaskClient, path: str) -> None:
    """HEAD gives status and type of GET, and no body."""
    head, get = client.head(path, buffered=True), client.get(path, buffered=True)
    assert (head.status_code, head.content_type, head.data) == (get.status_code, get.content_type, b"")


# Compression


@pytest.mark.parametrize("coding", ["gzip", "br", "zstd"])
@pytest.mark.parametrize("path", ["/", "/api/v1/documents", "/static/helpdesk.css", "/embed.js"])
def test_text_is_compressed(client: FlaskClient, path: str, coding: str) -> None:
    """Pages, data and files come smaller, in the coding that the client reads."""
    plain, small = (client.get(path, headers={"Accept-Encoding": accepted}, buffered=True) for accepted in ("", coding))
    assert small.headers["Content-Encoding"] == coding
    assert "Accept-Encoding" in small.headers["Vary"]
    assert len(small.data) < len(plain.data) / 1.5


def test_a_stream_is_never_held_back(client: FlaskClient) -> None:
    """A stream of sentences is not compressed, not kept, and tells proxies not to gather it."""
    reply = client.post(
        ANSWERS, json={"question": LAMP}, headers={"Accept": "text/event-stream", "Accept-Encoding": "gzip, br"}
    )
    assert "Content-Encoding" not in reply.headers
    assert (reply.headers["X-Accel-Buffering"], reply.headers["Cache-Control"]) == ("no", "no-store")
    assert "Content-Length" not in reply.headers


# Proxies


@pytest.mark.parametrize("peer", ["203.0.113.9", "", "unix:"])
def test_headers_of_a_stranger_are_not_believed(behind_proxy: FlaskClient, peer: str) -> None:
    """Who is no listed proxy cannot say that it is somebody else, somewhere else, or secure."""
    sent = {"X-Forwarded-For": "198.51.100.1", "X-Forwarded-Proto": "https", "X-Forwarded-Host": "evil.example"}
    seen = behind_proxy.get("/seen", headers=sent, environ_overrides={"REMOTE_ADDR": peer})
    assert seen.text.split()[-2:] == ["http", "localhost"]
    assert "198.51.100.1" not in seen.text
    assert "Strict-Transport-Security" not in seen.headers


@pytest.mark.parametrize(
    ("chain", "address"),
    [
        ("198.51.100.1", "198.51.100.1"),
        ("198.51.100.1, 10.9.9.9", "198.51.100.1"),
        ("6.6.6.6, 198.51.100.1, 10.9.9.9, 10.8.8.8", "198.51.100.1"),
        ("6.6.6.6, 198.51.100.1", "198.51.100.1"),
        ("10.1.1.1", "10.1.1.1"),
    ],
)
def test_headers_of_a_listed_proxy_are_believed(behind_proxy: FlaskClient, chain: str, address: str) -> None:
    """Through a row of listed proxies the first address that is none of them is who asks, whatever stands before it."""
    sent = {"X-Forwarded-For": chain, "X-Forwarded-Proto": "https", "X-Forwarded-Host": "helpdesk.example.org"}
    seen = behind_proxy.get("/seen", headers=sent, environ_overrides={"REMOTE_ADDR": "10.0.0.7"})
    assert seen.text == f"{address} https helpdesk.example.org"
    assert seen.headers["Strict-Transport-Security"] == "max-age=31536000"
    assert seen.headers["Cross-Origin-Opener-Policy"] == "same-origin"


# Pages of other sites


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
def test_a_form_of_another_site_is_refused(client: FlaskClient, headers: dict[str, str]) -> None:
    """A page elsewhere can send nothing through its reader's browser, and the reader is told so on a page."""
    reply = client.post("/", data={"question": LAMP}, headers=headers)
    assert (reply.status_code, reply.mimetype) == (403, "text/html")
    assert "This came from a page of another site" in reply.text
    assert "lamp" not in reply.text


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
def test_another_site_cannot_ask_the_api(client: FlaskClient, headers: dict[str, str]) -> None:
    """No list, no site: the API refuses with a problem, and lets nobody read it."""
    reply = client.post(ANSWERS, json={"question": LAMP}, headers=headers)
    assert (reply.status_code, reply.mimetype) == (403, "application/problem+json")
    assert "Access-Control-Allow-Origin" not in reply.headers


@pytest.mark.parametrize("headers", OWN, ids=str)
def test_our_own_pages_and_programs_may_ask(client: FlaskClient, headers: dict[str, str]) -> None:
    """Our own page may, also where a proxy hides that it is TLS; and a program that sends no origin."""
    assert client.post("/", data={"question": LAMP}, headers=headers).status_code == 200
    assert client.post(ANSWERS, json={"question": LAMP}, headers=headers).status_code == 200


def test_a_listed_site_may_use_the_api(embedding: FlaskClient) -> None:
    """A page of a listed site asks, reads the answer, and sees the request id; without cookies."""
    sent = {"Origin": SITE, "Sec-Fetch-Site": "cross-site"}
    reply = embedding.post(ANSWERS, json={"question": LAMP}, headers=sent)
    assert (reply.status_code, reply.headers["Access-Control-Allow-Origin"]) == (200, SITE)
    assert "X-Request-ID" in reply.headers["Access-Control-Expose-Headers"]
    assert "Access-Control-Allow-Credentials" not in reply.headers
    assert "Origin" in reply.headers["Vary"]


@pytest.mark.parametrize(
    "origin", [OTHER, f"{SITE}.evil.example", SITE.upper(), f"{SITE}:444", SITE.replace("https", "http"), "null"]
)
def test_only_the_exact_origin_is_listed(embedding: FlaskClient, origin: str) -> None:
    """An origin that only looks like the listed one gets nothing."""
    reply = embedding.post(ANSWERS, json={"question": LAMP}, headers={"Origin": origin})
    assert reply.status_code == 403
    assert "Access-Control-Allow-Origin" not in reply.headers
    assert "Access-Control-Allow-Origin" not in embedding.get("/api/v1/documents", headers={"Origin": origin}).headers


def test_a_listed_site_can_send_no_form(embedding: FlaskClient) -> None:
    """The list opens the API and the frame, not the pages' forms."""
    assert embedding.post("/", data={"question": LAMP}, headers={"Origin": SITE}).status_code == 403


def test_a_browser_is_told_beforehand(embedding: FlaskClient) -> None:
    """A preflight of a listed site is answered with what it may send; any other with nothing."""
    asked = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type,authorization"}
    listed = embedding.options(ANSWERS, headers={"Origin": SITE, **asked})
    other = embedding.options(ANSWERS, headers={"Origin": OTHER, **asked})
    assert (listed.status_code, listed.headers["Access-Control-Allow-Origin"]) == (204, SITE)
    assert {"Authorization", "Content-Type"} <= set(listed.headers["Access-Control-Allow-Headers"].split(", "))
    assert listed.headers["Access-Control-Allow-Methods"] == "GET, POST"
    assert not [name for name, _ in other.headers if name.startswith("Access-Control")]


# Hostile headers

HOSTILE = st.text(alphabet=st.characters(min_codepoint=32, max_codepoint=255, exclude_characters="\x7f"), max_size=300)


@given(origin=HOSTILE, site=HOSTILE, host=HOSTILE, named=HOSTILE, forwarded=HOSTILE)
def test_no_header_breaks_the_server(app: Flask, origin: str, site: str, host: str, named: str, forwarded: str) -> None:
    """Whatever stands in the headers that are looked at, the reply is one, and repeats none of it in a header."""
    sent = {
        "Origin": origin,
        "Sec-Fetch-Site": site,
        "X-Request-ID": named,
        "X-Forwarded-For": forwarded,
        "X-Forwarded-Host": host,
        "Authorization": f"Bearer {named}",
        "If-None-Match": origin,
        "Accept-Encoding": site,
    }
    environ = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in sent.items()}
    for method, path in (("GET", "/"), ("POST", "/"), ("OPTIONS", ANSWERS), ("GET", "/embed/admission")):
        reply = app.test_client().open(path, method=method, environ_overrides=environ)
        assert reply.status_code < 500
        assert "\n" not in str(reply.headers.get("X-Request-ID"))


@pytest.mark.parametrize(
    "name", ["Origin", "X-Request-ID", "Authorization", "Cookie", "X-Forwarded-For", "Accept-Language"]
)
def test_huge_headers_do_no_harm(client: FlaskClient, name: str) -> None:
    """A header of a megabyte gives a reply, not a failure."""
    assert client.get("/", headers={name: "x" * 1_000_000}).status_code < 500
