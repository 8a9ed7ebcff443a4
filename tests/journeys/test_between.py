"""What stands between reader and helpdesk: proxies that let no stream through, or answer in its place."""

import pytest

from tests.journeys.conftest import Visit

pytestmark = [pytest.mark.browser, pytest.mark.slow]
QUESTION = "What are the IPU's five priorities?"


def test_an_answer_in_one_piece_is_shown_as_well(visit: Visit) -> None:
    """Where something on the way lets no stream through, the answer comes whole and looks the same."""
    visit.ask(QUESTION)
    streamed = visit.sentences
    visit.page.route(
        "**/api/v1/answers",
        lambda route: route.continue_(headers={**route.request.headers, "accept": "application/json"}),
    )
    visit.page.reload()
    visit.ask(QUESTION)
    assert visit.sentences == streamed != []
    assert visit.page.locator("article.answer").last.locator(".sources a.open").count() > 0


def test_an_answer_that_was_gathered_is_shown_as_well(visit: Visit) -> None:
    """A stream that a proxy kept until it was complete is the same answer."""
    visit.page.route("**/api/v1/answers", lambda route: route.fulfill(response=route.fetch()))
    visit.ask(QUESTION)
    assert len(visit.sentences) >= 5


def test_a_page_of_a_proxy_is_told_as_what_it_is(visit: Visit) -> None:
    """When a proxy answers with a page of its own, the reader is told and keeps the question."""
    body = "<html><h1>502 Bad Gateway</h1></html>"
    visit.page.route("**/api/v1/answers", lambda route: route.fulfill(status=502, content_type="text/html", body=body))
    visit.page.get_by_label("Your question").fill(QUESTION)
    visit.page.get_by_role("button", name="Ask", exact=True).click()
    visit.page.get_by_text("The helpdesk cannot answer now (502). Please ask again.").wait_for()
    assert visit.page.get_by_label("Your question").input_value() == QUESTION
    visit.errors.clear()
