"""What the pages say by themselves; how they look and behave is in tests/doors/test_page.py."""

import pytest
from flask import Flask

from chatbot.answering.limits import MAX_CHARACTERS
from chatbot.errors import BusyError, SnapshotError
from chatbot.model import Citation, Document
from chatbot.retrieval.snapshot import Snapshot
from chatbot.web.pages import SUGGESTIONS, quote_link
from chatbot.web.problems import problem_of

LAMPS = "no-library-act-2022:digest:s-12:0"


def citation(snapshot: Snapshot, *spans: tuple[int, int]) -> Citation:
    """A citation of the passage on lamps."""
    document: Document = snapshot.documents["no-library-act-2022"]
    return Citation(1, snapshot.passage(LAMPS), document, spans)


@pytest.mark.parametrize(
    ("spans", "link"),
    [
        ((), f"/passages/{LAMPS}?#cited"),
        (((0, 5),), f"/passages/{LAMPS}?quote=0-5#cited"),
        (((0, 5), (8, 16)), f"/passages/{LAMPS}?quote=0-5&quote=8-16#cited"),
    ],
)
def test_a_link_names_the_passage_and_the_quoted_words(
    snapshot: Snapshot, spans: tuple[tuple[int, int], ...], link: str
) -> None:
    """The link of a citation leads to its passage and says which characters are quoted."""
    assert quote_link(citation(snapshot, *spans)) == link


def test_every_id_can_stand_in_an_address(snapshot: Snapshot) -> None:
    """No passage has an id with a character that means something else in an address."""
    assert [p.id for p in snapshot.passages if set(p.id) & set(" ?#%&<>\"'\\")] == []


def test_suggestions_can_be_asked() -> None:
    """The questions offered are different, are questions, and are not too long."""
    assert len(set(SUGGESTIONS)) == len(SUGGESTIONS)
    assert all(text.endswith("?") and len(text) <= MAX_CHARACTERS for text in SUGGESTIONS)


@pytest.mark.parametrize("error", [SnapshotError("Build one."), BusyError("Wait.")])
def test_a_problem_on_a_page_is_the_one_of_the_api(error: Exception) -> None:
    """Pages and API tell an error from the same table."""
    with Flask("test").test_request_context():
        assert problem_of(error).detail == str(error)
