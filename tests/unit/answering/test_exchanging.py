"""An earlier question is asked again of another country, year, part or chamber."""

import pytest

from chatbot.answering.exchanging import exchanged
from chatbot.answering.followups import standalone
from chatbot.answering.lexicon import Lexicon


@pytest.mark.parametrize(
    ("question", "earlier", "text"),
    [
        ("And in Chile?", "What is the fine in Norway?", "What is the fine in Chile?"),
        ("and the year before?", "Which rooms were shut in 2025?", "Which rooms were shut in 2024?"),
        ("and two years later?", "Which rooms were shut in 2020?", "Which rooms were shut in 2022?"),
        ("anything from 2026?", "Which rooms were shut in 2025?", "Which rooms were shut in 2026?"),
        ("and the next one?", "What is priority two about?", "What is priority 3 about?"),
        ("and the previous one?", "What is in annex C?", "What is in annex B?"),
        ("and the other chamber?", "What did the Senate hear?", "What did the House of Representatives hear?"),
    ],
)
def test_what_is_named_now_takes_the_place_of_what_was(
    lexicon: Lexicon, question: str, earlier: str, text: str
) -> None:
    """Everything else of the earlier question stays."""
    assert exchanged(question, earlier, lexicon) == text


@pytest.mark.parametrize("question", ["And when was Chile flooded?", "and why?", "and the next one?"])
def test_what_asks_something_of_its_own_exchanges_nothing(lexicon: Lexicon, question: str) -> None:
    """A verb of its own makes it another question; without a numbered part there is no next one."""
    assert exchanged(question, "What is the fine in Norway?", lexicon) == ""


def test_a_question_can_go_back_two_turns(lexicon: Lexicon) -> None:
    """It is read with the last turn that names the same."""
    turns = ("What is the fine in Norway?", "What is a closed library?")
    assert standalone("Back to Norway: what about children?", turns, lexicon).context == turns[0]


def test_a_question_can_be_made_to_lean(lexicon: Lexicon) -> None:
    """Whatever its words, it is read with the turn before."""
    alone = "Which rooms are dark in the whole of the long guide?"
    assert standalone(alone, ("What is a cellar?",), lexicon, must_lean=True).context == "What is a cellar?"
