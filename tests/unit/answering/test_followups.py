"""A question that leans on earlier ones is made to stand alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.answering.followups import StandsAlone, leans, standalone
from chatbot.answering.lexicon import Lexicon

FIRST = "How fast must a lamp be repaired in Norway?"


@pytest.mark.parametrize(
    "question",
    [
        "And in Chile?",
        "and then?",
        "Why?",
        "What is the fine for that?",
        "Their duties?",
        "Et au Chili ?",
        "y en Chile?",
        "Und in Chile?",
        "А в Чили?",
        "그리고 칠레는?",
    ],
)
def test_a_short_or_pointing_question_leans(lexicon: Lexicon, question: str) -> None:
    """An opening like "and", a word that points back, or hardly any words of its own."""
    assert leans(question, lexicon)


@pytest.mark.parametrize("question", ["那智利呢？", "وفي تشيلي؟"])
def test_an_opening_without_a_blank_leans(lexicon: Lexicon, question: str) -> None:
    """Chinese and Arabic write "and" and the next word as one."""
    assert leans(question, lexicon)


@pytest.mark.parametrize(
    "question",
    [
        FIRST,
        "Which rooms are dark in the guide?",
        "Chile?",
        "Is the Norwegian law stricter than the Chilean one when a keeper has known of leaks?",
        "Andorra has which lending rule for readers?",
    ],
)
def test_a_question_with_words_of_its_own_stands_alone(lexicon: Lexicon, question: str) -> None:
    """It is read as it is, whatever was asked before."""
    assert not leans(question, lexicon)
    assert standalone(question, ("Who keeps the lamps?",), lexicon) == StandsAlone(question)


@pytest.mark.parametrize(
    ("question", "turns", "text"),
    [
        ("And in Chile?", (FIRST,), "How fast must a lamp be repaired in Chile?"),
        ("What about Kenya?", (FIRST,), "How fast must a lamp be repaired in Kenya?"),
        ("y en Chile?", ("How long in Norway?",), "How long in Chile?"),
        ("And Kenya?", (FIRST, "And in Chile?"), "How fast must a lamp be repaired in Kenya?"),
        ("And the Dry Archives Bill?", ("Is the Library Act 2022 in force?",), "Is Dry Archives Bill in force?"),
    ],
)
def test_another_name_takes_the_place_of_the_earlier_one(
    lexicon: Lexicon, question: str, turns: tuple[str, ...], text: str
) -> None:
    """The question before is asked again of the country or document named now."""
    assert standalone(question, turns, lexicon) == StandsAlone(text)


@pytest.mark.parametrize(
    ("question", "turns", "context"),
    [
        ("What is the fine for that?", (FIRST,), FIRST),
        ("And when was it passed?", ("Is the Library Act 2022 in force?",), "Is the Library Act 2022 in force?"),
        ("And in Norway?", (FIRST,), FIRST),
        ("And for that country?", (FIRST, "And Chile?"), "How fast must a lamp be repaired in Chile?"),
        ("And why?", (FIRST, "What is the fine for that?"), f"What is the fine for that? {FIRST}"),
        ("And when was Chile flooded?", (FIRST,), FIRST),
    ],
)
def test_what_cannot_be_exchanged_is_read_with_what_was_asked_before(
    lexicon: Lexicon, question: str, turns: tuple[str, ...], context: str
) -> None:
    """The question stays as it is, and the earlier one comes along, itself made to stand alone."""
    assert standalone(question, turns, lexicon) == StandsAlone(question, context)


def test_without_earlier_turns_nothing_is_added(lexicon: Lexicon) -> None:
    """There is nothing to lean on."""
    assert standalone("And in Chile?", (), lexicon) == StandsAlone("And in Chile?")


def test_only_turns_that_are_leant_on_are_read(lexicon: Lexicon) -> None:
    """A turn that stands alone ends the way back."""
    found = standalone("And why?", ("Who drained the cellar in Portugal that year of the flood?", FIRST), lexicon)
    assert found.context == FIRST


def test_every_name_of_the_question_is_kept(lexicon: Lexicon) -> None:
    """Two countries are asked about, so two stand in what is read."""
    found = standalone("And in Chile and Kenya?", (FIRST,), lexicon)
    assert "Chile" in f"{found.text} {found.context}"
    assert "Kenya" in f"{found.text} {found.context}"


@given(st.text(max_size=80), st.lists(st.text(max_size=60), max_size=4))
def test_any_turns_can_be_read(lexicon: Lexicon, question: str, turns: list[str]) -> None:
    """A question is either asked as it is or exchanged for an earlier one; exchanged, it needs no context."""
    found = standalone(question, tuple(turns), lexicon)
    assert found.text == question or found.context == ""
