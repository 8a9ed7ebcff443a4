"""Signing in by OpenID Connect in a real Chromium: on our own page, and in a frame of another site."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from chatbot.settings import Settings
from tests.journeys.conftest import SLOW_MILLISECONDS
from tests.provider import provided
from tests.service import Service, free_port, served
from tests.sites import site

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]
QUESTION = "Is watching a sexual deepfake a crime in the Republic of Korea?"


@dataclass(frozen=True)
class Places:
    """A helpdesk that asks for sign-in, and a site that embeds it."""

    helpdesk: Service
    site: str


@pytest.fixture(scope="module")
def places(real_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Places]:
    """The helpdesk on 127.0.0.1; the site and the provider on localhost, which is another site to a browser."""
    pages: dict[str, str] = {}
    home = f"http://127.0.0.1:{free_port()}"
    with site(pages) as embedding, provided("localhost") as issuer:
        pages["/button"] = f'<script src="{home}/embed.js" async></script>'
        variables = {
            "CHATBOT_ACCESS": "oidc",
            "CHATBOT_OIDC_ISSUER": issuer,
            "CHATBOT_OIDC_CLIENT_ID": "helpdesk",
            "CHATBOT_OIDC_CLIENT_SECRET": "between us",
            "CHATBOT_PUBLIC_URL": home,
            "CHATBOT_EMBED_ORIGINS": embedding,
            "PORT": home.rpartition(":")[2],
        }
        with served(tmp_path_factory.mktemp("signing-in"), real_settings.index_dir, **variables) as helpdesk:
            helpdesk.until_ready()
            yield Places(helpdesk, embedding)


@pytest.fixture
def page(browser: "Browser") -> Iterator["Page"]:
    """A page of a browser in which nobody has signed in."""
    context = browser.new_context(viewport={"width": 1100, "height": 850})
    page = context.new_page()
    page.set_default_timeout(SLOW_MILLISECONDS)
    yield page
    context.close()


def shoot(page: "Page", name: str) -> None:
    """Keep a picture where EMBED_SCREENSHOTS says."""
    if folder := os.environ.get("EMBED_SCREENSHOTS"):
        page.screenshot(path=str(Path(folder) / f"{name}.png"))


def sign_in(page: "Page") -> None:
    """Name a person on the provider's page."""
    page.get_by_placeholder("sub").fill("ben")
    page.get_by_role("button", name="Authorize").click()


def test_a_reader_signs_in_asks_and_signs_out(page: "Page", places: Places) -> None:
    """A reader is led to the provider and back to the page they wanted, asks, and signs out again."""
    home = places.helpdesk.url
    page.goto(f"{home}/documents?jurisdiction=KR")
    sign_in(page)
    page.wait_for_url(f"{home}/documents?jurisdiction=KR")
    page.get_by_role("link", name="Ask", exact=True).click()
    page.get_by_label("Your question").fill(QUESTION)
    page.get_by_role("button", name="Ask", exact=True).click()
    page.locator("article.answer[data-status=answered]").wait_for()
    page.evaluate("scrollTo(0, 0)")
    shoot(page, "signed-in")
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("heading", name="You are signed out of the helpdesk").wait_for()
    shoot(page, "signed-out")
    page.goto(home)
    page.get_by_placeholder("sub").wait_for()


def test_a_reader_signs_in_from_a_frame(page: "Page", places: Places) -> None:
    """In another site's frame there are no cookies: a window signs the reader in, and the frame asks with its token."""
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"{places.site}/button")
    page.get_by_role("button", name="Ask the helpdesk").click()
    chat = page.frame_locator("iframe")
    chat.get_by_text("Sign in to ask the helpdesk.").wait_for()
    assert chat.get_by_label("Your question").is_hidden()
    shoot(page, "frame-signed-out")
    with page.expect_popup() as opened:
        chat.get_by_role("button", name="Sign in").click()
    sign_in(opened.value)
    chat.get_by_label("Your question").fill(QUESTION)
    with page.expect_request("**/api/v1/answers") as asked:
        chat.get_by_role("button", name="Ask", exact=True).click()
    chat.locator("article.answer[data-status=answered]").wait_for()
    assert asked.value.header_value("Cookie") is None
    assert str(asked.value.header_value("Authorization")).startswith("Bearer frame.")
    assert opened.value.is_closed()
    chat.locator("article.answer a.mark").first.click()
    chat.locator("dialog .source-section").wait_for()
    shoot(page, "frame-signed-in")
    assert complaints == []


def test_an_end_of_the_sign_in_is_told_in_the_frame(page: "Page", places: Places) -> None:
    """When the token no longer opens anything, the frame asks to sign in again and keeps what was written."""
    page.goto(f"{places.site}/button")
    page.get_by_role("button", name="Ask the helpdesk").click()
    chat = page.frame_locator("iframe")
    with page.expect_popup() as opened:
        chat.get_by_role("button", name="Sign in").click()
    sign_in(opened.value)
    page.route(
        "**/api/v1/answers",
        lambda route: route.continue_(headers={**route.request.headers, "authorization": "Bearer frame.ended"}),
    )
    chat.get_by_label("Your question").fill(QUESTION)
    chat.get_by_role("button", name="Ask", exact=True).click()
    chat.get_by_text("Your sign-in has ended. Sign in again; what you wrote is kept.").wait_for()
    assert chat.get_by_label("Your question").input_value() == QUESTION


def test_a_page_of_another_origin_gets_no_token(page: "Page", places: Places) -> None:
    """A site that opens the sign-in window itself, even a listed one, hears nothing from it."""
    page.goto(f"{places.site}/nothing")
    page.evaluate("heard = []; addEventListener('message', (event) => heard.push(event.data))")
    with page.expect_popup() as opened:
        page.evaluate("home => void window.open(home + '/sign-in/window', 'any')", places.helpdesk.url)
    sign_in(opened.value)
    page.wait_for_timeout(1500)
    assert page.evaluate("heard") == []
