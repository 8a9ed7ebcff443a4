"""The whole answer, with our own words in the asker's language and the quotations in that of their sources."""

import pytest

from chatbot.answering import frames, languages
from chatbot.answering.assistant import Assistant
from chatbot.answering.languages import WEAK
from chatbot.model import Question, Status
from chatbot.retrieval.snapshot import Snapshot
from tests.unit.answering.conftest import assistant_of

OTHERS = [language for language in languages.LANGUAGES if language != "en"]
GREETINGS = {
    "fr": "Bonjour",
    "es": "Buenos días",
    "ar": "مرحبا",
    "pt": "Bom dia",
    "de": "Guten Tag",
    "ru": "Здравствуйте",
    "zh": "你好",
    "ko": "안녕하세요",
}


@pytest.mark.parametrize("language", OTHERS)
def test_a_greeting_is_returned_in_its_language(assistant: Assistant, language: str) -> None:
    """Who says hello in a language is greeted in it, and the status stays a word for machines."""
    answer = assistant.answer(Question(GREETINGS[language], language=language))
    assert (answer.status, answer.language) == (Status.GREETING, language)
    assert answer.message == frames.of(language).say(frames.GREETING) != frames.GREETING
    assert answer.closing == ""


@pytest.mark.parametrize(
    ("question", "language", "place"),
    [
        ("Welche Strafe droht in Kenia, wenn eine Lampe kaputt ist?", "de", "Kenia"),
        ("Quelle amende pour une lampe cassée au Kenya ?", "fr", "Kenya"),
        ("ما هي الغرامة على المصباح المكسور في كينيا؟", "ar", "كينيا"),
        ("肯尼亚对损坏的灯如何罚款？", "zh", "肯尼亚"),
    ],
)
def test_why_there_is_no_answer_is_told_in_the_language(
    assistant: Assistant, question: str, language: str, place: str
) -> None:
    """The reason, and the country as the language calls it."""
    answer, said = assistant.answer(Question(question)), frames.of(language)
    assert answer.language == language
    assert answer.message.startswith(said.say(frames.NOT_IN_SOURCES))
    assert said.say(frames.NAMELESS, names=place) in answer.message
    assert answer.message.endswith(said.say(frames.CONTACT, contact="library@example.org"))


def test_a_quotation_in_another_language_is_said_to_be_one(assistant: Assistant) -> None:
    """A reader of German is told that the quotations are English; a reader of English is not."""
    answer = assistant.answer(Question("Lampe Reparatur lamp repair Norwegen hours", language="de"))
    assert answer.sentences
    assert "Die Zitate stehen in der Sprache der Quelle (Englisch)." in answer.closing
    assert assistant.answer(Question("How fast must a broken lamp be repaired in Norway?")).closing == ""


@pytest.mark.parametrize("language", languages.LANGUAGES)
def test_where_a_language_is_read_less_well_the_answer_says_so(assistant: Assistant, language: str) -> None:
    """A question read through a list of terms is said to be, in the languages where that costs answers."""
    limited = frames.of(language).say(frames.LIMITED)
    closing = assistant.answer(Question("Kenya lamp repair", language=language)).closing
    assert closing.endswith(limited) is (language in WEAK)


def test_the_language_set_wins_over_the_one_identified(snapshot: Snapshot) -> None:
    """Who chooses a language is answered in it, whatever the words look like."""
    answer = assistant_of(snapshot).answer(Question("How fast must a broken lamp be repaired in Kenya?", language="ko"))
    assert answer.language == "ko"
    assert "케냐" in answer.message
