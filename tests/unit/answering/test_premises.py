"""Figures that a question takes for granted are compared with what the sources say."""

import pytest

from chatbot.answering.premises import corrects, stated, unsaid


@pytest.mark.parametrize(
    ("text", "sort", "values"),
    [
        ("Lamps must be mended within 48 hours.", "hours", {48.0}),
        ("a seventy-two-hour rule, or seventy-two hours", "hours", {72.0}),
        ("three to six years' closure", "years", {3.0, 6.0}),
        ("98 per cent of rooms", "percent", {98.0}),
        ("24 million readers", "large", {24_000_000.0}),
        ("some 220,000 books", "large", {220_000.0}),
        ("passed in 2019", "year", {2019.0}),
    ],
)
def test_a_figure_is_read_with_its_sort(text: str, sort: str, values: set[float]) -> None:
    """In digits and in words, alone and in a range."""
    assert (sort, frozenset(values)) in {(premise.sort, premise.values) for premise in stated(text)}


def test_a_figure_that_stands_in_the_sources_is_no_false_premise() -> None:
    """However it is written there."""
    assert not unsaid("Why does the act allow 48 hours?", ["Lamps are mended in forty-eight hours."])


def test_a_figure_that_no_source_states_is_told() -> None:
    """It is given in the question's own words."""
    (premise,) = unsaid("Why does the act allow 72 hours?", ["Lamps are mended in 48 hours."])
    assert premise.words == "72 hours"
    assert corrects(premise, "Lamps are mended in 48 hours.")
    assert not corrects(premise, "Lamps are mended within three days.")


@pytest.mark.parametrize("question", ["What does the Library Act 2022 say?", "Is Directive (EU) 2024/1385 in force?"])
def test_the_year_of_an_instrument_claims_nothing(question: str) -> None:
    """It is part of a name."""
    assert not unsaid(question, ["Keepers lend books."])
