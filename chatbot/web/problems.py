"""One table from errors to what a client is told (RFC 9457), and the replies made from it."""

import logging

from flask import Response, jsonify, request
from pydantic import ValidationError
from werkzeug.exceptions import HTTPException

from chatbot import errors
from chatbot.errors import HelpdeskError
from chatbot.web.schemas import ProblemBody

log = logging.getLogger(__name__)
_KEPT = ("Allow", "WWW-Authenticate")
_NO_DATABASE = (
    "The helpdesk cannot use its database now; the reason is in its log. Nothing was changed: try again later."
)

PROBLEMS: dict[type[HelpdeskError], tuple[int, str]] = {
    errors.QuestionError: (400, "The question cannot be read"),
    errors.FeedbackError: (400, "The feedback cannot be kept"),
    errors.KeyNameError: (409, "The name cannot be used"),
    errors.NotFoundError: (404, "Not found"),
    errors.BusyError: (409, "Busy"),
    errors.CorpusError: (422, "A source cannot be read"),
    errors.CardError: (422, "A card breaks a rule"),
    errors.SourceError: (422, "A file cannot be read"),
    errors.SettingsError: (500, "A setting cannot be used"),
    errors.ServiceError: (503, "The service is not ready"),
    errors.ModelError: (503, "The service is not ready"),
    errors.SnapshotError: (503, "The service is not ready"),
    errors.StorageError: (503, "The database cannot be used"),
    errors.HelpdeskError: (500, "Something went wrong"),
}


def problem_of(error: Exception) -> ProblemBody:
    """What to tell of an error; what is not ours is only named, and goes to the log."""
    if isinstance(error, HelpdeskError):
        status, title = PROBLEMS[type(error)]
        return ProblemBody(type=_slug(title), title=title, status=status, detail=_detail(error))
    if isinstance(error, HTTPException):
        status = error.code or 500
        return ProblemBody(type="about:blank", title=error.name, status=status, detail=error.description or error.name)
    log.exception("%s %r failed", request.method, request.path)
    detail = "The helpdesk failed to answer this. The failure was logged; try again later."
    return ProblemBody(type="internal", title="Something went wrong", status=500, detail=detail)


def _detail(error: HelpdeskError) -> str:
    """Its sentence; where a database lies, and why it fails, is for the log alone."""
    if not isinstance(error, errors.StorageError):
        return str(error)
    log.error("%s", error)
    return _NO_DATABASE


def problem_of_request(error: ValidationError) -> ProblemBody:
    """What to tell of a request that breaks the rules of its schema, field by field."""
    return ProblemBody(type="bad-request", title="The request cannot be read", status=400, detail=_fields(error))


def reply(error: Exception) -> Response:
    """An error as a reply; it keeps the methods that a 405 allows and the way to sign in that a 401 names."""
    response = reply_with(problem_of(error))
    if isinstance(error, HTTPException):
        told = error.get_response().headers
        response.headers.update({name: told[name] for name in _KEPT if name in told})
    return response


def reply_with(problem: ProblemBody) -> Response:
    """The problem as JSON."""
    response = jsonify(problem.model_dump())
    response.status_code = problem.status
    response.content_type = "application/problem+json"
    return response


def _fields(error: ValidationError) -> str:
    sentences = []
    for detail in error.errors():
        place = ".".join(str(part) for part in detail["loc"]) or "body"
        sentences.append(f"{place}: {detail['msg']}")
    return "; ".join(sentences)


def _slug(title: str) -> str:
    return title.lower().replace(" ", "-")
