"""What is no law is said first, and how long ago that was checked grows louder with its age."""

import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.answering import standing
from chatbot.answering.composing import Piece
from chatbot.model import LegalState, LegalStatus
from chatbot.retrieval import record
from chatbot.retrieval.snapshot import Snapshot
from tests.unit.answering import shelves
from tests.unit.answering.conftest import TODAY, Ask
from tests.unit.answering.shelves import shelf

PLAIN, LEGAL = "What do shelves look like?", "Is it a crime?"


def quoted(snapshot: Snapshot, *document_ids: str) -> list[Piece]:
    """A piece of the text of each document."""
    passages = [next(p for p in snapshot.passages if p.document_id == id_) for id_ in document_ids]
    return [Piece(passage, 0, len(passage.text), 1.0) for passage in passages]


def first_of(
    snapshot: Snapshot,
    *document_ids: str,
    question: str = PLAIN,
    named: tuple[str, ...] = (),
    jurisdictions: tuple[str, ...] = (),
) -> list[str]:
    """The documents whose status is said before pieces of some documents."""
    pieces = quoted(snapshot, *document_ids)
    told = standing.said_first(pieces, question, snapshot, named=named, jurisdictions=jurisdictions)
    assert all(piece.text == record.status_sentence(snapshot.documents[piece.passage.document_id]) for piece in told)
    return [piece.passage.document_id for piece in told]


def checked(as_of: str, days_ago: int = 0) -> str:
    """What is said of a status that was checked so many days before today, or at a date."""
    date = as_of or (TODAY - datetime.timedelta(days=days_ago)).isoformat()
    return standing.checked(LegalStatus(LegalState.IN_FORCE, "", date), TODAY)


# Said first


@pytest.mark.parametrize(
    "document_id", ["cl-shelf-bill", "gb-lapsed-bill", "pt-copy-draft", "no-pipe-act", "is-shelf-act", "shelf-motion"]
)
@pytest.mark.parametrize("question", [PLAIN, LEGAL])
def test_a_bill_that_is_quoted_is_told_as_one(shelved: Snapshot, document_id: str, question: str) -> None:
    """What comes from a bill, a draft, a motion, or what is repealed or not yet in force, is told so first."""
    assert first_of(shelved, document_id, question=question) == [document_id]


@pytest.mark.parametrize(
    "document_id", ["no-shelf-act", "nz-film-act", "shelf-guide", "record", "lamp-hearing", "unesco-paper-advice"]
)
@pytest.mark.parametrize("question", [PLAIN, LEGAL])
def test_law_and_what_never_would_be_law_needs_no_word(shelved: Snapshot, document_id: str, question: str) -> None:
    """Law in force, the brief, a report, a hearing or a recommendation that is only quoted has no status before it."""
    assert first_of(shelved, document_id, question=question) == []


@pytest.mark.parametrize("document_id", ["unesco-paper-advice", "record", "lamp-hearing", "shelf-motion"])
def test_what_is_named_as_if_it_were_law_is_told_not_to_be(shelved: Snapshot, document_id: str) -> None:
    """Where the question takes a document for law, its status is said even when it never would be law."""
    assert first_of(shelved, "no-shelf-act", question=LEGAL, named=(document_id,)) == [document_id]
    told = first_of(shelved, "no-shelf-act", question=PLAIN, named=(document_id,))
    assert told == []


@pytest.mark.parametrize("document_id", ["no-shelf-act", "shelf-guide"])
def test_law_and_the_brief_are_not_denied(shelved: Snapshot, document_id: str) -> None:
    """A law in force, and the brief, that are named as law have no status before them."""
    assert first_of(shelved, "record", question=LEGAL, named=(document_id,)) == []


@pytest.mark.parametrize(
    ("jurisdiction", "told"),
    [
        ("CL", ["cl-shelf-bill"]),
        ("PT", ["pt-copy-draft"]),
        ("IS", ["is-shelf-act"]),
        ("NO", []),
        ("NZ", []),
        ("KE", []),
        ("GB", ["gb-lapsed-bill"]),
        ("FR", []),
    ],
)
def test_a_country_without_law_is_told_to_have_none(shelved: Snapshot, jurisdiction: str, told: list[str]) -> None:
    """Where law of a country is asked for and only a bill is held, the bill is told; where law is held, nothing."""
    assert first_of(shelved, "shelf-guide", question=LEGAL, jurisdictions=(jurisdiction,)) == told
    assert first_of(shelved, "shelf-guide", question=PLAIN, jurisdictions=(jurisdiction,)) == []


def test_each_status_is_said_once_and_few_of_them(shelved: Snapshot) -> None:
    """A document that is quoted, named and of the country has one status, and of many only the first are said."""
    once = first_of(
        shelved, "cl-shelf-bill", "cl-shelf-bill", question=LEGAL, named=("cl-shelf-bill",), jurisdictions=("CL",)
    )
    assert once == ["cl-shelf-bill"]
    many = ("cl-shelf-bill", "gb-lapsed-bill", "pt-copy-draft", "no-pipe-act", "is-shelf-act")
    assert first_of(shelved, *many) == list(many[: standing.MOST])


def test_nothing_quoted_and_nothing_named_is_nothing_said(shelved: Snapshot) -> None:
    """Without pieces, names and countries there is no status."""
    assert first_of(shelved, question=LEGAL) == []


@pytest.mark.parametrize(
    "question",
    [
        "Is it a crime?",
        "What is the penalty?",
        "Must platforms delete images?",
        "Is it illegal to copy?",
        "Which law applies?",
        "When does it enter into force?",
        "What does Article 5 require?",
        "Who is liable?",
        "Is it prohibited?",
        "CAN I GO TO PRISON",
    ],
)
def test_a_question_that_presumes_law(question: str) -> None:
    """Words of duty, crime and force take what is asked about for law."""
    assert standing.presumes_law(question)


@pytest.mark.parametrize(
    "question", ["", "What do shelves look like?", "Who spoke at the hearing?", "How many readers are there?", "Lawn?"]
)
def test_a_question_that_presumes_no_law(question: str) -> None:
    """A question without such words takes nothing for law."""
    assert not standing.presumes_law(question)


# How long ago


@pytest.mark.parametrize(
    ("days_ago", "said"),
    [
        (-400, ""),
        (0, ""),
        (183, ""),
        (184, "Not checked since 22 May 2026."),
        (365, "Not checked since 22 November 2025."),
        (366, "Not checked since 21 November 2025, more than a year ago: check it before quoting."),
        (730, "Not checked since 22 November 2024, more than a year ago: check it before quoting."),
        (731, "Not checked since 21 November 2024, more than 2 years ago: check it before quoting."),
        (3653, "Not checked since 21 November 2016, more than 10 years ago: check it before quoting."),
    ],
)
def test_both_sides_of_each_limit(days_ago: int, said: str) -> None:
    """Half a year is fresh, a year is ageing, and beyond it the reader is told to check; tomorrow is no age."""
    assert checked("", days_ago) == said


@pytest.mark.parametrize(
    ("as_of", "said"),
    [
        ("2026-11", ""),
        ("2026-06", ""),
        ("2026-05", "Not checked since May 2026."),
        ("2025-12", "Not checked since December 2025."),
        ("2025-11", "Not checked since November 2025, more than a year ago: check it before quoting."),
        ("2025-10", "Not checked since October 2025, more than a year ago: check it before quoting."),
        ("2024-10", "Not checked since October 2024, more than 2 years ago: check it before quoting."),
    ],
)
def test_a_month_counts_from_its_beginning(as_of: str, said: str) -> None:
    """Of a date without a day the first of the month is taken, which is the louder side, and the month is told."""
    assert checked(as_of) == said


def test_no_date_is_the_loudest() -> None:
    """What was never checked, as far as is known, is to be checked before quoting."""
    said = standing.checked(LegalStatus(LegalState.IN_FORCE, "", ""), TODAY)
    assert said == "When this status was checked is not known: check it before quoting."


def test_no_more_years_than_there_are() -> None:
    """A day before four years are over it is not more than four years ago."""
    assert "more than 3 years ago" in checked("2022-11-23")


@given(st.dates(datetime.date(1900, 1, 1), TODAY), st.booleans())
def test_it_never_grows_quieter(date: datetime.date, is_month: bool) -> None:
    """An older status is told at least as loudly as a newer one."""
    older = date.isoformat()[: 7 if is_month else 10]
    newer = (date + datetime.timedelta(days=200)).isoformat()[: 7 if is_month else 10]
    loud = [(bool(said), "quoting" in said) for said in (checked(newer), checked(older))]
    assert loud == sorted(loud)


@pytest.mark.parametrize("as_of", ["2024-02-29", "2025-01-31", "2024-12-31", "2024-02"])
def test_any_date_of_the_calendar_is_read(as_of: str) -> None:
    """Leap days and ends of months are dates like others."""
    assert checked(as_of).startswith(f"Not checked since {record.dated(as_of)}")


# The whole answer


@pytest.mark.parametrize("question", ["Is copying from a shelf punished in Chile?", "What is the penalty in Chile?"])
def test_an_answer_on_a_country_with_a_bill_begins_with_its_status(ask_shelves: Ask, question: str) -> None:
    """The first sentence of what is said of law in Chile is that there is a bill, and how old that is comes last."""
    answer = ask_shelves(question)
    assert answer.sentences[0].text == "Legal status of Chilean Shelf Bill (Chile): a bill, not law, as of 1 June 2024."
    assert answer.closing.startswith("Not checked since 1 June 2024, more than 2 years ago")


def test_a_document_without_a_date_does_no_harm(tmp_path: Path) -> None:
    """A bill whose status has no date is told as a bill all the same."""
    snapshot = shelves.opened(tmp_path, shelf("no-lamp-bill", type="bill", status={"state": "bill"}))
    assert first_of(snapshot, "no-lamp-bill") == ["no-lamp-bill"]
