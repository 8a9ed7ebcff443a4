"""Which language a question is in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.answering.languages import LANGUAGES, Identifier, identify


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("How fast must a broken lamp be repaired in Norway?", "en"),
        ("Combien de temps a-t-on pour réparer une lampe en Norvège ?", "fr"),
        ("¿Cuánto tiempo hay para reparar una lámpara en Noruega?", "es"),
        ("Quanto tempo há para consertar uma lâmpada na Noruega?", "pt"),
        ("Wie schnell muss eine Lampe in Norwegen repariert werden?", "de"),
        ("Как быстро нужно починить лампу в Норвегии?", "ru"),
        ("كم من الوقت لإصلاح المصباح في النرويج؟", "ar"),
        ("挪威图书馆的灯必须多快修好？", "zh"),
        ("노르웨이에서 램프를 얼마나 빨리 고쳐야 합니까?", "ko"),
    ],
)
def test_each_of_the_nine_languages_is_recognised(text: str, language: str) -> None:
    """A sentence of a language is read as that language."""
    assert identify(text) == language


@pytest.mark.parametrize("text", ["", " ", "?", "12", "s 12", "Norway", "…", "\0", "🙂"])
def test_what_tells_no_language_is_taken_for_english(text: str) -> None:
    """Marks, numbers and bare names are English."""
    assert identify(text) == "en"


@given(st.text(max_size=300))
def test_any_text_has_one_of_the_nine_languages(text: str) -> None:
    """No text gives another language, and none raises."""
    assert identify(text) in LANGUAGES


@pytest.mark.parametrize("text", ["\ud800", "How fast must a \udcff lamp be repaired?"])
def test_odd_bytes_have_a_language_too(text: str) -> None:
    """A lone surrogate, as Python makes of an odd byte on the command line, does not raise."""
    assert identify(text) in LANGUAGES


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("deepfake 罚款", "zh"),
        ("Ofcom 권한 Grok", "ko"),
        ("штраф за deepfake", "ru"),
        ("عقوبة deepfake", "ar"),
        ("What does 深度伪造 mean?", "en"),
        ("Is «дипфейк» the Russian word?", "en"),
    ],
)
def test_a_script_tells_the_language_unless_english_asks_about_it(text: str, language: str) -> None:
    """Loanwords in Latin letters change nothing; a foreign word in an English question does not either."""
    assert identify(text) == language


@pytest.mark.parametrize("text", ["ディープフェイクの罰金", "штраф за дипфейк в Україні", "عکس خصوصی بدون رضایت"])
def test_a_language_that_is_none_of_the_nine_is_answered_in_english(text: str) -> None:
    """Japanese, Ukrainian and Persian are not taken for the language whose script they share."""
    assert identify(text) == "en"


@pytest.mark.parametrize("text", ["Art. 33", "art. 5", "s 12", "Deepfake 2024/1385"])
def test_a_reference_tells_no_language(text: str) -> None:
    """The abbreviation of "article" is written in many languages."""
    assert identify(text) == "en"


def test_words_of_the_field_tell_the_language_of_two_words() -> None:
    """Words of the glossary and names of places decide where there is no function word."""
    identifier = Identifier({"de": ["Lampe", "Strafe"], "es": ["lámpara"]}, {"fr": ["Norvège"]})
    assert identifier.identify("Lampe Strafe") == "de"
    assert identifier.identify("lámpara") == "es"
    assert identifier.identify("Norvège") == "fr"
