"""A reader asks in the page: with JavaScript, without it, by keyboard alone, on a narrow screen."""

from pathlib import Path
from typing import Any

import pytest

from tests.journeys.conftest import Visit
from tests.service import Service, eventually

pytestmark = [pytest.mark.browser, pytest.mark.slow]

FIVE = "What are the IPU's five priorities?"
KOREA = "Is watching a sexual deepfake a crime in the Republic of Korea?"
UNKNOWN = "What is the prison sentence for intimate image abuse in Mongolia?"
HOSTILE = "<img src=x onerror=\"document.title='taken'\"><script>document.title='taken'</script> deepfake law in Korea?"
PLAIN = {"java_script_enabled": False}
NARROW = {"viewport": {"width": 320, "height": 640}}


def quoted(answer: dict[str, Any], number: int) -> str:
    """The words quoted of a citation, in reading order, on one line."""
    citation = next(c for c in answer["citations"] if c["number"] == number)
    return one_line(" ".join(sorted(citation["quotes"], key=citation["text"].index)))


def marked(visit: Visit, where: str) -> str:
    """The marked words of a source, on one line."""
    return one_line(" ".join(visit.page.locator(f"{where} mark").all_inner_texts()))


def one_line(text: str) -> str:
    """Text with any white space as one blank."""
    return " ".join(text.split())


def test_answer_has_the_sentences_and_numbers_of_the_api(visit: Visit, service: Service) -> None:
    """The page shows the sentences of the answer, each with its numbers, and a source for each number."""
    answer = service.ask(KOREA)[1]
    visit.ask(KOREA)
    assert visit.sentences == [sentence["text"] for sentence in answer["sentences"]]
    marks = [paragraph.locator(".mark").all_inner_texts() for paragraph in visit.page.locator(".sentence").all()]
    assert marks == [[f"[{number}]" for number in sentence["citations"]] for sentence in answer["sentences"]]
    assert visit.page.locator(".sources > li").count() == len(answer["citations"])
    assert visit.page.locator("h2.question").all_inner_texts() == [KOREA]


def test_sentences_appear_before_the_answer_is_complete(visit: Visit) -> None:
    """Sentences are shown as they come: the first is on the page while the answer is still going on."""
    visit.page.evaluate(
        """() => {
            window.seen = [];
            const watch = new MutationObserver(() => {
                const article = document.querySelector("article.answer");
                if (article) window.seen.push([article.querySelectorAll(".sentence").length, !!article.dataset.status]);
            });
            watch.observe(document.getElementById("conversation"), {childList: true, subtree: true, attributes: true});
        }"""
    )
    visit.ask(FIVE)
    seen = visit.page.evaluate("window.seen")
    assert any(count > 0 and not complete for count, complete in seen)


def test_citation_opens_the_quoted_words_in_their_section(visit: Visit, service: Service) -> None:
    """A click on a number opens the section of the passage with exactly the quoted words marked, and in sight."""
    answer = service.ask(KOREA)[1]
    visit.ask(KOREA)
    for mark in visit.page.locator("article.answer .mark").all():
        number = int(mark.inner_text().strip("[]"))
        mark.click()
        visit.page.wait_for_selector("dialog[open] mark")
        assert marked(visit, "#panel-content") == quoted(answer, number)
        assert visit.page.locator("#cited").evaluate("e => e.getBoundingClientRect().top < innerHeight")
        visit.page.keyboard.press("Escape")
    assert visit.page.url == visit.url + "/"


@pytest.mark.parametrize("way", ["Escape", "Close"])
def test_closing_a_source_returns_to_its_number(way: str, visit: Visit) -> None:
    """Escape and the button close the source, and the focus is where it was."""
    visit.ask(KOREA)
    mark = visit.page.locator("article.answer .mark").last
    mark.focus()
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_selector("dialog[open]")
    if way == "Escape":
        visit.page.keyboard.press("Escape")
    else:
        visit.page.get_by_role("button", name="Close").click()
    visit.page.wait_for_selector("dialog:not([open])", state="attached")
    assert mark.evaluate("e => document.activeElement === e")


def test_follow_up_shows_how_it_was_read(visit: Visit) -> None:
    """A question that leans on the one before is answered, and the page shows how it was read."""
    visit.ask("Is sharing intimate images a crime in the Republic of Korea?")
    visit.ask("And in Mexico?")
    last = visit.page.locator("article.answer").last
    assert last.locator(".read-as").inner_text() == "Read as: Is sharing intimate images a crime in Mexico?"


def test_abstention_shows_what_is_nearest(visit: Visit, service: Service) -> None:
    """Where the sources do not answer, the page says so and offers what is nearest, which opens."""
    answer = service.ask(UNKNOWN)[1]
    assert (answer["status"], answer["sentences"]) == ("not_in_sources", [])
    visit.ask(UNKNOWN)
    article = visit.page.locator("article.answer")
    assert article.get_attribute("data-status") == "not_in_sources"
    assert article.locator(".message").inner_text() == answer["message"]
    assert article.locator("h3").all_inner_texts() == ["Nearest in the sources"]
    assert article.locator(".sources > li").count() == len(answer["nearest"])
    article.locator(".sources a.open").first.click()
    visit.page.wait_for_selector("dialog[open] #cited")
    assert one_line(answer["nearest"][0]["text"]) in one_line(visit.page.locator("#panel-content").inner_text())


@pytest.mark.parametrize("visit", [{}, PLAIN], indirect=True, ids=["script", "plain"])
def test_hostile_question_is_shown_as_text(visit: Visit) -> None:
    """Markup in a question is shown as its characters, and nothing of it runs or is loaded."""
    visit.ask(HOSTILE) if visit.scripted else visit.post(HOSTILE)
    assert visit.page.locator("h2.question").inner_text() == HOSTILE
    assert visit.page.locator("main img, main script").count() == 0
    assert visit.page.title() == "Parliamentary helpdesk"
    assert not [url for url in visit.requests if url.endswith("/x")]


def test_suggestion_is_asked(visit: Visit) -> None:
    """A suggested question is asked in place, and the suggestions go."""
    first = visit.page.locator("button.suggestion").first
    question = first.inner_text()
    first.click()
    visit.until_answered()
    assert visit.page.locator("h2.question").all_inner_texts() == [question]
    assert visit.page.locator("button.suggestion:visible").count() == 0


def test_pressing_enter_twice_asks_once(visit: Visit) -> None:
    """Enter pressed twice in a hurry asks the question once."""
    visit.page.get_by_label("Your question").fill(FIVE)
    visit.page.keyboard.press("Enter")
    visit.page.keyboard.press("Enter")
    visit.until_answered()
    visit.until_quiet()
    assert visit.page.locator("h2.question").all_inner_texts() == [FIVE]


def test_words_written_while_an_answer_comes_stay(visit: Visit) -> None:
    """What a reader writes into the field while an answer is coming is not thrown away."""
    field = visit.page.get_by_label("Your question")
    visit.page.route("**/api/v1/answers", lambda route: (field.fill(KOREA), route.continue_()))
    visit.ask(FIVE)
    visit.until_quiet()
    assert field.input_value() == KOREA


def test_keyboard_alone(visit: Visit) -> None:
    """With the keyboard alone a reader skips to the content, asks, opens a source and comes back."""
    keyboard = visit.page.keyboard
    keyboard.press("Tab")
    assert visit.focused() == "Skip to the content"
    keyboard.press("Enter")
    for _ in range(4):
        if visit.focused_id() == "question":
            break
        keyboard.press("Tab")
    keyboard.type(KOREA)
    keyboard.press("Enter")
    visit.until_answered()
    visit.until_quiet()
    for _ in range(40):
        if visit.focused().startswith("["):
            break
        keyboard.press("Shift+Tab")
    reached = visit.focused()
    assert reached.startswith("[")
    keyboard.press("Enter")
    visit.page.wait_for_selector("dialog[open]")
    assert visit.page.evaluate("document.querySelector('dialog').contains(document.activeElement)")
    keyboard.press("Escape")
    assert visit.focused() == reached


def test_suggestion_by_keyboard_keeps_the_focus(visit: Visit) -> None:
    """After a suggestion is chosen by keyboard, the focus is on something that is on the page."""
    visit.page.locator("button.suggestion").first.focus()
    visit.page.keyboard.press("Enter")
    visit.until_answered()
    assert visit.page.evaluate("document.activeElement !== document.body")


def test_answer_is_announced(visit: Visit) -> None:
    """A screen reader is told of the answer, in a live region that was on the page from the start."""
    announcer = visit.page.get_by_role("status")
    assert announcer.inner_text() == ""
    visit.ask(FIVE)
    assert announcer.inner_text() == f"Answer with {len(visit.sentences)} sentences."


def test_unreachable_service_keeps_the_question(visit: Visit) -> None:
    """When the service cannot be reached, the page says so and the question is still in the field."""
    visit.page.route("**/api/v1/answers", lambda route: route.abort())
    visit.page.get_by_label("Your question").fill(FIVE)
    visit.page.get_by_role("button", name="Ask", exact=True).click()
    assert visit.page.get_by_role("alert").inner_text() == "The helpdesk cannot be reached. Please ask again."
    assert visit.page.get_by_label("Your question").input_value() == FIVE
    visit.errors.clear()  # Chromium itself reports the failed request
    visit.page.unroute("**/api/v1/answers")
    visit.ask(FIVE)
    assert len(visit.sentences) >= 5


@pytest.mark.parametrize("visit", [PLAIN], indirect=True)
@pytest.mark.parametrize("question", [FIVE, KOREA, UNKNOWN])
def test_without_javascript_the_answer_is_the_same(question: str, visit: Visit, service: Service) -> None:
    """Without JavaScript a form gives the same sentences with the same numbers and sources."""
    answer = service.ask(question)[1]
    visit.post(question)
    assert visit.sentences == [sentence["text"] for sentence in answer["sentences"]]
    marks = [paragraph.locator(".mark").all_inner_texts() for paragraph in visit.page.locator(".sentence").all()]
    assert marks == [[f"[{number}]" for number in sentence["citations"]] for sentence in answer["sentences"]]
    sources = len(answer["citations"]) + len(answer["nearest"])
    assert visit.page.locator(".sources > li").count() == sources


@pytest.mark.parametrize("visit", [PLAIN], indirect=True)
def test_without_javascript_a_number_leads_to_the_passage(visit: Visit, service: Service) -> None:
    """Without JavaScript a number is a link to a page of the passage with the quoted words marked."""
    answer = service.ask(KOREA)[1]
    visit.post(KOREA)
    mark = visit.page.locator("article.answer .mark").first
    number = int(mark.inner_text().strip("[]"))
    mark.click()
    assert visit.page.url.startswith(f"{visit.url}/passages/")
    assert visit.page.url.endswith("#cited")
    assert marked(visit, "main") == quoted(answer, number)


@pytest.mark.parametrize("visit", [PLAIN], indirect=True)
def test_without_javascript_a_follow_up_is_read_with_the_turn_before(visit: Visit) -> None:
    """Without JavaScript the form carries the earlier turns along."""
    visit.post("Is sharing intimate images a crime in the Republic of Korea?")
    visit.post("And in Mexico?")
    assert visit.page.locator(".read-as").inner_text() == "Read as: Is sharing intimate images a crime in Mexico?"


@pytest.mark.parametrize("visit", [NARROW], indirect=True)
def test_narrow_screen_does_not_scroll_sideways(visit: Visit) -> None:
    """At 320 pixels neither page, answer, unbroken words nor an open source is wider than the screen."""
    wide = "document.scrollingElement.scrollWidth > document.scrollingElement.clientWidth"
    assert not visit.page.evaluate(wide)
    visit.ask("deepfake" * 60)
    visit.ask(KOREA)
    assert not visit.page.evaluate(wide)
    visit.page.locator("article.answer .mark").first.click()
    visit.page.wait_for_selector("dialog[open]")
    assert not visit.page.evaluate(wide)
    assert visit.page.evaluate("(e => e.scrollWidth <= e.clientWidth)(document.querySelector('dialog'))")


@pytest.mark.parametrize("visit", [NARROW], indirect=True)
def test_long_word_as_it_was_read_does_not_scroll_sideways(visit: Visit) -> None:
    """At 320 pixels an unbroken word in "Read as" is broken."""
    visit.ask(KOREA)
    visit.ask("deepfake" * 60)
    assert visit.page.evaluate("document.scrollingElement.scrollWidth") == 320


@pytest.mark.parametrize(
    "visit", [{"viewport": {"width": 1280, "height": 900}, "color_scheme": "light"}], indirect=True
)
def test_picture_of_the_page(visit: Visit, pictures: Path) -> None:
    """The page with one answered question can be pictured: 1280 by 900 pixels, light; CHAT_SCREENSHOT names it."""
    visit.ask(KOREA)
    visit.page.evaluate("scrollTo(0, 0)")
    eventually(lambda: not visit.page.evaluate("document.getAnimations().length"), 5, "nothing moves")
    visit.page.screenshot(path=str(pictures))
    header = pictures.read_bytes()[:24]
    assert header[:8] == b"\x89PNG\r\n\x1a\n"
    assert (int.from_bytes(header[16:20]), int.from_bytes(header[20:24])) == (1280, 900)
