"""Names of documents and jurisdictions are found in texts as whole words, the longest first."""

import itertools
import time

import pytest

from chatbot.retrieval.gazetteer import Gazetteer

NAMES = {
    "": {
        "Library Act": "doc:act",
        "Library Act 2022": "doc:act22",
        "Biblioteklov": "doc:lov",
        "图书馆法": "doc:zh",
        "!?": "doc:none",
    },
    "en": {
        "Norway": "in:NO",
        "US": "in:US",
        "South Korea": "in:KR",
        "Korea": "in:XK",
        "Turkey": "in:TR",
        "Jersey": "in:JE",
    },
    "de": {"Norwegen": "in:NO"},
    "ru": {"Норвегия": "in:NO"},
    "fr": {"Norvège": "in:NO"},
    "zh": {"挪威": "in:NO", "韩国": "in:KR"},
    "ko": {"노르웨이": "in:NO"},
    "ar": {"النرويج": "in:NO"},
}


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    """A gazetteer of a few names."""
    return Gazetteer(NAMES)


@pytest.mark.parametrize(
    ("text", "references"),
    [
        ("What does the Library Act 2022 say?", ("doc:act22",)),
        ("What does the Library Act say?", ("doc:act",)),
        ("LIBRARY   act\n2022", ("doc:act22",)),
        ("library-act", ("doc:act",)),
        ("Norway and South Korea, Norway", ("in:NO", "in:KR")),
        ("norway's lamps", ("in:NO",)),
        ("NORWAY", ("in:NO",)),
        ("the US lamps", ("in:US",)),
        ("tell us more", ()),
        ("Turkey's lamps", ("in:TR",)),
        ("a turkey sandwich", ()),
        ("a jersey", ()),
        ("Norwayland", ()),
        ("in Norvege", ("in:NO",)),
        ("NORVÈGE", ("in:NO",)),
        ("Norwegens Lampen", ("in:NO",)),
        ("лампы в Норвегии", ("in:NO",)),
        ("挪威和韩国的灯", ("in:NO", "in:KR")),
        ("图书馆法第4条", ("doc:zh",)),
        ("노르웨이의 램프", ("in:NO",)),
        ("مكتبة في النرويج", ("in:NO",)),
        ("", ()),
        ("!? 📚 …", ()),
        ("\x00\ufffd", ()),
    ],
)
def test_names_in_texts(gazetteer: Gazetteer, text: str, references: tuple[str, ...]) -> None:
    """Names are found in their languages and forms, in order, once each; ordinary words are none."""
    assert gazetteer.found_in(text) == references


@pytest.mark.parametrize("text", ["NORVE\u0300GE", "en Norve\u0300ge"])
def test_decomposed_letters(gazetteer: Gazetteer, text: str) -> None:
    """A name is found also where its accents are characters of their own, as some keyboards and files have them."""
    assert gazetteer.found_in(text) == ("in:NO",)


def test_spans_cut_the_names(gazetteer: Gazetteer) -> None:
    """A span cuts the name as it stands in the text, also inside a run without blanks."""
    text = "Does the Library Act 2022 hold in 挪威的?"
    assert [text[start:end] for start, end, _ in gazetteer.spans(text)] == ["Library Act 2022", "挪威"]


def test_spans_do_not_overlap(gazetteer: Gazetteer) -> None:
    """Names that share words are found once, the longest."""
    spans = gazetteer.spans("Library Act 2022 South Korea Korea Library Act")
    assert [reference for _, _, reference in spans] == ["doc:act22", "in:KR", "in:XK", "doc:act"]
    assert all(end <= start for (_, end, _), (start, _, _) in itertools.pairwise(spans))


@pytest.mark.parametrize("names", [{}, {"": {}}, {"": {"": "doc:x", "…": "doc:y", " ": "doc:z"}}])
def test_no_names(names: dict[str, dict[str, str]]) -> None:
    """Without a name that has a word nothing is found."""
    assert Gazetteer(names).found_in("Norway … 挪威") == ()


@pytest.mark.parametrize(
    "text", ["Norway " * 300, "Library " * 280, "挪" * 2000, "A" * 2000, "É " * 1000, "Абв " * 500]
)
def test_long_questions_are_read_at_once(gazetteer: Gazetteer, text: str) -> None:
    """A question of 2,000 characters is read within a second."""
    start = time.perf_counter()
    gazetteer.spans(text)
    assert time.perf_counter() - start < 1
