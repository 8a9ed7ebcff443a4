"""The Flask application: pages, API, health, and one shape for every error."""

from flask import Flask, Response, jsonify, make_response, request
from flask_openapi3.models.info import Info
from flask_openapi3.openapi import OpenAPI
from pydantic import ValidationError
from werkzeug.exceptions import HTTPException

from chatbot import __version__
from chatbot.answering.limits import MAX_CHARACTERS, MAX_TURNS
from chatbot.errors import SnapshotError
from chatbot.web import access, api, browsing, feedback, framing, manners, pages, problems
from chatbot.web.schemas import HealthBody, ProblemBody
from chatbot.wiring import Services

MAX_REQUEST_BYTES = 12 * MAX_CHARACTERS * (MAX_TURNS + 2) + 16 * 1024
"""A form's question and 21 turns, with the 12 bytes that forms and JSON need at most for a character, and the rest."""

_DATA = ("/api/", "/healthz", "/readyz")


def create_app(services: Services) -> Flask:
    """The application over the given services."""
    app = OpenAPI(
        __name__,
        info=Info(
            title="Parliamentary helpdesk",
            version=__version__,
            description="Grounded answers on non-consensual intimate imagery: the IPU issue brief, treaties and laws.",
        ),
        doc_ui=False,
        security_schemes={"key": {"type": "http", "scheme": "bearer", "description": "An API key."}},
        validation_error_status=200,  # described everywhere, so that no 400 of the library's own shape is added
        validation_error_model=ProblemBody,
        validation_error_callback=_invalid,
        static_folder=None,
    )
    app.config["MAX_CONTENT_LENGTH"] = app.config["MAX_FORM_MEMORY_SIZE"] = MAX_REQUEST_BYTES
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.register_api(api.blueprint(services))
    app.register_blueprint(pages.blueprint(services))
    app.register_blueprint(browsing.blueprint(services))
    app.register_blueprint(feedback.blueprint(services))
    app.register_blueprint(framing.blueprint(services))
    app.register_error_handler(Exception, _failed)
    manners.add_to(app, services)
    access.add_to(app, services)
    app.add_url_rule("/api/v1/openapi.json", "openapi", lambda: jsonify(app.api_doc))
    _add_health(app, services)
    return app


def _add_health(app: OpenAPI, services: Services) -> None:
    @app.get("/healthz", summary="Does the process live?", responses={200: HealthBody})
    def healthz() -> Response:
        return jsonify(HealthBody(status="alive").model_dump())

    @app.get("/readyz", summary="Can questions be answered?", responses={200: HealthBody, 503: HealthBody})
    def readyz() -> Response:
        try:
            snapshot = services.live.current()
        except SnapshotError as error:
            body = HealthBody(status="not ready", reason=str(error))
            return make_response(jsonify(body.model_dump()), 503)
        reason = services.live.problem()
        return jsonify(HealthBody(status="ready", snapshot_id=snapshot.id, reason=reason).model_dump())


def _invalid(error: ValidationError) -> Response:
    return problems.reply_with(problems.problem_of_request(error))


def _failed(error: Exception) -> Response:
    if isinstance(error, HTTPException) and isinstance(error.response, Response):
        return error.response  # a reply that is already made
    return problems.reply(error) if request.path.startswith(_DATA) else pages.problem_page(error)
