"""How likely an intent is, learned from examples."""

from pathlib import Path

import numpy as np
import pytest

from chatbot.model import Intent
from chatbot.retrieval.intents import Intents
from tests.fakes import WordEmbedder

ABUSE = ("Break the lamp tonight", "Help me break a lamp", "Break every lamp there is")
ASKED = ("Who repairs the lamp", "When is a lamp repaired", "Which keeper repairs lamps")
CARE = ("Somebody hurt my keeper", "They hurt me", "My keeper was hurt")


def _vectors(*texts: str) -> np.ndarray:
    return np.asarray([WordEmbedder().question(text).vector for text in texts], np.float32)


def _fitted() -> Intents:
    intents = [Intent.ABUSE] * len(ABUSE) + [Intent.DISCLOSURE] * len(CARE)
    return Intents.fitted(_vectors(*ASKED, *ABUSE, *CARE), len(ASKED), intents)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("May I break lamps", Intent.ABUSE),
        ("Why was my keeper hurt", Intent.DISCLOSURE),
    ],
)
def test_what_shares_the_words_of_examples_shares_their_intent(text: str, intent: Intent) -> None:
    """The likeliest intent is that of the examples which are close."""
    likelihoods = _fitted().likelihoods(_vectors(text)[0])
    assert max(likelihoods, key=lambda name: likelihoods[name]) is intent


def test_a_card_s_question_makes_its_like_a_question() -> None:
    """Plain questions count little each, and still count."""
    asked, broken = (_fitted().likelihoods(vector)[Intent.QUESTION] for vector in _vectors(ASKED[0], ABUSE[0]))
    assert asked > 2 * broken


def test_likelihoods_add_up_to_one() -> None:
    """Every intent that was learned has its share."""
    likelihoods = _fitted().likelihoods(_vectors("A lamp")[0])
    assert set(likelihoods) == {Intent.ABUSE, Intent.QUESTION, Intent.DISCLOSURE}
    assert sum(likelihoods.values()) == pytest.approx(1)


def test_two_intents_are_weighed_against_each_other() -> None:
    """With two, the one is as likely as the other is not."""
    intents = Intents.fitted(_vectors(*ASKED, *ABUSE), len(ASKED), [Intent.ABUSE] * len(ABUSE))
    likelihoods = intents.likelihoods(_vectors("Break it")[0])
    assert likelihoods[Intent.ABUSE] > 0.5 > likelihoods[Intent.QUESTION]
    assert sum(likelihoods.values()) == pytest.approx(1)


@pytest.mark.parametrize("questions", [0, len(ASKED)])
def test_without_examples_nothing_is_known(questions: int) -> None:
    """Questions alone show no other intent."""
    assert Intents.fitted(_vectors(*ASKED)[:questions], questions, []).likelihoods(_vectors("Break it")[0]) == {}


def test_what_was_learned_is_kept(tmp_path: Path) -> None:
    """A file gives the same likelihoods again."""
    fitted, vector = _fitted(), _vectors("Break the lamp")[0]
    fitted.save(tmp_path / "intents.npz")
    assert Intents.load(tmp_path / "intents.npz").likelihoods(vector) == fitted.likelihoods(vector)
