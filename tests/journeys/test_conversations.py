"""A reader goes back and forth in a conversation, keeps it, takes it along, and leaves."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Route

from tests.journeys.conftest import Visit

pytestmark = [pytest.mark.browser, pytest.mark.slow]

KOREA = "Is watching a sexual deepfake a crime in the Republic of Korea?"
THREATS = "Which countries punish threats to share?"
MEXICO = "And in Mexico?"
COPYING = {"permissions": ["clipboard-read", "clipboard-write"]}
PLAIN = {"java_script_enabled": False}


def questions(visit: Visit) -> list[str]:
    """The questions on the page."""
    return visit.page.locator("h2.question").all_inner_texts()


def press(visit: Visit, name: str, *, last: bool = True) -> None:
    """Press the last (or first) button of that name."""
    found = visit.page.get_by_role("button", name=name, exact=True)
    (found.last if last else found.first).click()


def violations(visit: Visit) -> list[str]:
    """What axe finds on the page, of whatever weight."""
    return [f"{v['id']}: {v['nodes'][0]['html'][:200]}" for v in Axe().run(visit.page).response["violations"]]


def never_answered(route: Route) -> None:
    """A reply that does not come."""


def leave_address(visit: Visit) -> str:
    """Lead the way out to a page of our own, so that no test goes to the internet."""
    address = f"{visit.url}/coverage"
    visit.page.locator("#leave").evaluate("(link, address) => (link.href = address)", address)
    return address


def test_the_reading_of_a_follow_up_is_undone(visit: Visit) -> None:
    """One click asks the question again on its own, in place of the answer that leaned on the one before."""
    visit.ask(KOREA)
    visit.ask(MEXICO)
    assert visit.page.locator(".read-as").count() == 1
    press(visit, "Ask it on its own")
    visit.until_quiet()
    assert questions(visit) == [KOREA, MEXICO]
    assert visit.page.locator(".read-as").count() == 0


@pytest.mark.parametrize("visit", [PLAIN], indirect=True)
def test_the_reading_is_undone_without_javascript(visit: Visit) -> None:
    """The same button is a form."""
    visit.post(KOREA)
    visit.post(MEXICO)
    press(visit, "Ask it on its own")
    visit.page.wait_for_selector("article.answer[data-status]")
    assert questions(visit) == [MEXICO]


def test_a_question_is_edited(visit: Visit) -> None:
    """The question comes back into its field with the focus, and what followed from it is gone."""
    visit.ask(KOREA)
    visit.ask(MEXICO)
    press(visit, "Edit the question", last=False)
    assert visit.page.get_by_label("Your question").input_value() == KOREA
    assert visit.focused_id() == "question"
    assert questions(visit) == []


def test_an_answer_is_stopped_and_asked_again(visit: Visit) -> None:
    """Stop breaks off what is coming, says so, and offers to ask again."""
    visit.page.route("**/api/v1/answers", never_answered)
    visit.page.get_by_label("Your question").fill(KOREA)
    visit.page.get_by_role("button", name="Ask", exact=True).click()
    visit.page.get_by_role("button", name="Stop").click()
    assert visit.page.get_by_role("alert").inner_text() == "Stopped."
    assert visit.page.get_by_role("button", name="Stop").count() == 0
    visit.page.unroute("**/api/v1/answers")
    press(visit, "Ask again")
    visit.until_answered()
    assert questions(visit) == [KOREA]
    assert visit.page.get_by_label("Your question").input_value() == ""


def test_a_server_that_was_gone_is_asked_again(visit: Visit) -> None:
    """Where the helpdesk cannot be reached the question is kept, and one click asks it again."""
    visit.page.route("**/api/v1/answers", lambda route: route.abort())
    visit.page.get_by_label("Your question").fill(KOREA)
    visit.page.get_by_role("button", name="Ask", exact=True).click()
    assert visit.page.get_by_role("alert").inner_text() == "The helpdesk cannot be reached. Please ask again."
    visit.page.unroute("**/api/v1/answers")
    press(visit, "Ask again")
    visit.until_answered()
    visit.errors.clear()  # the browser complains of the reply that did not come


@pytest.mark.parametrize("visit", [COPYING], indirect=True)
def test_an_answer_is_copied_with_its_sources(visit: Visit) -> None:
    """What is copied has the question, each sentence with its numbers, each source and the snapshot."""
    visit.ask(KOREA)
    press(visit, "Copy with sources")
    visit.page.get_by_role("button", name="Copied").wait_for()
    lines = visit.page.evaluate("navigator.clipboard.readText()").split("\n")
    assert lines[0] == KOREA
    assert lines[1] == f"{visit.sentences[0]} [1]"
    assert sum(line.startswith("[") for line in lines) == visit.page.locator(".sources > li").count()
    assert lines[-1].startswith("Snapshot ")


def test_a_conversation_is_there_after_a_reload(visit: Visit) -> None:
    """The page shows the same questions and sentences again, and the next question goes on from them."""
    visit.ask(KOREA)
    sentences = visit.sentences
    visit.page.reload()
    visit.until_answered()
    assert (questions(visit), visit.sentences) == ([KOREA], sentences)
    visit.ask(MEXICO)
    assert visit.page.locator(".read-as").inner_text().startswith("Read as: Is watching a sexual deepfake")


def test_conversations_are_searched_opened_and_deleted(visit: Visit) -> None:
    """Several are kept, words of question or answer find one, one click deletes all of them for good."""
    visit.ask(KOREA)
    visit.page.locator("#kept summary").click()
    press(visit, "New conversation")
    assert questions(visit) == []
    visit.ask(THREATS)
    visit.page.locator("#kept summary").click()
    visit.page.get_by_label("Search in them").fill("watching")
    assert visit.page.locator("#kept-count").inner_text() == "1 conversation"
    visit.page.locator("#kept-list button").first.click()
    assert questions(visit) == [KOREA]
    visit.page.locator("#kept summary").click()
    press(visit, "Delete all")
    visit.page.reload()
    assert questions(visit) == []
    assert visit.page.evaluate("Object.keys(localStorage).length") == 0


def test_nothing_is_kept_where_the_reader_wants_so(visit: Visit) -> None:
    """Without the tick no conversation is in the browser, now or later."""
    visit.ask(KOREA)
    visit.page.locator("#kept summary").click()
    visit.page.get_by_label("Keep conversations in this browser").uncheck()
    visit.ask(THREATS)
    visit.page.reload()
    assert questions(visit) == []
    assert "sexual" not in visit.page.evaluate("JSON.stringify(localStorage)")


@pytest.mark.parametrize("way", ["click", "Escape"])
def test_leaving_leaves_nothing(visit: Visit, way: str) -> None:
    """One click, or Escape three times, goes away; the way back shows no conversation."""
    visit.ask(KOREA)
    address = leave_address(visit)
    if way == "click":
        visit.page.locator("#leave").click()
    else:
        for _ in range(3):
            visit.page.keyboard.press("Escape")
    visit.page.wait_for_url(address)
    assert visit.page.evaluate("history.length") <= 2
    visit.page.go_back()
    assert questions(visit) == []


def test_escape_twice_stays(visit: Visit) -> None:
    """Closing a source with Escape does not throw anybody out."""
    visit.page.keyboard.press("Escape")
    visit.page.keyboard.press("Escape")
    visit.page.wait_for_timeout(200)
    assert visit.page.url == visit.url + "/"


def test_the_sources_are_narrowed(visit: Visit) -> None:
    """With a document chosen, nothing else is cited."""
    visit.page.get_by_text("Narrow the sources").click()
    visit.page.get_by_label("In the document").select_option(label="Sexual Violence Punishment Act")
    visit.ask("What prison term is set?")
    titles = visit.page.locator(".sources a.open").all_inner_texts()
    assert titles
    assert all(title.startswith("Sexual Violence Punishment Act") for title in titles)


@pytest.mark.parametrize(
    "visit", [{}, {"color_scheme": "dark"}, {"viewport": {"width": 320, "height": 640}}], indirect=True
)
def test_every_state_of_a_conversation_is_accessible(visit: Visit) -> None:
    """Axe finds nothing in the list of conversations, an answer, a follow-up, an abstention, a source and a failure."""
    for question in (KOREA, MEXICO, "What is the prison sentence for intimate image abuse in Mongolia?"):
        visit.ask(question)
    visit.page.locator("#kept summary").click()
    visit.page.get_by_text("Narrow the sources").click()
    assert violations(visit) == []
    visit.page.route("**/api/v1/answers", lambda route: route.fulfill(status=503, json={"detail": "Try later."}))
    visit.page.get_by_label("Your question").fill(THREATS)
    visit.page.get_by_role("button", name="Ask", exact=True).click()
    visit.page.get_by_role("alert").wait_for()
    visit.page.locator(".mark").first.click()
    visit.page.wait_for_selector("dialog[open] mark")
    assert violations(visit) == []
    visit.page.keyboard.press("Escape")
    assert visit.page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    visit.errors.clear()  # the browser complains of the failure that was made
