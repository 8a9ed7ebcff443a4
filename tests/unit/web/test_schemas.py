"""What the API takes and gives."""

from typing import Any

import pytest
from pydantic import ValidationError

from chatbot.model import (
    AnnexEntry,
    Answer,
    Block,
    BlockKind,
    Citation,
    Document,
    Edition,
    HeldSection,
    LegalState,
    LegalStatus,
    Link,
    Passage,
    PassageKind,
    Section,
    Sentence,
    SentenceKind,
    Status,
)
from chatbot.web.document_schemas import DocumentDetailBody, PassageBody, PlaceBody
from chatbot.web.schemas import AnswerBody, AnswerRequest, CitationBody

DOCUMENT = Document(
    id="no-library-act-2022",
    title="Biblioteklov",
    title_en="Library Act 2022",
    short_title="Norwegian Library Act",
    issuer="Parliament of Norway",
    jurisdiction="NO",
    kind="act",
    annex=(AnnexEntry("B"),),
    year=2022,
    status=LegalStatus(LegalState.IN_FORCE, "Since July.", "2025-05-01"),
    languages=("no", "en"),
    official_urls=(Link("https://example.org/act", "the act"), Link("https://example.org/en", unverified=True)),
)
PASSAGE = Passage(
    id="no-library-act-2022:official:s-12:1",
    document_id=DOCUMENT.id,
    edition=Edition.OFFICIAL,
    anchor="s-12",
    label="s 12",
    headings=("Part 2", "s 12"),
    text="Lamps – “lampes” – 灯.",
    kind=PassageKind.PARAGRAPH,
    start=7,
    end=28,
    units=(),
    language="en",
)
SECTION = Section(
    "s-12",
    "s 12",
    ("Part 2", "s 12"),
    (Block(BlockKind.PARAGRAPH, "First."), Block(BlockKind.ITEM, PASSAGE.text, depth=1, number="(a)")),
)


@pytest.mark.parametrize("text", ["?", " x ", "灯", "x" * 2000, "👩" * 2000, "a\0b"])
def test_a_question_is_taken_as_it_is(text: str) -> None:
    """Text of 1 to 2,000 characters with something in it is taken unchanged."""
    assert AnswerRequest(question=text, turns=[text]).model_dump() == {
        "question": text,
        "turns": [text],
        "jurisdictions": [],
        "documents": [],
        "language": "",
    }


@pytest.mark.parametrize("text", ["", " ", "\n\t", "\u00a0\u3000", "x" * 2001, "\ud800", 5, None, b"\xff"])
@pytest.mark.parametrize("field", ["question", "turns"])
def test_what_is_no_question_is_not_taken(field: str, text: Any) -> None:
    """Nothing, too much, or no text is refused in the question and in each turn alike."""
    values = {"question": "hello", "turns": []} | {field: [text] if field == "turns" else text}
    with pytest.raises(ValidationError) as told:
        AnswerRequest(**values)
    assert told.value.errors()[0]["loc"][0] == field


@pytest.mark.parametrize("language", ["", "en", "fr", "es", "ar", "pt", "de", "ru", "zh", "ko"])
def test_the_nine_languages_are_taken(language: str) -> None:
    """A question may say that it is in one of the nine languages, or leave that out."""
    assert AnswerRequest(question="hello", language=language).language == language


def test_a_citation_quotes_its_passage() -> None:
    """A citation gives the quoted words, cut from the passage, and the whole passage."""
    body = CitationBody.of(Citation(3, PASSAGE, DOCUMENT, ((0, 5), (8, 16))))
    told = body.model_dump()
    assert told == {
        "number": 3,
        "passage_id": "no-library-act-2022:official:s-12:1",
        "document_id": "no-library-act-2022",
        "title": "Norwegian Library Act",
        "edition": "official",
        "label": "s 12",
        "headings": ["Part 2", "s 12"],
        "quotes": ["Lamps", "“lampes”"],
        "spans": [(0, 5), (8, 16)],
        "text": PASSAGE.text,
        "official_url": "https://example.org/act",
        "status": {"state": "in force", "detail": "Since July.", "as_of": "2025-05-01"},
        "checked": told["checked"],
        "age": "old",
    }
    assert told["checked"].startswith("Not checked since 1 May 2025")


def test_an_answer_loses_nothing() -> None:
    """Every part of an answer is in its body, in order, as plain JSON values."""
    sentence = Sentence("Lamps.", SentenceKind.QUOTED, (2, 1), is_item=True)
    answer = Answer(
        Status.NOT_IN_SOURCES,
        (sentence,),
        (Citation(1, PASSAGE, DOCUMENT, ()),),
        message="Hm.",
        nearest=(Citation(1, PASSAGE, DOCUMENT, ()),),
        read_as="lamps?",
        language="fr",
        snapshot_id="abc",
        trace=(("b", "1"), ("a", "2")),
    )
    told = AnswerBody.of(answer).model_dump(mode="json")
    assert {name: told[name] for name in ("status", "message", "read_as", "language", "snapshot_id", "trace")} == {
        "status": "not_in_sources",
        "message": "Hm.",
        "read_as": "lamps?",
        "language": "fr",
        "snapshot_id": "abc",
        "trace": {"b": "1", "a": "2"},
    }
    assert told["sentences"] == [{"text": "Lamps.", "kind": "quoted", "citations": [2, 1], "is_item": True}]
    assert len(told["citations"]) == len(told["nearest"]) == 1


def test_a_passage_comes_with_its_section_and_document() -> None:
    """The body of a passage has the blocks of its section and the document they are from."""
    body = PassageBody.of(PASSAGE, HeldSection(DOCUMENT.id, Edition.OFFICIAL, SECTION), DOCUMENT)
    assert [block.model_dump() for block in body.section] == [
        {"kind": "paragraph", "text": "First.", "depth": 0, "number": ""},
        {"kind": "item", "text": PASSAGE.text, "depth": 1, "number": "(a)"},
    ]
    assert (body.start, body.end, body.kind, body.document.id) == (7, 28, "paragraph", DOCUMENT.id)


def test_a_document_keeps_its_lists_and_links() -> None:
    """The body of a document has its links, with those that nobody opened marked, and its sections."""
    place = PlaceBody(edition="digest", anchor="s-4", label="s 4", headings=["s 4"], passages=["a", "b"])
    body = DocumentDetailBody.of(DOCUMENT, [place])
    assert [(link.url, link.what, link.unverified) for link in body.official_urls] == [
        ("https://example.org/act", "the act", False),
        ("https://example.org/en", "", True),
    ]
    assert ([entry.part for entry in body.annex], body.languages) == (["B"], ["no", "en"])
    assert (body.coverage, body.sections) == ("listed", [place])
