"""A text becomes the stems it is searched by, in the rules of its language."""

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.retrieval.words import is_function_word, is_unspaced, plain_words, stems, terms


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The LAMP, s 66E(2)!", ["the", "lamp", "s", "66e", "2"]),
        ("Cafe\u0301", ["café"]),
        ("ﬁne ２０２５", ["fine", "2025"]),
        ("Straße", ["strasse"]),
        ("图书馆", ["图书", "书馆"]),
        ("灯", ["灯"]),
        ("도서관", ["도서", "서관"]),
        ("مكتبة المجلس", ["مكتبة", "المجلس"]),
        ("📚 — …", []),
        ("", []),
        ("\x00a\u200bb", ["a", "b"]),
    ],
)
def test_plain_words(text: str, words: list[str]) -> None:
    """Words are case-folded and composed; scripts without blanks become pairs of characters."""
    assert plain_words(text) == words


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("the lamps of a keeper", "en", ["lamp", "keeper"]),
        ("la lámpara rota", "es", ["lamp", "rot"]),
        ("die Lampen", "de", ["lamp"]),
        ("the lamps", "xx", ["the", "lamps"]),
        ("the lamps", "", ["the", "lamps"]),
        ("图书馆", "zh", ["图书", "书馆"]),
    ],
)
def test_stems(text: str, language: str, expected: list[str]) -> None:
    """Words that only hold a sentence together are left out; an unknown language is not stemmed."""
    assert stems(text, language) == expected


def test_terms_have_pairs_of_neighbours() -> None:
    """Terms are the stems, then each pair of neighbouring ones."""
    assert terms("broken lamps of keepers", "en") == ["broken", "lamp", "keeper", "broken lamp", "lamp keeper"]


@pytest.mark.parametrize("text", ["", "the", "of the", "?!"])
def test_terms_of_no_telling_word(text: str) -> None:
    """A text without a telling word has no terms."""
    assert terms(text, "en") == []


@pytest.mark.parametrize(
    ("word", "language", "expected"),
    [("The", "en", True), ("lamp", "en", False), ("und", "de", True), ("und", "en", False), ("the", "xx", False)],
)
def test_function_words(word: str, language: str, expected: bool) -> None:
    """Words such as "the" are known in their own language alone, in any case."""
    assert is_function_word(word, language) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("图书馆", True), ("도서관", True), ("ライブラリ", True), ("lamp 灯", True), ("мост", False), ("", False)],
)
def test_unspaced(text: str, expected: bool) -> None:
    """Chinese, Japanese and Korean are told from scripts with blanks."""
    assert is_unspaced(text) is expected


@given(st.text(max_size=60), st.sampled_from(["en", "ar", "ru", "zh", "xx"]))
def test_any_text_has_stems_that_are_words(text: str, language: str) -> None:
    """Whatever the text, its stems are not empty and hold no blank."""
    assert all(stem and not any(c.isspace() for c in stem) for stem in stems(text, language))


def test_threads_do_not_share_a_stemmer() -> None:
    """Many threads at once give what one gives."""
    text, found = "the lamps of keepers are repaired " * 50, []
    threads = [threading.Thread(target=lambda: found.append(stems(text, "en"))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [stems(text, "en")] * 8
