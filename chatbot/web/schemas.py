"""What the API takes and gives, as the OpenAPI document describes it: one pydantic model each."""

from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from chatbot.answering.comparing import jurisdiction_name
from chatbot.answering.limits import MAX_CHARACTERS, MAX_TURNS
from chatbot.model import (
    Answer,
    CellLine,
    Citation,
    Element,
    Sentence,
    Table,
)
from chatbot.web import freshness
from chatbot.web.document_schemas import Body, LegalStatusBody
from chatbot.web.manners import request_ids

_Text = Annotated[str, StringConstraints(min_length=1, max_length=MAX_CHARACTERS, pattern=r"\S")]


class AnswerRequest(BaseModel):
    """A question, alone or with the turns before it."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"example": {"question": "Is watching a sexual deepfake a crime in the Republic of Korea?"}},
    )

    question: _Text = Field(description="The question, in any of the nine languages.")
    turns: list[_Text] = Field(
        default=[], max_length=MAX_TURNS, description="Earlier questions of the same person, oldest first."
    )
    jurisdictions: list[str] = Field(
        default=[],
        max_length=50,
        description="Only sources of or about these: ISO 3166-1 alpha-2, EU, COE, AFRICAN-UNION, INT.",
    )
    documents: list[str] = Field(default=[], max_length=50, description="Only these documents, by id.")
    language: Literal["", "en", "fr", "es", "ar", "pt", "de", "ru", "zh", "ko"] = Field(
        default="", description="The question's language; it is identified where this is left out."
    )


class CitationBody(Body):
    """Where quoted words stand."""

    number: int = Field(description="The mark shown at the sentence.")
    passage_id: str
    document_id: str
    title: str = Field(description="Short title of the document.")
    edition: str = Field(description="official: the publisher's words; digest: our own.")
    label: str
    headings: list[str]
    quotes: list[str] = Field(description="The quoted words, character for character as in the passage.")
    spans: list[tuple[int, int]] = Field(
        description="Where each quote begins and ends in the passage, in characters, half open."
    )
    text: str = Field(description="The whole passage.")
    official_url: str
    status: LegalStatusBody
    checked: str = Field(description="How long ago the status was checked, where that is long; else empty.")
    age: freshness.Age = Field(description="How loud that should be shown.")

    @classmethod
    def of(cls, citation: Citation) -> Self:
        """What a reader is told of a citation."""
        document, passage = citation.document, citation.passage
        checked = freshness.checked(document.status)
        return cls(
            number=citation.number,
            passage_id=passage.id,
            document_id=document.id,
            title=document.short_title,
            edition=passage.edition,
            label=passage.label,
            headings=list(passage.headings),
            quotes=list(citation.quotes),
            spans=list(citation.spans),
            text=passage.text,
            official_url=document.official_urls[0].url if document.official_urls else "",
            status=LegalStatusBody.model_validate(document.status),
            checked=checked,
            age=freshness.age(checked),
        )


class SentenceBody(Body):
    """A sentence, item or statement of an answer."""

    text: str
    kind: str = Field(description="quoted: the publisher's words; digest: our own summary's.")
    citations: list[int] = Field(description="Numbers of its citations.")
    is_item: bool = Field(description="Is it an item of a list?")


class CellLineBody(Body):
    """What one document says of an element."""

    document_id: str
    title: str
    is_law: bool = Field(description="False for a bill, a draft or repealed law.")
    status: str
    text: str
    citation: int

    @classmethod
    def of(cls, line: CellLine) -> Self:
        """A line with what its document is."""
        document = line.document
        return cls(
            document_id=document.id,
            title=document.short_title,
            is_law=document.status.state.is_law,
            status=document.status.state,
            text=line.text,
            citation=line.citation,
        )


class RowBody(Body):
    """An element and what each jurisdiction's documents say of it."""

    element: str
    label: str
    cells: list[list[CellLineBody]] = Field(
        description="A list a column; an empty one: not stated in the sources held."
    )


class ColumnBody(Body):
    """A jurisdiction that is compared."""

    jurisdiction: str
    name: str


class TableBody(Body):
    """Jurisdictions compared by elements."""

    columns: list[ColumnBody]
    rows: list[RowBody]

    @classmethod
    def of(cls, table: Table) -> Self:
        """A table as the API gives it."""
        return cls(
            columns=[ColumnBody(jurisdiction=code, name=jurisdiction_name(code)) for code in table.columns],
            rows=[
                RowBody(
                    element=element, label=element.label, cells=[[CellLineBody.of(line) for line in c] for c in cells]
                )
                for element, cells in zip(table.rows, table.cells, strict=True)
            ],
        )


class CompareBody(Body):
    """A table and the citations its cells name."""

    table: TableBody
    citations: list[CitationBody]


class AnswerBody(Body):
    """An answer. Every sentence has a citation; message is the helpdesk's own frame around them."""

    model_config = ConfigDict(
        from_attributes=True,
        openapi_extra={  # type: ignore[typeddict-unknown-key]
            "description": "The answer; as server-sent events where the client accepts text/event-stream.",
            "content": {"text/event-stream": {"schema": {"type": "string"}}},
        },
    )

    status: str
    message: str
    sentences: list[SentenceBody]
    citations: list[CitationBody]
    closing: str = Field(description="The helpdesk's own words after the sentences, such as how old a status is.")
    table: TableBody | None = Field(description="Jurisdictions by elements, where they are compared.")
    nearest: list[CitationBody] = Field(description="What is nearest in the sources when they do not answer.")
    read_as: str = Field(description="How the question was read, where that differs from its words.")
    language: str
    snapshot_id: str
    trace: dict[str, str]

    @classmethod
    def of(cls, answer: Answer) -> Self:
        """The whole answer."""
        return cls(
            status=answer.status,
            message=answer.message,
            sentences=[SentenceBody.model_validate(sentence) for sentence in answer.sentences],
            citations=[CitationBody.of(citation) for citation in answer.citations],
            closing=answer.closing,
            table=TableBody.of(answer.table) if answer.table else None,
            nearest=[CitationBody.of(citation) for citation in answer.nearest],
            read_as=answer.read_as,
            language=answer.language,
            snapshot_id=answer.snapshot_id,
            trace=dict(answer.trace),
        )


class HealthBody(Body):
    """Whether the process lives, or is ready to answer."""

    status: str
    snapshot_id: str = ""
    reason: str = ""


class ProblemBody(Body):
    """What went wrong and what to do about it (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    request_id: str = Field(default_factory=request_ids.current, description="Names this request in the log.")


class CompareQuery(BaseModel):
    """What to compare."""

    jurisdiction: list[str] = Field(default=[], max_length=50, description="Codes such as KR; all where left out.")
    element: list[Element] = Field(default=[], max_length=50, description="Elements; all where left out.")


def sentence_event(sentence: Sentence) -> dict[str, Any]:
    """A sentence as it is streamed."""
    return SentenceBody.model_validate(sentence).model_dump()
