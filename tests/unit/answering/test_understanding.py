"""What a question is read as before anything is searched."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.answering.kinds import Kind
from chatbot.answering.languages import LANGUAGES
from chatbot.answering.lexicon import Lexicon
from chatbot.answering.understanding import understand
from chatbot.model import Question, Scope

LAMP = "How fast must a lamp be repaired in Norway?"


def test_a_plain_question_is_searched_as_it_is(lexicon: Lexicon) -> None:
    """Where nothing had to be changed nothing is shown as changed."""
    understood = understand(Question(LAMP), lexicon)
    assert (understood.text, understood.english, understood.searches) == (LAMP, LAMP, (LAMP,))
    assert (understood.language, understood.kind, understood.jurisdictions) == ("en", Kind.FACT, ("NO",))
    assert (understood.terms, understood.documents) == ({"lamp", "repair"}, ())
    assert (understood.context, understood.read_as) == ("", "")


def test_a_mended_question_is_shown(lexicon: Lexicon) -> None:
    """The reader sees what was read in place of what was written."""
    understood = understand(Question("How fsat must a lamp be repared in Norway?"), lexicon)
    assert understood.read_as == understood.text == understood.english == LAMP


def test_a_follow_up_is_shown_as_it_was_read(lexicon: Lexicon) -> None:
    """Another country takes the place of the first."""
    understood = understand(Question("And in Chile?", (LAMP,)), lexicon)
    assert understood.read_as == "How fast must a lamp be repaired in Chile?"
    assert understood.searches == (understood.read_as,)
    assert understood.jurisdictions == ("CL",)


def test_a_follow_up_is_searched_and_shown_with_what_it_leans_on(lexicon: Lexicon) -> None:
    """The earlier question stands in brackets behind it."""
    understood = understand(Question("What is the fine for that?", (LAMP,)), lexicon)
    assert understood.context == LAMP
    assert understood.read_as == f"What is the fine for that? ({LAMP})"
    assert understood.searches == (f"What is the fine for that? {LAMP}",)


def test_a_follow_up_is_about_the_country_it_leans_on(lexicon: Lexicon) -> None:
    """Who asks "and the fine for that?" still asks about the country before."""
    assert understand(Question("What is the fine for that?", (LAMP,)), lexicon).jurisdictions == ("NO",)


@pytest.mark.parametrize(
    ("text", "language", "english", "jurisdictions"),
    [
        ("Wie schnell muss eine Bibliothek in Norwegen öffnen?", "de", "library Norway", ("NO",)),
        ("Combien de temps pour réparer une lampe en Norvège ?", "fr", "how long repair lamp Norway", ("NO",)),
        ("¿Cuánto tiempo hay para reparar una lámpara en Noruega?", "es", "how long repair lamp Norway", ("NO",)),
        ("هل توجد مكتبة في النرويج؟", "ar", "library Norway", ("NO",)),
        ("노르웨이에는 도서관이 있습니까?", "ko", "Norway library", ("NO",)),
        ("挪威有图书馆吗？", "zh", "Norway library", ("NO",)),
        ("Há uma biblioteca na Noruega?", "pt", "library Norway", ("NO",)),
        ("Есть ли библиотека в Норвегии?", "ru", "library Norway", ("NO",)),
    ],
)
def test_a_question_in_another_language_is_searched_in_english_words(
    lexicon: Lexicon, text: str, language: str, english: str, jurisdictions: tuple[str, ...]
) -> None:
    """What is known of it is searched; the asker's own words stay as they are and are not shown as changed."""
    understood = understand(Question(text), lexicon)
    assert (understood.language, understood.english, understood.jurisdictions) == (language, english, jurisdictions)
    assert (understood.text, understood.searches, understood.read_as) == (text, (english,), "")


def test_a_follow_up_in_another_language_is_read_in_it(lexicon: Lexicon) -> None:
    """The names change in the asker's language and the search is in English."""
    turn = "Combien de temps pour réparer une lampe en Norvège ?"
    understood = understand(Question("Et au Chili ?", (turn,)), lexicon)
    assert understood.searches == ("how long repair lamp Chile",)
    assert understood.jurisdictions == ("CL",)


def test_a_language_that_was_chosen_is_taken(lexicon: Lexicon) -> None:
    """One word tells no language; the asker can."""
    understood = understand(Question("lampe", language="fr"), lexicon)
    assert (understood.language, understood.terms, understood.english) == ("fr", {"lamp"}, "lamp lampe")


def test_what_no_glossary_knows_is_searched_as_it_is(lexicon: Lexicon) -> None:
    """An empty gloss would find nothing."""
    assert understand(Question("nichts davon", language="de"), lexicon).english == "nichts davon"


def test_other_languages_are_not_mended(lexicon: Lexicon) -> None:
    """A French word is no misspelt English one."""
    assert understand(Question("la lampe brisee", language="fr"), lexicon).text == "la lampe brisee"


def test_each_side_of_a_comparison_is_searched(lexicon: Lexicon) -> None:
    """Two countries, two searches, each with the other one left out."""
    understood = understand(Question("Compare Norway and Chile on lamps"), lexicon)
    assert understood.kind is Kind.COMPARE
    assert understood.searches == ("Compare Norway and on lamps", "Compare and Chile on lamps")


def test_too_many_countries_are_searched_at_once(lexicon: Lexicon) -> None:
    """Beyond four sides the question stays whole."""
    text = "Compare Norway, Chile, Kenya, Ghana and Portugal"
    assert understand(Question(text), lexicon).searches == (text,)


def test_each_part_of_a_question_is_searched_with_its_subject(lexicon: Lexicon) -> None:
    """The second part is about the country of the first."""
    understood = understand(Question("How fast must a lamp be repaired in Norway, and what is the fine?"), lexicon)
    assert understood.searches == ("How fast must a lamp be repaired in Norway", "what is the fine Norway")


@pytest.mark.parametrize(
    ("text", "jurisdictions"),
    [
        ("What is the Norwegian name of the act?", ()),
        ("What is it called in Spanish?", ()),
        ("What is the Norwegian law?", ("NO",)),
        ("Chilean lamps in Norway", ("CL", "NO")),
        ("lamps in Norway, Norwegian lamps", ("NO",)),
    ],
)
def test_a_language_is_not_a_country(lexicon: Lexicon, text: str, jurisdictions: tuple[str, ...]) -> None:
    """The Norwegian name asks for words, the Norwegian law for law."""
    assert understand(Question(text), lexicon).jurisdictions == jurisdictions


def test_to_be_called_something_in_a_language_names_no_country(lexicon: Lexicon) -> None:
    """In Norwegian is like in Spanish: a language."""
    assert understand(Question("What is a lamp called in Norwegian?"), lexicon).jurisdictions == ()


def test_documents_are_known_by_name(lexicon: Lexicon) -> None:
    """An act that is named is the act that is meant."""
    assert understand(Question("Is the Library Act 2022 in force?"), lexicon).documents == ("no-library-act-2022",)


@given(
    st.text(min_size=1, max_size=200),
    st.lists(st.text(max_size=60), max_size=3),
    st.sampled_from(["", *LANGUAGES]),
)
def test_any_question_is_understood(lexicon: Lexicon, text: str, turns: list[str], language: str) -> None:
    """There is always a search, in a language we know, and what was asked is kept as it was."""
    question = Question(text, tuple(turns), Scope(jurisdictions=("NO",)), language)
    understood = understand(question, lexicon)
    assert understood.question is question
    assert understood.language in LANGUAGES
    assert understood.searches
    assert understood.read_as in ("", understood.text) or understood.read_as.startswith(f"{understood.text} (")
