"""Phrases become one pattern."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.answering.patterns import any_of

LAMPS = any_of("broken lamp", "keepers?", "what's")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a broken lamp here", "broken lamp"),
        ("A BROKEN  LAMP", "BROKEN  LAMP"),
        ("a broken\n\tlamp", "broken\n\tlamp"),
        ("the keeper", "keeper"),
        ("two Keepers.", "Keepers"),
        ("«what's»", "what's"),
    ],
)
def test_a_phrase_is_found_in_any_case_and_over_any_white_space(text: str, found: str) -> None:
    """What matches is the phrase as it stands in the text."""
    match = LAMPS.search(text)
    assert match is not None
    assert match.group() == found


@pytest.mark.parametrize(
    "text", ["broken lamps", "unbroken lamp", "bookkeeper", "keeper_s", "brokenlamp", "gatekeepers", ""]
)
def test_a_phrase_is_not_found_inside_a_longer_word(text: str) -> None:
    """Letters, digits and underscores beside a phrase make it another word."""
    assert LAMPS.search(text) is None


def test_alternatives_of_one_phrase_end_with_the_phrase() -> None:
    """A bar in one phrase does not swallow its neighbours, and every alternative stands as a whole word."""
    pattern = any_of("lamp|shelf", "door")
    assert [bool(pattern.fullmatch(word)) for word in ("lamp", "shelf", "door", "lampdoor")] == [
        True,
        True,
        True,
        False,
    ]
    assert pattern.search("shelfdoor") is None


@given(st.lists(st.from_regex(r"[a-z]{1,8}", fullmatch=True), min_size=1, max_size=4))
def test_any_phrase_finds_itself(words: list[str]) -> None:
    """Whatever the words, the pattern made of them finds them, in capitals too."""
    pattern = any_of("qqqqqqqqqq", " ".join(words))
    assert pattern.fullmatch(" ".join(words))
    assert pattern.fullmatch("  ".join(words).upper())
