"""The addresses: the script, whether a site is admitted, the framed page's theme, and the page for IT."""

from pathlib import Path

from flask import Blueprint, Response, g, jsonify, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest

from chatbot.addresses import origin_of
from chatbot.errors import SnapshotError
from chatbot.web.framing import snippets
from chatbot.web.framing.colours import is_colour
from chatbot.web.framing.theme import LANGUAGES, Theme, stylesheet, theme_of
from chatbot.web.manners import caching
from chatbot.web.manners.policies import FRAME
from chatbot.wiring import Services

SCRIPT = Path(__file__).parent.parent / "static" / "embed.js"
_TITLE = "Parliamentary helpdesk"


def blueprint(services: Services) -> Blueprint:
    """The addresses over the given services."""
    rooms = Blueprint("framing", __name__)
    _add_script(rooms, frozenset(services.settings.embed_origins))
    _add_theme(rooms, services)

    @rooms.get("/embed")
    def embed() -> str:
        theme, dress = theme_of(request.args, _jurisdictions(services)), snippets.dress_of(request.args)
        base = services.settings.public_url or request.host_url.rstrip("/")
        script = base + url_for("framing.versioned_script", version=caching.version_of(SCRIPT))
        framed = url_for("pages.frame") + (f"?{theme.query}" if theme.query else "")
        return render_template(
            "embed.html",
            ways={
                "button": snippets.of_script(script, theme, dress, inline=False),
                "inline": snippets.of_script(script, theme, dress, inline=True),
                "frame": snippets.of_frame(base + framed, _TITLE),
            },
            script=url_for("framing.versioned_script", version=caching.version_of(SCRIPT)),
            framed=framed,
            theme=theme,
            dress=dress,
            languages=LANGUAGES,
            jurisdictions=_jurisdictions(services),
            verdict=_verdict(request.args.get("origin", "").strip(), services.settings.embed_origins),
            origins=services.settings.embed_origins,
        )

    return rooms


def _add_script(rooms: Blueprint, listed: frozenset[str]) -> None:
    @rooms.get("/embed.js")
    def script() -> Response:
        return _script(request.args.get("v", ""))

    @rooms.get("/embed/<version>/embed.js")
    def versioned_script(version: str) -> Response:
        return _script(version)

    @rooms.get("/embed/admission")
    def admission() -> ResponseReturnValue:
        origin = request.headers.get("Origin")
        is_admitted = origin is None or origin in listed or origin == request.host_url.rstrip("/")
        return jsonify(admitted=is_admitted), 200 if is_admitted else 403


def _script(version: str) -> Response:
    """The script for the sites' pages; an older address gives the newest script, kept for minutes instead of a year."""
    current = caching.version_of(SCRIPT)
    reply = make_response(SCRIPT.read_bytes())
    reply.content_type = "text/javascript; charset=utf-8"
    reply.headers["Cache-Control"] = caching.YEAR if version == current else "public, max-age=300"
    reply.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return reply


def _add_theme(rooms: Blueprint, services: Services) -> None:
    @rooms.before_app_request
    def check_theme() -> None:
        if request.endpoint == "pages.frame":
            g.theme = theme_of(request.args, _jurisdictions(services))

    @rooms.app_context_processor
    def framed() -> dict[str, object]:
        return {"embedded": request.path == FRAME, "theme": g.get("theme", Theme())}

    @rooms.get(f"{FRAME}/theme.css")
    def theme_css() -> Response:
        colour = request.args.get("colour", "")
        if not is_colour(colour):
            raise BadRequest("colour: write it as #rrggbb.")
        reply = make_response(stylesheet(colour))
        reply.content_type = "text/css; charset=utf-8"
        reply.headers["Cache-Control"] = "public, max-age=86400"
        return reply


def _jurisdictions(services: Services) -> tuple[str, ...]:
    """The codes of which something is held; none before the first snapshot."""
    try:
        held = {document.jurisdiction for document in services.live.current().documents.values()}
    except SnapshotError:
        return ()
    return tuple(sorted(held))


def _verdict(origin: str, listed: tuple[str, ...]) -> str:
    """What the list of sites says of an origin, for an operator."""
    if not origin:
        return ""
    try:
        found = origin_of(origin)
    except ValueError as error:
        return f"{error}."
    if found in listed:
        return f"{found} may embed the chat and use the API."
    value = ",".join((*listed, found))
    return f"{found} may not embed the chat. To allow it, start the service with CHATBOT_EMBED_ORIGINS={value}."
