"""Over thousands of generated questions, every sentence of an answer stands, word for word, in the passage it cites."""

import random
from collections import Counter
from collections.abc import Iterator

import pytest
from babel import Locale

from chatbot.answering.assistant import Assistant
from chatbot.model import Answer, Edition, Question, Status
from chatbot.retrieval.retriever import Retriever
from chatbot.retrieval.snapshot import Snapshot
from tests.fakes import WordEmbedder
from tests.quality.conftest import PIECES

COUNT, SEED = 3000, 20261122
ABOUT_DOCUMENTS = (
    "What is {name}?", "Is {name} in force?", "What does {name} say about {term}?", "Who is punished under {name}?",
    "What is the penalty under {name}?", "Which obligations does {name} set?", "{name}", "s 4 {name}",
    "What does Art. {number} of {name} say?", "Since when has {name} applied?", "Who issued {name} and why?",
)  # fmt: skip
ABOUT_PLACES = (
    "Is {term} a crime in {place}?", "What is the penalty for {term} in {place}?", "{term} {place}",
    "Which laws on {term} does {place} have?", "Compare {place} and {other} on {term}",
    "How many laws of {place} cover {term}, and what do they say?", "Why does {place} allow {number} hours for {term}?",
    "Does {place} punish {term} with {number} years?", "What did a member of {place} say?",
)  # fmt: skip
FOLLOWING = ("And in {place}?", "What about {other}?", "And why?", "What is the penalty for that?", "And {name}?")


class Asker:
    """Questions made by rule from what a snapshot holds; the same seed makes the same ones."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._random = random.Random(SEED)
        self._names = [d.short_title or d.title for d in snapshot.documents.values()]
        codes = {document.jurisdiction for document in snapshot.documents.values()}
        self._places = sorted({Locale("en").territories.get(code, code) for code in codes if len(code) == 2})
        self._terms = [form for term in snapshot.glossary.terms for _, forms in term.words for form in forms]
        digests = [held.section for held in snapshot.sections if held.edition is Edition.DIGEST]
        self._examples = [question.text for section in digests for question in section.questions]
        self._texts = [passage.text for passage in snapshot.passages]

    def questions(self, count: int) -> Iterator[Question]:
        """As many questions, each sort as often as any other."""
        for number in range(count):
            sorts = self._sorts()
            yield sorts[number % len(sorts)]

    def _sorts(self) -> tuple[Question, ...]:
        return (
            Question(self._example()),
            Question(self._filled(ABOUT_DOCUMENTS)),
            Question(self._filled(ABOUT_PLACES)),
            Question(self._fragment()),
            Question(f"{self._example()} {self._filled(ABOUT_PLACES)}"),
            Question(self._filled(FOLLOWING), (self._example(),)),
            Question(self._filled(FOLLOWING), (self._filled(ABOUT_PLACES), self._filled(FOLLOWING))),
            Question(" ".join(self._random.choices(self._terms, k=self._random.randint(1, 5)))),
        )

    def _example(self) -> str:
        return self._random.choice(self._examples)

    def _filled(self, templates: tuple[str, ...]) -> str:
        return self._random.choice(templates).format(
            name=self._random.choice(self._names),
            term=self._random.choice(self._terms),
            place=self._random.choice(self._places),
            other=self._random.choice(self._places),
            number=self._random.randint(1, 99),
        )

    def _fragment(self) -> str:
        """Some words of a passage, cut anywhere."""
        text = self._random.choice(self._texts)
        start = self._random.randrange(max(len(text) - 20, 1))
        return text[start : start + self._random.randint(8, 120)].strip() or "?"


def faults(answer: Answer, snapshot: Snapshot) -> list[str]:
    """What of the promise an answer breaks, in words."""
    result = []
    by_number = {citation.number: citation for citation in answer.citations}
    for sentence in answer.sentences:
        cited = [by_number[number] for number in sentence.citations if number in by_number]
        if not cited or len(cited) != len(sentence.citations):
            result.append(f"not cited: {sentence.text}")
        if not all(sentence.text in snapshot.passage(citation.passage.id).text for citation in cited):
            result.append(f"not in its passage: {sentence.text}")
    for citation in answer.citations:
        held = snapshot.passage(citation.passage.id).text
        result += [f"not in the passage: {quote}" for quote in citation.quotes if not quote or quote not in held]
    twice = Counter((sentence.text, sentence.citations) for sentence in answer.sentences)
    return result + [f"said twice: {text}" for (text, _), times in twice.items() if times > 1]


@pytest.mark.slow
def test_every_sentence_is_verbatim_in_its_passage(cards_alone: Snapshot) -> None:
    """Whatever is asked, what is said is quoted, cited, and said once; and most of what cards answer is answered."""
    assistant = Assistant(
        lambda: cards_alone, Retriever(WordEmbedder(PIECES)), evidence_threshold=0.35, answer_words=120
    )
    statuses: Counter[Status] = Counter()
    broken = []
    for question in Asker(cards_alone).questions(COUNT):
        answer = assistant.answer(question)
        statuses[answer.status] += 1
        broken += [(question.text, question.turns, fault) for fault in faults(answer, cards_alone)]
    assert not broken, f"{len(broken)} faults, such as {broken[:5]}"
    assert sum(statuses.values()) == COUNT
    assert statuses[Status.ANSWERED] + statuses[Status.PARTIAL] > COUNT // 3, statuses
