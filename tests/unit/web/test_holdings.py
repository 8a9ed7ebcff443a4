"""Documents filtered and counted."""

from dataclasses import replace

import pytest
from werkzeug.exceptions import BadRequest

from chatbot.model import AnnexEntry, Coverage, Document, DocumentKind, Element, LegalState, LegalStatus
from chatbot.web import holdings
from tests.unit.web.test_schemas import DOCUMENT

ACT = replace(DOCUMENT, kind=DocumentKind.ACT, comparison=((Element.REGULATOR, "none (s 4)"),))
BILL = replace(
    ACT,
    id="kr-bill",
    jurisdiction="KR",
    kind=DocumentKind.BILL,
    year=2025,
    status=LegalStatus(LegalState.BILL, "", "2025-01"),
    annex=(AnnexEntry("C"), AnnexEntry("B")),
    coverage=Coverage.DIGEST,
)
OLDER = replace(BILL, id="kr-older", year=2020)
HELD = (OLDER, ACT, BILL)


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({}, [ACT, BILL, OLDER]),
        ({"jurisdiction": "", "unknown": "x"}, [ACT, BILL, OLDER]),
        ({"jurisdiction": " KR "}, [BILL, OLDER]),
        ({"kind": "act"}, [ACT]),
        ({"state": "bill", "coverage": "digest"}, [BILL, OLDER]),
        ({"annex": "B"}, [ACT, BILL, OLDER]),
        ({"annex": "C", "kind": "act"}, []),
    ],
)
def test_documents_pass_all_filters_in_the_order_of_a_page(wanted: dict[str, str], found: list[Document]) -> None:
    """What passes every filter stands by jurisdiction, the newest first; an empty filter lets all pass."""
    assert holdings.chosen(HELD, wanted) == found


@pytest.mark.parametrize("name", [one.name for one in holdings.FILTERS])
def test_a_value_of_no_document_is_refused_with_those_there_are(name: str) -> None:
    """The sentence names the value and every known one, and is short for a long value."""
    with pytest.raises(BadRequest) as told:
        holdings.chosen(HELD, {name: "x" * 500})
    said = str(told.value.description)
    assert all(value in said for value in holdings.choices(HELD)[name])
    assert len(said) < 300


def test_choices_are_those_that_some_document_has() -> None:
    """A filter offers no value that would leave nothing by itself; parts stand in the order of the brief."""
    assert holdings.choices(HELD) == {
        "jurisdiction": ["NO", "KR"],
        "kind": ["act", "bill"],
        "state": ["bill", "in force"],
        "coverage": ["digest", "listed"],
        "annex": ["B", "C"],
    }


def test_counts_are_of_documents() -> None:
    """A document counts once for each element it states and once in each part of the brief."""
    twice = replace(ACT, annex=(AnnexEntry("B", ("x",)), AnnexEntry("B", ("y",))))
    assert holdings.held([twice, BILL])["B", Coverage.LISTED] == 1
    assert holdings.held([twice, BILL])["C", Coverage.DIGEST] == 1
    assert holdings.stating(HELD) == {("NO", Element.REGULATOR): 1, ("KR", Element.REGULATOR): 2}
    assert holdings.jurisdictions_of(HELD, "C") == ["KR"]


def test_every_coverage_has_words() -> None:
    """What is held of a document can always be said, and the short words are the opening of the long ones."""
    assert set(holdings.COVERED) == set(Coverage)
    assert [holdings.coverage_words(c) for c in Coverage] == ["Official text", "Digest", "Title only"]
