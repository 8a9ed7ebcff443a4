"""Why there is no answer: not held, not in the sources, out of scope, or a question without its beginning."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from chatbot.answering import abstaining, frames
from chatbot.answering.abstaining import NEAREST, abstained, unknown_jurisdictions
from chatbot.answering.understanding import understand
from chatbot.model import Answer, Hit, Question, Status
from chatbot.retrieval.snapshot import Snapshot
from tests.unit.answering import shelves
from tests.unit.answering.conftest import Ask, lexicon_of
from tests.unit.answering.shelves import shelf

COVERED = "Annex C of the issue brief covers Chile, France, Iceland, Norway and United Kingdom."
CONTACT = frames.CONTACT.format(contact="shelf@example.org")


def declined(
    snapshot: Snapshot, question: str, *, hits: Sequence[Hit] = (), missing: Sequence[str] = (), what: str = ""
) -> Answer:
    """The abstention on a question."""
    return abstained(understand(Question(question), lexicon_of(snapshot)), hits, missing, what, snapshot)


def test_a_title_alone_is_told_so(shelved: Snapshot) -> None:
    """Of a document that is only listed the reader is told that its text is not held."""
    answer = declined(shelved, "What does the Paper Code say?")
    assert answer.status is Status.NOT_HELD
    assert answer.message == f"The text of Paper Code is not held here; only its title is listed. {CONTACT}"


def test_a_title_alone_comes_with_its_address(tmp_path: Path) -> None:
    """Where the publisher's address is known, it stands in the message; there is no contact without a card of one."""
    links = ["https://example.org/lamps", "https://example.org/second"]
    snapshot = shelves.opened(tmp_path, shelf("no-lamp-act", "", official_urls=links))
    message = declined(snapshot, "What does the no-lamp-act say?").message
    assert message == frames.NOT_HELD.format(names="no-lamp-act") + " https://example.org/lamps"


def test_one_text_held_is_enough(shelved: Snapshot) -> None:
    """Where of two documents named one is held, the reason is another."""
    assert declined(shelved, "What do the Paper Code and the Film Act say?").status is Status.NOT_IN_SOURCES


@pytest.mark.parametrize(
    ("missing", "named"),
    [(["KE"], "Kenya"), (["KE", "PE"], "Kenya and Peru"), (["KE", "PE", "KR"], "Republic of Korea")],
)
def test_a_country_that_is_missing_is_named(shelved: Snapshot, missing: list[str], named: str) -> None:
    """Of which countries nothing is said, and which the annex covers."""
    answer = declined(shelved, "Is copying a crime in Kenya?", missing=missing)
    assert answer.status is Status.NOT_IN_SOURCES
    assert answer.message.startswith(frames.NOT_IN_SOURCES)
    assert named in answer.message
    assert COVERED in answer.message
    assert answer.message.endswith(CONTACT)


def test_what_is_missing_is_named(shelved: Snapshot) -> None:
    """Where a sort of words was wanted and not found, that is said."""
    answer = declined(shelved, "How many laws has the Film Act?", what="a number")
    assert answer.message == f"{frames.NOT_IN_SOURCES} Nothing in them gives a number for this. {CONTACT}"


def test_a_missing_country_goes_before_what_is_missing(shelved: Snapshot) -> None:
    """Of a country that nothing is said of, no words can be missing."""
    message = declined(shelved, "How many laws has Kenya?", missing=["KE"], what="a number").message
    assert "Kenya" in message
    assert "a number" not in message


@pytest.mark.parametrize("question", ["What is your favourite colour?", "How do I bake bread?", "?", "図書"])
def test_what_touches_nothing_held_is_out_of_scope(shelved: Snapshot, question: str) -> None:
    """A question without a word of the field is told what the field is, and offered nothing."""
    answer = declined(shelved, question)
    assert (answer.status, answer.nearest) == (Status.OUT_OF_SCOPE, ())
    assert answer.message == f"{frames.OUT_OF_SCOPE} {CONTACT}"


@pytest.mark.parametrize("question", ["And what about that?", "And this one?", "Does it?"])
def test_a_question_without_its_beginning_is_asked_for_it(shelved: Snapshot, question: str) -> None:
    """What points back, and nothing was sent before, is asked for in full."""
    answer = declined(shelved, question)
    assert (answer.status, answer.message) == (Status.CLARIFY, frames.CLARIFY)


def test_at_most_a_few_of_the_nearest(ask_shelves: Ask) -> None:
    """What is nearest is offered, a few passages and none of a record."""
    nearest = ask_shelves("How many votes did the Norwegian Shelf Act get?").nearest
    assert 0 < len(nearest) <= NEAREST
    assert not any(citation.passage.headings == ("Record",) for citation in nearest)


@pytest.mark.parametrize(("codes", "named"), [(["KE"], "Kenya"), (["KE", "PE"], "Kenya and Peru")])
def test_unknown_jurisdictions_are_named(shelved: Snapshot, codes: list[str], named: str) -> None:
    """Who asks for the laws of a country of which nothing is held is told so, and what the annex covers."""
    answer = unknown_jurisdictions(codes, shelved)
    assert answer == Answer(
        Status.NOT_IN_SOURCES, message=f"No document of {named} is among the sources. {COVERED} {CONTACT}"
    )


def test_without_annex_c_nothing_is_said_to_be_covered(snapshot: Snapshot, tmp_path: Path) -> None:
    """A catalogue without annex C, and one without a brief, does not tell what it covers."""
    bare = shelves.opened(tmp_path, shelf("no-lamp-act"))
    assert abstaining.covered(snapshot) == abstaining.covered(bare) == ""
    assert unknown_jurisdictions(["KE"], bare).message == "No document of Kenya is among the sources."


def test_one_country_is_covered_alone(tmp_path: Path) -> None:
    """A single jurisdiction is named once, though it has two laws there."""
    snapshot = shelves.opened(tmp_path, shelf("no-lamp-act", annex="C"), shelf("no-wick-act", annex=["C", "D"]))
    assert abstaining.covered(snapshot) == "Annex C of the issue brief covers Norway."


def test_the_contact_is_that_of_a_card(shelved: Snapshot, snapshot: Snapshot, tmp_path: Path) -> None:
    """The address is the first that a card gives; without one there is no sentence on it."""
    assert abstaining.contact_of(shelved) == "shelf@example.org"
    assert abstaining.contact_of(snapshot) == "library@example.org"
    assert abstaining.contact_line(shelves.opened(tmp_path, shelf("no-lamp-act"))) == ""


# The whole answer


@pytest.mark.parametrize(
    ("question", "status"),
    [
        ("Kenya", Status.NOT_IN_SOURCES),
        ("Which laws does Kenya have?", Status.NOT_IN_SOURCES),
        ("Is copying a crime in Kenya?", Status.NOT_IN_SOURCES),
        ("What does the Paper Code say?", Status.NOT_HELD),
        ("And what about that?", Status.CLARIFY),
        ("What is your favourite colour?", Status.OUT_OF_SCOPE),
    ],
)
def test_an_abstention_cites_nothing(ask_shelves: Ask, question: str, status: Status) -> None:
    """No answer has no sentences and no citations, and always a message."""
    answer = ask_shelves(question)
    assert (answer.status, answer.sentences, answer.citations) == (status, (), ())
    assert answer.message


def test_an_abstention_without_a_brief(tmp_path: Path) -> None:
    """A catalogue of one act tells what it lacks without naming annexes or an address."""
    snapshot = shelves.opened(tmp_path, shelf("no-lamp-act"))
    message = declined(snapshot, "Is copying a crime in Kenya?", missing=["KE"]).message
    assert message == f"{frames.NOT_IN_SOURCES} They say nothing about Kenya that answers it."
