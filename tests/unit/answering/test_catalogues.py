"""The catalogues of our own words: whole, with the same gaps, and used in the asker's language."""

from string import Formatter

import pytest
from babel.messages import Catalog
from babel.messages.pofile import read_po

from chatbot.answering import catalogues, frames
from chatbot.answering.asks import DEMANDED, WANTED
from chatbot.answering.frames import Frames
from chatbot.model import Element, LegalState
from chatbot.retrieval import record
from chatbot.retrieval.names import jurisdiction_name

OTHERS = [language for language in catalogues.LANGUAGES if language != "en"]
PLACES = ("KR", "US", "CZ", "TR", "EU", "COE", "AFRICAN-UNION", "INT")
WORDS = (
    *(value for name, value in vars(frames).items() if name.isupper() and isinstance(value, str)),
    *(*frames.WHAT, *frames.WHAT.values(), *frames.SCOPES),
    *(ask.name for ask in (*WANTED, *DEMANDED)),
    *(element.label for element in Element),
    *(record.state_words(state) for state in LegalState),
    *map(jurisdiction_name, PLACES),
)


def read(language: str) -> Catalog:
    """The catalogue of a language as it is written."""
    path = catalogues.FOLDER / language / "LC_MESSAGES" / "messages.po"
    with path.open(encoding="utf-8") as file:
        return read_po(file, locale=language)


def both(value: str | tuple[str, ...]) -> tuple[str, ...]:
    """The forms of a message, one or several."""
    return (value,) if isinstance(value, str) else tuple(value)


def gaps(text: str) -> set[str]:
    """What is to be filled into a message."""
    return {field for _, field, _, _ in Formatter().parse(text) if field}


@pytest.mark.parametrize("language", OTHERS)
def test_everything_we_say_is_translated(language: str) -> None:
    """Each frame, sort of fact, element, legal state and name of a place that we call otherwise is in the catalogue."""
    held = {form for message in read(language) if message.id and all(both(message.string)) for form in both(message.id)}
    assert [words for words in WORDS if words not in held] == []


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_has_the_gaps_of_the_original(language: str) -> None:
    """What is filled in is filled in everywhere; a form for one may leave the number out."""
    for message in read(language):
        if message.id:
            known, forms = [gaps(form) for form in both(message.id)], both(message.string)
            assert gaps(forms[-1]) == known[-1], message.id
            assert all(known[0] <= gaps(form) <= known[-1] for form in forms), message.id


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_ends_as_the_original_does(language: str) -> None:
    """A sentence is a sentence in every language, and what leads to a list has a colon."""
    ends = {".": (".", "。"), "?": ("?", "？", "؟"), ":": (":", "：")}
    for message in read(language):
        for form in both(message.string) if message.id else ():
            assert form.endswith(ends.get(both(message.id)[0][-1], (form[-1],))), form


@pytest.mark.parametrize("language", OTHERS)
def test_a_catalogue_holds_nothing_that_is_not_said(language: str) -> None:
    """A translation whose original has changed does not stay behind."""
    assert {form for message in read(language) if message.id for form in both(message.id)} <= set(WORDS)


def test_an_unknown_language_has_english_words() -> None:
    """Where there is no catalogue the words stay English."""
    assert Frames("tlh").say(frames.THANKS) == frames.THANKS
    assert Frames("tlh").row(["a", "b", "c"]) == "a, b and c"


@pytest.mark.parametrize(
    ("language", "row"),
    [
        ("en", "Norway, Peru and Iceland"),
        ("fr", "Norvège, Pérou et Islande"),
        ("es", "Noruega, Perú e Islandia"),
        ("ar", "النرويج وبيرو وآيسلندا"),
        ("pt", "Noruega, Peru e Islândia"),
        ("de", "Norwegen, Peru und Island"),
        ("ru", "Норвегия, Перу и Исландия"),
        ("zh", "挪威、秘鲁和冰岛"),
        ("ko", "노르웨이, 페루 및 아이슬란드"),
    ],
)
def test_names_of_places_stand_in_a_row(language: str, row: str) -> None:
    """Countries are called and joined as the language does it."""
    said = frames.of(language)
    assert said.row([said.place(code) for code in ("NO", "PE", "IS")]) == row


@pytest.mark.parametrize(
    ("language", "code", "name"),
    [("de", "KR", "Republik Korea"), ("fr", "EU", "Union européenne"), ("ar", "AFRICAN-UNION", "الاتحاد الأفريقي")],
)
def test_places_are_called_as_in_the_united_nations(language: str, code: str, name: str) -> None:
    """Bodies, and countries whose everyday name is another, have their own translations."""
    assert frames.of(language).place(code) == name


@pytest.mark.parametrize(
    ("language", "years", "words"),
    [("en", 1, "a year"), ("en", 3, "3 years"), ("de", 3, "3 Jahren"), ("ru", 5, "5 лет"), ("ar", 2, "سنتين")],
)
def test_years_are_counted_in_the_forms_of_the_language(language: str, years: int, words: str) -> None:
    """One year, two years and five years have their own endings."""
    told = frames.of(language).count(frames.CHECKED_A_YEAR_AGO, frames.CHECKED_YEARS_AGO, years, when="x", years=years)
    assert words in told


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_a_message_that_leads_to_nothing_ends_with_a_full_stop(language: str) -> None:
    """Where the list that a message announces does not follow it, the colon goes, with the blank before it."""
    said = frames.of(language)
    ended = said.ended(said.say(frames.WHOLE_LIST, count=3))
    assert ended[-1] in ".。"
    assert ended[-2] not in " :："


@pytest.mark.parametrize(
    ("language", "as_of", "words"),
    [
        ("en", "2026-05-02", "2 May 2026"),
        ("de", "2026-05-02", "2. Mai 2026"),
        ("fr", "2026-05", "mai 2026"),
        ("ko", "", ""),
    ],
)
def test_dates_are_written_out(language: str, as_of: str, words: str) -> None:
    """A day or a month stands in the words of the language; no date is no word."""
    assert frames.of(language).date(as_of) == words


def test_labels_are_small_inside_a_sentence() -> None:
    """An element loses its capital, except in German, where nouns keep theirs."""
    assert frames.ENGLISH.element(Element.COVERS_SHARING) == "sharing"
    assert frames.of("fr").element(Element.COVERS_SHARING) == "diffusion"
    assert frames.of("de").element(Element.COVERS_SHARING) == "Weitergabe"
