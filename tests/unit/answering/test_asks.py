"""The sort of words a question wants back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.answering.asks import DEMANDED, WANTED, unmet, wanted


@pytest.mark.parametrize(
    ("question", "holds", "holds_not"),
    [
        ("What share of chambers has a rule?", "62% of chambers", "many chambers"),
        ("What percentage of rooms is shut?", "62 per cent", "62 rooms"),
        ("How long may a book be kept?", "for 30 days", "for good"),
        ("How fast must a lamp be repaired?", "within three days", "at once"),
        ("What is the penalty for a leak?", "two years in a cellar", "a long sentence"),
        ("What fine is paid for a lamp?", "a fine of 500 kroner", "a leak"),
        ("How much do lamps cost?", "USD 500", "a great deal"),
        ("When was the act adopted?", "in March", "at last"),
        ("Which year was it?", "in 2022", "in the year of the flood"),
        ("How many rooms are shut?", "28 rooms", "several rooms"),
        ("How many rooms are shut?", "a dozen rooms", "no rooms"),
    ],
)
def test_what_is_wanted_is_told_from_what_is_not(question: str, holds: str, holds_not: str) -> None:
    """The pattern finds words of the sort asked for and no others."""
    pattern = wanted(question)
    assert pattern is not None
    assert pattern.search(holds)
    assert not pattern.search(holds_not)


@pytest.mark.parametrize("question", ["", "Who keeps the lamps?", "Which rooms are dry?", "Lamps in Norway"])
def test_a_question_for_no_sort_of_words_wants_none(question: str) -> None:
    """Then every text is as good as another."""
    assert wanted(question) is None


@pytest.mark.parametrize(
    ("question", "name", "without", "with_it"),
    [
        ("How much is the fine for a leak?", "a sum of money", "It is fined.", "It is fined €500."),
        ("What is the highest fine?", "a sum of money", "A high fine.", "Up to 500 pesos."),
        ("How many votes did the act get?", "a number of votes", "It passed.", "It passed by 90 votes."),
        ("By how many votes was it passed?", "a number of votes", "It passed.", "It passed unanimously."),
        ("What age must a reader have?", "an age", "A reader is grown up.", "A reader is over 16."),
        ("Which party does the keeper belong to?", "a political party", "A keeper.", "A keeper of the Labour benches."),
        ("Who is the director?", "the holder of that office", "It has an office.", "The director is Ida Lund."),
        ("How many arrests were made?", "that number", "Some arrests.", "There were 14 arrests."),
        ("What is the phone number?", "a telephone number or address", "Call us.", "Call +47 22 33 44 55."),
        ("What percentage of rooms is shut?", "a percentage", "Many rooms.", "A third of rooms."),
    ],
)
def test_a_fact_that_no_text_holds_is_named(question: str, name: str, without: str, with_it: str) -> None:
    """What is missing has a name; one text that holds it among others is enough."""
    assert unmet(question, [without]) == name
    assert unmet(question, []) == name
    assert unmet(question, [without, with_it]) == ""


@pytest.mark.parametrize(
    "question", ["", "Who keeps the lamps?", "How long may a book be kept?", "When was it adopted?"]
)
def test_what_is_only_wanted_is_never_unmet(question: str) -> None:
    """A term or a date is preferred, not demanded."""
    assert unmet(question, []) == ""


def test_texts_may_be_read_from_a_generator() -> None:
    """Several demands look at all the texts, also when these can be read only once."""
    texts = (text for text in ["A fine of €500.", "by 90 votes"])
    assert unmet("How much is the fine and by how many votes was it passed?", texts) == ""


def test_every_sort_has_a_name_to_show() -> None:
    """The names fit into "Nothing in them gives … for this."."""
    assert all(ask.name.split()[0] in ("a", "an", "the", "that") for ask in (*WANTED, *DEMANDED))


@given(st.text(max_size=400), st.lists(st.text(max_size=80), max_size=3))
def test_any_text_is_read(question: str, texts: list[str]) -> None:
    """The answer is always one of the known names, or none."""
    assert unmet(question, texts) in {"", *(ask.name for ask in DEMANDED)}


@pytest.mark.parametrize("held", ["500 kroner", "500 rand", "500 shillings", "NOK 500", "500 roubles", "500 reais"])
def test_the_money_of_every_country_is_money(held: str) -> None:
    """A fine in the currency of any parliament's country is a sum of money."""
    assert unmet("How much is the fine for a leak?", [f"The fine is {held}."]) == ""
