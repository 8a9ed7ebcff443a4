"""corpus/*.md -> documents with their digests; each card is checked, a bad one is named and the rest goes on."""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, field_validator

from chatbot.errors import CardError
from chatbot.ingest import readers
from chatbot.ingest.jurisdictions import Jurisdiction
from chatbot.model import (
    AnnexEntry,
    Block,
    Coverage,
    Document,
    DocumentKind,
    Element,
    LegalState,
    LegalStatus,
    Link,
    Pinpoint,
)

_FRONT_MATTER = re.compile(r"---\n(?P<fields>.*?)\n---\n(?P<body>.*)", re.DOTALL)
_REFERENCE = re.compile(r"\(((?:[^()]|\([^()]*\))*)\)")
_DATE = re.compile(r"\d{4}-\d{2}(-\d{2})?")
_SAYS = re.compile(r"(yes|no|partly)\b")
_Word = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class _Fields(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Status(_Fields):
    state: LegalState
    detail: str = ""
    as_of: str = ""

    @field_validator("as_of", mode="before")
    @classmethod
    def _is_date(cls, value: Any) -> str:
        text = str(value)
        try:
            if not _DATE.fullmatch(text):
                raise ValueError(text)
            datetime.date.fromisoformat(text if len(text) > 7 else f"{text}-01")
        except ValueError as error:
            raise ValueError("write a date as YYYY-MM-DD or YYYY-MM, or leave it out where it is not known") from error
        return text


class _Link(_Fields):
    url: Annotated[str, StringConstraints(pattern=r"^https?://\S+$")]
    what: str = ""
    unverified: bool = False


class _Pinpoint(_Fields):
    ref: _Word
    heading: str = ""
    what: str = ""
    unverified: bool = False


class _AnnexEntry(_Fields):
    part: Literal["A", "B", "C", "D", "E", "body", "related", "brief"]
    under: tuple[_Word, ...] = ()
    place: Annotated[int, Field(ge=0)] = 0


class _Card(_Fields):
    id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
    title: _Word
    title_en: str = ""
    short_title: _Word
    aliases: tuple[_Word, ...] = ()
    issuer: _Word
    jurisdiction: Jurisdiction
    annex: Annotated[tuple[_AnnexEntry, ...], Field(min_length=1)]
    type: DocumentKind
    year: Annotated[int, Field(ge=1900, le=2100)]
    status: _Status
    languages: tuple[Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")], ...]
    official_urls: tuple[_Link, ...] = ()
    pinpoints: tuple[_Pinpoint, ...] = ()
    comparison: dict[Element, _Word] = {}
    confidence: str = ""
    contact: str = ""

    @field_validator("annex", mode="before")
    @classmethod
    def _parts_or_entries(cls, value: Any) -> Any:
        entries = value if isinstance(value, list) else [value]
        return [{"part": entry} if isinstance(entry, str) else entry for entry in entries]

    @field_validator("official_urls", mode="before")
    @classmethod
    def _plain_addresses(cls, value: Any) -> Any:
        return [{"url": v} if isinstance(v, str) else v for v in value] if isinstance(value, list) else value


@dataclass(frozen=True, slots=True)
class Card:
    """A document as its card describes it, the digest's blocks, and where the card stands."""

    document: Document
    blocks: list[Block]
    path: Path


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The cards that can be used, by document id in file order, and what is wrong with the others."""

    cards: dict[str, Card]
    problems: tuple[CardError, ...]


def load(corpus_dir: Path) -> Catalogue:
    """Read every card below the folder; README files are not cards. Raises CardError when there is no folder."""
    if not corpus_dir.is_dir():
        raise CardError(f"{corpus_dir}: there is no such folder; set CHATBOT_CORPUS_DIR to the folder of the cards.")
    cards: dict[str, Card] = {}
    problems: list[CardError] = []
    for path in sorted(corpus_dir.rglob("*.md")):
        if path.name.startswith("README"):
            continue
        try:
            card = read_card(path)
            if card.document.id in cards:
                raise CardError(f"{path}: id: '{card.document.id}' is taken by {cards[card.document.id].path}")
            cards[card.document.id] = card
        except CardError as problem:
            problems.append(problem)
    return Catalogue(cards, tuple(problems))


def read_card(path: Path) -> Card:
    """One card. Raises CardError with file, field and cure."""
    text = _text(path)
    match = _FRONT_MATTER.fullmatch(text)
    if not match:
        raise CardError(f"{path}: the file must begin with fields between two lines '---', then the digest.")
    try:
        fields = _Card.model_validate(yaml.safe_load(match["fields"]))
    except ValidationError as error:
        raise CardError("\n".join(_sentence(path, detail) for detail in error.errors())) from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise CardError(f"{path}: the fields are not YAML: {error}. Quote texts that hold a colon.") from error
    if fields.id != path.stem:
        raise CardError(f"{path}: id: '{fields.id}' differs from the file's name; make them the same.")
    blocks = readers.read_markdown(match["body"])
    said = " ".join(block.text for block in blocks)
    if unsaid := list(_unsaid(fields, said)) if blocks else []:
        raise CardError("\n".join(f"{path}: {problem}" for problem in unsaid))
    return Card(_document(fields, Coverage.DIGEST if blocks else Coverage.LISTED), blocks, path)


def _unsaid(card: _Card, said: str) -> Iterator[str]:
    """What the fields say and the text does not, so that nothing could be quoted for it."""
    for number, pinpoint in enumerate(card.pinpoints):
        if not _stands_in(pinpoint.ref, said):
            yield f"pinpoints.{number}.ref: '{pinpoint.ref}' does not stand in the text; say there what it is about"
    for element, value in card.comparison.items():
        references = [ref.strip() for group in _REFERENCE.findall(value) for ref in re.split("[;,]", group)]
        if not any(len(ref) > 1 and _stands_in(ref, said) for ref in references):
            yield f"comparison.{element}: add in brackets a reference that stands in the text, such as (Art. 5(1))"
        if element.is_answered and not _SAYS.match(value):
            yield f"comparison.{element}: begin with yes, no or partly"


def _stands_in(reference: str, text: str) -> bool:
    """Does a reference stand in a text by itself, not as the beginning of another ("s 1" in "s 12")?"""
    return re.search(rf"(?<!\w){re.escape(reference)}(?![\w-])", text) is not None


def _text(path: Path) -> str:
    try:
        return readers.decode(path.read_bytes(), str(path)).replace("\r\n", "\n")
    except Exception as error:
        raise CardError(str(error)) from error


def _sentence(path: Path, detail: Any) -> str:
    place = ".".join(str(part) for part in detail["loc"]) or "fields"
    if detail["type"] == "missing":
        return f"{path}: {place}: is missing; add it"
    return f"{path}: {place}: {detail['msg']} (found: {str(detail['input'])[:60]!r})"


def _document(card: _Card, coverage: Coverage) -> Document:
    return Document(
        id=card.id,
        title=card.title,
        title_en=card.title_en,
        short_title=card.short_title,
        aliases=card.aliases,
        issuer=card.issuer,
        jurisdiction=card.jurisdiction,
        kind=card.type,
        annex=tuple(AnnexEntry(entry.part, entry.under, entry.place) for entry in card.annex),
        year=card.year,
        status=LegalStatus(card.status.state, card.status.detail, card.status.as_of),
        languages=card.languages,
        official_urls=tuple(Link(link.url, link.what, link.unverified) for link in card.official_urls),
        pinpoints=tuple(Pinpoint(p.ref, p.heading, p.what, p.unverified) for p in card.pinpoints),
        comparison=tuple(card.comparison.items()),
        confidence=card.confidence,
        contact=card.contact,
        coverage=coverage,
    )
