"""Every name by which a document or a jurisdiction is known leads to its reference."""

from dataclasses import replace

import pytest

from chatbot.model import Glossary, Region
from chatbot.retrieval.gazetteer import Gazetteer
from chatbot.retrieval.names import LANGUAGES, jurisdiction_name, known_names
from chatbot.retrieval.snapshot import Snapshot


@pytest.mark.parametrize(
    ("language", "name", "reference"),
    [
        ("en", "Norway", "in:NO"),
        ("fr", "Norvège", "in:NO"),
        ("de", "Norwegen", "in:NO"),
        ("ru", "Норвегия", "in:NO"),
        ("zh", "挪威", "in:NO"),
        ("ko", "노르웨이", "in:NO"),
        ("ar", "النرويج", "in:NO"),
        ("es", "Noruega", "in:NO"),
        ("pt", "Noruega", "in:NO"),
        ("en", "European Union", "in:EU"),
        ("en", "Council of Europe", "in:COE"),
        ("en", "African Union", "in:AFRICAN-UNION"),
    ],
)
def test_jurisdictions(language: str, name: str, reference: str) -> None:
    """Countries are known in nine languages, and bodies in English."""
    assert known_names([], Glossary())[language][name] == reference


def test_languages() -> None:
    """There are names in each language, and in any."""
    assert set(known_names([], Glossary())) == {*LANGUAGES, ""}


@pytest.mark.parametrize("region", ["World", "Europe", "United Nations", "Eurozone", "Unknown Region"])
def test_regions_are_no_jurisdictions(region: str) -> None:
    """What is no country and no body with sources is no jurisdiction."""
    assert region not in known_names([], Glossary())["en"]


def test_glossary_adds_names() -> None:
    """The glossary's names hold beside those of the atlas, in languages of its own too."""
    glossary = Glossary(jurisdictions=(("NO", (("en", ("Storting",)), ("no", ("Norge",)))),))
    names = known_names([], glossary)
    assert (names["en"]["Storting"], names["no"]["Norge"], names["en"]["Norway"]) == ("in:NO",) * 3


def test_glossary_wins() -> None:
    """Where a name means several, the glossary's meaning holds."""
    assert known_names([], Glossary(jurisdictions=(("US", (("en", ("Georgia",)),)),)))["en"]["Georgia"] == "in:US"


def test_documents_names_hold_in_every_language(snapshot: Snapshot) -> None:
    """Each name of a document leads to it, whatever the language."""
    act = snapshot.documents["no-library-act-2022"]
    assert known_names([act], Glossary())[""] == dict.fromkeys(act.names, "doc:no-library-act-2022")


def test_names_of_the_snapshot_are_found_in_texts(snapshot: Snapshot) -> None:
    """Each document of a snapshot is found by each of its names."""
    gazetteer = Gazetteer(snapshot.names)
    for document in snapshot.documents.values():
        assert [gazetteer.found_in(f"What does the {name} say?") for name in document.names] == [
            (f"doc:{document.id}",)
        ] * len(document.names)


def test_document_without_names_in_words(snapshot: Snapshot) -> None:
    """A title without a letter does no harm."""
    odd = replace(snapshot.documents["no-library-act-2022"], title="…", short_title="📚", title_en="", aliases=())
    assert Gazetteer(known_names([odd], Glossary())).found_in("📚 …") == ()


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("NO", "Norway"),
        ("KR", "Republic of Korea"),
        ("US", "United States of America"),
        ("CZ", "Czechia"),
        ("TR", "Türkiye"),
        ("EU", "European Union"),
        ("COE", "Council of Europe"),
        ("AFRICAN-UNION", "African Union"),
        ("INT", "international"),
        ("nowhere", "nowhere"),
        ("", ""),
    ],
)
def test_what_a_jurisdiction_is_called(code: str, name: str) -> None:
    """Countries as the United Nations call them, bodies by their names, the unknown as it is."""
    assert jurisdiction_name(code) == name


def test_regions_are_known_by_their_names() -> None:
    """A region of the glossary is known in each of its languages, before any country of that name."""
    region = Region("north", ("NO", "IS"), (("en", ("the North", "Norway")), ("fr", ("le nord",))))
    names = known_names([], Glossary(regions=(region,)))
    assert (names["en"]["the North"], names["fr"]["le nord"]) == ("region:north", "region:north")
    assert (names["en"]["Norway"], names["fr"]["Norvège"]) == ("region:north", "in:NO")


def test_a_region_is_found_in_a_text() -> None:
    """The longest name of a region is found, in any case."""
    region = Region("north", ("NO",), (("en", ("North", "North Countries")),))
    gazetteer = Gazetteer(known_names([], Glossary(regions=(region,))))
    assert gazetteer.spans("laws of north countries") == [(8, 23, "region:north")]
