"""A question that leans on earlier ones -> a question that stands alone."""

import re
from dataclasses import dataclass

from chatbot.answering import exchanging
from chatbot.answering.lexicon import Lexicon
from chatbot.retrieval.words import is_function_word

_OPENS = re.compile(
    r"^(?:(?:and|what about|how about|or|but|also|then|so|same for|anyone|anybody|anything|any|any other|"
    r"no|sorry|i mean|i meant|rather|actually|back to|"
    r"et|y|e|und|а|и|그럼|그리고)\b|那|还有|و(?=في|ماذا|هل|ما|عن|كيف|بالنسبة))",
    re.IGNORECASE,
)
_POINTS = re.compile(
    r"\b(it|its|that|this|those|these|they|them|their|there|then|he|she|his|her|him|one|ones|such|same|both|either|"
    r"former|latter|above|previous|else|instead)\b",
    re.IGNORECASE,
)
_GOES_BACK = re.compile(
    r"\b(back to|returning to|go(ing)? back|come back|earlier (question|one|point)|first (question|one|point)|"
    r"before that|again)\b",
    re.IGNORECASE,
)
_OWN_CONTENT = 6  # with more words of its own a question without an opening like "and" stands alone


@dataclass(frozen=True, slots=True)
class StandsAlone:
    """A question in full, and the earlier question it was read with ("" where it needed none)."""

    text: str
    context: str = ""


def standalone(question: str, turns: tuple[str, ...], lexicon: Lexicon, *, must_lean: bool = False) -> StandsAlone:
    """Read a question with the earlier turns, oldest first; one that stands alone comes back as it is.

    must_lean reads it with the turn before whatever its words.
    """
    if not turns or not (must_lean or leans(question, lexicon)):
        return StandsAlone(question)
    place = _meant(question, turns, lexicon)
    earlier = standalone(turns[place], turns[:place], lexicon)
    before = f"{earlier.text} {earlier.context}".strip()
    replaced = exchanging.exchanged(question, earlier.text, lexicon)
    return StandsAlone(replaced) if replaced else StandsAlone(question, before)


def _meant(question: str, turns: tuple[str, ...], lexicon: Lexicon) -> int:
    """The turn that a question goes on from: the last, or where it goes back, the last that shares a name with it."""
    if _GOES_BACK.search(question):
        names = {found.id for found in lexicon.names(question)}
        for place in reversed(range(len(turns) - 1)):
            if not names or names & {found.id for found in lexicon.names(turns[place])}:
                return place
    return len(turns) - 1


def leans(question: str, lexicon: Lexicon) -> bool:
    """Does a question need what was asked before?"""
    if _OPENS.match(question.strip()):
        return True
    content = [w for w in re.findall(r"\w+", question) if not is_function_word(w, "en")]
    if _POINTS.search(question):
        return len(content) <= _OWN_CONTENT
    return len(content) <= 2 and not lexicon.names(question)


def points_back(question: str) -> bool:
    """Does a question open, or point, as if something had been said before?"""
    return bool(_OPENS.match(question.strip()) or _POINTS.search(question))
