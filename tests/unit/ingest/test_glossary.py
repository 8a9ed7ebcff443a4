"""The glossary becomes concepts and names of jurisdictions; a mistake is named with file and field."""

from pathlib import Path

import pytest

from chatbot.errors import CardError
from chatbot.ingest import glossary
from chatbot.model import Exemplar, Glossary, Intent, Region, Term
from chatbot.retrieval.names import LANGUAGES, REGION_NAME, known_names
from tests.conftest import ROOT


def _write(folder: Path, text: str | bytes) -> Path:
    path = folder / "glossary.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_a_corpus_without_glossary_has_an_empty_one(tmp_path: Path) -> None:
    """Nothing gives nothing."""
    assert glossary.load(tmp_path) == Glossary()


def test_the_glossary_of_the_small_corpus_is_read(corpus_dir: Path) -> None:
    """Terms have their words by language in a fixed order, jurisdictions in alphabetical order."""
    read = glossary.load(corpus_dir)
    assert [term.id for term in read.terms] == ["library", "lamp", "repair", "without-lamp", "how-long", "fine"]
    assert read.terms[1].words == (
        ("en", ("lamp",)),
        ("fr", ("lampe",)),
        ("es", ("lámpara",)),
        ("zh", ("灯",)),
        ("ko", ("램프",)),
    )
    assert read.jurisdictions[1] == (
        "CL",
        (("en", ("Chilean", "Chileans")), ("es", ("chileno", "chilena")), ("ru", ("чилийский",))),
    )


@pytest.mark.parametrize("text", ["terms: []", "jurisdictions: {}", "{}"])
def test_a_part_may_be_left_out(tmp_path: Path, text: str) -> None:
    """A glossary without terms, or without names, has none of them."""
    _write(tmp_path, text)
    assert glossary.load(tmp_path) == Glossary()


def test_discouraged_words_are_kept_apart(tmp_path: Path) -> None:
    """Discouraged words are not among the words of a term."""
    _write(tmp_path, "jurisdictions: {}\nterms: [{id: a, en: [lamp], discouraged: {en: [glim]}}]")
    assert glossary.load(tmp_path).terms == (Term("a", (("en", ("lamp",)),), (("en", ("glim",)),)),)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("jurisdictions: {}\nterms: [{id: a}]", "terms.0.en"),
        ("jurisdictions: {}\nterms: [{en: [a]}]", "terms.0.id"),
        ("jurisdictions: {}\nterms: [{id: a, en: lamp}]", "terms.0.en"),
        ("jurisdictions: {}\nterms: [{id: a, en: ['']}]", "terms.0.en.0"),
        ("jurisdictions: {}\nterms: [{id: a, en: [a], it: [b]}]", "terms.0.it"),
        ("jurisdictions: {NO: [a]}\nterms: []", "jurisdictions"),
        ("jurisdictions: {NO: {en: [1]}}\nterms: []", "jurisdictions"),
        ("colour: red\njurisdictions: {}\nterms: []", "colour"),
        ("- a", ""),
        ("", ""),
    ],
)
def test_a_mistake_is_named_with_file_and_field(tmp_path: Path, text: str, place: str) -> None:
    """The message begins with the file and the place of the mistake."""
    path = _write(tmp_path, text)
    with pytest.raises(CardError) as problem:
        glossary.load(tmp_path)
    assert str(problem.value).startswith(f"{path}: {place}")


@pytest.mark.parametrize(
    "text", ["a: [", "a: b: c", "\tx", "!!python/name:os.system", b"a: \xff", b"a: \x00", "&a [*a", "a: *b"]
)
def test_what_is_no_yaml_is_named(tmp_path: Path, text: str | bytes) -> None:
    """A file that cannot be read at all is told, and nothing in it is run."""
    path = _write(tmp_path, text)
    with pytest.raises(CardError) as problem:
        glossary.load(tmp_path)
    assert str(problem.value).startswith(f"{path}: not YAML in UTF-8: ")


def test_deeply_nested_yaml_is_named(tmp_path: Path) -> None:
    """A file nested beyond reason is a mistake of the glossary and not a crash."""
    _write(tmp_path, "jurisdictions: " + "[" * 5000)
    with pytest.raises(CardError):
        glossary.load(tmp_path)


def test_a_folder_in_its_place_is_named(tmp_path: Path) -> None:
    """A folder called glossary.yaml is told as a mistake."""
    (tmp_path / "glossary.yaml").mkdir()
    with pytest.raises(CardError):
        glossary.load(tmp_path)


def test_a_date_that_does_not_exist_is_named(tmp_path: Path) -> None:
    """An impossible date is a mistake of the glossary and not a crash."""
    _write(tmp_path, "jurisdictions: {}\nterms: [{id: 2025-13-01, en: [a]}]")
    with pytest.raises(CardError):
        glossary.load(tmp_path)


def test_the_second_term_of_an_id_is_named(tmp_path: Path) -> None:
    """Two terms with one id are a mistake."""
    _write(tmp_path, "jurisdictions: {}\nterms: [{id: a, en: [lamp]}, {id: a, en: [shelf]}]")
    with pytest.raises(CardError, match="a"):
        glossary.load(tmp_path)


# Regions


def _write_regions(folder: Path, text: str | bytes) -> Path:
    path = folder / "regions.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


@pytest.fixture(scope="module")
def regions() -> dict[str, Region]:
    """The regions of the repository's corpus, by id."""
    return {region.id: region for region in glossary.load(ROOT / "corpus").regions}


def test_regions_are_read(tmp_path: Path) -> None:
    """A region has its jurisdictions as written, and its names by language in alphabetical order."""
    _write_regions(
        tmp_path,
        "regions: {north: {jurisdictions: [IS, 'NO'], names: {fr: [le nord], en: [the North, northern]}}}",
    )
    names = (("en", ("the North", "northern")), ("fr", ("le nord",)))
    assert glossary.load(tmp_path).regions == (Region("north", ("IS", "NO"), names),)


@pytest.mark.parametrize("text", ["{}", "regions: {}"])
def test_there_may_be_no_regions(tmp_path: Path, text: str) -> None:
    """A file without regions, like no file, gives none."""
    _write_regions(tmp_path, text)
    assert glossary.load(tmp_path) == Glossary()


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("", ""),
        ("- a", ""),
        ("regions: []", "regions"),
        ("regions: {north: [IS]}", "regions.north"),
        ("regions: {north: {names: {en: [a]}}}", "regions.north.jurisdictions"),
        ("regions: {north: {jurisdictions: [IS]}}", "regions.north.names"),
        ("regions: {north: {jurisdictions: IS, names: {en: [a]}}}", "regions.north.jurisdictions"),
        ("regions: {north: {jurisdictions: [NO], names: {en: [a]}}}", "regions.north.jurisdictions.0"),
        ("regions: {north: {jurisdictions: [''], names: {en: [a]}}}", "regions.north.jurisdictions.0"),
        ("regions: {north: {jurisdictions: [IS], names: {en: a}}}", "regions.north.names.en"),
        ("regions: {north: {jurisdictions: [IS], names: {en: ['']}}}", "regions.north.names.en.0"),
        ("regions: {north: {jurisdictions: [IS], names: {en: [a]}, colour: red}}", "regions.north.colour"),
        ("colour: red", "colour"),
        ("regions: {north: ", "not YAML in UTF-8: "),
        ("a: \x00", "not YAML in UTF-8: "),
        (b"a: \xff", "not YAML in UTF-8: "),
    ],
)
def test_a_mistake_of_regions_is_named(tmp_path: Path, text: str | bytes, place: str) -> None:
    """The message begins with the file and the place of the mistake, such as an unquoted NO, which YAML reads as no."""
    path = _write_regions(tmp_path, text)
    with pytest.raises(CardError) as problem:
        glossary.load(tmp_path)
    assert str(problem.value).startswith(f"{path}: {place}")


@pytest.mark.parametrize("names", ["{fr: [le nord]}", "{en: []}", "{}"])
def test_a_region_without_an_english_name_is_refused(tmp_path: Path, names: str) -> None:
    """Every region is called something in English."""
    _write_regions(tmp_path, f"regions: {{north: {{jurisdictions: [IS], names: {names}}}}}")
    with pytest.raises(CardError):
        glossary.load(tmp_path)


@pytest.mark.parametrize("code", ["UK", "Norway", "is", "ZZ", "XX"])
def test_a_jurisdiction_of_a_region_that_there_is_not(tmp_path: Path, code: str) -> None:
    """A region holds jurisdictions that a card could have."""
    _write_regions(tmp_path, f"regions: {{north: {{jurisdictions: ['{code}'], names: {{en: [the North]}}}}}}")
    with pytest.raises(CardError):
        glossary.load(tmp_path)


def test_every_region_is_known_in_every_language(regions: dict[str, Region]) -> None:
    """The parts of the world have names in the nine languages of the helpdesk."""
    assert all(set(dict(region.names)) == set(LANGUAGES) for region in regions.values())


def test_regions_hold_jurisdictions_that_there_are(regions: dict[str, Region]) -> None:
    """Each code of a region is a country's, or a body's, and stands in it once."""
    known = {name.removeprefix("in:") for names in known_names([], Glossary()).values() for name in names.values()}
    for region in regions.values():
        assert set(region.jurisdictions) <= known
        assert len(set(region.jurisdictions)) == len(region.jurisdictions)


def test_no_name_means_two_regions(regions: dict[str, Region]) -> None:
    """In each language a name leads to one region, and to no country."""
    names = known_names([], Glossary(regions=tuple(regions.values())))
    for region in regions.values():
        for language, words in region.names:
            assert {names[language][word] for word in words} == {REGION_NAME + region.id}
    countries = known_names([], Glossary())
    assert not [
        (language, word)
        for region in regions.values()
        for language, words in region.names
        for word in words
        if word in countries[language]
    ]


@pytest.mark.parametrize(("part", "whole"), [("latin-america", "americas"), ("oceania", "asia-pacific")])
def test_a_part_of_a_region_lies_in_it(regions: dict[str, Region], part: str, whole: str) -> None:
    """What is in the smaller region is in the larger one."""
    assert set(regions[part].jurisdictions) <= set(regions[whole].jurisdictions)


@pytest.mark.parametrize(
    ("region", "inside", "outside"),
    [
        ("africa", ["KE", "ZA", "EG", "AFRICAN-UNION"], ["YE", "GB", "EU"]),
        ("europe", ["DE", "GB", "NO", "EU", "COE", "UA"], ["US", "MA"]),
        ("asia", ["IN", "KR", "LK", "JP"], ["AU", "NZ", "KE"]),
        ("americas", ["US", "CA", "MX", "BR"], ["ES"]),
        ("latin-america", ["MX", "BR", "CL"], ["US", "CA"]),
        ("asia-pacific", ["AU", "NZ", "IN", "KR", "LK"], ["US", "DE"]),
        ("oceania", ["AU", "NZ", "FJ"], ["ID"]),
    ],
)
def test_who_is_where(regions: dict[str, Region], region: str, inside: list[str], outside: list[str]) -> None:
    """Well-known countries lie where everybody knows them to be."""
    assert set(inside) <= set(regions[region].jurisdictions)
    assert not set(outside) & set(regions[region].jurisdictions)


def test_everyday_words_are_read_beside_the_terms(tmp_path: Path) -> None:
    """words.yaml gives an English word for words of other languages; one that only joins others has an empty one."""
    (tmp_path / "words.yaml").write_text('words:\n  - {en: when, fr: [quand]}\n  - {en: "", fr: [existe]}\n')
    assert [(dict(word.words)["en"], dict(word.words)["fr"]) for word in glossary.load(tmp_path).words] == [
        (("when",), ("quand",)),
        (("",), ("existe",)),
    ]


def test_a_corpus_without_exemplars_has_none(tmp_path: Path) -> None:
    """Nothing is learned where nothing is shown."""
    assert glossary.exemplars(tmp_path) == ()


def test_exemplars_are_read_in_their_order(tmp_path: Path) -> None:
    """Each sentence comes with what its writer wants."""
    text = 'abuse: [Break the lamp., Hide it.]\nquestion: ["Who repairs lamps?"]'
    (tmp_path / "intents.yaml").write_text(text, encoding="utf-8")
    assert glossary.exemplars(tmp_path) == (
        Exemplar(Intent.ABUSE, "Break the lamp."),
        Exemplar(Intent.ABUSE, "Hide it."),
        Exemplar(Intent.QUESTION, "Who repairs lamps?"),
    )


@pytest.mark.parametrize("text", ["mischief: [Hide it.]", "abuse: Hide it.", "abuse: ['']", "- abuse"])
def test_mistaken_exemplars_are_named_with_their_file(tmp_path: Path, text: str) -> None:
    """An unknown intent, a bare sentence and an empty one are mistakes."""
    (tmp_path / "intents.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(CardError, match=r"intents\.yaml"):
        glossary.exemplars(tmp_path)
