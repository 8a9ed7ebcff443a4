"""A reader browses the sources: compares laws, opens a spreadsheet of them, reaches a document from a citation."""

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.journeys.conftest import Visit
from tests.service import Service

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.slow]

COMPARED = "/compare?jurisdiction=KR&jurisdiction=AU&jurisdiction=GB"
PAGES = {
    "accessibility": "/accessibility",
    "chat": "/",
    "frame": "/frame?colour=%23ffee00&jurisdiction=KR",
    "embed": "/embed?colour=%23ffee00&origin=https://intranet.example.org",
    "compare": COMPARED,
    "choice": "/compare",
    "documents": "/documents?jurisdiction=GB",
    "bill": "/documents/ke-artificial-intelligence-bill-2026",
    "brief": "/documents/ipu-ncii-brief-2026",
    "coverage": "/coverage",
}
PLAIN = {"java_script_enabled": False}
NARROW = {"viewport": {"width": 360, "height": 740}}
DARK = {"color_scheme": "dark"}
SERIOUS = ("serious", "critical")


def serious(visit: Visit) -> list[str]:
    """What axe finds on the page that is serious."""
    found = Axe().run(visit.page).response["violations"]
    return [f"{v['id']}: {v['nodes'][0]['html'][:200]}" for v in found if v["impact"] in SERIOUS]


@pytest.mark.parametrize("visit", [{}, DARK, NARROW], indirect=True, ids=["light", "dark", "narrow"])
@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_nothing_serious_stands_in_the_way_of_a_reader(visit: Visit, path: str) -> None:
    """Axe finds nothing serious on any page, in light, in dark, and on a narrow screen."""
    visit.page.goto(visit.url + path)
    assert serious(visit) == []


@pytest.mark.parametrize("visit", [{}, NARROW], indirect=True, ids=["wide", "narrow"])
def test_an_answer_with_a_table_is_accessible(visit: Visit) -> None:
    """A comparison in the chat is a table that axe finds nothing serious in, and the page does not scroll sideways."""
    visit.ask("Compare Korea, Australia and the United Kingdom on possession and the takedown deadline")
    table = visit.page.locator("article.answer table").last
    assert table.locator("thead th").all_inner_texts()[1:] != []
    assert [row.split("\n")[0] for row in table.locator("tbody th").all_inner_texts()] == [
        "Possession or viewing",
        "Takedown deadline",
    ]
    assert serious(visit) == []
    assert visit.page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


@pytest.mark.parametrize("visit", [{}, PLAIN], indirect=True, ids=["scripted", "plain"])
def test_laws_are_chosen_compared_and_downloaded(visit: Visit, tmp_path: Path) -> None:
    """Three jurisdictions are ticked and compared; the address can be shared; the file opens in a reader."""
    visit.page.goto(visit.url + "/compare")
    for name in ("Republic of Korea", "Australia", "Mexico"):
        visit.page.get_by_label(name, exact=True).check()
    visit.page.get_by_role("button", name="Compare").click()
    visit.page.wait_for_url("**/compare?*jurisdiction=KR*")
    heads = visit.page.locator("thead th").all_inner_texts()
    assert sorted(head.split("\n")[0] for head in heads[1:]) == ["Australia", "Mexico", "Republic of Korea"]
    assert "not stated in the sources held" in visit.page.locator("table").inner_text()
    with visit.page.expect_download() as download:
        visit.page.get_by_role("link", name="Download as CSV").click()
    download.value.save_as(tmp_path / "comparison.csv")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "comparison.csv").read_text(encoding="utf-8-sig"))))
    assert {row["jurisdiction"] for row in rows} == {"Australia", "Mexico", "Republic of Korea"}
    assert all(row["text"] for row in rows)


def test_a_document_is_reached_from_a_citation(visit: Visit) -> None:
    """The link to the document beside a source leads to the section that is quoted."""
    visit.ask("What is the maximum penalty for making a sexual deepfake in Korea?")
    link = visit.page.locator(".sources a", has_text="Document").first
    target = link.get_attribute("href")
    assert target is not None
    visit.page.goto(visit.url + target)
    anchor = target.split("#", 1)[1]
    assert visit.page.locator(f'[id="{anchor}"]').count() == 1


def test_documents_are_filtered(visit: Visit) -> None:
    """A reader who asks for bills sees bills alone, and how many of how many they are."""
    visit.page.goto(visit.url + "/documents")
    visit.page.get_by_label("Kind").select_option("bill")
    visit.page.get_by_role("button", name="Show").click()
    visit.page.wait_for_url("**kind=bill*")
    assert "5 of 81 documents" in visit.page.locator("main").inner_text()


def cells_of(visit: Visit) -> list[list[str]]:
    """The words of the last table of the conversation, row by row."""
    rows = visit.page.locator("article.answer").last.locator("tr").all()
    return [[" ".join(text.split()) for text in row.locator("th, td").all_inner_texts()] for row in rows]


def test_the_table_is_the_same_without_javascript(visit: Visit, browser: "Browser", service: Service) -> None:
    """The chat draws the same table in place as the page that comes without JavaScript, with the same links."""
    asked = "Compare Korea, Kenya and Germany on synthetic images and the takedown deadline"
    visit.ask(asked)
    context = browser.new_context(**PLAIN)
    plain = Visit(context, service.url, scripted=False)
    plain.post(asked)
    assert cells_of(visit) == cells_of(plain)
    links = [
        [a.get_attribute("href") for a in one.page.locator("article.answer table a, article.answer a.document").all()]
        for one in (visit, plain)
    ]
    assert links[0] == links[1] != []
    badges = visit.page.locator("article.answer table .badge").all_inner_texts()
    assert "bill" in badges
    assert "not stated in the sources held" in [words for row in cells_of(visit) for words in row]
    context.close()


@pytest.mark.parametrize("visit", [{"viewport": {"width": 390, "height": 844}}], indirect=True)
@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_no_page_scrolls_sideways_on_a_telephone(visit: Visit, path: str) -> None:
    """Only tables scroll sideways, inside their own frame."""
    visit.page.goto(visit.url + path)
    assert visit.page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
