"""The pages to browse what is held: comparison, documents, coverage. Every choice stands in the address."""

from collections.abc import Sequence

from flask import Blueprint, Response, make_response, render_template, request, url_for

from chatbot.answering import comparing
from chatbot.model import Coverage, Edition
from chatbot.web import comparison, holdings
from chatbot.web.rendering import RenderedSection, rendered
from chatbot.wiring import Services


def blueprint(services: Services) -> Blueprint:
    """The pages over the given services."""
    pages = Blueprint("browsing", __name__)
    pages.add_app_template_filter(holdings.place_name, "place")
    pages.add_app_template_filter(holdings.coverage_words, "coverage")
    pages.add_app_template_filter(holdings.in_words, "in_words")
    pages.add_app_template_global(comparison.documents_of, "documents_of")
    _add_comparison(pages, services)
    _add_documents(pages, services)
    _add_coverage(pages, services)
    return pages


def _add_comparison(pages: Blueprint, services: Services) -> None:
    @pages.get("/compare")
    def compare() -> str:
        codes, elements = request.args.getlist("jurisdiction"), request.args.getlist("element")
        is_chosen = any(value.strip() for value in (*codes, *elements))
        snapshot = services.live.current()
        table, citations = comparing.chosen(snapshot, codes, elements) if is_chosen else (None, ())
        return render_template(
            "compare.html",
            table=table,
            citations=citations,
            jurisdictions=comparing.jurisdictions(snapshot),
            elements=comparing.ELEMENTS,
            codes=table.columns if table and codes else (),
            chosen=table.rows if table and elements else (),
            csv_address=url_for("browsing.compare_csv", jurisdiction=codes, element=elements),
        )

    @pages.get("/compare.csv")
    def compare_csv() -> Response:
        codes, elements = request.args.getlist("jurisdiction"), request.args.getlist("element")
        table, _ = comparing.chosen(services.live.current(), codes, elements)
        reply = make_response(comparison.csv_of(table))
        reply.content_type = "text/csv; charset=utf-8"
        reply.headers["Content-Disposition"] = 'attachment; filename="comparison.csv"'
        return reply


def _add_documents(pages: Blueprint, services: Services) -> None:
    @pages.get("/documents")
    def documents() -> str:
        held = list(services.live.current().documents.values())
        found = holdings.chosen(held, request.args)
        return render_template(
            "documents.html",
            documents=found,
            count=len(held),
            filters=holdings.FILTERS,
            choices=holdings.choices(held),
            wanted=request.args,
        )

    @pages.get("/documents/<document_id>")
    def document(document_id: str) -> str:
        snapshot = services.live.current()
        found = snapshot.document(document_id)
        sections = [rendered(held, snapshot.passages_of(held)) for held in snapshot.sections_of(found.id)]
        return render_template(
            "document.html",
            document=found,
            editions=_by_edition(sections),
            covered=holdings.COVERED[found.coverage],
            parts=holdings.PARTS,
        )


def _by_edition(sections: Sequence[RenderedSection]) -> dict[Edition, list[RenderedSection]]:
    """The publisher's text first, then ours; an edition that is not held is left out."""
    editions = (Edition.OFFICIAL, Edition.DIGEST)
    found = {edition: [section for section in sections if section.edition is edition] for edition in editions}
    return {edition: held for edition, held in found.items() if held}


def _add_coverage(pages: Blueprint, services: Services) -> None:
    @pages.get("/coverage")
    def coverage() -> str:
        snapshot = services.live.current()
        documents = list(snapshot.documents.values())
        held = holdings.held(documents)
        return render_template(
            "coverage.html",
            jurisdictions=comparing.jurisdictions(snapshot),
            elements=comparing.ELEMENTS,
            stating=holdings.stating(documents),
            parts={part: words for part, words in holdings.PARTS.items() if any(part == one for one, _ in held)},
            coverages=tuple(Coverage),
            held=held,
            in_annex_c=holdings.jurisdictions_of(documents, "C"),
            count=len(documents),
        )
