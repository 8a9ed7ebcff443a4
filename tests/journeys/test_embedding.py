"""The chat inside pages of another origin, in a real Chromium: one that is listed, and one that is not."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from chatbot.settings import Settings
from tests.journeys.conftest import SLOW_MILLISECONDS
from tests.service import Service, free_port, served
from tests.sites import site

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]
QUESTION = "Is watching a sexual deepfake a crime in the Republic of Korea?"
STRICT = "default-src 'none'; script-src {home}; frame-src {home}; connect-src {home}"


@dataclass(frozen=True)
class Sites:
    """The helpdesk, two sites that it lists, one with a policy of its own, and one that it does not."""

    helpdesk: Service
    listed: str
    strict: str
    other: str


@pytest.fixture(scope="module")
def sites(real_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sites]:
    """The helpdesk is on 127.0.0.1 and the sites on localhost, so that its cookies are those of a third party."""
    pages: dict[str, str] = {}
    folder, home = tmp_path_factory.mktemp("embedded"), f"http://127.0.0.1:{free_port()}"
    with site(pages) as listed, site(pages, policy=STRICT.format(home=home)) as strict, site(pages) as other:
        allowed = {"CHATBOT_EMBED_ORIGINS": f"{listed}, {strict}", "PORT": home.rpartition(":")[2]}
        with served(folder, real_settings.index_dir, **allowed) as helpdesk:
            helpdesk.until_ready()
            script = f'<script src="{home}/embed.js"'
            pages |= {
                "/button": f'{script} data-colour="#7a1f5c" data-greeting="Good morning!" async></script>',
                "/left": f'{script} data-position="left" data-lang="ar"></script>',
                "/inline": f'{script} data-mode="inline" data-height="700" data-jurisdiction="KR" async></script>',
                "/frame": f'<iframe id="plain" src="{home}/frame?colour=%237a1f5c" width="800" height="640"></iframe>',
            }
            yield Sites(helpdesk, listed, strict, other)


@pytest.fixture
def page(browser: "Browser") -> Iterator["Page"]:
    """A page in which nothing may go wrong that is not expected."""
    context = browser.new_context(viewport={"width": 1100, "height": 850})
    page = context.new_page()
    page.set_default_timeout(SLOW_MILLISECONDS)
    yield page
    context.close()


def shoot(page: "Page", name: str) -> None:
    """Keep a picture where EMBED_SCREENSHOTS says."""
    if folder := os.environ.get("EMBED_SCREENSHOTS"):
        page.screenshot(path=str(Path(folder) / f"{name}.png"))


def complaints_of(page: "Page") -> list[str]:
    """What the page's console will complain of from now on."""
    found: list[str] = []
    page.on("console", lambda message: message.type in ("error", "warning") and found.append(message.text))
    page.on("pageerror", lambda error: found.append(str(error)))
    return found


def test_a_button_opens_the_chat_in_a_panel(page: "Page", sites: Sites) -> None:
    """A reader opens the panel with the keyboard, asks, reads the answer, closes it with Escape, and finds it again."""
    complaints = complaints_of(page)
    page.goto(f"{sites.listed}/button")
    button = page.get_by_role("button", name="Ask the helpdesk")
    assert page.locator("iframe").count() == 0
    button.focus()
    page.keyboard.press("Enter")
    chat = page.frame_locator("iframe")
    chat.get_by_label("Your question").fill(QUESTION)
    chat.get_by_role("button", name="Ask", exact=True).click()
    chat.locator("article.answer[data-status=answered]").wait_for()
    assert page.get_by_text("Good morning!").is_visible()
    assert chat.locator("header").count() == 0
    shoot(page, "button")
    chat.get_by_label("Your question").press("Escape")
    page.get_by_role("dialog").wait_for(state="hidden")
    assert button.get_attribute("aria-expanded") == "false"
    button.click()
    assert chat.locator("article.answer[data-status=answered]").count() == 1
    page.get_by_role("button", name="Close").click()
    assert page.get_by_role("dialog").is_hidden()
    assert complaints == []


def test_the_script_leaves_nothing_in_the_page(page: "Page", sites: Sites) -> None:
    """The page's own names are as before, and its styles neither reach the panel nor are reached by it."""
    page.goto(f"{sites.listed}/nothing")
    before = set(page.evaluate("Object.getOwnPropertyNames(window)"))
    page.goto(f"{sites.listed}/button")
    page.get_by_role("button", name="Ask the helpdesk").wait_for()
    assert set(page.evaluate("Object.getOwnPropertyNames(window)")) - before == set()
    assert page.evaluate("document.querySelectorAll('style, link').length") == 0


def test_the_chat_stands_in_the_page(page: "Page", sites: Sites) -> None:
    """In place, the chat is where the script stands, and asks only about the jurisdiction that was chosen."""
    page.goto(f"{sites.listed}/inline")
    chat = page.frame_locator("iframe")
    chat.get_by_text("Asks only sources of or about: Republic of Korea").wait_for()
    with page.expect_request("**/api/v1/answers") as asked:
        chat.get_by_label("Your question").fill(QUESTION)
        chat.get_by_role("button", name="Ask", exact=True).click()
    assert asked.value.post_data_json["jurisdictions"] == ["KR"]
    chat.locator("article.answer[data-status=answered]").wait_for()
    shoot(page, "inline")
    top = page.locator("parliamentary-helpdesk").bounding_box()
    end = page.get_by_text("The end of the page.").bounding_box()
    assert top is not None
    assert end is not None
    assert top["y"] < end["y"]


def test_a_page_of_another_language_reads_its_own(page: "Page", sites: Sites) -> None:
    """Button and panel speak the language that was chosen, on the side that was chosen, from right to left."""
    page.goto(f"{sites.listed}/left")
    page.get_by_role("button", name="اطرح سؤالاً").click()
    panel = page.get_by_role("dialog")
    box = panel.bounding_box()
    assert box is not None
    assert box["x"] < 100
    assert panel.evaluate("panel => getComputedStyle(panel).direction") == "rtl"
    shoot(page, "left")


def test_a_plain_frame_needs_no_script(page: "Page", sites: Sites) -> None:
    """Where scripts are forbidden a frame is enough; its links open beside the site."""
    complaints = complaints_of(page)
    page.goto(f"{sites.listed}/frame")
    chat = page.frame_locator("#plain")
    chat.get_by_label("Your question").fill(QUESTION)
    chat.get_by_role("button", name="Ask", exact=True).click()
    chat.locator("article.answer[data-status=answered]").wait_for()
    shoot(page, "frame")
    with page.context.expect_page() as opened:
        chat.get_by_role("link", name="Document").first.click()
    assert opened.value.url.startswith(f"{sites.helpdesk.url}/documents/")
    assert complaints == []


def test_a_phone_shows_the_panel_over_the_whole_page(browser: "Browser", sites: Sites) -> None:
    """On a narrow screen the panel takes all of it, and nothing is cut off."""
    context = browser.new_context(viewport={"width": 360, "height": 640})
    page = context.new_page()
    page.goto(f"{sites.listed}/button")
    page.get_by_role("button", name="Ask the helpdesk").click()
    page.frame_locator("iframe").get_by_label("Your question").wait_for()
    assert page.get_by_role("button", name="Ask the helpdesk").is_hidden()
    assert page.get_by_role("dialog").bounding_box() == {"x": 0, "y": 0, "width": 360, "height": 640}
    shoot(page, "phone")
    context.close()


def test_a_strict_site_can_embed(page: "Page", sites: Sites) -> None:
    """A site whose own policy allows scripts, frames and calls of the helpdesk alone shows it all the same."""
    complaints = complaints_of(page)
    page.goto(f"{sites.strict}/button")
    button = page.get_by_role("button", name="Ask the helpdesk")
    assert button.evaluate("button => getComputedStyle(button).position") == "fixed"
    button.click()
    page.frame_locator("iframe").get_by_label("Your question").wait_for()
    assert complaints == []


# A site that is not listed


def test_another_site_gets_an_empty_frame(page: "Page", sites: Sites) -> None:
    """The frame of a site that is not listed stays empty, because the browser keeps to our policy."""
    complaints = complaints_of(page)
    page.goto(f"{sites.other}/frame")
    page.wait_for_timeout(1000)
    shoot(page, "refused-frame")
    assert any("frame-ancestors" in complaint for complaint in complaints)
    frame = page.locator("#plain").element_handle().content_frame()
    assert frame is not None
    assert not frame.url.startswith(sites.helpdesk.url)
    assert frame.locator("textarea").count() == 0


@pytest.mark.parametrize("way", ["button", "inline"])
def test_the_script_tells_a_site_that_is_not_listed(page: "Page", sites: Sites, way: str) -> None:
    """The script frames nothing there, says why, and leads to the helpdesk itself."""
    page.goto(f"{sites.other}/{way}")
    if way == "button":
        page.get_by_role("button", name="Ask the helpdesk").click()
    page.get_by_text("The helpdesk cannot be shown on this page: the site is not on its list").wait_for()
    assert page.locator("iframe").count() == 0
    assert page.get_by_role("link", name="Open it in a new tab").get_attribute("href") == f"{sites.helpdesk.url}/"
    shoot(page, f"refused-{way}")


def test_another_site_cannot_ask(page: "Page", sites: Sites) -> None:
    """A script of a site that is not listed can neither ask the API nor read from it; one of a listed site can."""
    ask = """home => fetch(`${home}/api/v1/answers`, {method: "POST", headers: {"Content-Type": "application/json"},
        body: JSON.stringify({question: "What is a deepfake?"})}).then(reply => reply.status, () => "refused")"""
    page.goto(f"{sites.other}/nothing")
    assert page.evaluate(ask, sites.helpdesk.url) == "refused"
    page.goto(f"{sites.listed}/nothing")
    assert page.evaluate(ask, sites.helpdesk.url) == 200


def test_another_site_cannot_send_a_form(page: "Page", sites: Sites) -> None:
    """A form elsewhere that posts to us lands on a page that says no."""
    page.goto(f"{sites.other}/nothing")
    with page.expect_navigation():
        page.evaluate(
            """home => { const form = document.createElement("form"); form.method = "post"; form.action = home + "/";
            document.body.append(form); form.submit(); }""",
            sites.helpdesk.url,
        )
    assert page.get_by_text("This came from a page of another site").is_visible()


# The page for IT


def test_the_page_for_it_shows_a_live_preview(page: "Page", sites: Sites) -> None:
    """What is chosen is seen at once: in the framed chat and in the button; the page keeps its own policy."""
    complaints = complaints_of(page)
    page.goto(f"{sites.helpdesk.url}/embed")
    page.get_by_label("Colour, as #rrggbb").fill("#7a1f5c")
    page.get_by_label("Side of the button").select_option("left")
    page.get_by_label("Only sources of or about").select_option("KR")
    page.get_by_role("button", name="Show").click()
    page.wait_for_url("**/embed?*")
    assert 'data-position="left"' in page.locator("code").first.inner_text()
    chat = page.frame_locator("iframe.preview")
    chat.get_by_text("Asks only sources of or about: Republic of Korea").wait_for()
    button = chat.get_by_role("button", name="Ask", exact=True)
    assert button.evaluate("button => getComputedStyle(button).backgroundColor") == "rgb(122, 31, 92)"
    page.get_by_role("button", name="Ask the helpdesk").click()
    page.get_by_role("dialog").locator("iframe").wait_for()
    page.get_by_label("Origin of your site").fill(sites.other)
    shoot(page, "for-it")
    page.get_by_role("button", name="Check").click()
    page.get_by_text(f"{sites.other} may not embed the chat.").wait_for()
    assert complaints == []
