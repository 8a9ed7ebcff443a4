"""The JSON API over the small corpus."""

import json
import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, cast

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate
from werkzeug.test import TestResponse

from chatbot.answering.assistant import Assistant
from chatbot.errors import BusyError, ModelError, QuestionError
from chatbot.model import Sentence, SentenceKind
from chatbot.retrieval.snapshot import Snapshot
from chatbot.web.app import MAX_REQUEST_BYTES, create_app
from chatbot.wiring import Services
from tests.doors.conftest import BrokenAssistant, BrokenServices, SmallServices, settings_over
from tests.service import eventually

ANSWERS = "/api/v1/answers"
LAMP = "How fast must a lamp be repaired in Norway?"
REPAIRED = "Under s 12 of the Norwegian Library Act a broken lamp must be repaired within three days."
LAMP_PASSAGE = "no-library-act-2022:digest:s-12:0"
PROBLEM = "application/problem+json"


def post(client: FlaskClient, body: Any, **headers: str) -> TestResponse:
    """Ask with a JSON body."""
    return client.post(ANSWERS, json=body, headers=headers)


def problem(response: TestResponse) -> tuple[int, str]:
    """The status and the sentence of an error, after its shape was looked at."""
    told = response.get_json(force=True)
    assert response.mimetype == PROBLEM
    assert set(told) == {"type", "title", "status", "detail", "request_id"}
    assert told["request_id"] == response.headers["X-Request-ID"]
    assert told["status"] == response.status_code
    assert all(told.values())
    return response.status_code, told["detail"]


def events(response: TestResponse) -> list[tuple[str, Any]]:
    """The events of a stream, with their data."""
    assert response.mimetype == "text/event-stream"
    text = response.get_data(as_text=True)
    assert text.endswith("\n\n")
    result = []
    for event in text.removesuffix("\n\n").split("\n\n"):
        name, data = event.split("\n")
        result.append((name.removeprefix("event: "), json.loads(data.removeprefix("data: "))))
    return result


def without_times(answer: dict[str, Any]) -> dict[str, Any]:
    """An answer without its milliseconds, which differ from one to the next."""
    trace = {name: value for name, value in answer["trace"].items() if not name.startswith("ms ")}
    return {**answer, "trace": trace}


# Answers


def test_an_answer_quotes_its_passage(client: FlaskClient, snapshot: Snapshot) -> None:
    """An answer gives the sentence, its citation with the quoted words, and the snapshot they come from."""
    answer = post(client, {"question": LAMP}).get_json()
    sentence, citation = answer["sentences"][0], answer["citations"][0]
    assert (answer["status"], answer["snapshot_id"]) == ("answered", snapshot.id)
    assert sentence == {"text": REPAIRED, "kind": "digest", "citations": [1], "is_item": False}
    assert (citation["number"], citation["passage_id"], citation["quotes"]) == (1, LAMP_PASSAGE, [REPAIRED])
    assert citation["official_url"] == "https://example.org/library-act"
    assert citation["status"] == {
        "state": "in force",
        "detail": "In force since 1 July 2022.",
        "as_of": "2025-05-01",
    }


def test_a_cited_passage_can_be_fetched(client: FlaskClient) -> None:
    """The passage that a citation names holds the cited text, character for character in its section."""
    for citation in post(client, {"question": LAMP}).get_json()["citations"]:
        passage = client.get(f"/api/v1/passages/{citation['passage_id']}").get_json()
        section = "\n".join(block["text"] for block in passage["section"])
        assert passage["text"] == citation["text"] == section[passage["start"] : passage["end"]]


def test_letters_of_other_scripts_travel_as_they_are(client: FlaskClient) -> None:
    """JSON is UTF-8 with letters as they are, not escaped."""
    assert "Biblioteklov" in client.get("/api/v1/documents").get_data().decode()
    assert "–" in post(client, {"question": "What did Ana Duarte say of harmless leaks?"}).get_data().decode()


def test_turns_make_a_follow_up_understood(client: FlaskClient) -> None:
    """A follow-up is answered from the turn before it, and the answer says how it was read."""
    answer = post(client, {"question": "And in Chile?", "turns": ["What is the fine for a leak in Norway?"]}).get_json()
    assert "Chile" in answer["read_as"]
    assert answer["read_as"] != "And in Chile?"


@pytest.mark.parametrize(
    ("scope", "found"),
    [
        ({"documents": ["no-library-act-2022"]}, {"no-library-act-2022"}),
        ({"jurisdictions": ["NO"], "documents": ["no-library-act-2022"]}, {"no-library-act-2022"}),
        ({"jurisdictions": ["CL"], "documents": ["no-library-act-2022"]}, set()),
        ({"documents": ["no-such-document"]}, set()),
        ({"jurisdictions": ["\ud800", "'; --", ""]}, set()),
        ({"documents": ["\0", "../../etc"]}, set()),
    ],
)
def test_a_scope_bounds_what_is_cited(client: FlaskClient, scope: dict[str, list[str]], found: set[str]) -> None:
    """Nothing outside the documents and jurisdictions asked for is cited or offered."""
    response = client.post(ANSWERS, data=json.dumps({"question": LAMP, **scope}), content_type="application/json")
    answer = response.get_json()
    assert response.status_code == 200
    assert {c["document_id"] for c in answer["citations"] + answer["nearest"]} == found


# Events


@pytest.mark.parametrize(
    "question", [LAMP, "What can chambers do to keep a room dry?", "hello", "Who won the football match?"]
)
def test_the_last_event_is_the_whole_answer(client: FlaskClient, question: str) -> None:
    """A stream ends with one answer that equals the JSON answer, and its sentences came before, in order."""
    streamed = events(post(client, {"question": question}, Accept="text/event-stream"))
    whole = post(client, {"question": question}).get_json()
    assert [name for name, _ in streamed] == ["sentence"] * len(whole["sentences"]) + ["answer"]
    assert [data for _, data in streamed[:-1]] == whole["sentences"]
    assert without_times(streamed[-1][1]) == without_times(whole)


def test_a_stream_is_not_held_back(client: FlaskClient) -> None:
    """A stream tells proxies not to collect it first."""
    assert post(client, {"question": LAMP}, Accept="text/event-stream").headers["X-Accel-Buffering"] == "no"


@pytest.mark.parametrize("accept", ["text/event-stream", "application/json"])
@pytest.mark.parametrize("question", [LAMP, ""])
def test_no_cache_keeps_an_answer(client: FlaskClient, accept: str, question: str) -> None:
    """An answer, whole or in events, and a refusal tell caches not to keep them."""
    assert post(client, {"question": question}, Accept=accept).headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("accept", "given"),
    [
        ("*/*", "application/json"),
        ("application/json, text/event-stream", "application/json"),
        ("text/event-stream, application/json;q=0.5", "text/event-stream"),
        ("text/event-stream;q=0.1, application/json", "application/json"),
        ("text/html", "application/json"),
        ("", "application/json"),
        (";;;,,q=x", "application/json"),
    ],
)
def test_the_client_chooses_json_or_events(client: FlaskClient, accept: str, given: str) -> None:
    """Events are for those who ask for them; all others get JSON."""
    assert post(client, {"question": "hello"}, Accept=accept).mimetype == given


def test_a_line_break_in_a_sentence_stays_in_its_event(client: FlaskClient) -> None:
    """Each event has one data line, whatever line breaks its sentence has."""
    streamed = events(post(client, {"question": "Which laws of Norway are listed?"}, Accept="text/event-stream"))
    assert any("\n" in data["text"] for name, data in streamed if name == "sentence")


class LateAssistant(BrokenAssistant):
    """An assistant that fails after its first sentence."""

    def stream(self, question: object) -> Iterator[Any]:
        """Give a sentence, then fail."""
        yield Sentence("Lamps.", SentenceKind.DIGEST, (1,))
        yield from super().stream(question)


@dataclass(frozen=True)
class LateServices(BrokenServices):
    """Services with an assistant that fails after its first sentence."""

    @cached_property
    def assistant(self) -> Assistant:
        """What fails late."""
        return cast(Assistant, LateAssistant(self.error))


@pytest.mark.parametrize(("error", "status"), [(BusyError("Wait a little."), 409), (RuntimeError("secret"), 500)])
def test_a_failure_on_the_way_is_an_event(folder: Path, error: Exception, status: int) -> None:
    """When the reply has begun, a failure is told inside it, in the shape of every problem."""
    client = create_app(LateServices(settings_over(folder), error)).test_client()
    response = post(client, {"question": LAMP}, Accept="text/event-stream")
    [(first, _), (last, data)] = events(response)
    assert (response.status_code, first, last) == (200, "sentence", "problem")
    assert (set(data), data["status"]) == ({"type", "title", "status", "detail", "request_id"}, status)
    assert "secret" not in str(data)


def test_a_stream_without_a_snapshot_does_not_begin(client_without_snapshot: FlaskClient) -> None:
    """Without a snapshot the reply to who wants a stream has the status of the problem."""
    assert problem(post(client_without_snapshot, {"question": LAMP}, Accept="text/event-stream"))[0] == 503


def test_a_stream_of_a_refused_question_does_not_begin(failing_client: Callable[[Exception], FlaskClient]) -> None:
    """A question that cannot be read has status 400, also for who wants a stream."""
    client = failing_client(QuestionError("Write it anew."))
    assert problem(post(client, {"question": LAMP}, Accept="text/event-stream")) == (400, "Write it anew.")


# Limits


@pytest.mark.parametrize("length", [1, 2000])
def test_a_question_of_allowed_length_is_read(client: FlaskClient, length: int) -> None:
    """A question may have from 1 to 2,000 characters, whatever they weigh in bytes."""
    assert post(client, {"question": "灯" * length}).status_code == 200


@pytest.mark.parametrize("turns", [0, 1, 20])
def test_allowed_numbers_of_turns_are_read(client: FlaskClient, turns: int) -> None:
    """Up to 20 earlier turns may come along, each as long as a question."""
    assert post(client, {"question": LAMP, "turns": ["x" * 2000] * turns}).status_code == 200


@pytest.mark.parametrize("letter", ["\U0001f4d6", "\U00020000"])
def test_what_is_within_the_limits_is_not_too_large(client: FlaskClient, letter: str) -> None:
    """A question and 20 turns of 2,000 characters are read, whatever script and escapes they are sent in."""
    text = letter * 2000
    data = json.dumps({"question": text, "turns": [text] * 20})
    assert client.post(ANSWERS, data=data, content_type="application/json").status_code == 200


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ({}, "question"),
        ({"question": ""}, "question"),
        ({"question": " \n\t\u3000"}, "question"),
        ({"question": "x" * 2001}, "question"),
        ({"question": None}, "question"),
        ({"question": 5}, "question"),
        ({"question": ["hello"]}, "question"),
        ({"question": {"text": "hello"}}, "question"),
        ({"question": True}, "question"),
        ({"question": LAMP, "turns": [LAMP] * 21}, "turns"),
        ({"question": LAMP, "turns": LAMP}, "turns"),
        ({"question": LAMP, "turns": None}, "turns"),
        ({"question": LAMP, "turns": [""]}, "turns.0"),
        ({"question": LAMP, "turns": [LAMP, "x" * 2001]}, "turns.1"),
        ({"question": LAMP, "turns": [LAMP, 7]}, "turns.1"),
        ({"question": LAMP, "turns": {"0": LAMP}}, "turns"),
        ({"question": LAMP, "jurisdictions": "NO"}, "jurisdictions"),
        ({"question": LAMP, "jurisdictions": ["NO"] * 51}, "jurisdictions"),
        ({"question": LAMP, "documents": [1]}, "documents.0"),
        ({"question": LAMP, "documents": ["x"] * 51}, "documents"),
        ({"question": LAMP, "language": "xx"}, "language"),
        ({"question": LAMP, "language": None}, "language"),
        ({"question": LAMP, "temperature": 1}, "temperature"),
        ({"question": LAMP, "<script>": 1}, "<script>"),
    ],
)
def test_a_field_that_cannot_be_read_is_named(client: FlaskClient, body: dict[str, Any], place: str) -> None:
    """A request that breaks a rule gives one problem that begins with the field."""
    status, detail = problem(post(client, body))
    assert status == 400
    assert detail.startswith(f"{place}: ")


def test_every_wrong_field_is_named(client: FlaskClient) -> None:
    """Several mistakes are told at once."""
    _, detail = problem(post(client, {"question": 5, "turns": 6, "colour": 7}))
    assert [part.split(":")[0] for part in detail.split("; ")] == ["question", "turns", "colour"]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"null",
        b"[]",
        b"5",
        b"NaN",
        b'"hello"',
        b'{"question": "hello"} {}',
        b"{'question': 'hello'}",
        b'{"question": "\xff\xfe"}',
        b'{"question": "\\ud800"}',
        b'{"question": "hello", "turns": ["\\udfff"]}',
        b'{"question": "\\u001c"}',
        b"\x00" * 64,
        b"\x1f\x8b\x08\x00",
    ],
)
def test_a_body_that_is_not_a_request_is_a_problem(client: FlaskClient, data: bytes) -> None:
    """Broken JSON, JSON that is no object, and text that is no Unicode are told as a bad request."""
    status, _ = problem(client.post(ANSWERS, data=data, content_type="application/json"))
    assert status == 400


@pytest.mark.parametrize("data", [b"[" * 50_000, b'{"question": ' * 15_000])
def test_deep_nesting_is_a_bad_request(client: FlaskClient, data: bytes) -> None:
    """JSON nested thousands deep is the client's mistake."""
    status, _ = problem(client.post(ANSWERS, data=data, content_type="application/json"))
    assert status == 400


@pytest.mark.parametrize("data", [b"{", b"", b"[]"])
def test_broken_json_is_told_in_plain_words(client: FlaskClient, data: bytes) -> None:
    """What is told of broken JSON speaks of JSON, and of no class of the program."""
    _, detail = problem(client.post(ANSWERS, data=data, content_type="application/json"))
    assert "JSON" in detail
    assert "AnswerRequest" not in detail


@pytest.mark.parametrize(
    "content_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", None]
)
def test_another_content_type_is_not_supported(client: FlaskClient, content_type: str | None) -> None:
    """A body that is not declared as JSON is told as an unsupported media type."""
    data = json.dumps({"question": LAMP})
    status, _ = problem(client.post(ANSWERS, data=data, content_type=content_type))
    assert status == 415


def test_a_request_inside_a_json_string_is_not_a_request(client: FlaskClient) -> None:
    """JSON within a JSON string is no object, as the OpenAPI document says."""
    status, _ = problem(post(client, json.dumps({"question": LAMP})))
    assert status == 400


@pytest.mark.parametrize(
    "content_type", ["application/json", "application/json; charset=utf-8", "application/problem+json"]
)
def test_a_huge_body_is_refused(client: FlaskClient, content_type: str) -> None:
    """What cannot be a question with its turns any more is not read."""
    data = json.dumps({"question": "x" * MAX_REQUEST_BYTES})
    status, _ = problem(client.post(ANSWERS, data=data, content_type=content_type))
    assert status == 413


@pytest.mark.parametrize(
    "text", ["a\0b", "\x07lamp", "\u202elamp", "\U0001f469\u200d\U0001f467 lamp?", "ي" * 300, "%00%s{0}${x}{{7*7}}"]
)
def test_odd_characters_are_read_as_they_are(client: FlaskClient, text: str) -> None:
    """Characters that JSON can carry do no harm in a question or a turn."""
    response = post(client, {"question": text, "turns": [text]})
    assert (response.status_code, response.mimetype) == (200, "application/json")


# Problems


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/api/v1/nothing", 404),
        ("GET", "/api/v1", 404),
        ("GET", "/api/v2/answers", 404),
        ("GET", "/api/v1/documents/", 404),
        ("GET", "/api/v1/passages/", 404),
        ("GET", ANSWERS, 405),
        ("PUT", ANSWERS, 405),
        ("POST", "/api/v1/documents", 405),
        ("DELETE", f"/api/v1/passages/{LAMP_PASSAGE}", 405),
        ("PATCH", "/api/v1/openapi.json", 405),
        ("GET", "/api/v1/documents?coverage=none", 400),
        ("POST", "/readyz", 405),
        ("PUT", "/healthz", 405),
        ("GET", "/healthz/nothing", 404),
    ],
)
def test_every_error_of_the_api_has_one_shape(client: FlaskClient, method: str, path: str, status: int) -> None:
    """An unknown address, a wrong method and a wrong parameter are problem details like any other error."""
    assert problem(client.open(path, method=method))[0] == status


@pytest.mark.parametrize("path", ["/api/v1/documents", f"/api/v1/passages/{LAMP_PASSAGE}", "/readyz", "/"])
def test_head_is_get_without_a_body(client: FlaskClient, path: str) -> None:
    """HEAD gives the status and headers of GET."""
    named = {"X-Request-ID": "one-and-the-same"}
    head, get = client.head(path, headers=named), client.get(path, headers=named)
    assert (head.status_code, head.headers, head.data) == (get.status_code, get.headers, b"")


def test_a_wrong_method_tells_the_right_ones(client: FlaskClient) -> None:
    """A 405 names the methods that are allowed, as RFC 9110 asks."""
    assert set(client.get(ANSWERS).headers["Allow"].split(", ")) == {"POST", "OPTIONS"}


def test_an_unforeseen_failure_is_not_shown(failing_client: Callable[[Exception], FlaskClient]) -> None:
    """A failure inside is a 500 that tells nothing of its inside."""
    response = post(failing_client(RuntimeError("secret of the house")), {"question": LAMP})
    assert problem(response)[0] == 500
    assert "secret" not in response.get_data(as_text=True)


def test_an_unforeseen_failure_in_a_stream_is_not_shown(failing_client: Callable[[Exception], FlaskClient]) -> None:
    """A failure inside a stream tells nothing of its inside either."""
    client = failing_client(RuntimeError("secret of the house"))
    response = post(client, {"question": LAMP}, Accept="text/event-stream")
    assert problem(response)[0] == 500
    assert "secret" not in response.get_data(as_text=True)


def test_a_missing_model_is_not_the_fault_of_the_client(failing_client: Callable[[Exception], FlaskClient]) -> None:
    """What an operator must repair is a 503 with the sentence that says how."""
    response = post(failing_client(ModelError("The weights are missing.")), {"question": LAMP})
    assert problem(response) == (503, "The weights are missing.")


def test_a_record_damaged_while_in_use_is_not_the_fault_of_the_client(folder: Path, own_services: Services) -> None:
    """A passage that cannot be read from disk any more is a failure of the service, not a bad request."""
    client = create_app(own_services).test_client()
    assert client.get("/readyz").status_code == 200
    [passages] = folder.glob("index/snapshots/*/passages.jsonl")
    size = passages.stat().st_size
    with passages.open("r+b") as file:
        file.write(b"#" * size)
    assert problem(client.get(f"/api/v1/passages/{LAMP_PASSAGE}"))[0] >= 500


# Passages and documents


@pytest.mark.parametrize(
    "id_",
    [
        "nothing",
        "no-library-act-2022:digest:s-12:99",
        "no-library-act-2022:official:s-12:0",
        LAMP_PASSAGE.upper(),
        LAMP_PASSAGE + "%00",
        "%2e%2e%2f%2e%2e%2fetc%2fpasswd",
        "a%2Fb",
        "%ff%fe",
        "%E7%81%AF",
        "' OR 1=1 --",
        ":::",
        "x" * 100,
        "x" * 5000,
    ],
)
@pytest.mark.parametrize("kind", ["passages", "documents"])
def test_an_unknown_id_is_not_found(client: FlaskClient, kind: str, id_: str) -> None:
    """Whatever is asked for and not held is a 404, and its sentence speaks of what was asked for."""
    assert problem(client.get(f"/api/v1/{kind}/{id_}"))[0] == 404


def test_every_passage_can_be_fetched_by_its_id(client: FlaskClient, snapshot: Snapshot) -> None:
    """Each id in the snapshot, put into the address as it is, gives that passage and its text."""
    told = [client.get(f"/api/v1/passages/{passage.id}").get_json() for passage in snapshot.passages]
    assert [(p["id"], p["text"]) for p in told] == [(p.id, p.text) for p in snapshot.passages]


def test_documents_are_listed_as_their_cards_say(client: FlaskClient) -> None:
    """The list has every document with its legal status and what is held of it."""
    documents = client.get("/api/v1/documents").get_json()["documents"]
    assert {(d["id"], d["status"]["state"], d["coverage"]) for d in documents} == {
        ("reading-room-guide", "published", "official"),
        ("no-library-act-2022", "in force", "digest"),
        ("cl-dry-archive-bill-2025", "bill", "digest"),
    }


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("jurisdiction=NO", ["no-library-act-2022"]),
        ("kind=bill", ["cl-dry-archive-bill-2025"]),
        ("coverage=official", ["reading-room-guide"]),
        ("kind=act&jurisdiction=NO&coverage=digest", ["no-library-act-2022"]),
        ("kind=act&jurisdiction=CL", []),
        ("jurisdiction=no", []),
        ("jurisdiction=%00", []),
    ],
)
def test_documents_are_chosen_by_what_they_are(client: FlaskClient, query: str, ids: list[str]) -> None:
    """Every condition of the query must hold for a document to be listed."""
    documents = client.get(f"/api/v1/documents?{query}").get_json()["documents"]
    assert [document["id"] for document in documents] == ids


def test_a_document_lists_its_sections_with_passages_that_exist(client: FlaskClient, snapshot: Snapshot) -> None:
    """The sections of a document name, in order, all of its passages."""
    document = client.get("/api/v1/documents/no-library-act-2022").get_json()
    named = [id_ for place in document["sections"] for id_ in place["passages"]]
    assert named == [p.id for p in snapshot.passages if p.document_id == "no-library-act-2022"]
    assert [place["label"] for place in document["sections"]][-2:] == ["s 12", "Record"]


# Health


def test_ready_names_the_snapshot(client: FlaskClient, snapshot: Snapshot) -> None:
    """A service that can answer says so, and from which snapshot."""
    response = client.get("/readyz")
    assert (response.status_code, response.get_json()) == (
        200,
        {"status": "ready", "snapshot_id": snapshot.id, "reason": ""},
    )


def test_not_ready_without_a_snapshot(client_without_snapshot: FlaskClient) -> None:
    """Without a snapshot the service lives, is not ready, and says what to run."""
    alive, ready = client_without_snapshot.get("/healthz"), client_without_snapshot.get("/readyz")
    assert (alive.status_code, alive.get_json()["status"]) == (200, "alive")
    assert (ready.status_code, ready.get_json()["status"]) == (503, "not ready")
    assert "chatbot corpus refresh" in ready.get_json()["reason"]


def test_not_ready_with_a_damaged_snapshot(client_with_damaged_snapshot: FlaskClient) -> None:
    """With a damaged snapshot the service is not ready and names the file."""
    ready = client_with_damaged_snapshot.get("/readyz")
    assert ready.status_code == 503
    assert "passages.jsonl" in ready.get_json()["reason"]


def test_a_newer_snapshot_that_is_damaged_does_not_stop_the_service(folder: Path, snapshot: Snapshot) -> None:
    """While the published snapshot cannot be used the old one answers, and readiness says why."""
    client = create_app(SmallServices(settings_over(folder, CHATBOT_POLL_SECONDS=0.1))).test_client()
    assert client.get("/readyz").get_json()["reason"] == ""
    (folder / "index" / "current").write_text("0123456789ab\n", encoding="ascii")
    told = eventually(lambda: client.get("/readyz").get_json()["reason"], 10, "the damage is told")
    assert "There is no snapshot '0123456789ab'" in told
    assert post(client, {"question": LAMP}).get_json()["snapshot_id"] == snapshot.id


@pytest.mark.parametrize("path", [f"/api/v1/passages/{LAMP_PASSAGE}", "/api/v1/documents", "/api/v1/documents/x"])
def test_nothing_is_found_without_a_snapshot(client_without_snapshot: FlaskClient, path: str) -> None:
    """Without a snapshot every look-up is a 503, not a 404."""
    assert problem(client_without_snapshot.get(path))[0] == 503


@pytest.mark.parametrize("pointer", ["", "\n", "nothing", "../../secret", "0" * 12])
def test_a_pointer_to_nothing_is_not_ready(folder: Path, own_services: Services, pointer: str) -> None:
    """A pointer that names no snapshot is told as not ready."""
    (folder / "index" / "current").write_text(pointer, encoding="ascii")
    assert create_app(own_services).test_client().get("/readyz").status_code == 503


def test_a_pointer_of_odd_bytes_is_not_ready(folder: Path, own_services: Services) -> None:
    """A pointer that is damaged is told as not ready, like any other damage."""
    (folder / "index" / "current").write_bytes(b"\xff\xfe\x00")
    assert create_app(own_services).test_client().get("/readyz").status_code == 503


# The OpenAPI document


@pytest.fixture
def openapi(client: FlaskClient) -> dict[str, Any]:
    """The OpenAPI document as served."""
    document: dict[str, Any] = client.get("/api/v1/openapi.json").get_json()
    return document


def conforms(openapi: dict[str, Any], response: TestResponse, path: str, method: str) -> None:
    """Holds a reply against what the document says of its status and content type."""
    replies = openapi["paths"][path][method]["responses"]
    assert str(response.status_code) in replies
    contents = replies[str(response.status_code)]["content"]
    assert response.mimetype in contents
    schema = {**contents[response.mimetype]["schema"], "components": openapi["components"]}
    Draft202012Validator(schema).validate(response.get_json(force=True))


def test_the_document_is_valid(openapi: dict[str, Any]) -> None:
    """The OpenAPI document follows OpenAPI 3.1."""
    assert openapi["openapi"].startswith("3.1.")
    validate(openapi)


def test_every_route_is_described(openapi: dict[str, Any]) -> None:
    """The document has each route of the API and of health, with a summary, and nothing else."""
    described = {(path, method) for path, item in openapi["paths"].items() for method in item}
    assert described == {
        ("/api/v1/answers", "post"),
        ("/api/v1/feedback", "post"),
        ("/api/v1/passages/{passage_id}", "get"),
        ("/api/v1/documents", "get"),
        ("/api/v1/documents/{document_id}", "get"),
        ("/api/v1/compare", "get"),
        ("/healthz", "get"),
        ("/readyz", "get"),
    }
    assert all(operation["summary"] for item in openapi["paths"].values() for operation in item.values())


def test_no_route_of_the_api_is_hidden(app: Flask, openapi: dict[str, Any]) -> None:
    """Every address under /api that the application answers, but the document's own, is in the document."""
    rules = [rule.rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/api/")]
    told = {rule.replace("<path:", "<").replace("<", "{").replace(">", "}") for rule in rules}
    assert told - {"/api/v1/openapi.json"} == {path for path in openapi["paths"] if path.startswith("/api/")}


@pytest.mark.parametrize(
    "body",
    [
        {"question": LAMP},
        {"question": "What can chambers do to keep a room dry?"},
        {"question": "hello"},
        {"question": "Who won the football match in 1966?"},
        {"question": ""},
        {"question": LAMP, "extra": 1},
    ],
)
def test_answers_conform_to_the_document(client: FlaskClient, openapi: dict[str, Any], body: dict[str, Any]) -> None:
    """Answers and their problems look as the document says."""
    conforms(openapi, post(client, body), ANSWERS, "post")


@pytest.mark.parametrize(
    ("path", "template"),
    [
        (f"/api/v1/passages/{LAMP_PASSAGE}", "/api/v1/passages/{passage_id}"),
        ("/api/v1/passages/nothing", "/api/v1/passages/{passage_id}"),
        ("/api/v1/documents", "/api/v1/documents"),
        ("/api/v1/documents/reading-room-guide", "/api/v1/documents/{document_id}"),
        ("/api/v1/documents/nothing", "/api/v1/documents/{document_id}"),
        ("/healthz", "/healthz"),
        ("/readyz", "/readyz"),
    ],
)
def test_look_ups_conform_to_the_document(
    client: FlaskClient, openapi: dict[str, Any], path: str, template: str
) -> None:
    """Passages, documents, health and their problems look as the document says."""
    conforms(openapi, client.get(path), template, "get")


@pytest.mark.parametrize(
    ("path", "template"),
    [
        ("/api/v1/documents?coverage=x", "/api/v1/documents"),
        ("/api/v1/documents/" + "x" * 101, "/api/v1/documents/{document_id}"),
        ("/api/v1/passages/" + "x" * 301, "/api/v1/passages/{passage_id}"),
    ],
)
def test_bad_parameters_conform_to_the_document(
    client: FlaskClient, openapi: dict[str, Any], path: str, template: str
) -> None:
    """A parameter that breaks a rule gives the problem that the document describes."""
    conforms(openapi, client.get(path), template, "get")


@pytest.mark.parametrize(
    ("path", "template"),
    [
        ("/api/v1/documents", "/api/v1/documents"),
        ("/api/v1/documents/x", "/api/v1/documents/{document_id}"),
        ("/api/v1/passages/x", "/api/v1/passages/{passage_id}"),
        ("/readyz", "/readyz"),
    ],
)
def test_replies_without_a_snapshot_conform_to_the_document(
    client_without_snapshot: FlaskClient, openapi: dict[str, Any], path: str, template: str
) -> None:
    """A service that is not ready replies as the document says."""
    conforms(openapi, client_without_snapshot.get(path), template, "get")


@pytest.mark.parametrize(
    ("data", "content_type", "status"),
    [
        (b"{", "application/json", 400),
        (b" " * (MAX_REQUEST_BYTES + 1), "application/json", 413),
        (b"{}", "text/plain", 415),
    ],
)
def test_bodies_that_are_refused_conform_to_the_document(
    client: FlaskClient, openapi: dict[str, Any], data: bytes, content_type: str, status: int
) -> None:
    """What is no JSON, too large, or of another type is told as the document says."""
    response = client.post(ANSWERS, data=data, content_type=content_type)
    assert response.status_code == status
    conforms(openapi, response, ANSWERS, "post")


def test_health_is_described_with_what_it_replies(openapi: dict[str, Any]) -> None:
    """Health takes no parameter, so that no reply to a bad one is described."""
    assert set(openapi["paths"]["/healthz"]["get"]["responses"]) == {"200"}
    assert set(openapi["paths"]["/readyz"]["get"]["responses"]) == {"200", "503"}


def test_the_example_of_the_document_is_answered(client: FlaskClient, openapi: dict[str, Any]) -> None:
    """Whoever sends the example gets an answer."""
    assert post(client, openapi["components"]["schemas"]["AnswerRequest"]["example"]).status_code == 200


# Privacy


def test_no_question_is_logged(
    client: FlaskClient,
    failing_client: Callable[[Exception], FlaskClient],
    caplog: pytest.LogCaptureFixture,
) -> None:
    """What was asked is in no line of the log, answered, refused or failed."""
    caplog.set_level(logging.DEBUG)
    asked = {"question": "zebrafinch lamp?", "turns": ["zebrafinch cellar?"]}
    post(client, asked)
    post(client, {**asked, "extra": 1})
    post(failing_client(RuntimeError("a wheel came off")), asked)
    assert "a wheel came off" in caplog.text
    assert "zebrafinch" not in caplog.text


def test_no_cookie_is_set(client: FlaskClient) -> None:
    """The API keeps no session."""
    assert "Set-Cookie" not in post(client, {"question": LAMP}).headers
