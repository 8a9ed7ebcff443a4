"""How loud the age of a status is shown."""

import datetime

import pytest

from chatbot.answering import standing
from chatbot.model import LegalState, LegalStatus
from chatbot.web import freshness

TODAY = datetime.date(2026, 11, 22)


@pytest.mark.parametrize(
    ("as_of", "age"),
    [
        ("2026-11-01", ""),
        ("2026-06", ""),
        ("2026-01-10", "aging"),
        ("2025-05-01", "old"),
        ("2021-01", "old"),
        ("", "old"),
    ],
)
def test_age_grows_louder_with_the_years(as_of: str, age: str) -> None:
    """Fresh says nothing, half a year is told, a year or an unknown date calls for a check."""
    told = standing.checked(LegalStatus(LegalState.IN_FORCE, "", as_of), TODAY)
    assert freshness.age(told) == age
    assert bool(told) == bool(age)


def test_the_age_is_that_of_today() -> None:
    """What was checked today is fresh."""
    status = LegalStatus(LegalState.BILL, "", datetime.date.today().isoformat())
    assert freshness.checked(status) == ""
