"""The doors for feedback on an answer: a form that works without JavaScript, and what the API takes and gives."""

import datetime

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, ConfigDict, Field

from chatbot import feedback as rules
from chatbot.errors import FeedbackError, NotFoundError, SnapshotError, StorageError
from chatbot.feedback import MAX_COMMENT, MAX_PASSAGE_ID, MAX_PASSAGES, MAX_QUESTION, Feedback, KeptFeedback, Opinion
from chatbot.model import Status
from chatbot.web.document_schemas import Body
from chatbot.web.problems import problem_of
from chatbot.wiring import Services

NOT_ASKED_AFTER = (Status.GREETING, Status.SUPPORT)
"""No form stands under these: there is nothing to judge, or it is not the moment."""
_OFF = "This helpdesk takes no feedback; its operator turned it off."


class FeedbackRequest(BaseModel):
    """What a reader thinks of an answer."""

    model_config = ConfigDict(extra="forbid")

    opinion: Opinion
    snapshot_id: str = Field(max_length=64, description="That of the answer.")
    status: Status = Field(description="That of the answer.")
    passages: list[str] = Field(
        default=[], max_length=MAX_PASSAGES, description=f"Ids of its citations, {MAX_PASSAGE_ID} characters at most."
    )
    comment: str = Field(default="", max_length=MAX_COMMENT)
    question: str = Field(
        default="", max_length=MAX_QUESTION, description="Is kept where it is sent: send it only if its asker agrees."
    )


class FeedbackBody(Body):
    """All that is kept of feedback."""

    given_on: datetime.date
    opinion: Opinion
    snapshot_id: str
    status: Status
    passages: list[str]
    comment: str
    question: str

    @classmethod
    def of(cls, kept: KeptFeedback) -> "FeedbackBody":
        """What was kept, as the API tells it."""
        given = kept.feedback
        return cls(
            given_on=kept.given_on,
            opinion=given.opinion,
            snapshot_id=given.snapshot_id,
            status=given.status,
            passages=list(given.passages),
            comment=given.comment,
            question=given.question,
        )


def blueprint(services: Services) -> Blueprint:
    """The form's address and its thanks, and what templates ask about feedback."""
    pages = Blueprint("feedback", __name__)
    pages.add_app_template_global(lambda: _form_facts(services), "feedback_form_facts")

    @pages.post("/feedback")
    def give() -> ResponseReturnValue:
        try:
            keep(services, _of_form())
        except (FeedbackError, StorageError) as error:
            return _again(error)
        return redirect(url_for("feedback.thanks"), 303)

    @pages.get("/feedback/thanks")
    def thanks() -> str:
        return render_template("feedback_given.html")

    return pages


def keep(services: Services, given: Feedback) -> KeptFeedback:
    """Keep feedback. Raises NotFoundError where none is taken, FeedbackError, StorageError."""
    if services.settings.feedback == "off":
        raise NotFoundError(_OFF)
    _check_cited(services, given)
    return services.feedback.add(given)


def of_request(body: FeedbackRequest) -> Feedback:
    """Feedback as the API was sent it. Raises FeedbackError."""
    return rules.checked(**{**body.model_dump(), "passages": tuple(body.passages)})


def _of_form() -> Feedback:
    """Feedback as a browser sends the form; the question is left out unless it is ticked. Raises FeedbackError."""
    sent = request.form
    return rules.checked(
        opinion=sent.get("opinion", ""),
        snapshot_id=sent.get("snapshot_id", ""),
        status=sent.get("status", ""),
        passages=tuple(sent.getlist("passage")),
        comment=sent.get("comment", ""),
        question=sent.get("question", "") if sent.get("with_question") else "",
    )


def _check_cited(services: Services, given: Feedback) -> None:
    """Raises FeedbackError for a passage that the current snapshot cannot have cited; no other is looked up."""
    try:
        snapshot = services.live.current()
    except SnapshotError:
        return
    if given.snapshot_id != snapshot.id:
        return
    try:
        for passage_id in given.passages:
            snapshot.passage(passage_id)
    except NotFoundError as error:
        raise FeedbackError(f"No answer cited this: {error}") from error


def _again(error: FeedbackError | StorageError) -> Response:
    """The form with everything that was written, and what is wrong."""
    problem = problem_of(error)
    page = render_template("feedback_again.html", problem=problem, sent=request.form)
    return make_response(page, problem.status)


def _form_facts(services: Services) -> dict[str, object] | None:
    """What the form shows and allows, None where feedback is turned off."""
    if services.settings.feedback == "off":
        return None
    return {
        "opinions": tuple(Opinion),
        "days": services.settings.feedback_days,
        "most_characters": MAX_COMMENT,
        "most_question": MAX_QUESTION,
        "not_after": NOT_ASKED_AFTER,
    }
