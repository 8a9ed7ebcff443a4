"""What is not law in force is never taken for law: its true status is the first sentence."""

import pytest

from chatbot.answering.assistant import Assistant
from chatbot.ingest import catalogue
from chatbot.model import Answer, Document, DocumentKind, LegalState, Question
from chatbot.retrieval import record
from chatbot.retrieval.snapshot import Snapshot
from tests.conftest import ROOT

PRESUMING = (
    "Is the {} in force?",
    "What penalty does the {} set?",
    "Since when has the {} been law?",
    "Which crimes does the {} punish?",
    "Must platforms comply with the {}?",
    "Is it illegal to share deepfakes under the {}?",
    "What is the legal status of the {}?",
)
DOCUMENTS = {id_: card.document for id_, card in catalogue.load(ROOT / "corpus").cards.items()}
NO_LAW = [
    document
    for document in DOCUMENTS.values()
    if not document.status.state.is_law and document.kind is not DocumentKind.ISSUE_BRIEF
]
UNFINISHED = (LegalState.BILL, LegalState.DRAFT, LegalState.MOTION, LegalState.LAPSED, LegalState.REPEALED)


def _first(answer: Answer) -> str:
    return answer.message or answer.sentences[0].text


@pytest.mark.parametrize("document", NO_LAW, ids=lambda document: document.id)
def test_the_true_status_is_said_first(helpdesk: Assistant, document: Document) -> None:
    """A question that presumes that a document is law gets its legal state in the first sentence."""
    for question in PRESUMING:
        answer = helpdesk.answer(Question(question.format(document.short_title)))
        assert record.state_words(document.status.state) in _first(answer), question


@pytest.mark.parametrize("jurisdiction", ["KE", "NZ", "CH", "AT"])
@pytest.mark.parametrize(
    "question",
    [
        "Is sharing sexual deepfakes illegal in {}?",
        "What is the penalty for making a deepfake in {}?",
        "Which law prohibits intimate deepfakes in {}?",
    ],
)
def test_a_country_with_a_bill_alone_has_no_law(helpdesk: Assistant, jurisdiction: str, question: str) -> None:
    """Where the only source of a country is a bill or a motion, an answer on its law begins with that."""
    answer = helpdesk.answer(Question(question.format(record.jurisdiction_name(jurisdiction))))
    assert "not law" in _first(answer)


def test_whatever_quotes_a_bill_says_so_first(helpdesk: Assistant, corpus: Snapshot) -> None:
    """For each question that a card of a bill, draft, motion or former law says it answers, the status comes first."""
    documents = {d.id: d for d in corpus.documents.values() if d.status.state in UNFINISHED}
    asked = [
        (h.document_id, q.text) for h in corpus.sections for q in h.section.questions if h.document_id in documents
    ]
    assert len(asked) > 50
    for _, question in asked:
        answer = helpdesk.answer(Question(question))
        quoted = {c.document.id for c in answer.citations if c.document.id in documents}
        first = _first(answer) if quoted else ""
        assert not quoted or any(record.state_words(documents[id_].status.state) in first for id_ in quoted), question


def test_a_bill_in_a_row_carries_its_state(corpus: Snapshot) -> None:
    """What a record of something that is not law says of an element names its state in the same sentence."""
    for document in corpus.documents.values():
        if document.status.state.is_law:
            continue
        for line in record.lines(document):
            if line.tells in dict(document.comparison):
                assert record.state_words(document.status.state) in line.text
