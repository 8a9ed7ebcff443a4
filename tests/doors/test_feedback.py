"""Feedback through the form and the API: what is kept, what is turned away, and what is never kept."""

import datetime
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict

from chatbot.feedback import Feedback, Opinion
from chatbot.model import Status
from chatbot.storage import feedback as store
from chatbot.storage.database import FILE
from chatbot.web.app import create_app
from chatbot.wiring import Services
from tests.doors.conftest import SmallServices, settings_over

LAMP = "How fast must a lamp be repaired in Norway?"
API, FORM = "/api/v1/feedback", "/feedback"
PERSON = {"User-Agent": "Reader/7.3", "X-Forwarded-For": "203.0.113.9", "Cookie": "a=b"}
Make = Callable[..., FlaskClient]


@pytest.fixture
def services(folder: Path) -> Services:
    """Services over an instance of the test's own."""
    return SmallServices(settings_over(folder))


@pytest.fixture
def client(services: Services) -> FlaskClient:
    """A client of the application over it."""
    return create_app(services).test_client()


def answer(client: FlaskClient) -> dict[str, Any]:
    """An answer of the API."""
    return dict(client.post("/api/v1/answers", json={"question": LAMP}).get_json())


def about(client: FlaskClient, **more: object) -> dict[str, Any]:
    """Feedback on that answer, as a program sends it."""
    told = answer(client)
    passages = list(dict.fromkeys(citation["passage_id"] for citation in told["citations"]))
    facts = {"snapshot_id": told["snapshot_id"], "status": told["status"], "passages": passages}
    return {"opinion": "useful", **facts, **more}


def form_of(page: str) -> MultiDict[str, str]:
    """The hidden fields of the feedback form of a page."""
    form = page.split('<form class="feedback-form"')[1].split("</form>", maxsplit=1)[0]
    return MultiDict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))


def kept(services: Services) -> list[Feedback]:
    """What is kept."""
    return [found.feedback for found in services.feedback.kept()]


def test_the_form_keeps_what_was_chosen_and_written(client: FlaskClient, services: Services) -> None:
    """The form under an answer, sent without JavaScript, keeps opinion, comment and which answer it was."""
    told, sent = answer(client), form_of(client.post("/", data={"question": LAMP}).text)
    sent.update({"opinion": "wrong_citation", "comment": " Not s 12,\r\nbut s 13. "})
    reply = client.post(FORM, data=sent)
    assert (reply.status_code, reply.location) == (303, "/feedback/thanks")
    assert "Thank you" in client.get(reply.location).text
    passages = tuple(dict.fromkeys(citation["passage_id"] for citation in told["citations"]))
    assert kept(services) == [
        Feedback(Opinion.WRONG_CITATION, told["snapshot_id"], Status.ANSWERED, passages, "Not s 12,\nbut s 13.", "")
    ]


@pytest.mark.parametrize(("ticked", "question"), [({}, ""), ({"with_question": "yes"}, LAMP)])
def test_the_question_is_kept_only_if_it_is_ticked(
    client: FlaskClient, services: Services, folder: Path, ticked: dict[str, str], question: str
) -> None:
    """The form holds the question; unless its box is ticked no file of the instance ever holds it."""
    sent = form_of(client.post("/", data={"question": LAMP}).text)
    assert sent["question"] == LAMP
    client.post(FORM, data={**sent, "opinion": "useful", **ticked})
    assert [found.question for found in kept(services)] == [question]
    files = [file.read_bytes() for file in (folder / "instance").rglob("*") if file.is_file()]
    assert any(LAMP.encode() in file for file in files) == bool(question)


def test_nothing_of_the_person_is_kept(client: FlaskClient, services: Services, folder: Path) -> None:
    """Neither address, browser, cookie nor the time of day stands in the instance folder."""
    reply = client.post(API, json=about(client), headers=PERSON, environ_base={"REMOTE_ADDR": "203.0.113.9"})
    assert reply.status_code == 201
    now = datetime.datetime.now(datetime.UTC)
    for file in (file for file in (folder / "instance").rglob("*") if file.is_file()):
        content = file.read_bytes()
        assert not [part for part in (b"203.0.113.9", b"Reader/7.3", b"a=b") if part in content]
        assert not re.search(rf"{now:%Y-%m-%d}[T ]\d\d:".encode(), content)


def test_the_api_tells_what_it_kept(client: FlaskClient, services: Services) -> None:
    """The reply to a program is all that is kept, and nothing more is."""
    body = about(client, opinion="missing_source", comment="The act of 2024", question=LAMP)
    reply = client.post(API, json=body)
    assert reply.status_code == 201
    [found] = services.feedback.kept()
    assert reply.get_json() == {"given_on": found.given_on.isoformat(), **body}
    assert found.feedback == Feedback(
        Opinion.MISSING_SOURCE,
        body["snapshot_id"],
        Status.ANSWERED,
        tuple(body["passages"]),
        body["comment"],
        LAMP,
    )


@pytest.mark.parametrize(
    "wrong",
    [
        {"opinion": "splendid"},
        {"opinion": None},
        {"status": "excellent"},
        {"snapshot_id": "../../etc/passwd"},
        {"snapshot_id": "a" * 65},
        {"passages": ["no passage"]},
        {"passages": ["a:b:c:d"] * 501},
        {"passages": ["a:digest:b:" + "0" * 300]},
        {"passages": "a:b:c:d"},
        {"passages": ["a:digest:b\n:0"]},
        {"comment": "a" * 2001},
        {"comment": "\ud800"},
        {"comment": ["a"]},
        {"question": "a" * 2001},
        {"name": "somebody"},
    ],
)
def test_what_cannot_be_kept_is_told(client: FlaskClient, services: Services, wrong: dict[str, object]) -> None:
    """Feedback that breaks a rule is refused as a problem that names it, and nothing is kept."""
    reply = client.post(API, data=json.dumps(about(client, **wrong)), content_type="application/json")
    assert (reply.status_code, reply.content_type) == (400, "application/problem+json")
    assert len(reply.get_json()["detail"]) > 20
    assert kept(services) == []


def test_an_answer_cannot_have_cited_what_is_not_in_its_snapshot(client: FlaskClient, services: Services) -> None:
    """A made-up passage of the current snapshot is refused; of one that is gone it cannot be known."""
    made_up = ["no-library-act-2022:digest:s-99:0"]
    reply = client.post(API, json=about(client, passages=made_up))
    assert reply.status_code == 400
    assert made_up[0] in reply.get_json()["detail"]
    assert client.post(API, json=about(client, passages=made_up, snapshot_id="earlier")).status_code == 201
    assert [found.passages for found in kept(services)] == [tuple(made_up)]


def test_what_was_written_is_not_lost(client: FlaskClient, services: Services) -> None:
    """A form that cannot be kept comes back with the problem and all that was written, as text."""
    written = {**form_of(client.post("/", data={"question": LAMP}).text), "comment": "<script>alert(1)</script>" * 90}
    reply = client.post(FORM, data={**written, "opinion": "useful", "with_question": "yes"})
    assert reply.status_code == 400
    assert "at most 2000 are kept" in reply.text
    assert reply.text.count("&lt;script&gt;alert(1)") == 90
    assert "<script>alert" not in reply.text
    assert re.search(r'value="useful" required checked', reply.text)
    assert re.search(r'name="with_question" value="yes" checked', reply.text)
    assert form_of(reply.text)["question"] == LAMP
    assert kept(services) == []


def test_without_an_opinion_the_form_comes_back(client: FlaskClient) -> None:
    """A browser asks for a choice; whoever sends none all the same is told so."""
    reply = client.post(FORM, data={"comment": "Nothing chosen"})
    assert reply.status_code == 400
    assert "Say what you think of the answer" in reply.text
    assert "Nothing chosen" in reply.text


def test_control_characters_are_left_out(client: FlaskClient, services: Services) -> None:
    """What could steer a terminal does not come into the database; line breaks stay."""
    client.post(API, json=about(client, comment="a\x1b[31m\x00\x9b red\r\nb\tc\x7f"))
    assert [found.comment for found in kept(services)] == ["a[31m red\nb\tc"]


def test_a_database_that_fails_loses_nothing(client: FlaskClient, folder: Path) -> None:
    """The form comes back with what was written, and where the database lies is not told."""
    (folder / "instance").mkdir(exist_ok=True)
    (folder / "instance" / FILE).write_bytes(b"damaged" * 100)
    reply = client.post(FORM, data={"opinion": "useful", "status": "answered", "comment": "Kept in the form"})
    assert reply.status_code == 503
    assert "Kept in the form" in reply.text
    assert str(folder) not in reply.text
    problem = client.post(API, json=about(client))
    assert (problem.status_code, problem.get_json()["type"]) == (503, "the-database-cannot-be-used")


def test_another_site_cannot_give_feedback(client: FlaskClient, services: Services) -> None:
    """A form on a foreign page is turned away."""
    headers = {"Origin": "https://elsewhere.example"}
    assert client.post(FORM, data={"opinion": "useful", "status": "answered"}, headers=headers).status_code == 403
    assert kept(services) == []


def test_feedback_can_be_turned_off(folder: Path) -> None:
    """Turned off, no page shows the form, and neither door takes any."""
    services = SmallServices(settings_over(folder, CHATBOT_FEEDBACK="off"))
    client = create_app(services).test_client()
    assert "feedback-form" not in client.post("/", data={"question": LAMP}).text
    replies = [
        client.post(FORM, data={"opinion": "useful", "status": "answered"}),
        client.post(API, json=about(client)),
    ]
    assert [reply.status_code for reply in replies] == [404, 404]
    assert "turned it off" in replies[0].text
    assert not (folder / "instance" / FILE).exists()


def test_feedback_is_limited(folder: Path) -> None:
    """Somebody who sends without end is asked to wait."""
    client = create_app(SmallServices(settings_over(folder, CHATBOT_CHANGES_LIMIT="3 per minute"))).test_client()
    body = about(client)
    assert [client.post(API, json=body).status_code for _ in range(4)] == [201, 201, 201, 429]


def test_the_setting_says_how_long_feedback_is_kept(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The form names the days of the setting; once they are over the next feedback takes the old one's place."""
    services = SmallServices(settings_over(folder, CHATBOT_FEEDBACK_DAYS=30))
    client = create_app(services).test_client()
    assert "Kept for 30 days" in client.post("/", data={"question": LAMP}).text
    day = datetime.date(2026, 3, 1)
    for passed, count in ((0, 1), (30, 2), (31, 2)):
        monkeypatch.setattr(store, "_today", lambda passed=passed: day + datetime.timedelta(days=passed))
        assert client.post(API, json=about(client)).status_code == 201
        assert len(kept(services)) == count


@pytest.mark.parametrize("question", ["Hello!", "Someone shared my nude photos without my consent, what can I do?"])
def test_no_form_stands_under_what_is_no_answer(client: FlaskClient, question: str) -> None:
    """A greeting, and help for somebody who is targeted, are not asked after."""
    page = client.post("/", data={"question": question}).text
    assert 'data-status="greeting"' in page or 'data-status="support"' in page
    assert page.count('class="feedback-form"') == page.count("<template") == 1
