"""The helpdesk's own sentences."""

import re
from string import Formatter

import pytest

from chatbot.answering import frames

TEXTS = {name: value for name, value in vars(frames).items() if name.isupper() and isinstance(value, str)}
FIELDS = {
    "SUPPORT_CONTACT": {"contact"},
    "CONTACT": {"contact"},
    "NAMELESS": {"names"},
    "PARTLY_MISSING": {"names"},
    "MISSING": {"what"},
    "WHOLE_LIST": {"count"},
    "SHORTENED_LIST": {"count"},
    "NOT_HELD": {"names"},
    "DIGEST_ONLY": {"name", "link"},
    "NO_DOCUMENT_OF": {"names"},
    "COVERED": {"names"},
    "COUNTED": {"rows", "count", "what", "scope"},
    "NOT_LAW": {"groups"},
    "BY_ELEMENT": {"held", "annexed", "what", "count"},
    "OF_LAWS": {"rows", "count", "names", "what"},
    "PARTLY": {"names"},
    "GOES_ON": {"all", "count"},
    "NO_PROVISION": {"names"},
    "NOT_COMPARED": {"name"},
    "LANGUAGE_OF_SOURCE": {"languages"},
    "CORRECTED": {"premise"},
    "CHECKED": {"when"},
    "CHECKED_A_YEAR_AGO": {"when"},
    "CHECKED_YEARS_AGO": {"when", "years"},
}
CELL = "NOT_STATED"
"""What stands in an empty cell of a table, a few words and no sentence."""


@pytest.mark.parametrize("name", TEXTS)
def test_a_frame_has_only_the_gaps_that_are_filled(name: str) -> None:
    """A gap that nobody fills would be shown to the reader."""
    assert {field for _, field, _, _ in Formatter().parse(TEXTS[name]) if field} == FIELDS.get(name, set())


@pytest.mark.parametrize("name", sorted(TEXTS.keys() - {CELL}))
def test_a_frame_says_nothing_that_a_source_says(name: str) -> None:
    """No figure stands in a frame, and it is whole sentences (or ends with the colon before a list)."""
    assert not re.search(r"\d", TEXTS[name])
    assert re.search(r"[.:?]$", TEXTS[name])
    assert TEXTS[name] == TEXTS[name].strip()


def test_an_empty_cell_says_that_nothing_is_stated() -> None:
    """Where the sources held say nothing, the words of the cell are not a no."""
    assert frames.NOT_STATED == "not stated in the sources held"


def test_care_comes_before_anything_else() -> None:
    """The first words for somebody who is targeted are words of care, and danger is named before the sources."""
    assert frames.SUPPORT.startswith("I am sorry that this is happening")
    assert frames.SUPPORT.index("emergency services") < frames.SUPPORT.index("sources")


def test_the_refusal_offers_what_the_helpdesk_does() -> None:
    """A refusal says what is not done and what is."""
    assert "does not help" in frames.REFUSED
    assert "law, policy and support" in frames.REFUSED


def test_somebody_targeted_gets_more_than_one_search() -> None:
    """Support channels and the contact are looked for, once each."""
    assert len(set(frames.SUPPORT_SEARCHES)) == len(frames.SUPPORT_SEARCHES) == 2
