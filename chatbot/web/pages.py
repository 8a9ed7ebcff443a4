"""The chat page and the pages of passages; they work without JavaScript."""

import re

from flask import Blueprint, Response, make_response, render_template, request
from werkzeug.datastructures import MultiDict

from chatbot.answering.abstaining import contact_of
from chatbot.answering.frames import NOT_STATED
from chatbot.answering.limits import MAX_CHARACTERS, MAX_TURNS
from chatbot.errors import QuestionError, SnapshotError
from chatbot.model import EVERYWHERE, Answer, Citation, Document, Passage, Question, Scope, Status
from chatbot.web import freshness, holdings
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
STATUS_WORDS = {
    Status.ANSWERED: "Answered from the sources",
    Status.PARTIAL: "Answered in part",
    Status.NOT_IN_SOURCES: "Not in the sources",
    Status.NOT_HELD: "Listed, but the text is not held",
    Status.OUT_OF_SCOPE: "Outside the subject",
    Status.REFUSED: "Not something the helpdesk does",
    Status.SUPPORT: "Support",
    Status.CLARIFY: "Please say more",
}
NOT_READY = "The sources are being prepared. Please try again in a few minutes."
MAX_CHOSEN = 50
_QUOTE = re.compile(r"(\d{1,7})-(\d{1,7})")


def blueprint(services: Services) -> Blueprint:
    """The pages over the given services."""
    pages = Blueprint("pages", __name__, template_folder="templates", static_folder="static", static_url_path="/static")
    pages.add_app_template_global(quote_link)
    pages.add_app_template_global(document_link)
    pages.add_app_template_global(freshness.checked, "checked")
    pages.add_app_template_global(freshness.age, "age")
    pages.add_app_template_global(lambda: NOT_STATED, "not_stated")
    pages.add_app_template_global(STATUS_WORDS, "status_words")  # type: ignore[arg-type]
    pages.add_app_template_global(services.settings.leave_url, "leave_url")  # type: ignore[arg-type]

    @pages.get("/")
    def chat() -> str | Response:
        return _chat(services)

    @pages.get("/frame")
    def frame() -> str | Response:
        return _chat(services, scope=Scope(tuple(request.args.getlist("jurisdiction"))))

    @pages.post("/")
    def ask() -> str | Response:
        text = _typed(request.form.get("question", ""))
        turns = tuple(filter(None, map(_typed, request.form.getlist("turn"))))[-MAX_TURNS:]
        scope = Scope(_chosen("jurisdiction"), _chosen("document"))
        if request.form.get("act") == "edit":
            return _chat(services, question=text, turns=turns, scope=scope)
        try:
            answer = services.assistant.answer(Question(text, turns, scope))
        except QuestionError as error:
            return _chat(services, question=text, turns=turns, scope=scope, problem=str(error), status=400)
        except SnapshotError:
            return _chat(services, question=text, turns=turns, scope=scope)
        return _chat(services, question=text, turns=turns, scope=scope, answer=answer)

    @pages.get("/accessibility")
    def accessibility() -> str:
        return render_template("accessibility.html", contact=_contact(services))

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
    scope: Scope = EVERYWHERE,
    answer: Answer | None = None,
    problem: str = "",
    status: int = 200,
) -> Response:
    not_ready = ""
    documents: tuple[Document, ...] = ()
    try:
        documents = tuple(services.live.current().documents.values())
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
        documents=sorted(documents, key=lambda document: document.short_title.casefold()),
        jurisdictions=sorted({document.jurisdiction for document in documents}, key=holdings.place_name),
        max_characters=MAX_CHARACTERS,
        max_turns=MAX_TURNS,
    )
    return make_response(page, status)


def _contact(services: Services) -> str:
    """The address that a card gives; "" without one, or while the sources are being prepared."""
    try:
        return contact_of(services.live.current())
    except SnapshotError:
        return ""


def _chosen(name: str) -> tuple[str, ...]:
    """The values of a field of the form that are not empty."""
    return tuple(filter(None, request.form.getlist(name)))[:MAX_CHOSEN]


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
