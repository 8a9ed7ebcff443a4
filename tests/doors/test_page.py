"""The chat page as a browser without JavaScript uses it."""

import logging
import re
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from chatbot.answering.limits import MAX_TURNS
from chatbot.retrieval.snapshot import Snapshot
from chatbot.web.app import create_app
from chatbot.web.pages import SUGGESTIONS
from tests.doors.conftest import SmallServices, settings_over

LAMP = "How fast must a lamp be repaired in Norway?"
REPAIRED = "Under s 12 of the Norwegian Library Act a broken lamp must be repaired within three days."
LAMP_PAGE = "/passages/no-library-act-2022:digest:s-12:0"
HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>{{7*7}}</textarea>"


def ask(client: FlaskClient, question: str, turns: tuple[str, ...] = ()) -> TestResponse:
    """Send the form."""
    return client.post("/", data={"question": question, "turn": list(turns)})


def turns_in(page: str) -> list[str]:
    """The earlier questions that the form of a page would send with the next one."""
    form = page.split('<form id="ask"')[1]
    return [unescape(value) for value in re.findall(r'<input type="hidden" name="turn" value="(.*?)">', form)]


# Asking


def test_a_follow_up_can_be_asked_on_its_own(client: FlaskClient) -> None:
    """Beside the reading stands a form that asks the question again without the earlier turns."""
    page = ask(client, "And in Chile?", (LAMP,)).text
    reading = page.split('class="read-as"')[1].split("</div>")[0]
    assert 'value="And in Chile?"' in reading
    assert 'name="turn"' not in reading
    assert 'class="read-as"' not in ask(client, "And in Chile?").text


def test_a_question_comes_back_to_be_changed(client: FlaskClient) -> None:
    """Edit gives the question back in its field, with the turns before it, and answers nothing."""
    page = client.post("/", data={"question": "And in Chile?", "turn": [LAMP], "act": "edit"}).text
    assert re.search(r"<textarea[^>]*>And in Chile\?</textarea>", page)
    assert turns_in(page) == [LAMP]
    assert "<article" not in page


@pytest.mark.parametrize(
    ("question", "words"),
    [(LAMP, "Answered from the sources"), ("How fast must a lamp be repaired in Kenya?", "Not in the sources")],
)
def test_the_status_is_said_in_words(client: FlaskClient, question: str, words: str) -> None:
    """What came of a question is told, not only coloured."""
    assert f'<p class="told-status">{words}</p>' in ask(client, question).text


@pytest.mark.parametrize("field", ["jurisdiction", "document"])
def test_the_sources_can_be_narrowed(client: FlaskClient, field: str) -> None:
    """A chosen jurisdiction or document stays chosen, and only its sources answer."""
    value = {"jurisdiction": "CL", "document": "cl-dry-archive-bill-2025"}[field]
    page = client.post("/", data={"question": "How fast must a lamp be repaired?", field: ["", value]}).text
    assert f'<option value="{value}" selected>' in page
    assert "/passages/no-library-act-2022" not in page


def test_the_statement_on_accessibility_is_always_there(
    client: FlaskClient, client_without_snapshot: FlaskClient
) -> None:
    """Every page leads to it, and it needs no sources; where a card gives an address it is named."""
    assert '<a href="/accessibility">' in client.get("/").text
    for reader in (client, client_without_snapshot):
        response = reader.get("/accessibility")
        assert response.status_code == 200
        assert "WCAG" in response.text


def test_the_way_out_is_a_setting(client: FlaskClient, built_index: Path) -> None:
    """The neutral page is named by the operator, and nothing is offered where it is left empty."""
    assert '<a id="leave" href="https://www.wikipedia.org/" rel="noreferrer"' in client.get("/").text
    without = create_app(SmallServices(settings_over(built_index.parent, CHATBOT_LEAVE_URL="")))
    assert 'id="leave"' not in without.test_client().get("/").text


def test_the_page_offers_a_form_and_questions(client: FlaskClient) -> None:
    """The first page has the form and the questions one could ask, and no notice."""
    response = client.get("/")
    assert (response.status_code, response.mimetype) == (200, "text/html")
    assert re.findall(r'class="suggestion" name="question" value="(.*?)"', unescape(response.text)) == list(SUGGESTIONS)
    assert '<textarea id="question" name="question" rows="3" maxlength="2000"' in response.text
    assert 'role="alert"' not in response.text


def test_an_answer_stands_on_the_page_with_its_source(client: FlaskClient) -> None:
    """The answer's words, the mark beside them, and the source with edition, legal state and publisher."""
    page = ask(client, LAMP).text
    assert f'<span class="words">{REPAIRED}</span> <a class="mark"' in page
    assert '<article class="answer" data-status="answered">' in page
    assert '<span class="edition digest">Digest</span> · <span class="status">in force, as of 2025-05-01</span>' in page
    assert '<a class="publisher" href="https://example.org/library-act" rel="noreferrer">' in page


def test_an_official_text_is_called_so(client: FlaskClient) -> None:
    """What is quoted from the publisher is marked as official text."""
    page = ask(client, "What can a single leak ruin in 15 minutes?").text
    assert "A single leak can ruin around 400 books in 15 minutes." in page
    assert '<span class="edition official">Official text</span>' in page


def test_a_mark_leads_to_the_quoted_words(client: FlaskClient) -> None:
    """Following the mark of a sentence shows its section with exactly its words marked."""
    page = ask(client, LAMP).text
    link = re.findall(r'<a class="mark" href="(.*?)"', page)[0]
    assert re.findall(r"<mark.*?>(.*?)</mark>", client.get(unescape(link)).text) == [REPAIRED]


@pytest.mark.parametrize("question", ["hello", "Who won the football match in 1966?"])
def test_no_source_is_shown_where_none_was_used(doubting_client: FlaskClient, question: str) -> None:
    """A greeting and a question outside the field have words of ours and no sources."""
    page = ask(doubting_client, question).text
    assert '<p class="message">' in page
    assert '<ol class="sources">' not in page
    assert '<p class="sentence' not in page


def test_what_is_nearest_is_offered_and_not_quoted(doubting_client: FlaskClient) -> None:
    """Where the sources do not answer, the nearest places are links under their own heading."""
    page = ask(doubting_client, LAMP).text
    assert '<article class="answer" data-status="not_in_sources">' in page
    assert "<h3>Nearest in the sources</h3>" in page
    assert "<h3>Sources</h3>" not in page
    assert '<p class="sentence' not in page
    links = re.findall(r'<a class="open" href="(.*?)"', page)
    assert 1 <= len(links) <= 3
    assert [doubting_client.get(unescape(link)).status_code for link in links] == [200] * len(links)


def test_a_question_stays_on_the_page_and_goes_along_with_the_next(client: FlaskClient) -> None:
    """After an answer the form carries the earlier questions, oldest first, and an empty field."""
    page = ask(client, "And in Chile?", (LAMP,)).text
    assert turns_in(page) == [LAMP, "And in Chile?"]
    assert f'<h2 class="question earlier">{LAMP}</h2>' in page
    assert re.search(r'<textarea id="question"[^>]*></textarea>', page)


def test_a_long_conversation_goes_on(client: FlaskClient) -> None:
    """Of more than 20 earlier questions the last 20 are read; the page never runs into its own limit."""
    asked = tuple(f"question {number}" for number in range(MAX_TURNS + 5))
    response = ask(client, "hello", asked)
    assert response.status_code == 200
    assert turns_in(response.text) == [*asked[-MAX_TURNS:], "hello"]
    assert ask(client, "hello", tuple(turns_in(response.text))).status_code == 200


# What cannot be read


@pytest.mark.parametrize("question", ["", " ", "\r\n\t\u3000"])
def test_an_empty_question_is_told_at_the_field(client: FlaskClient, question: str) -> None:
    """An empty question gives a notice that belongs to the field, and the conversation stays."""
    response = ask(client, question, (LAMP,))
    assert response.status_code == 400
    assert '<p class="notice" id="problem" role="alert">The question is empty;' in response.text
    assert 'aria-describedby="problem" aria-invalid="true"' in response.text
    assert turns_in(response.text) == [LAMP]


def test_a_question_that_is_too_long_is_not_lost(client: FlaskClient) -> None:
    """An overlong question is told with its length and stays in the field."""
    response = ask(client, "é" * 2001)
    assert response.status_code == 400
    assert "The question has 2001 characters; at most 2000 are read." in response.text
    assert f">{'é' * 2001}</textarea>" in response.text


def test_a_missing_field_is_an_empty_question(client: FlaskClient) -> None:
    """A form without its field is told like an empty question."""
    assert client.post("/", data={"something": "else"}).status_code == 400
    assert client.post("/").status_code == 400


def test_the_longest_question_is_read(client: FlaskClient) -> None:
    """2,000 characters are read."""
    assert ask(client, "ж" * 2000).status_code == 200


def test_line_breaks_count_as_in_the_browser(client: FlaskClient) -> None:
    """A question that just fills the field is read, also when it has line breaks."""
    typed = "lamp\n" * 399 + "lamps"
    assert len(typed) == 2000
    assert ask(client, typed.replace("\n", "\r\n")).status_code == 200


def test_a_long_conversation_in_another_script_goes_on(client: FlaskClient) -> None:
    """A question and 20 earlier ones within the limits are read in any script; a form writes a letter as 6 or 9."""
    assert ask(client, "灯" * 2000, ("灯" * 2000,) * 20).status_code == 200


def test_a_huge_form_is_refused(client: FlaskClient) -> None:
    """A form beyond the limit gives a page that says so."""
    response = ask(client, "x" * 600_000)
    assert (response.status_code, response.mimetype) == (413, "text/html")


def test_more_fields_than_a_form_has_are_refused(client: FlaskClient) -> None:
    """Thousands of earlier questions are refused, not worked through."""
    data = "&".join(["turn=x"] * 20_000)
    response = client.post("/", data=f"{data}&question=hello", content_type="application/x-www-form-urlencoded")
    assert response.status_code in (200, 413)
    assert len(turns_in(response.text)) <= MAX_TURNS + 1


@pytest.mark.parametrize("data", [b"question=%ff%fe", b"question=%ed%a0%80", b"question=lamp%00", b"\xff" * 50])
def test_odd_bytes_in_a_form_do_no_harm(client: FlaskClient, data: bytes) -> None:
    """Bytes that are no text are read as well as they can be, or refused."""
    response = client.post("/", data=data, content_type="application/x-www-form-urlencoded")
    assert response.status_code in (200, 400)


# Hostile text


@pytest.mark.parametrize(
    "shown",
    [
        lambda client: ask(client, HOSTILE),
        lambda client: ask(client, "hello", (HOSTILE,)),
        lambda client: ask(client, "", (HOSTILE,)),
        lambda client: ask(client, HOSTILE * 40),
        lambda client: ask(client, f"lamp {HOSTILE}", (HOSTILE, LAMP)),
        lambda client: client.get(f"/{HOSTILE}"),
        lambda client: client.get(f"/passages/{HOSTILE}"),
        lambda client: client.get(f"{LAMP_PAGE}?part={HOSTILE}&quote={HOSTILE}"),
        lambda client: client.get("/", headers={"Host": "a.example", "Referer": HOSTILE, "User-Agent": HOSTILE}),
        lambda client: client.open("/", method="BREW", headers={"Accept-Language": HOSTILE}),
    ],
)
def test_hostile_text_is_shown_and_never_obeyed(
    client: FlaskClient, shown: Callable[[FlaskClient], TestResponse]
) -> None:
    """Markup that somebody sends in a question, turn, address or header stays text on the page."""
    page = shown(client).text
    assert "<script>" not in page
    assert "<img" not in page
    assert "49" not in re.findall(r">([^<]*)<", page)
    assert page.count("</textarea>") == page.count("<textarea")


HOSTILE_CARD = """---
id: hostile-act-2024
title: "Act <script>alert(1)</script> of 2024"
short_title: "<img src=x onerror=alert(2)>"
issuer: Parliament of Norway
jurisdiction: "NO"
annex: [B]
type: act
year: 2024
status: {state: in force, detail: "<script>alert(3)</script>", as_of: 2025-05-01}
languages: [en]
official_urls:
  - {url: "https://example.org/\\"><script>alert(4)</script>", what: "<script>alert(5)</script>"}
---
## s 1 — Chandeliers <img src=x>

A chandelier must be hung by two keepers <script>alert(6)</script> before noon.

Questions: Who must hang a chandelier?
"""


def test_hostile_text_in_a_source_is_never_obeyed(tmp_path: Path, corpus_dir: Path) -> None:
    """Markup in a card, which may be copied from anywhere, stays text on every page that shows it."""
    (corpus_dir / "hostile-act-2024.md").write_text(HOSTILE_CARD, encoding="utf-8")
    services = SmallServices(settings_over(tmp_path, CHATBOT_CORPUS_DIR=corpus_dir))
    report = services.refresher().refresh()
    client = create_app(services).test_client()
    [document] = [read for read in report.read if read.document_id == "hostile-act-2024"]
    sections = client.get("/api/v1/documents/hostile-act-2024").get_json()["sections"]
    passages = [id_ for held in sections for id_ in held["passages"]]
    pages = [
        ask(client, "Who must hang a chandelier?").text,
        client.get("/documents/hostile-act-2024").text,
        client.get("/documents").text,
        *(client.get(f"/passages/{id_}?quote=2-12").text for id_ in passages),
    ]
    assert document.passages == len(passages)
    assert sum("chandelier" in page for page in pages) >= 3
    for page in pages:
        assert "<script>" not in page
        assert "<img" not in page


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", " javascript:alert(1)"])
def test_only_addresses_of_the_web_become_links(tmp_path: Path, corpus_dir: Path, url: str) -> None:
    """A card with an address that would run in the browser is named and not taken."""
    card = HOSTILE_CARD.replace('https://example.org/\\"><script>alert(4)</script>', url)
    (corpus_dir / "hostile-act-2024.md").write_text(card, encoding="utf-8")
    services = SmallServices(settings_over(tmp_path, CHATBOT_CORPUS_DIR=corpus_dir))
    [problem] = services.refresher().refresh().problems
    assert "hostile-act-2024.md: official_urls.0.url: " in problem
    page = ask(create_app(services).test_client(), "Who must hang a chandelier?").text
    assert "chandelier must be hung" not in page
    assert not re.search(r'href="\s*(javascript|data):', page)


def test_the_asked_text_is_shown_as_asked(client: FlaskClient) -> None:
    """Escaping changes how text is written, not what is read."""
    page = ask(client, HOSTILE).text
    [heading] = re.findall(r'<h2 class="question">(.*?)</h2>', page, re.DOTALL)
    assert unescape(heading) == HOSTILE
    assert turns_in(page) == [HOSTILE]


# Passages


def test_every_passage_has_its_page(client: FlaskClient, snapshot: Snapshot) -> None:
    """Each passage has a page with its document, its own words as the cited ones, and one place to jump to."""
    for passage in snapshot.passages:
        response = client.get(f"/passages/{passage.id}")
        assert response.status_code == 200
        cited = re.findall(r'<span class="cited"[^>]*>(.*?)</span>', response.text)
        assert [unescape(line) for line in cited] == [line for line in passage.text.split("\n") if line]
        assert response.text.count('id="cited"') == 1


@pytest.mark.parametrize(
    ("quotes", "marked"),
    [
        ("", []),
        ("quote=0-5", ["Under"]),
        ("quote=0-5&quote=6-8", ["Under", "s "]),
        ("quote=0-5&quote=0-5", ["Under"]),
        ("quote=0-9999999", []),
        ("quote=5-5", []),
        ("quote=9-2", []),
        ("quote=-1-5", []),
        ("quote=a-b&quote=&quote=1-&quote=0-5", ["Under"]),
        ("quote=99999999999999999999-5", []),
    ],
)
def test_only_words_of_the_passage_are_marked(client: FlaskClient, quotes: str, marked: list[str]) -> None:
    """What the address asks to mark is marked within the passage; anything else is passed over."""
    response = client.get(f"{LAMP_PAGE}?{quotes}")
    assert response.status_code == 200
    assert re.findall(r"<mark.*?>(.*?)</mark>", response.text) == marked


def test_a_part_of_the_page_can_be_fetched_alone(client: FlaskClient) -> None:
    """The panel beside the chat takes the section without the page around it."""
    page = client.get(f"{LAMP_PAGE}?part=section").text.strip()
    assert page.startswith('<section class="source-section">')
    assert "<html" not in page


@pytest.mark.parametrize("path", ["/passages/nothing", "/passages/a%2Fb", "/passages/%00", "/passages/" + "x" * 5000])
def test_an_unknown_passage_is_a_page_that_says_so(client: FlaskClient, path: str) -> None:
    """A passage that is not held gives a page with the way back to the chat."""
    response = client.get(path)
    assert (response.status_code, response.mimetype) == (404, "text/html")
    assert "<h1>Not found</h1>" in response.text
    assert '<a href="/">Ask a question</a>' in response.text


@pytest.mark.parametrize("path", ["/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2f..%2fsettings.py"])
def test_only_static_files_are_served(client: FlaskClient, path: str) -> None:
    """No address leads from the static files to the program."""
    assert client.get(path).status_code == 404


# Not ready


def test_the_page_without_a_snapshot_is_kind(client_without_snapshot: FlaskClient) -> None:
    """Before the first snapshot the page says that the sources are being prepared."""
    response = client_without_snapshot.get("/")
    assert response.status_code == 503
    assert "The sources are being prepared. Please try again in a few minutes." in response.text
    assert "<form" in response.text


def test_the_page_with_a_damaged_snapshot_is_kind(client_with_damaged_snapshot: FlaskClient) -> None:
    """A damaged snapshot is told to readers as not ready, without file names."""
    response = client_with_damaged_snapshot.get("/")
    assert response.status_code == 503
    assert "The sources are being prepared." in response.text
    assert ".jsonl" not in response.text


def test_asking_without_a_snapshot_is_kind(client_without_snapshot: FlaskClient) -> None:
    """Who asks before the first snapshot is told as kindly, and the question is not lost."""
    response = ask(client_without_snapshot, LAMP)
    assert response.status_code == 503
    assert "The sources are being prepared." in response.text
    assert LAMP in response.text


def test_an_unforeseen_failure_is_a_page(failing_client: Callable[[Exception], FlaskClient]) -> None:
    """A failure inside gives a page that tells nothing of its inside."""
    response = ask(failing_client(RuntimeError("secret of the house")), LAMP)
    assert (response.status_code, response.mimetype) == (500, "text/html")
    assert "The helpdesk failed to answer this." in response.text
    assert "secret" not in response.text


# Headers, cookies, log

ADDRESSES = ["/", LAMP_PAGE, "/nothing", "/api/v1/documents", "/api/v1/nothing", "/readyz", "/static/chat.js"]


@pytest.mark.parametrize("path", ADDRESSES)
def test_every_reply_has_the_security_headers(client: FlaskClient, path: str) -> None:
    """Pages, data, files and errors say: own scripts only, no framing, no guessing of types, no referrer elsewhere."""
    headers = client.get(path, buffered=True).headers
    policy = dict(part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";"))
    assert (policy["default-src"], policy["script-src"], policy["style-src"]) == ("'none'", "'self'", "'self'")
    assert (policy["frame-ancestors"], policy["base-uri"], policy["form-action"]) == ("'none'", "'none'", "'self'")
    assert (headers["X-Content-Type-Options"], headers["Referrer-Policy"]) == ("nosniff", "same-origin")


def test_the_page_keeps_its_own_policy(client: FlaskClient) -> None:
    """The page has no inline script or style and loads nothing from elsewhere."""
    page = ask(client, LAMP).text
    assert re.findall(r"<script(?![^>]* src=\"/static/)[^>]*>", page) == []
    assert re.findall(r"<style|\sstyle=|\son\w+=|javascript:", page) == []
    assert re.findall(r'<(?:script|img|link|iframe)[^>]+(?:src|href)="(?!/static/)', page) == []


@pytest.mark.parametrize("path", ADDRESSES)
def test_no_cookie_is_set(client: FlaskClient, path: str) -> None:
    """Nothing is kept in the browser."""
    assert client.get(path, buffered=True).headers.getlist("Set-Cookie") == []
    assert ask(client, LAMP, (LAMP,)).headers.getlist("Set-Cookie") == []


def test_no_cache_keeps_an_answer(client: FlaskClient) -> None:
    """A page with a question and its answer tells caches not to keep it."""
    assert ask(client, LAMP).headers["Cache-Control"] == "no-store"


def test_no_question_is_in_an_address(client: FlaskClient) -> None:
    """The form is sent by POST, so that no question stands in an address, a history or a log."""
    forms = re.findall(r"<form ([^>]*)>", ask(client, LAMP).text)
    assert all('method="post"' in form or 'method="dialog"' in form for form in forms)
    assert "zebrafinch" not in client.get("/?question=zebrafinch").text


def test_no_question_is_logged(
    client: FlaskClient,
    failing_client: Callable[[Exception], FlaskClient],
    caplog: pytest.LogCaptureFixture,
) -> None:
    """What was asked is in no line of the log, answered, refused or failed."""
    caplog.set_level(logging.DEBUG)
    ask(client, "zebrafinch lamp", ("zebrafinch cellar",))
    ask(client, "zebrafinch" * 300)
    ask(failing_client(RuntimeError("a wheel came off")), "zebrafinch lamp")
    assert "a wheel came off" in caplog.text
    assert "zebrafinch" not in caplog.text
