"""A reader gives feedback on an answer: in place, by keyboard, without JavaScript, when the service is away."""

import json
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from chatbot.feedback import KeptFeedback
from chatbot.storage.database import Database
from chatbot.storage.feedback import FeedbackStore
from tests.journeys.conftest import Visit
from tests.service import Service

pytestmark = [pytest.mark.browser, pytest.mark.slow]

KOREA = "Is watching a sexual deepfake a crime in the Republic of Korea?"
PLAIN = {"java_script_enabled": False}
NARROW = {"viewport": {"width": 320, "height": 640}}


def last_kept(service: Service) -> KeptFeedback:
    """The feedback that was given last."""
    return list(FeedbackStore(Database(Path(service.folder) / "instance"), 365).kept())[-1]


def open_form(visit: Visit) -> None:
    """Ask, then unfold the form under the last answer."""
    visit.ask(KOREA) if visit.scripted else visit.post(KOREA)
    visit.page.locator("details.feedback summary").last.click()


def test_feedback_is_thanked_for_in_place(visit: Visit, service: Service) -> None:
    """The conversation stays, the form makes room for thanks that have the focus, and what was sent is kept."""
    open_form(visit)
    visit.page.get_by_label("A citation is wrong").check()
    visit.page.get_by_label("Comment").fill("The second source is about something else.")
    visit.page.get_by_role("button", name="Send feedback").click()
    visit.page.get_by_text("Thank you. Your feedback is kept.").wait_for()
    assert visit.focused() == "Thank you. Your feedback is kept."
    assert visit.page.locator("details.feedback").count() == 0
    assert len(visit.sentences) > 0
    found, answer = last_kept(service).feedback, service.ask(KOREA)[1]
    cited = dict.fromkeys(citation["passage_id"] for citation in answer["citations"])
    assert (found.opinion, found.snapshot_id, found.status) == ("wrong_citation", answer["snapshot_id"], "answered")
    assert found.passages == tuple(cited)
    assert (found.comment, found.question) == ("The second source is about something else.", "")


def test_the_question_goes_along_only_if_it_is_ticked(visit: Visit, service: Service) -> None:
    """By keyboard alone: unticked, the question does not leave the page a second time; ticked, it does."""
    sent: list[str] = []
    visit.page.on("request", lambda request: request.url.endswith("/feedback") and sent.append(request.post_data or ""))
    for ticked in (False, True):
        open_form(visit)
        form = visit.page.locator(".feedback-form").last
        form.get_by_label("Useful", exact=True).focus()
        visit.page.keyboard.press("Space")
        if ticked:
            form.get_by_label("Keep the words of my question").focus()
            visit.page.keyboard.press("Space")
        form.get_by_role("button").focus()
        visit.page.keyboard.press("Enter")
        visit.page.wait_for_function("count => document.querySelectorAll('.thanks').length === count", arg=1 + ticked)
    assert [json.loads(data)["question"] for data in sent] == ["", KOREA]
    assert last_kept(service).feedback.question == KOREA


@pytest.mark.parametrize("visit", [PLAIN], indirect=True)
def test_feedback_works_without_javascript(visit: Visit, service: Service) -> None:
    """The form posts and leads to a page of thanks, from which one can ask again."""
    open_form(visit)
    visit.page.get_by_label("A source is missing").check()
    visit.page.get_by_label("Comment").fill("The decree of 2025")
    visit.page.get_by_role("button", name="Send feedback").click()
    visit.page.get_by_role("heading", name="Thank you").wait_for()
    assert visit.page.url.endswith("/feedback/thanks")
    found = last_kept(service).feedback
    assert (found.opinion, found.comment) == ("missing_source", "The decree of 2025")


def test_a_browser_asks_for_a_choice_first(visit: Visit) -> None:
    """Without a choice nothing is sent, and the browser says what is missing."""
    open_form(visit)
    visit.page.get_by_role("button", name="Send feedback").click()
    assert visit.page.locator(".feedback-form input:invalid").count() > 0
    assert not [url for url in visit.requests if url.endswith("/feedback")]


def test_what_was_written_stays_when_the_service_is_away(visit: Visit) -> None:
    """A failure is told beside the form, the comment stays, and sending again works."""
    open_form(visit)
    visit.page.get_by_label("Not useful").check()
    visit.page.get_by_label("Comment").fill("Too long")
    visit.page.route("**/api/v1/feedback", lambda route: route.abort())
    visit.page.get_by_role("button", name="Send feedback").click()
    visit.page.get_by_role("alert").get_by_text("The helpdesk cannot be reached.").wait_for()
    assert visit.page.get_by_label("Comment").input_value() == "Too long"
    visit.page.unroute("**/api/v1/feedback")
    visit.page.get_by_role("button", name="Send feedback").click()
    visit.page.get_by_text("Thank you. Your feedback is kept.").wait_for()
    visit.errors.clear()  # the browser tells of the broken connection


@pytest.mark.parametrize("visit", [{}, NARROW, {**NARROW, "color_scheme": "dark"}], indirect=True)
def test_the_form_can_be_used_by_everybody(visit: Visit, tmp_path: Path) -> None:
    """No mistake of accessibility in the unfolded form, wide, narrow or dark, and nothing runs off a narrow screen."""
    open_form(visit)
    visit.page.screenshot(path=tmp_path / "feedback.png", full_page=True)
    found = Axe().run(visit.page, context=".feedback")
    assert found.violations_count == 0, found.generate_report()
    width = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert visit.page.evaluate(width) == 0
