"""Every name by which a document or a jurisdiction is known leads to its reference."""

from dataclasses import replace

import pytest

from chatbot.model import Glossary
from chatbot.retrieval.gazetteer import Gazetteer
from chatbot.retrieval.names import LANGUAGES, known_names
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
