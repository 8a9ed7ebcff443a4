"""A text's sentences: where each begins and ends, with nothing lost between them."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from chatbot.ingest.sentences import spans


def _sentences(text: str, language: str = "en") -> list[str]:
    return [text[start:end] for start, end in spans(text, language)]


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        ("en", ["The lamp is lit.", "Is it warm?", "It is!"]),
        ("en", ["Ms. Ana Duarte lit it.", "Dr. Boateng helped."]),
        ("en", ["See Art. 5 and s. 12 for that.", "See No. 3 too."]),
        ("en", ["A sum of 3.5 million was paid.", "It was late."]),
        ("en", ["It was p. 12 of the U.S. report.", "Nobody read it."]),
        ("en", ["It was, e.g. in Norway, dark.", "It is so no more."]),
        ("en", ["Mr. K. Lund asked at 5 p.m. for a lamp.", "None came."]),
        ("en", ["He said: “Light it. Now.”", "She did."]),
        ("fr", ["La lampe est allumée.", "Mme. Lund lit."]),
        ("de", ["Die Lampe brennt.", "Nach § 3 Abs. 2 ist das erlaubt."]),
        ("es", ["La lámpara arde.", "¿Quién lee?"]),
        ("ru", ["Лампа горит.", "Кто читает?"]),
        ("zh", ["灯亮了。", "谁在读书？"]),
        ("ar", ["المصباح مضاء.", "من يقرأ؟"]),
        ("ko", ["등불이 켜졌다.", "누가 읽는가?"]),
        ("xx", ["An unknown tongue.", "It is split too."]),
    ],
)
def test_sentences_end_where_their_language_ends_them(language: str, sentences: list[str]) -> None:
    """Each sentence is found whole; abbreviations, numbers and initials end none."""
    between = "" if language == "zh" else " "
    assert _sentences(between.join(sentences), language) == sentences


@pytest.mark.parametrize("text", ["", " ", "\n\t\n", "\u2003"])
def test_blank_text_has_no_sentence(text: str) -> None:
    """Nothing gives nothing."""
    assert spans(text, "en") == []


@pytest.mark.parametrize(
    "text", ['"It is dark. It is late."', "“It is dark. It is late.”", "«Il fait noir. Il est tard.»"]
)
def test_a_text_in_quotation_marks_is_one_sentence(text: str) -> None:
    """A statement is quoted whole."""
    assert _sentences(text) == [text]


def test_two_quotations_are_not_one() -> None:
    """Quotation marks at both ends of a text make one statement only where none stand between them."""
    assert _sentences('"It is dark." He left. "It is late."') != ['"It is dark." He left. "It is late."']


@pytest.mark.parametrize("text", ["...", "lamp", "?", "1.", "a. b. c.", "(a)", "§", "—"])
def test_scraps_are_kept(text: str) -> None:
    """What is no sentence is still text and is not lost."""
    assert "".join(_sentences(text)).replace(" ", "") == text.replace(" ", "")


@given(st.text(max_size=300), st.sampled_from(["en", "fr", "de", "es", "ru", "ar", "zh", "ko", "xx", ""]))
@example("Mr. Mr. Mr. A", "en")
@example("a\u2028b\x85c\x1fd.", "en")
@example("? ? ? lamp. ?", "zh")
@settings(deadline=None)
def test_sentences_are_in_order_and_lose_nothing(text: str, language: str) -> None:
    """Spans do not overlap, are not empty, have no blanks at their ends, and only blanks lie outside them."""
    rest, last = "", 0
    for start, end in spans(text, language):
        assert last <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()
        rest, last = rest + text[last:start], end
    assert (rest + text[last:]).strip() == ""


@pytest.mark.parametrize(
    "text", ["Mr. " * 20_000, "? " * 20_000, "A. " * 20_000, "lamp " * 50_000, "“" * 20_000, "." * 50_000]
)
def test_a_bomb_is_split(text: str) -> None:
    """Text made of nothing but abbreviations or marks is split, and its end is found."""
    assert spans(text, "en")[-1][1] == len(text.rstrip())
