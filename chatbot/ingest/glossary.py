"""corpus/glossary.yaml, words.yaml, regions.yaml, intents.yaml -> concepts, words, places, exemplars; checked."""

from collections import Counter
from pathlib import Path
from typing import Annotated, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, RootModel, StringConstraints, ValidationError, field_validator

from chatbot.errors import CardError
from chatbot.ingest.jurisdictions import Jurisdiction
from chatbot.model import Exemplar, Glossary, Intent, Region, Term

_Words = tuple[Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)], ...]
_File = TypeVar("_File", bound=BaseModel)
_LANGUAGES = ("en", "fr", "es", "ar", "pt", "de", "ru", "zh", "ko")


class _Term(BaseModel):
    model_config = ConfigDict(extra="forbid")

    id: str
    en: _Words
    fr: _Words = ()
    es: _Words = ()
    ar: _Words = ()
    pt: _Words = ()
    de: _Words = ()
    ru: _Words = ()
    zh: _Words = ()
    ko: _Words = ()
    discouraged: dict[str, _Words] = {}


class _Glossary(BaseModel):
    model_config = ConfigDict(extra="forbid")

    jurisdictions: dict[str, dict[str, _Words]] = {}
    terms: tuple[_Term, ...] = ()


class _Word(BaseModel):
    model_config = ConfigDict(extra="forbid")

    en: str
    fr: _Words = ()
    es: _Words = ()
    ar: _Words = ()
    pt: _Words = ()
    de: _Words = ()
    ru: _Words = ()
    zh: _Words = ()
    ko: _Words = ()


class _Everyday(BaseModel):
    model_config = ConfigDict(extra="forbid")

    words: tuple[_Word, ...] = ()


class _Region(BaseModel):
    model_config = ConfigDict(extra="forbid")

    jurisdictions: tuple[Jurisdiction, ...]
    names: dict[str, _Words]

    @field_validator("names")
    @classmethod
    def _has_english(cls, names: dict[str, _Words]) -> dict[str, _Words]:
        if not names.get("en"):
            raise ValueError("write at least one English name under 'en'")
        return names


class _Regions(BaseModel):
    model_config = ConfigDict(extra="forbid")

    regions: dict[str, _Region] = {}


class _Intents(RootModel[dict[Intent, _Words]]):
    root: dict[Intent, _Words] = {}


def load(corpus_dir: Path) -> Glossary:
    """Read the glossary; a corpus without one has an empty one. Raises CardError with field and cure."""
    path = corpus_dir / "glossary.yaml"
    read = _read(path, _Glossary)
    twice = [id_ for id_, count in Counter(term.id for term in read.terms).items() if count > 1]
    if twice:
        raise CardError(f"{path}: terms: the id '{twice[0]}' is taken twice; give each term its own.")
    return Glossary(
        terms=tuple(_term(term) for term in read.terms),
        words=tuple(_word(word) for word in _read(corpus_dir / "words.yaml", _Everyday).words),
        jurisdictions=tuple(
            (code, tuple(sorted(by_language.items()))) for code, by_language in read.jurisdictions.items()
        ),
        regions=tuple(
            Region(id_, region.jurisdictions, tuple(sorted(region.names.items())))
            for id_, region in _read(corpus_dir / "regions.yaml", _Regions).regions.items()
        ),
    )


def exemplars(corpus_dir: Path) -> tuple[Exemplar, ...]:
    """The sentences of intents.yaml with what each wants; none where there is no file. Raises CardError."""
    read = _read(corpus_dir / "intents.yaml", _Intents).root
    return tuple(Exemplar(intent, text) for intent, texts in read.items() for text in texts)


def _read(path: Path, kind: type[_File]) -> _File:
    if not path.exists():
        return kind()
    try:
        return kind.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except ValidationError as error:
        first = error.errors()[0]
        raise CardError(f"{path}: {'.'.join(map(str, first['loc']))}: {first['msg']}") from error
    except (yaml.YAMLError, OSError, ValueError, RecursionError) as error:
        raise CardError(f"{path}: not YAML in UTF-8: {error}") from error


def _term(term: _Term) -> Term:
    return Term(
        id=term.id,
        words=tuple((language, getattr(term, language)) for language in _LANGUAGES if getattr(term, language)),
        discouraged=tuple(term.discouraged.items()),
    )


def _word(word: _Word) -> Term:
    others = tuple((language, getattr(word, language)) for language in _LANGUAGES[1:] if getattr(word, language))
    return Term(id=word.en, words=(("en", (word.en,)), *others))
