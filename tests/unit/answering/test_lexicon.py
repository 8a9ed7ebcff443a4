"""The terms and names of a text in nine languages."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.answering.languages import LANGUAGES
from chatbot.answering.lexicon import Lexicon, words_of
from chatbot.model import Glossary, Term
from chatbot.retrieval.snapshot import Snapshot


@pytest.mark.parametrize(
    ("language", "text", "terms"),
    [
        ("en", "a lamp in the library", ["lamp", "library"]),
        ("en", "LAMPS in LIBRARIES", ["lamp", "library"]),
        ("fr", "réparer les lampes des bibliothèques", ["repair", "lamp", "library"]),
        ("es", "¿Cuánto tiempo para reparar la lámpara?", ["how-long", "repair", "lamp"]),
        ("pt", "as bibliotecas", ["library"]),
        ("de", "die Bibliotheken", ["library"]),
        ("ru", "в библиотеке", ["library"]),
        ("ar", "مكتبة", ["library"]),
        ("zh", "图书馆的灯", ["library", "lamp"]),
        ("ko", "도서관의 램프에", ["library", "lamp"]),
        ("en", "", []),
        ("fr", "within what time", []),
    ],
)
def test_terms_are_found_in_every_language(lexicon: Lexicon, language: str, text: str, terms: list[str]) -> None:
    """Whatever its ending or case, a term of the glossary is found, in reading order."""
    assert [found.id for found in lexicon.terms(text, language)] == terms


def test_the_longest_term_wins(lexicon: Lexicon) -> None:
    """Without a lamp is its own term, not a lamp."""
    assert [found.id for found in lexicon.terms("a room without a lamp", "en")] == ["without-lamp"]
    assert [found.id for found in lexicon.terms("une salle sans lampe", "fr")] == ["without-lamp"]


def test_a_discouraged_word_is_understood_and_not_used(lexicon: Lexicon) -> None:
    """It is called by the preferred word."""
    (found,) = lexicon.terms("a gloomy room", "en")
    assert (found.id, found.english) == ("without-lamp", "without a lamp")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("lamps in Norway", [("Norway", "in:NO", "Norway")]),
        ("Chilean and norwegian lamps", [("Chilean", "in:CL", "Chile"), ("norwegian", "in:NO", "Norway")]),
        ("en Norvège", [("Norvège", "in:NO", "Norway")]),
        ("노르웨이에서", [("노르웨이", "in:NO", "Norway")]),
        ("挪威的灯", [("挪威", "in:NO", "Norway")]),
        ("в Норвегии", [("Норвегии", "in:NO", "Norway")]),
        ("the European Union", [("European Union", "in:EU", "European Union")]),
        ("the Library Act 2022", [("Library Act 2022", "doc:no-library-act-2022", "Library Act 2022")]),
        ("Biblioteklov", [("Biblioteklov", "doc:no-library-act-2022", "Library Act 2022")]),
        ("the keepers", []),
    ],
)
def test_names_are_found_with_what_they_are_called_in_english(
    lexicon: Lexicon, text: str, names: list[tuple[str, str, str]]
) -> None:
    """Countries, bodies and documents are known by their names in every language."""
    assert [(text[f.start : f.end], f.id, f.english) for f in lexicon.names(text)] == names


@pytest.mark.parametrize(
    ("reference", "name"),
    [("in:NO", "Norway"), ("in:COE", "Council of Europe"), ("in:AFRICAN-UNION", "African Union"),
     ("in:INT", "international"), ("doc:cl-dry-archive-bill-2025", "Dry Archives Bill"), ("doc:nothing", "")],
)  # fmt: skip
def test_a_reference_has_an_english_name(lexicon: Lexicon, reference: str, name: str) -> None:
    """Countries from the atlas, bodies by name, documents by their English title; the unknown stays as it is."""
    assert lexicon.english_name(reference) == name


@pytest.mark.parametrize(
    ("language", "text", "gloss"),
    [
        ("de", "Bibliothek in Norwegen", "library Norway"),
        ("fr", "Combien de temps pour réparer une lampe en Norvège ?", "how long repair lamp Norway"),
        ("es", "¿Cuánto tiempo hay para reparar una lámpara en Noruega?", "how long repair lamp Norway"),
        ("ar", "مكتبة في النرويج", "library Norway"),
        ("ko", "노르웨이 도서관의 램프", "Norway library lamp"),
        ("zh", "挪威图书馆的灯", "Norway library lamp"),
        ("pt", "biblioteca do Chile", "library Chile"),
        ("ru", "чилийский закон, библиотека", "Chile library"),
        ("fr", "la lampe, les lampes", "lamp"),
        ("de", "Was sagte Ida Lund 2022 zu s 12(4)?", "Ida Lund 2022 12 4"),
        ("fr", "", ""),
        ("de", "nichts davon", ""),
    ],
)
def test_a_gloss_keeps_what_is_known_and_what_is_the_same(
    lexicon: Lexicon, language: str, text: str, gloss: str
) -> None:
    """Terms and names become English once each; numbers and capitalised names stay; all else goes."""
    assert lexicon.gloss(text, language).text == gloss


@given(
    st.text(max_size=60),
    st.sampled_from(["lampe", "灯图书馆", "램프에", "библиотеки", "Norway", "مكتبة", "Library Act 2022"]),
    st.sampled_from(LANGUAGES),
)
def test_what_is_found_stands_in_the_text_in_order(lexicon: Lexicon, text: str, known: str, language: str) -> None:
    """Places are within the text, in order, and do not overlap, whatever stands around."""
    for found in (lexicon.terms(text + known, language), lexicon.names(text + known)):
        ends = [0, *(f.end for f in found)]
        assert all(before <= f.start < f.end <= len(text + known) for before, f in zip(ends, found, strict=False))


def test_words_are_those_of_english_passages_questions_and_terms(snapshot: Snapshot) -> None:
    """Each word is counted as often as it occurs; other languages add none."""
    term = Term("lamp", (("en", ("oil lamp",)), ("fr", ("lampe",))))
    assert words_of([], ["Which lamp?"], Glossary((term,))) == Counter({"lamp": 2, "which": 1, "oil": 1})
    assert words_of(snapshot.passages, [], Glossary())["kroner"] == 1


def test_names_of_the_corpus_are_right_as_they_are(lexicon: Lexicon) -> None:
    """A speaker or an act in small letters is not a misspelling."""
    assert lexicon.speller.correct("what did boateng say of the storting") == "what did boateng say of the storting"


def test_the_name_of_a_document_does_not_tell_the_language(lexicon: Lexicon) -> None:
    """Who asks in French about an English title is answered in French, and a title alone is no language."""
    assert lexicon.language("Quelle amende selon le Library Act de Norvège ?") == "fr"
    assert lexicon.language("Library Act") == "en"
