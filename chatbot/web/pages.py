"""The chat page and the pages of passages; they work without JavaScript."""

import re

from flask import Blueprint, Response, make_response, render_template, request
from werkzeug.datastructures import MultiDict

from chatbot.answering.frames import NOT_STATED
from chatbot.answering.limits import MAX_CHARACTERS, MAX_TURNS
from chatbot.errors import QuestionError, SnapshotError
from chatbot.model import Answer, Citation, Passage, Question, Scope
from chatbot.web import freshness
from chatbot.web.problems import problem_of
from chatbot.web.rendering import marked, place_of
from chatbot.wiring import Services

SUGGESTIONS = (
    "What are the IPU's five priorities?",
    "Is watching a sexual deepfake a crime in the Republic of Korea?",
    "Which countries punish threats to share?",
    "How do Australia and the United Kingdom compare on the takedown deadline?",
    "Who said that sexual images without consent are not innovation?",
)
NOT_READY = "The sources are being prepared. Please try again in a few minutes."
MAX_JURISDICTIONS = 50
_QUOTE = re.compile(r"(\d{1,7})-(\d{1,7})")


def blueprint(services: Services) -> Blueprint:
    """The pages over the given services."""
    pages = Blueprint("pages", __name__, template_folder="templates", static_folder="static", static_url_path="/static")
    pages.add_app_template_global(quote_link)
    pages.add_app_template_global(document_link)
    pages.add_app_template_global(freshness.checked, "checked")
    pages.add_app_template_global(freshness.age, "age")
    pages.add_app_template_global(lambda: NOT_STATED, "not_stated")

    @pages.get("/")
    def chat() -> str | Response:
        return _chat(services)

    @pages.get("/frame")
    def frame() -> str | Response:
        return _chat(services, scope=tuple(request.args.getlist("jurisdiction")))

    @pages.post("/")
    def ask() -> str | Response:
        text = _typed(request.form.get("question", ""))
        turns = tuple(filter(None, map(_typed, request.form.getlist("turn"))))[-MAX_TURNS:]
        scope = tuple(request.form.getlist("jurisdiction")[:MAX_JURISDICTIONS])
        try:
            answer = services.assistant.answer(Question(text, turns, Scope(scope)))
        except QuestionError as error:
            return _chat(services, question=text, turns=turns, scope=scope, problem=str(error), status=400)
        except SnapshotError:
            return _chat(services, question=text, turns=turns, scope=scope)
        return _chat(services, question=text, turns=turns, scope=scope, answer=answer)

    @pages.get("/passages/<path:passage_id>")
    def passage(passage_id: str) -> str:
        snapshot = services.live.current()
        found = snapshot.passage(passage_id)
        held = snapshot.section(found.document_id, found.edition, found.anchor)
        template = "section.html" if request.args.get("part") == "section" else "passage.html"
        return render_template(
            template,
            passage=found,
            document=snapshot.document(found.document_id),
            blocks=marked(held.section, found, _quotes(request.args)),
        )

    return pages


def _chat(
    services: Services,
    *,
    question: str = "",
    turns: tuple[str, ...] = (),
    scope: tuple[str, ...] = (),
    answer: Answer | None = None,
    problem: str = "",
    status: int = 200,
) -> Response:
    not_ready = ""
    try:
        services.live.current()
    except SnapshotError:
        not_ready, status = NOT_READY, 503
    page = render_template(
        "chat.html",
        question=question,
        turns=turns,
        scope=scope,
        answer=answer,
        problem=problem,
        not_ready=not_ready,
        suggestions=SUGGESTIONS,
        max_characters=MAX_CHARACTERS,
        max_turns=MAX_TURNS,
    )
    return make_response(page, status)


def _typed(text: str) -> str:
    """A field as it was typed and counted; a browser sends a line break as two characters."""
    return text.replace("\r\n", "\n").strip()


def quote_link(citation: Citation) -> str:
    """The address of a cited passage with its quoted words marked."""
    quotes = "&".join(f"quote={start}-{end}" for start, end in citation.spans)
    return f"/passages/{citation.passage.id}?{quotes}#cited"


def document_link(passage: Passage) -> str:
    """The address of a passage's section on the page of its document."""
    return f"/documents/{passage.document_id}#{place_of(passage.edition, passage.anchor)}"


def _quotes(args: MultiDict[str, str]) -> list[tuple[int, int]]:
    found = (_QUOTE.fullmatch(value) for value in args.getlist("quote")[:50])
    return [(int(match.group(1)), int(match.group(2))) for match in found if match]


def problem_page(error: Exception) -> Response:
    """An error as a page; what an operator must repair in the snapshot, a reader is told as not ready."""
    problem = problem_of(error)
    if isinstance(error, SnapshotError):
        problem = problem.model_copy(update={"detail": NOT_READY})
    return make_response(render_template("problem.html", problem=problem), problem.status)
