"""What is known of a text in another language becomes English words; the rest is kept, or told as unread."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.answering.glossing import Found, glossed, prepared
from chatbot.answering.lexicon import Lexicon
from chatbot.model import Glossary, Term
from chatbot.retrieval import references

ENGLISH = frozenset({"coordination", "commission", "bundestag", "protocol", "lamp"})


def term(english: str, **words: str) -> Term:
    """A term, or an everyday word, with its words of other languages, a comma between them."""
    others = tuple((language, tuple(variants.split(", "))) for language, variants in words.items())
    return Term(english, (("en", (english,)), *others))


@pytest.fixture(scope="module")
def reading() -> Lexicon:
    """A lexicon of a few words."""
    words = (
        term("how many", fr="combien de", zh="多少", ko="몇"),
        term("maximum", fr="maximale", es="máxima"),
        term("risk", de="Risiko, Risiken"),
        term("level", de="Stufe, Stufen"),
        term("Art", de="Kunst"),
        term("", zh="的, 吗", ko="있습니까", fr="existe-t-il"),
    )
    terms = (term("penalty", fr="peine", es="pena"), term("lamp", zh="灯", ko="램프", de="Lampe"))
    return Lexicon({}, Glossary(terms=terms, words=words), {}, Counter({"coordination": 3, "protocol": 2}))


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        ("제14조의2 벌금", "art:14-2"),
        ("제14조", "art:14"),
        ("第14条规定了什么", "art:14"),
        ("第十四条", "art:14"),
        ("第二十条", "art:20"),
        ("第184k条", "art:184k"),
        ("المادة 5 من الاتفاقية", "art:5"),
        ("المادة ٥", "art:5"),
        ("статья 16", "art:16"),
        ("в статье 16", "art:16"),
        ("o art. 5º da lei", "art:5"),
    ],
)
def test_a_provision_is_named_as_in_english(text: str, reference: str) -> None:
    """However an article is written, it is found as one."""
    assert reference in references.found_in(prepared(text))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2023年11月", "2023 November"),
        ("2025년 2월", "2025 February"),
        ("24个月", "24 个月"),
        ("2019年至2023年", "2019 至 2023"),
        ("Act에 따르면", "Act 에 따르면"),
        ("٤٨ ساعة", "48 ساعة"),
    ],
)
def test_figures_and_dates_are_written_as_in_english(text: str, words: str) -> None:
    """Digits are European, months have names, and Latin words stand alone."""
    assert " ".join(prepared(text).split()) == words


@pytest.mark.parametrize(
    ("language", "text", "gloss"),
    [
        ("fr", "Combien de lampes", "how many"),
        ("fr", "la peine maximale", "maximum penalty"),
        ("es", "pena máxima de la ley", "maximum penalty"),
        ("de", "Risikostufen", "risk level"),
        ("de", "die Lampenstufe", "lamp level"),
        ("zh", "多少灯的", "how many lamp"),
        ("ko", "램프가 몇 개 있습니까", "lamp how many"),
        ("es", "la coordinación", "coordination"),
        ("ru", "протокол", "protocol"),
    ],
)
def test_words_compounds_and_cognates_are_read(reading: Lexicon, language: str, text: str, gloss: str) -> None:
    """Adjectives stand before their nouns, compounds are taken apart, and words spelt alike are the same."""
    assert reading.gloss(text, language).text == gloss


def test_a_word_comes_before_a_term_of_its_length() -> None:
    """Where two finds cover the same, the first counts; a longer one counts before a shorter."""
    found = [Found(0, 4, "", "first"), Found(0, 4, "", "second")]
    assert glossed("abcd", "fr", found, ENGLISH).text == "first"
    assert glossed("abcd efg", "fr", [*found, Found(0, 8, "", "longer")], ENGLISH).text == "longer"


def test_what_could_not_be_read_is_told(reading: Lexicon) -> None:
    """Words with a meaning that nobody knows are unread; function words, names and figures are not."""
    gloss = reading.gloss("Combien de zigouigouis existe-t-il en 2024 pour NATO ?", "fr")
    assert gloss.unread == ("zigouigouis",)
    assert gloss.text == "how many 2024 NATO"


def test_a_german_noun_is_no_name(reading: Lexicon) -> None:
    """Capitals tell nothing in German; in French they tell a name, but for the first word."""
    assert reading.gloss("Welche Zirkusse", "de").text == ""
    assert reading.gloss("Herr Protocol", "de").text == "protocol"
    assert reading.gloss("Voici Zirkus", "fr").text == "Zirkus"


@given(st.text(max_size=80), st.sampled_from(["fr", "es", "ar", "pt", "de", "ru", "zh", "ko"]))
def test_any_text_has_a_gloss(text: str, language: str) -> None:
    """No text raises, and a gloss has no empty words."""
    gloss = glossed(prepared(text), language, [], ENGLISH)
    assert gloss.text == " ".join(gloss.text.split())
