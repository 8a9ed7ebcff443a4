"""Misspellings are mended, names and other scripts are left alone."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.answering.lexicon import Lexicon
from chatbot.answering.spelling import Speller, english_words
from chatbot.model import Question
from chatbot.wiring import Services

LIBRARY = Speller({"shelf": 3, "lending": 5, "storting": 2, "nudify": 1})


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("a brokn lamp", "a broken lamp"),
        ("How fsat must it be repared?", "How fast must it be repaired?"),
        ("the lihgt of teh lamp", "the light of the lamp"),
        ("parliment and goverment", "parliament and government"),
        ("Lendign is free", "Lending is free"),
        ("it's brokn", "it's broken"),
        ("COVID-19 vacine", "COVID-19 vaccine"),
        ("brokn, brokn; (brokn)", "broken, broken; (broken)"),
    ],
)
def test_a_misspelt_word_becomes_the_word_that_was_meant(asked: str, meant: str) -> None:
    """Only the word changes; its capital and everything around it stay."""
    assert LIBRARY.correct(asked) == meant


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "What did Ms. Duarrte say?",
        "What did McKeepr say?",
        "Is the IPUU a body?",
        "The STRTING met",
        "keeper's and readers'",
        "o' th",
        "colour, behaviour, organisation, criminalisation",
        "storting nudify",
        "lamplight bookkeeper",
        "Лампы и полки",
        "灯 램프 مصباح",
        "a\tb\nc\0d",
        "12 500 s 4(2)",
    ],
)
def test_names_british_spelling_and_other_scripts_stay(text: str) -> None:
    """What may be a name, a number or another language is no misspelling."""
    assert LIBRARY.correct(text) == text


def test_the_corpus_knows_words_that_the_language_does_not() -> None:
    """A rare word of the corpus is right there, and is what a misspelling of it means."""
    assert Speller({"nudify": 1}).correct("nudfy") == "nudify"
    assert Speller({}).correct("nudfy") != "nudify"


def test_a_word_of_the_corpus_wins_over_one_of_the_language() -> None:
    """Of two words equally near the corpus's own is taken."""
    assert Speller({"shelf": 9}).correct("the shlf") == "the shelf"


def test_a_word_that_is_like_no_other_stays() -> None:
    """Nothing is guessed where nothing is near."""
    assert LIBRARY.correct("qzxvwqzxvw") == "qzxvwqzxvw"


def test_two_letters_are_never_mended() -> None:
    """Short words are abbreviations more often than slips."""
    assert LIBRARY.correct("zq qz xj") == "zq qz xj"


def test_the_dictionary_is_read_once() -> None:
    """Every speller shares the words of the language."""
    assert english_words() is english_words()


@given(st.text(alphabet=st.sampled_from("abcdelmnoprst ABL.,'?!\n"), max_size=120))
def test_mending_twice_changes_nothing_more(text: str) -> None:
    """What was mended is right."""
    once = LIBRARY.correct(text)
    assert LIBRARY.correct(once) == once


@given(st.text(max_size=200))
def test_everything_between_words_stays(text: str) -> None:
    """Marks, blanks, digits and other scripts come back in the same order."""
    pattern = r"[A-Za-z]+(?:'[a-z]+)?"
    assert re.split(pattern, LIBRARY.correct(text)) == re.split(pattern, text)


@pytest.mark.parametrize("word", ["lamplight", "bookkeeper", "shelfroom"])
def test_two_words_written_together_are_right(word: str) -> None:
    """A word that is two known words is no misspelling."""
    assert LIBRARY.correct(f"the {word}") == f"the {word}"


@pytest.mark.parametrize("name", ["St. Barthélemy", "curaçao"])
def test_a_name_with_an_accent_is_left_alone(lexicon: Lexicon, name: str) -> None:
    """A word that is not plain Latin stays whole."""
    assert lexicon.speller.correct(f"a law in {name}") == f"a law in {name}"


def test_a_word_with_a_digit_is_left_alone() -> None:
    """A word with a digit in it is a name."""
    assert LIBRARY.correct("the mp3plyer law") == "the mp3plyer law"


@pytest.mark.parametrize("address", ["library@exmple.org", "https://exmple.org/guidee"])
def test_an_address_is_left_alone(address: str) -> None:
    """Nobody wants another address than they wrote."""
    assert LIBRARY.correct(f"see {address}") == f"see {address}"


def test_a_country_is_left_alone_at_the_beginning_of_a_sentence(lexicon: Lexicon) -> None:
    """A name that the snapshot knows is not a misspelling, wherever it stands."""
    assert lexicon.speller.correct("Sark has a law") == "Sark has a law"


@pytest.mark.slow
@pytest.mark.parametrize("word", ["sexting", "sexted", "femicide", "upskirt"])
def test_words_of_the_field_are_never_mended(real_services: Services, word: str) -> None:
    """Who asks about sexting is not asking about setting."""
    answer = real_services.assistant.answer(Question(f"Is {word} covered by the law?", language="en"))
    assert answer.read_as == ""
