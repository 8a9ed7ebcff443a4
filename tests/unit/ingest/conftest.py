"""What the tests of this folder share: short ways from a text to sections and passages."""

from chatbot.ingest import readers
from chatbot.ingest.passages import Cutter, Origin, passages
from chatbot.ingest.structure import Structure, structure
from chatbot.model import Document, DocumentKind, Edition, LegalState, LegalStatus, Passage, Section
from tests.fakes import WordEmbedder

TITLE = "The lamp act"
DOCUMENT = Document(
    id="lamp-act",
    title=TITLE,
    short_title="Lamp act",
    issuer="Board of Chamber Libraries",
    jurisdiction="INT",
    kind=DocumentKind.ACT,
    annex=(),
    year=2024,
    status=LegalStatus(LegalState.IN_FORCE, "", ""),
    languages=("en",),
)


def structured(text: str, suffix: str = ".txt") -> Structure:
    """The structure of a text in the form that the suffix names."""
    return structure(readers.read(text.encode(), f"file{suffix}"), TITLE)


def section_named(found: Structure, anchor: str) -> Section:
    """The one section with this anchor."""
    return next(section for section in found.sections if section.anchor == anchor)


def cut_section(section: Section, budget: int = 60) -> list[Passage]:
    """The passages of a section; the budget counts words and marks."""
    embedder = WordEmbedder(budget)
    return passages(Origin(DOCUMENT, Edition.OFFICIAL, section, "recipe"), Cutter(embedder.count, embedder.budget))


def cut(text: str, suffix: str = ".txt", budget: int = 60) -> list[Passage]:
    """The passages of a text in reading order."""
    return [passage for section in structured(text, suffix).sections for passage in cut_section(section, budget)]
