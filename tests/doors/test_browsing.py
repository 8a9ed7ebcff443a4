"""The pages and the API of what is held: comparison, documents, coverage."""

import csv
import io
import re
from html import unescape
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from chatbot.model import Element
from chatbot.retrieval.snapshot import Snapshot
from chatbot.web.app import create_app
from tests.doors.conftest import SmallServices, settings_over
from tests.doors.test_page import HOSTILE_CARD, LAMP

PAGES = (
    "/compare",
    "/compare?jurisdiction=NO",
    "/compare.csv",
    "/documents",
    "/coverage",
    "/documents/no-library-act-2022",
)


def rows_of(client: FlaskClient, address: str) -> list[dict[str, str]]:
    """The rows of a comparison as a reader of CSV sees them."""
    response = client.get(address)
    assert (response.status_code, response.content_type) == (200, "text/csv; charset=utf-8")
    return list(csv.DictReader(io.StringIO(response.data.decode("utf-8-sig"))))


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_there(client: FlaskClient, path: str) -> None:
    """Each page answers, and tells the browser to take scripts and styles from this service alone."""
    response = client.get(path)
    assert response.status_code == 200
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]


@pytest.mark.parametrize("path", PAGES)
def test_without_a_snapshot_a_page_says_so(client_without_snapshot: FlaskClient, path: str) -> None:
    """Before anything was built each page is kindly not available."""
    response = client_without_snapshot.get(path)
    assert response.status_code == 503
    assert "try again" in response.text


@pytest.mark.parametrize("prefix", ["/compare", "/compare.csv", "/api/v1/compare"])
@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("jurisdiction=XX", "XX"),
        ("jurisdiction=NO&jurisdiction=%3Cscript%3E", "SCRIPT"),
        ("jurisdiction=NO&element=covers_lending", "covers_lending"),
    ],
)
def test_what_cannot_be_compared_is_named(client: FlaskClient, prefix: str, query: str, said: str) -> None:
    """An unknown jurisdiction or element is refused with what is known, and never as markup."""
    response = client.get(f"{prefix}?{query}")
    assert response.status_code == 400
    assert said in response.text or "covers_creation" in response.text
    assert response.is_json or "<script>" not in response.text.casefold()


def test_the_api_compares(client: FlaskClient) -> None:
    """The table has a row an element and a list a jurisdiction; each line names a citation that quotes it."""
    body = client.get("/api/v1/compare?jurisdiction=no&element=covers_sharing&element=regulator").get_json()
    [sharing, regulator] = body["table"]["rows"]
    assert body["table"]["columns"] == [{"jurisdiction": "NO", "name": "Norway"}]
    [[line]] = sharing["cells"]
    [citation] = [c for c in body["citations"] if c["number"] == line["citation"]]
    assert (line["text"], line["is_law"]) == ("yes: lending to other readers (s 4)", True)
    assert any(line["text"] in quote for quote in citation["quotes"])
    assert regulator["cells"] == [[]]


def test_an_empty_cell_is_never_a_no(client: FlaskClient) -> None:
    """Silence reads "not stated in the sources held" on the page and in the file."""
    page = client.get("/compare?jurisdiction=NO&element=regulator").text
    [row] = rows_of(client, "/compare.csv?jurisdiction=NO&element=regulator")
    assert "not stated in the sources held" in page
    assert (row["text"], row["document"]) == ("not stated in the sources held", "")


def test_a_file_has_a_row_an_element_and_document(client: FlaskClient) -> None:
    """The file says who says what, how it stands, and where its text is."""
    [row] = rows_of(client, "/compare.csv?jurisdiction=NO&element=covers_sharing")
    assert row == {
        "element": "Sharing",
        "jurisdiction code": "NO",
        "jurisdiction": "Norway",
        "document": "Norwegian Library Act",
        "state": "in force",
        "as of": "2025-05-01",
        "text": "yes: lending to other readers (s 4)",
        "official URL": "https://example.org/library-act",
    }


@pytest.mark.parametrize("begins", ["=", "+", "-", "@"])
def test_a_file_holds_no_formula(tmp_path: Path, corpus_dir: Path, begins: str) -> None:
    """What a spreadsheet program would compute is text for it."""
    card = corpus_dir / "laws" / "no-library-act-2022.md"
    text = card.read_text(encoding="utf-8").replace("confidence:", "  regulator: \"{}cmd('calc') (s 4)\"\nconfidence:")
    card.write_text(text.replace("{}", begins), encoding="utf-8")
    services = SmallServices(settings_over(tmp_path, CHATBOT_CORPUS_DIR=corpus_dir))
    assert services.refresher().refresh().problems == ()
    [row] = rows_of(create_app(services).test_client(), "/compare.csv?jurisdiction=NO&element=regulator")
    assert row["text"] == f"'{begins}cmd('calc') (s 4)"


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("jurisdiction=NO", ["Norwegian Library Act"]),
        ("kind=act&state=in+force", ["Norwegian Library Act"]),
        ("kind=act&jurisdiction=CL", []),
    ],
)
def test_documents_pass_every_filter(client: FlaskClient, query: str, titles: list[str]) -> None:
    """Filters combine, and the page says how many of how many are left."""
    page = client.get(f"/documents?{query}").text
    assert f"{len(titles)} of 3 documents" in " ".join(re.sub(r"<[^>]+>", "", page).split())
    assert all(title in page for title in titles)


@pytest.mark.parametrize("name", ["jurisdiction", "kind", "state", "coverage", "annex"])
def test_an_unknown_filter_is_named(client: FlaskClient, name: str) -> None:
    """A value that no document has is refused with those there are."""
    response = client.get(f"/documents?{name}=nothing")
    assert response.status_code == 400
    assert "nothing" in response.text


def test_an_unknown_document_is_not_found(client: FlaskClient) -> None:
    """A document that is not held is told in one sentence."""
    response = client.get("/documents/no-such-act")
    assert response.status_code == 404
    assert "no-such-act" in response.text


def test_every_section_of_a_document_has_its_anchor(client: FlaskClient, snapshot: Snapshot) -> None:
    """Each section is on the page of its document once, under an anchor of its own."""
    for document in snapshot.documents.values():
        page = client.get(f"/documents/{document.id}").text
        anchors = re.findall(r'<(?:section|h\d|article)[^>]* id="((?:official|digest)[^"]+)"', page)
        sections = list(snapshot.sections_of(document.id))
        assert len(anchors) == len(set(anchors))
        assert len(anchors) >= len(sections)


def test_a_citation_leads_to_its_section(client: FlaskClient) -> None:
    """The link beside a source leads to an anchor that is there."""
    page = client.post("/", data={"question": "Within how many days must a broken lamp be repaired in Norway?"}).text
    links = re.findall(r'href="(/documents/[^"#]+)#([^"]+)"', page)
    assert links
    for address, anchor in links:
        assert f'id="{anchor}"' in client.get(address).text


def test_coverage_counts_what_states_something(client: FlaskClient) -> None:
    """The coverage page names the jurisdictions that are compared and marks silence with a dash."""
    page = client.get("/coverage").text
    assert "Norway" in page
    assert "–" in page


def test_nothing_chosen_is_a_page_to_choose_on(client: FlaskClient) -> None:
    """Without a choice the page offers all that can be chosen and shows no table; empty values are no choice."""
    for address in ("/compare", "/compare?jurisdiction=&element="):
        page = client.get(address).text
        assert 'name="jurisdiction" value="NO"' in page
        assert page.count('name="element"') == len(Element)
        assert "<table" not in page


def test_what_is_chosen_stays_ticked_and_goes_into_the_file(client: FlaskClient) -> None:
    """The form shows the choice again, and the link to the file has the same parameters."""
    page = client.get("/compare?jurisdiction=no&element=regulator&element=covers_sharing").text
    assert re.findall(r'value="(\w+)" checked', page) == ["NO", "covers_sharing", "regulator"]
    assert 'href="/compare.csv?jurisdiction=no&amp;element=regulator&amp;element=covers_sharing"' in page


def test_every_mark_of_a_table_leads_to_its_words(client: FlaskClient) -> None:
    """Following the mark of a cell shows the record with the cell's words marked."""
    page = client.get("/compare?jurisdiction=NO").text
    cells = re.findall(r'<span class="words">(.*?)</span> <a class="mark" href="(.*?)"', page)
    assert cells
    for words, link in cells:
        quoted = re.findall(r"<mark.*?>(.*?)</mark>", client.get(unescape(link)).text)
        assert any(words in quote for quote in quoted)


def test_what_is_not_law_carries_its_state(tmp_path: Path, corpus_dir: Path) -> None:
    """A line from a bill has a visible badge in the table and on the page of the bill; a line from law has none."""
    card = corpus_dir / "laws" / "cl-dry-archive-bill-2025.md"
    text = card.read_text(encoding="utf-8").replace(
        "confidence:", 'comparison:\n  regulator: "a keeper (cl 7)"\nconfidence:'
    )
    card.write_text(text, encoding="utf-8")
    services = SmallServices(settings_over(tmp_path, CHATBOT_CORPUS_DIR=corpus_dir))
    assert services.refresher().refresh().problems == ()
    client = create_app(services).test_client()
    page = client.get("/compare?jurisdiction=CL&jurisdiction=NO").text
    assert '<span class="badge">bill</span> <span class="words">a keeper (cl 7)</span>' in page
    assert page.count('class="badge') == 1
    assert "This is not law in force: bill." in client.get("/documents/cl-dry-archive-bill-2025").text


def test_an_old_status_is_loud(client: FlaskClient) -> None:
    """A status that was last checked more than a year ago says so in chat, list and document."""
    loud = '<span class="checked old">Not checked since 1 May 2025, more than '
    asked = client.post("/", data={"question": LAMP})
    for page in (asked.text, client.get("/documents").text, client.get("/documents/no-library-act-2022").text):
        assert loud in page


def test_an_address_nobody_opened_says_so(client: FlaskClient) -> None:
    """Only the official address that is not verified is followed by "not checked"."""
    page = client.get("/documents/no-library-act-2022").text
    assert re.findall(r'<a href="(https://[^"]+)"[^>]*>[^<]*</a> \(not checked\)', page) == [
        "https://example.org/library-act/en"
    ]


@pytest.mark.parametrize(
    ("path", "current"),
    [("/", "Ask"), ("/documents", "Documents"), ("/compare", "Compare"), ("/coverage", "Coverage")],
)
def test_the_navigation_says_where_one_is(client: FlaskClient, path: str, current: str) -> None:
    """Each page marks its own place in the navigation and no other."""
    page = client.get(path).text
    assert re.findall(r'aria-current="page">(\w+)<', page) == [current]
    inside = client.get("/documents/no-library-act-2022").text
    assert re.findall(r'aria-current="(\w+)">(\w+)<', inside) == [("true", "Documents")]


def test_every_link_between_the_pages_leads_somewhere(client: FlaskClient) -> None:
    """No page of the sources has a link of ours that is broken, and none has inline script or style."""
    seen, waiting = set(), ["/", "/compare?jurisdiction=NO", "/documents", "/coverage"]
    while waiting:
        path = waiting.pop()
        if path in seen:
            continue
        seen.add(path)
        response = client.get(path, buffered=True)
        assert response.status_code == 200, path
        if response.mimetype == "text/html":
            inline = r"<style|<[^>]*\s(?:style|on\w+)=|javascript:|<script(?![^>]*\ssrc=)"
            assert re.findall(inline, response.text) == []
            waiting += [unescape(link) for link in re.findall(r'href="(/[^"#]*)', response.text)]
    assert len(seen) > 20


def test_hostile_text_in_a_card_stays_text(tmp_path: Path, corpus_dir: Path) -> None:
    """Markup in a card stays text on every page that shows what is held."""
    (corpus_dir / "hostile-act-2024.md").write_text(HOSTILE_CARD, encoding="utf-8")
    services = SmallServices(settings_over(tmp_path, CHATBOT_CORPUS_DIR=corpus_dir))
    services.refresher().refresh()
    client = create_app(services).test_client()
    for path in ("/documents", "/documents/hostile-act-2024", "/compare?jurisdiction=NO", "/coverage"):
        page = client.get(path).text
        assert "<script>" not in page
        assert "<img" not in page
