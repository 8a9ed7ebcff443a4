"""The helpdesk's own words after an answer: age, digest only, sources that differ."""

from pathlib import Path

import pytest

from chatbot.answering import frames
from chatbot.answering.closing import ages, closing
from chatbot.answering.composing import Piece
from chatbot.retrieval.snapshot import Snapshot
from tests.unit.answering import shelves
from tests.unit.answering.conftest import TODAY, Ask
from tests.unit.answering.shelves import shelf

LINK = "https://example.org/lamps"
LAMPS = shelf("no-lamp-act", official_urls=[LINK, "https://example.org/second"])
UNLINKED = shelf("no-shade-act")
DIFFERING = shelf(
    "no-wick-act",
    "Wicks are short, says s 4.\n\n## Where the sources differ\n\nOne source says that wicks are long.\n",
)
WORDS = (
    *("What does Article 5 say?", "What does s 4 of the act say?", "How does section 12 read?", "verbatim"),
    *("Give me the exact wording", "Quote it word for word", "What is the text of it?", "the official text, please"),
    *("What does rule 3 state?", "What does § 4 say exactly?"),
)


@pytest.fixture(scope="module")
def lamps(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """Three acts: one with an address, one without, one that tells how sources differ."""
    return shelves.opened(tmp_path_factory.mktemp("lamps"), LAMPS, UNLINKED, DIFFERING)


def pieces_of(snapshot: Snapshot, *document_ids: str) -> list[Piece]:
    """All that the digests of some documents say, but for their records."""
    searched = [p for row, p in enumerate(snapshot.passages) if not snapshot.of_record[row]]
    return [Piece(p, 0, len(p.text), 1.0) for id_ in document_ids for p in searched if p.document_id == id_]


def said(snapshot: Snapshot, question: str, *document_ids: str) -> str:
    """What is said after an answer from some documents."""
    return closing(question, pieces_of(snapshot, *document_ids), [], snapshot, TODAY)


def test_most_answers_need_no_more_words(lamps: Snapshot) -> None:
    """A plain question answered from what does not differ has nothing after it."""
    assert said(lamps, "How long is a lamp?", "no-lamp-act", "no-shade-act") == ""
    assert said(lamps, "") == ""


@pytest.mark.parametrize("question", WORDS)
def test_who_wants_the_words_is_told_that_ours_are_ours(lamps: Snapshot, question: str) -> None:
    """Where the publisher's words are asked for and only a digest is held, the first official address is given."""
    assert said(lamps, question, "no-lamp-act") == frames.DIGEST_ONLY.format(name="no-lamp-act", link=LINK)


@pytest.mark.parametrize("question", ["What is lamp 5?", "Who said this?", "What does the act say?", "s 4", "text"])
def test_others_are_not_told(lamps: Snapshot, question: str) -> None:
    """A question that does not want the words as printed is not told of them."""
    assert said(lamps, question, "no-lamp-act") == ""


def test_a_document_is_told_once(lamps: Snapshot) -> None:
    """Two pieces of one document have one sentence on it."""
    twice = pieces_of(lamps, "no-lamp-act", "no-lamp-act")
    assert closing(WORDS[0], twice, [], lamps, TODAY).count("no-lamp-act") == 1


def test_without_an_address_nothing_is_promised(lamps: Snapshot) -> None:
    """A document without an official address is not told of, as there is nowhere to send the reader."""
    assert said(lamps, WORDS[0], "no-shade-act") == ""


def test_the_official_text_needs_no_such_word(snapshot: Snapshot) -> None:
    """Where the publisher's own words are quoted, no digest is told of."""
    official = [p for p in snapshot.passages if p.edition == "official"]
    pieces = [Piece(passage, 0, len(passage.text), 1.0) for passage in official]
    assert frames.DIGEST_ONLY.split("{")[0] not in closing("What is the exact wording?", pieces, [], snapshot, TODAY)


def test_sources_that_differ_are_told(lamps: Snapshot) -> None:
    """Where an answer holds what one source says and that another differs, that is said."""
    assert said(lamps, "How long are wicks?", "no-wick-act") == frames.DIFFER
    assert said(lamps, "How long are wicks?", "no-wick-act", "no-lamp-act") == frames.DIFFER


def test_a_question_on_the_difference_itself_is_not_told_twice(lamps: Snapshot) -> None:
    """Where all that is quoted is about the difference, nothing is added."""
    only = [p for p in pieces_of(lamps, "no-wick-act") if "differ" in p.passage.headings[-1]]
    assert len(only) == 1
    assert closing("Where do the sources differ?", only, [], lamps, TODAY) == ""


# Ages


@pytest.mark.parametrize(
    ("document_ids", "told"),
    [
        ([], ""),
        (["no-shelf-act"], ""),
        (["nz-film-act"], "When this status was checked is not known: check it before quoting."),
        (["no-pipe-act"], "Not checked since January 2025, more than a year ago: check it before quoting."),
        (
            ["no-shelf-act", "no-pipe-act"],
            "Norwegian Pipe Act: Not checked since January 2025, more than a year ago: check it before quoting.",
        ),
        (
            ["nz-film-act", "no-pipe-act"],
            "Film Act: When this status was checked is not known: check it before quoting. "
            "Norwegian Pipe Act: Not checked since January 2025, more than a year ago: check it before quoting.",
        ),
    ],
)
def test_ages_name_their_documents_when_there_are_several(
    shelved: Snapshot, document_ids: list[str], told: str
) -> None:
    """One document needs no name; of several the old ones are named and the fresh ones passed over."""
    assert ages([shelved.documents[id_] for id_ in document_ids], TODAY) == told


def test_two_documents_of_one_short_title_are_both_told(tmp_path: Path) -> None:
    """Documents that are called alike do not hide each other's age."""
    first = shelf("no-old-act", short_title="Lamp Act", status={"state": "in force", "as_of": "2020-01"})
    second = shelf("no-new-act", short_title="Lamp Act", status={"state": "in force", "as_of": "2026-11"})
    snapshot = shelves.opened(tmp_path, first, second)
    told = ages([snapshot.documents[id_] for id_ in ("no-old-act", "no-new-act")], TODAY)
    assert "January 2020" in told


def test_the_age_of_what_is_said_first_is_told(shelved: Snapshot) -> None:
    """Statuses that are said before an answer have their age after it; those of other documents have not."""
    first = pieces_of(shelved, "cl-shelf-bill")[:1]
    others = pieces_of(shelved, "no-pipe-act")
    told = closing("How?", others, first, shelved, TODAY)
    assert told == "Not checked since 1 June 2024, more than 2 years ago: check it before quoting."


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Is the Film Act in force?", "When this status was checked is not known: check it before quoting."),
        ("Is the Norwegian Shelf Act in force?", ""),
        (
            "Is the Norwegian Pipe Act still law?",
            "Not checked since January 2025, more than a year ago: check it before quoting.",
        ),
    ],
)
def test_a_status_is_answered_with_its_age(ask_shelves: Ask, question: str, told: str) -> None:
    """Who asks whether something is law is told how old the answer is."""
    assert ask_shelves(question).closing == told
