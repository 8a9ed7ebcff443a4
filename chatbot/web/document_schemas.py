"""What the API gives of documents, sections and passages, and how they are asked for: one pydantic model each."""

from typing import Annotated, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from chatbot.model import Block, Document, HeldSection, Passage


class Body(BaseModel):
    """What is given; made from the types of the model."""

    model_config = ConfigDict(from_attributes=True)


class LinkBody(Body):
    """An official address of a document."""

    url: str
    what: str
    unverified: bool = Field(description="True when nobody has opened the address yet.")


class LegalStatusBody(Body):
    """Whether a document is law, and when that was last checked."""

    state: str
    detail: str
    as_of: str = Field(description="YYYY-MM-DD or YYYY-MM; empty when no date is recorded.")


class AnnexEntryBody(Body):
    """Where the brief lists a document."""

    part: str = Field(
        description="A to E, or body (named outside the annexes), related (not named) or brief (the brief itself)."
    )
    under: list[str] = Field(description="The headings it stands under there.")
    place: int = Field(description="Its place in that annex, from 1; 0 where it has none.")


class PinpointBody(Body):
    """A provision worth going to."""

    ref: str
    heading: str
    what: str
    unverified: bool = Field(description="True when its number has not been checked.")


class DocumentBody(Body):
    """One brief, law, treaty or report as its card describes it."""

    id: str
    title: str
    title_en: str
    short_title: str
    aliases: list[str]
    issuer: str
    jurisdiction: str
    kind: str
    annex: list[AnnexEntryBody]
    year: int
    status: LegalStatusBody
    languages: list[str]
    official_urls: list[LinkBody]
    pinpoints: list[PinpointBody]
    comparison: Annotated[dict[str, str], BeforeValidator(dict)] = Field(
        description="What it says of each element that laws are compared by."
    )
    coverage: str = Field(
        description="official: the publisher's text is held; digest: our summary; listed: the title only."
    )
    confidence: str


class PlaceBody(Body):
    """A section of a document."""

    edition: str
    anchor: str
    label: str
    headings: list[str]
    passages: list[str] = Field(description="Ids of its passages, in reading order.")


class DocumentDetailBody(DocumentBody):
    """A document and its sections."""

    sections: list[PlaceBody]

    @classmethod
    def of(cls, document: Document, places: list[PlaceBody]) -> Self:
        """Join a document with its sections."""
        return cls(**DocumentBody.model_validate(document).model_dump(), sections=places)


class DocumentsBody(Body):
    """All documents, or those that were asked for."""

    documents: list[DocumentBody]


class BlockBody(Body):
    """A paragraph, item, quotation, speaker or note of a section."""

    kind: str
    text: str
    depth: int
    number: str


class PassageBody(Body):
    """A passage and the section it stands in."""

    id: str
    document_id: str
    edition: str
    anchor: str
    label: str
    headings: list[str]
    text: str
    kind: str
    start: int = Field(description="Where the passage begins in the section's text, in characters.")
    end: int
    language: str
    section: list[BlockBody]
    document: DocumentBody

    @classmethod
    def of(cls, passage: Passage, held: HeldSection, document: Document) -> Self:
        """A passage with its section."""
        return cls(
            id=passage.id,
            document_id=passage.document_id,
            edition=passage.edition,
            anchor=passage.anchor,
            label=passage.label,
            headings=list(passage.headings),
            text=passage.text,
            kind=passage.kind,
            start=passage.start,
            end=passage.end,
            language=passage.language,
            section=[_block(block) for block in held.section.blocks],
            document=DocumentBody.model_validate(document),
        )


class PassagePath(BaseModel):
    """The id of a passage."""

    passage_id: str = Field(description="Id of a passage, as citations give it.")


class DocumentPath(BaseModel):
    """The id of a document."""

    document_id: str = Field(description="Id of a document.")


class DocumentsQuery(BaseModel):
    """Which documents to list."""

    jurisdiction: str | None = Field(None, description="Only documents of this jurisdiction.")
    kind: str | None = Field(None, description="Only documents of this kind, such as act or treaty.")
    coverage: Literal["official", "digest", "listed"] | None = Field(None, description="Only documents held like this.")


def _block(block: Block) -> BlockBody:
    return BlockBody(kind=block.kind, text=block.text, depth=block.depth, number=block.number)
