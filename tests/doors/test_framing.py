"""The chat inside other sites' pages: the script, the framed page, the list of sites, the page for IT."""

import re
from collections.abc import Callable
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from chatbot.web.app import create_app
from tests.conftest import ROOT
from tests.doors.conftest import SmallServices, settings_over

SITE, OTHER = "https://intranet.example.org", "https://elsewhere.example"
LAMP = "How fast must a lamp be repaired in Norway?"
SCRIPT = ROOT / "chatbot" / "web" / "static" / "embed.js"
Make = Callable[..., FlaskClient]


@pytest.fixture
def make(built_index: Path) -> Make:
    """Makes a client of an application with settings of the test's own."""

    def made(**values: object) -> FlaskClient:
        return create_app(SmallServices(settings_over(built_index.parent, **values))).test_client()

    return made


@pytest.fixture
def client(make: Make) -> FlaskClient:
    """A client of a helpdesk that one site may embed."""
    return make(CHATBOT_EMBED_ORIGINS=SITE)


def ancestors(client: FlaskClient, path: str) -> str:
    """Which pages may show this one in a frame."""
    policy = client.get(path).headers["Content-Security-Policy"]
    return policy.split("frame-ancestors ")[1].split(";")[0]


class Tags(HTMLParser):
    """The elements of a page with their attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep it."""
        self.found.append((tag, dict(attrs)))


# Who may frame


def test_only_listed_sites_may_frame_and_only_the_framed_page(client: FlaskClient) -> None:
    """The framed page names ourselves and the listed sites; every other page may be framed by nobody."""
    assert ancestors(client, "/frame") == ancestors(client, "/frame?colour=red") == f"'self' {SITE}"
    assert {ancestors(client, path) for path in ("/", "/documents", "/embed", "/nothing", "/framed")} == {"'none'"}


def test_nobody_may_frame_by_default(make: Make) -> None:
    """Without the setting only we ourselves may show the framed page, for the preview."""
    assert ancestors(make(), "/frame") == "'self'"


@pytest.mark.parametrize(
    ("origin", "status", "readable"),
    [
        (SITE, 200, True),
        (OTHER, 403, False),
        ("null", 403, False),
        ("http://localhost", 200, False),
        (None, 200, False),
    ],
)
def test_the_script_asks_before_it_frames(client: FlaskClient, origin: str | None, status: int, readable: bool) -> None:
    """A listed site may read that it is admitted; any other may read nothing."""
    reply = client.get("/embed/admission", headers={"Origin": origin} if origin else {})
    assert (reply.status_code, reply.get_json()) == (status, {"admitted": status == 200})
    assert (reply.headers.get("Access-Control-Allow-Origin") == origin) == (readable or origin is None)


# The script


def test_the_script_is_kept_for_a_year_under_its_version(client: FlaskClient) -> None:
    """The address of the current version never changes its content; an older one gives the newest, kept for minutes."""
    [address] = set(re.findall(r"/embed/\w+/embed\.js", client.get("/embed").text))
    current, older = client.get(address), client.get("/embed/000000000000/embed.js")
    assert current.data == older.data == client.get("/embed.js").data == SCRIPT.read_bytes()
    assert current.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert older.headers["Cache-Control"] == "public, max-age=300"
    assert (
        client.get(f"/embed.js?v={address.split('/')[2]}")
        .headers["Cache-Control"]
        .startswith("public, max-age=31536000")
    )
    assert (current.mimetype, current.headers["Cross-Origin-Resource-Policy"]) == ("text/javascript", "cross-origin")


def test_only_a_listed_site_reads_the_script_as_text(client: FlaskClient) -> None:
    """Where a page loads the script under the rules of CORS, only a listed site gets it."""
    replies = [client.get("/embed.js", headers={"Origin": origin}).headers for origin in (SITE, OTHER)]
    assert [reply.get("Access-Control-Allow-Origin") for reply in replies] == [SITE, None]
    assert all("Origin" in reply["Vary"] for reply in replies)


def test_the_script_is_small_and_keeps_to_itself() -> None:
    """A few KB over the wire; it writes no markup, and names nothing in the page but its element."""
    import gzip

    text = SCRIPT.read_text(encoding="utf-8")
    assert len(gzip.compress(text.encode())) < 5_000
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|localStorage|cookie", text)
    assert re.findall(r"\bwindow\.\w+\s*=", text) == []


# The framed page


def test_the_framed_page_has_no_header(client: FlaskClient) -> None:
    """In a frame there is the chat alone, and links open beside the site that frames it."""
    page = client.get("/frame").text
    assert "<header>" not in page
    assert '<base target="_blank">' in page
    assert 'name="question"' in page
    assert "<header>" in client.get("/").text


def test_a_colour_is_taken_in_shades_that_can_be_read(client: FlaskClient) -> None:
    """The page links a stylesheet of ours with the colour, dark enough on light paper and light enough on dark."""
    page = client.get("/frame?colour=%23FFee00").text
    [address] = re.findall(r'href="(/frame/theme\.css[^"]+)"', page)
    style = client.get(unescape(address))
    assert (style.status_code, style.mimetype) == (200, "text/css")
    assert style.text.startswith(":root { --accent: light-dark(#")
    assert "light-dark(#ffee00" not in style.text
    assert "#ffee00)" in style.text


def test_a_scope_bounds_what_the_frame_asks(client: FlaskClient) -> None:
    """A frame for one jurisdiction says so, and its questions carry it, with and without JavaScript."""
    page = client.get("/frame?jurisdiction=NO").text
    assert "Asks only sources of or about: Norway" in page
    assert '<input type="hidden" name="jurisdiction" value="NO">' in page
    for code, is_answered in (("NO", True), ("CL", False)):
        asked = client.post("/", data={"question": LAMP, "jurisdiction": code}).text
        assert ("within three days" in asked) is is_answered
        assert f'name="jurisdiction" value="{code}"' in asked


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("colour=red", "colour: write it as #rrggbb"),
        ("colour=%231d4f6e%3Bbackground:url(x)", "colour: write it as #rrggbb"),
        ("lang=xx", "lang: choose one of en, fr"),
        ("lang=../en", "lang: choose one of en, fr"),
        ("jurisdiction=ZZ", "jurisdiction: no source is held of it"),
        ("jurisdiction=%3Cscript%3E", "jurisdiction: no source is held of it"),
    ],
)
def test_a_wrong_choice_is_told_in_the_frame(client: FlaskClient, query: str, told: str) -> None:
    """Whoever sets up the frame reads in it what was wrong, and nothing of what was sent is repeated."""
    reply = client.get(f"/frame?{query}")
    assert (reply.status_code, told in reply.text) == (400, True)
    assert "<script>" not in reply.text
    assert client.get(f"/embed?{query}").status_code == 400


@pytest.mark.parametrize("colour", ["", "red", "#fff", "#1d4f6e}", "%231d4f6e"])
def test_the_stylesheet_takes_a_colour_alone(client: FlaskClient, colour: str) -> None:
    """No address makes a stylesheet with anything but a colour in it."""
    assert client.get("/frame/theme.css", query_string={"colour": colour}).status_code == 400


# The page for IT


def test_the_three_ways_are_shown_ready_to_copy(client: FlaskClient) -> None:
    """Each way is whole markup with what was chosen, and nothing chosen can break out of it."""
    greeting = """"><script>alert(1)</script>'&"""
    query = {
        "colour": "#1d4f6e",
        "lang": "fr",
        "jurisdiction": "NO",
        "position": "left",
        "greeting": greeting,
        "logo": "https://a.example/l.svg",
    }
    page = client.get("/embed", query_string=query).text
    button, inline, frame = (unescape(code) for code in re.findall(r"<code>(.*?)</code>", page, re.DOTALL))
    [(tag, chosen)] = Tags(button).found
    assert (tag, chosen["data-greeting"], chosen["data-position"], chosen["data-lang"]) == (
        "script",
        greeting,
        "left",
        "fr",
    )
    assert re.fullmatch(r"http://localhost/embed/[0-9a-f]{12}/embed\.js", str(chosen["src"]))
    [(_, chosen)] = Tags(inline).found
    assert (chosen["data-mode"], chosen["data-logo"]) == ("inline", "https://a.example/l.svg")
    [(tag, chosen)] = Tags(frame).found
    assert (tag, chosen["src"]) == ("iframe", "http://localhost/frame?colour=%231d4f6e&lang=fr&jurisdiction=NO")
    assert "<script>alert" not in page


def test_the_public_address_is_shown_where_it_is_set(make: Make) -> None:
    """Behind a proxy the markup names the address that readers reach."""
    page = make(CHATBOT_PUBLIC_URL="https://helpdesk.example.org").get("/embed").text
    assert "https://helpdesk.example.org/embed/" in page
    assert "http://localhost" not in page


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("position=top", "position: choose"),
        ("greeting=" + "x" * 201, "greeting: use at most 200"),
        ("logo=http://a.example/l.png", "logo: give"),
        ("logo=javascript:alert(1)", "logo: give"),
    ],
)
def test_a_wrong_dress_is_told(client: FlaskClient, query: str, told: str) -> None:
    """What the script would pass over is told where it is chosen."""
    reply = client.get(f"/embed?{query}")
    assert (reply.status_code, told in reply.text) == (400, True)


@pytest.mark.parametrize(
    ("origin", "told"),
    [
        (SITE, f"{SITE} may embed the chat and use the API."),
        (f"{SITE.upper()}/", f"{SITE} may embed the chat and use the API."),
        (OTHER, f"start the service with CHATBOT_EMBED_ORIGINS={SITE},{OTHER}."),
        ("intranet.example.org", "is no origin; write scheme and host alone"),
        ("<script>", "is no origin; write scheme and host alone"),
    ],
)
def test_it_is_told_what_the_list_says(client: FlaskClient, origin: str, told: str) -> None:
    """Whoever looks after a site learns whether it is listed, and what the operator would set."""
    page = client.get("/embed", query_string={"origin": origin}).text
    assert told in unescape(page)
    assert "<script>" not in page


def test_the_page_for_it_works_before_the_first_snapshot(client_without_snapshot: FlaskClient) -> None:
    """Setting up can begin before the sources are ready."""
    assert client_without_snapshot.get("/embed").status_code == 200
    assert client_without_snapshot.get("/frame").status_code == 503
