"""The words of the small corpus, and a short way to ask its assistant."""

from collections.abc import Callable

import pytest

from chatbot.answering.assistant import Assistant
from chatbot.answering.lexicon import Lexicon, words_of
from chatbot.model import Answer, Question
from chatbot.retrieval.snapshot import Snapshot

Ask = Callable[..., Answer]


@pytest.fixture(scope="session")
def lexicon(snapshot: Snapshot) -> Lexicon:
    """The lexicon of the small corpus."""
    questions = [question for held in snapshot.sections for question in held.section.questions]
    words = words_of(snapshot.passages, questions, snapshot.glossary)
    return Lexicon(snapshot.documents, snapshot.glossary, snapshot.names, words)


@pytest.fixture(scope="session")
def ask(assistant: Assistant) -> Ask:
    """Asks the small corpus: the question, then its earlier turns, oldest first."""
    return lambda text, *turns: assistant.answer(Question(text, turns))
