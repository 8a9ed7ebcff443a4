"""The words of the small corpus and of a catalogue of shelves, and short ways to ask their assistants."""

import datetime
from collections.abc import Callable

import pytest

from chatbot.answering.assistant import Assistant
from chatbot.answering.lexicon import Lexicon, words_of
from chatbot.model import Answer, Question
from chatbot.retrieval.retriever import Retriever
from chatbot.retrieval.snapshot import Snapshot
from tests.fakes import WordEmbedder
from tests.unit.answering import shelves

Ask = Callable[..., Answer]
TODAY = datetime.date(2026, 11, 22)


def lexicon_of(snapshot: Snapshot) -> Lexicon:
    """The lexicon of a snapshot, as an assistant reads it."""
    questions = [question.text for held in snapshot.sections for question in held.section.questions]
    words = words_of(snapshot.passages, questions, snapshot.glossary)
    return Lexicon(snapshot.documents, snapshot.glossary, snapshot.names, words)


def assistant_of(snapshot: Snapshot) -> Assistant:
    """The assistant of a snapshot, on a day that stays."""
    return Assistant(
        lambda: snapshot,
        Retriever(WordEmbedder(shelves.BUDGET)),
        evidence_threshold=0.35,
        answer_words=120,
        today=lambda: TODAY,
    )


def asking(snapshot: Snapshot) -> Ask:
    """Asks the assistant of a snapshot: the question, then its earlier turns, oldest first."""
    found = assistant_of(snapshot)
    return lambda text, *turns: found.answer(Question(text, turns))


@pytest.fixture(scope="session")
def lexicon(snapshot: Snapshot) -> Lexicon:
    """The lexicon of the small corpus."""
    return lexicon_of(snapshot)


@pytest.fixture(scope="session")
def ask(assistant: Assistant) -> Ask:
    """Asks the small corpus: the question, then its earlier turns, oldest first."""
    return lambda text, *turns: assistant.answer(Question(text, turns))


@pytest.fixture(scope="session")
def shelved(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """The catalogue of shelves, built once."""
    return shelves.opened(tmp_path_factory.mktemp("shelves"), *shelves.CARDS)


@pytest.fixture(scope="session")
def shelf_words(shelved: Snapshot) -> Lexicon:
    """The lexicon of the catalogue of shelves."""
    return lexicon_of(shelved)


@pytest.fixture(scope="session")
def ask_shelves(shelved: Snapshot) -> Ask:
    """Asks the catalogue of shelves on a day that stays."""
    return asking(shelved)
