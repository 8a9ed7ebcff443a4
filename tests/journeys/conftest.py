"""A real Chromium and the real service, for the journeys."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from chatbot.settings import Settings
from tests.service import Service, served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SLOW_MILLISECONDS = 20_000


@pytest.fixture(scope="session")
def service(real_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """The real service over the whole corpus."""
    with served(tmp_path_factory.mktemp("service"), real_settings.index_dir) as running:
        yield running.until_ready()


@pytest.fixture(scope="session")
def browser() -> Iterator["Browser"]:
    """The machine's Chromium."""
    program = next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        sentence = "The journeys need a Chromium, and none was found; get one with: apt install chromium"
        if os.environ.get("REQUIRE_BROWSER") == "1":
            pytest.fail(sentence)
        pytest.skip(sentence)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield started
        started.close()


class Visit:
    """A page of the service, with what it asked for and what it complained of."""

    def __init__(self, context: "BrowserContext", url: str, *, scripted: bool) -> None:
        self.url, self.scripted = url, scripted
        self.page: Page = context.new_page()
        self.page.set_default_timeout(SLOW_MILLISECONDS)
        self.requests: list[str] = []
        self.errors: list[str] = []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on(
            "console", lambda message: message.type in ("error", "warning") and self.errors.append(message.text)
        )
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.goto(url)

    def ask(self, question: str) -> None:
        """Write a question, send it, and wait for its answer."""
        before = self.page.locator("article.answer[data-status]").count()
        self.page.get_by_label("Your question").fill(question)
        self.page.get_by_role("button", name="Ask", exact=True).click()
        self.until_answered(before + 1)

    def post(self, question: str) -> None:
        """Write a question and send the form as a browser without JavaScript does."""
        self.page.get_by_label("Your question").fill(question)
        self.page.get_by_role("button", name="Ask", exact=True).click()
        self.page.wait_for_selector("article.answer[data-status]")

    def focused(self) -> str:
        """The words of what has the focus."""
        return str(self.page.evaluate("document.activeElement.innerText || ''"))

    def focused_id(self) -> str:
        """The id of what has the focus."""
        return str(self.page.evaluate("document.activeElement.id"))

    def until_answered(self, count: int = 1) -> None:
        """Wait until so many answers are complete."""
        self.page.wait_for_function(
            "count => document.querySelectorAll('article.answer[data-status]').length >= count", arg=count
        )

    def until_quiet(self) -> None:
        """Wait until no answer is coming any more."""
        self.page.wait_for_selector("[aria-busy]", state="detached")

    @property
    def sentences(self) -> list[str]:
        """The sentences of the last answer."""
        return self.page.locator("article.answer").last.locator(".sentence .words").all_inner_texts()


@pytest.fixture
def visit(request: pytest.FixtureRequest, browser: "Browser", service: Service) -> Iterator[Visit]:
    """The chat page; a parameter gives options of the browser. Afterwards: no foreign request, no complaint."""
    options = getattr(request, "param", {})
    context = browser.new_context(**options)
    visit = Visit(context, service.url, scripted=options.get("java_script_enabled", True))
    yield visit
    context.close()
    assert [url for url in visit.requests if not url.startswith(service.url + "/")] == []
    assert visit.errors == []


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """Where pictures of the page go unless CHAT_SCREENSHOT says so."""
    return Path(os.environ.get("CHAT_SCREENSHOT") or tmp_path / "chat.png")
