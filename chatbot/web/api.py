"""The JSON API: answers (whole or as server-sent events), feedback on them, passages, documents."""

import itertools
import json
from collections.abc import Iterable, Iterator
from typing import Any

from flask import Response, jsonify, make_response, request, stream_with_context
from flask_openapi3.blueprint import APIBlueprint
from werkzeug.exceptions import BadRequest

from chatbot.answering import comparing
from chatbot.model import Answer, HeldSection, Passage, Question, Scope, Sentence
from chatbot.web.document_schemas import (
    DocumentBody,
    DocumentDetailBody,
    DocumentPath,
    DocumentsBody,
    DocumentsQuery,
    PassageBody,
    PassagePath,
    PlaceBody,
)
from chatbot.web.feedback import FeedbackBody, FeedbackRequest, keep, of_request
from chatbot.web.problems import problem_of
from chatbot.web.schemas import (
    AnswerBody,
    AnswerRequest,
    CitationBody,
    CompareBody,
    CompareQuery,
    TableBody,
    sentence_event,
)
from chatbot.wiring import Services

EVENTS = "text/event-stream"


def _problem(description: str) -> Any:
    schema = {"$ref": "#/components/schemas/ProblemBody"}
    return {"description": description, "content": {"application/problem+json": {"schema": schema}}}


_LOOKED_UP: dict[int | str, Any] = {
    400: _problem("A parameter cannot be read."),
    503: _problem("There is no snapshot."),
}
_EVERYWHERE: dict[int | str, Any] = {
    401: _problem("A key or a sign-in is needed, or the key is not known."),
    403: _problem("A page of a site that is not listed sent this."),
    429: _problem("Too many requests; Retry-After says when to go on."),
}
_NOT_FOUND: dict[int | str, Any] = {
    404: _problem("No such thing in the current snapshot."),
    503: _problem("There is no snapshot."),
}
_FEEDBACK: dict[int | str, Any] = {
    201: FeedbackBody,
    400: _problem("The feedback cannot be kept as it is."),
    404: _problem("No feedback is taken here."),
    413: _problem("The request is too large."),
    415: _problem("The request is not declared as JSON."),
    503: _problem("The database cannot be used."),
}


def blueprint(services: Services) -> APIBlueprint:
    """The API over the given services."""
    api = APIBlueprint(
        "api",
        __name__,
        url_prefix="/api/v1",
        abp_security=[{}, {"key": []}],  # none, or a key, as CHATBOT_ACCESS says
        abp_responses=_EVERYWHERE,
    )
    api.before_request(_check_body)

    @api.post(
        "/answers",
        summary="Answer a question",
        responses={
            200: AnswerBody,
            400: _problem("The question cannot be read."),
            413: _problem("The request is too large."),
            415: _problem("The request is not declared as JSON."),
            503: _problem("There is no snapshot."),
        },
    )
    def answers(body: AnswerRequest) -> Response:
        scope = Scope(tuple(body.jurisdictions), tuple(body.documents))
        question = Question(body.question, tuple(body.turns), scope, body.language)
        if request.accept_mimetypes.best_match(["application/json", EVENTS]) == EVENTS:
            parts = services.assistant.stream(question)
            begun = itertools.chain([next(parts)], parts)  # a failure before the first part has its own status
            events = stream_with_context(_events(begun))
            return Response(events, content_type=EVENTS, headers={"X-Accel-Buffering": "no"})
        return jsonify(AnswerBody.of(services.assistant.answer(question)).model_dump())

    @api.get(
        "/passages/<path:passage_id>", summary="A passage in its section", responses={200: PassageBody, **_NOT_FOUND}
    )
    def passage(path: PassagePath) -> Response:
        snapshot = services.live.current()
        found = snapshot.passage(path.passage_id)
        held = snapshot.section(found.document_id, found.edition, found.anchor)
        return jsonify(PassageBody.of(found, held, snapshot.document(found.document_id)).model_dump())

    @api.get(
        "/documents",
        summary="The documents held",
        responses={200: DocumentsBody, **_LOOKED_UP},
    )
    def documents(query: DocumentsQuery) -> Response:
        wanted = query.model_dump(exclude_none=True)
        held = services.live.current().documents.values()
        chosen = [d for d in held if all(getattr(d, name) == value for name, value in wanted.items())]
        return jsonify(DocumentsBody(documents=[DocumentBody.model_validate(d) for d in chosen]).model_dump())

    @api.get(
        "/documents/<document_id>",
        summary="A document and its sections",
        responses={200: DocumentDetailBody, **_NOT_FOUND},
    )
    def document(path: DocumentPath) -> Response:
        snapshot = services.live.current()
        found = snapshot.document(path.document_id)
        places = [_place(held, snapshot.passages_of(held)) for held in snapshot.sections_of(found.id)]
        return jsonify(DocumentDetailBody.of(found, places).model_dump())

    @api.get("/compare", summary="Jurisdictions by elements", responses={200: CompareBody, **_LOOKED_UP})
    def compare(query: CompareQuery) -> Response:
        table, citations = comparing.chosen(services.live.current(), query.jurisdiction, query.element)
        body = CompareBody(table=TableBody.of(table), citations=[CitationBody.of(citation) for citation in citations])
        return jsonify(body.model_dump())

    _add_feedback(api, services)
    return api


def _add_feedback(api: APIBlueprint, services: Services) -> None:
    @api.post("/feedback", summary="Say what you think of an answer", responses=_FEEDBACK)
    def feedback(body: FeedbackRequest) -> Response:
        kept = keep(services, of_request(body))
        return make_response(jsonify(FeedbackBody.of(kept).model_dump(mode="json")), 201)


def _check_body() -> None:
    """Raises BadRequest for a body that is no JSON object, UnsupportedMediaType for one that is not declared so."""
    if request.method != "POST":
        return
    try:
        body = request.get_json()
    except (BadRequest, RecursionError):
        body = None
    if not isinstance(body, dict):
        raise BadRequest('The body is no JSON object; send one such as {"question": "…"} in UTF-8.')


def _events(parts: Iterable[Sentence | Answer]) -> Iterator[str]:
    """Each sentence as it is ready, then the whole answer; a failure on the way is an event too."""
    try:
        for part in parts:
            if isinstance(part, Answer):
                yield _event("answer", AnswerBody.of(part).model_dump())
            else:
                yield _event("sentence", sentence_event(part))
    except Exception as error:  # the reply has begun, so the client is told inside it
        yield _event("problem", problem_of(error).model_dump())


def _event(name: str, data: dict[str, Any]) -> str:
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"


def _place(held: HeldSection, passages: Iterable[Passage]) -> PlaceBody:
    section = held.section
    return PlaceBody(
        edition=held.edition,
        anchor=section.anchor,
        label=section.label,
        headings=list(section.headings),
        passages=[passage.id for passage in passages],
    )
