"""Every error has one shape, and what is not ours is not shown."""

import logging

import pytest
from flask import Flask
from pydantic import BaseModel, ValidationError
from werkzeug import exceptions

from chatbot import errors
from chatbot.errors import HelpdeskError
from chatbot.web.problems import PROBLEMS, problem_of, problem_of_request, reply


def all_kinds(kind: type[HelpdeskError] = HelpdeskError) -> list[type[HelpdeskError]]:
    """A kind of error and all beneath it."""
    return [kind, *(below for child in kind.__subclasses__() for below in all_kinds(child))]


def test_every_error_of_ours_has_a_row() -> None:
    """The table has each class of the tree, so that a new one cannot be forgotten."""
    assert set(PROBLEMS) == {kind for kind in all_kinds() if kind.__module__ == errors.__name__}


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (errors.QuestionError("Empty."), ("the-question-cannot-be-read", "The question cannot be read", 400)),
        (errors.NotFoundError("None."), ("not-found", "Not found", 404)),
        (errors.BusyError("Wait."), ("busy", "Busy", 409)),
        (errors.SourceError("No text."), ("a-file-cannot-be-read", "A file cannot be read", 422)),
        (errors.SnapshotError("Build."), ("the-service-is-not-ready", "The service is not ready", 503)),
        (errors.ModelError("Install."), ("the-service-is-not-ready", "The service is not ready", 503)),
        (errors.HelpdeskError("Hm."), ("something-went-wrong", "Something went wrong", 500)),
    ],
)
def test_our_errors_are_told_as_they_are(error: HelpdeskError, told: tuple[str, str, int]) -> None:
    """An error of ours has its row's type, title and status, and its own sentence."""
    problem = problem_of(error)
    assert (problem.type, problem.title, problem.status) == told
    assert problem.detail == str(error)


@pytest.mark.parametrize(
    ("error", "title"),
    [
        (exceptions.NotFound(), "Not Found"),
        (exceptions.RequestEntityTooLarge(), "Request Entity Too Large"),
        (exceptions.UnsupportedMediaType(), "Unsupported Media Type"),
        (exceptions.BadRequest("Half a form."), "Bad Request"),
    ],
)
def test_errors_of_http_keep_their_status(error: exceptions.HTTPException, title: str) -> None:
    """An HTTP error is told with its status, its name and a sentence (RFC 9457: about:blank)."""
    problem = problem_of(error)
    assert (problem.type, problem.title, problem.status) == ("about:blank", title, error.code)
    assert problem.detail == error.description


def test_fields_that_cannot_be_read_are_named() -> None:
    """A request that breaks rules is told field by field, without what was sent."""

    class Body(BaseModel):
        lamps: int
        places: list[int]

    with pytest.raises(ValidationError) as broken:
        Body.model_validate({"lamps": "secret", "places": [1, "secret"]})
    problem = problem_of_request(broken.value)
    assert (problem.type, problem.status) == ("bad-request", 400)
    assert [part.split(":")[0] for part in problem.detail.split("; ")] == ["lamps", "places.1"]
    assert "secret" not in problem.detail


@pytest.mark.parametrize("error", [ValueError("secret"), KeyError("secret"), MemoryError("secret"), OSError("secret")])
def test_foreign_errors_are_logged_and_not_shown(error: Exception, caplog: pytest.LogCaptureFixture) -> None:
    """What is not ours is told without its words; the log has method and path, without the query."""
    with Flask("test").test_request_context("/some/where?question=private", method="POST"):
        problem = problem_of(error)
    assert (problem.status, "secret" in problem.detail) == (500, False)
    assert caplog.messages == ["POST '/some/where' failed"]
    assert "private" not in caplog.text


def test_an_address_cannot_write_lines_into_the_log(caplog: pytest.LogCaptureFixture) -> None:
    """A line break in an address stays within its line of the log."""
    with Flask("test").test_request_context("/some%0AWARNING forged"):
        problem_of(ValueError())
    assert "\n" not in caplog.messages[0]


def test_our_errors_are_not_logged(caplog: pytest.LogCaptureFixture) -> None:
    """What a client is told in full needs no log, and a question stays out of it."""
    caplog.set_level(logging.DEBUG)
    problem_of(errors.QuestionError("zebrafinch"))
    assert caplog.text == ""


def test_a_reply_is_problem_details() -> None:
    """The reply has the status, the media type of RFC 9457, the five members and nothing else."""
    with Flask("test").test_request_context(headers={"X-Request-ID": "a-request-id"}):
        response = reply(errors.BusyError("Wait."))
    assert (response.status_code, response.content_type) == (409, "application/problem+json")
    told = {"type": "busy", "title": "Busy", "status": 409, "detail": "Wait.", "request_id": "a-request-id"}
    assert response.get_json() == told


def test_a_wrong_method_names_the_right_ones() -> None:
    """The Allow header of a 405 is kept."""
    with Flask("test").test_request_context():
        assert reply(exceptions.MethodNotAllowed(["POST"])).headers["Allow"] == "POST"
