"""The glossary becomes concepts and names of jurisdictions; a mistake is named with file and field."""

from pathlib import Path

import pytest

from chatbot.errors import CardError
from chatbot.ingest import glossary
from chatbot.model import Glossary, Term


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
