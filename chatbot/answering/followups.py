"""A question that leans on earlier ones -> a question that stands alone."""

import re
from dataclasses import dataclass

from chatbot.answering.lexicon import Lexicon
from chatbot.retrieval.words import is_function_word

_OPENS = re.compile(
    r"^(?:(?:and|what about|how about|or|but|also|then|so|same for|anyone|anybody|anything|any|any other|"
    r"et|y|e|und|а|и|그럼|그리고)\b|那|还有|و(?=في|ماذا|هل|ما|عن|كيف|بالنسبة))",
    re.IGNORECASE,
)
_POINTS = re.compile(
    r"\b(it|its|that|this|those|these|they|them|their|there|then|he|she|his|her|him|one|ones|such|same|both|either|"
    r"former|latter|above|previous|else|instead)\b",
    re.IGNORECASE,
)
_OWN_CONTENT = 6  # with more words of its own a question without an opening like "and" stands alone


@dataclass(frozen=True, slots=True)
class StandsAlone:
    """A question in full, and the earlier question it was read with ("" where it needed none)."""

    text: str
    context: str = ""


def standalone(question: str, turns: tuple[str, ...], lexicon: Lexicon) -> StandsAlone:
    """Read a question with the earlier turns, oldest first; one that stands alone comes back as it is."""
    if not turns or not leans(question, lexicon):
        return StandsAlone(question)
    earlier = standalone(turns[-1], turns[:-1], lexicon)
    before = f"{earlier.text} {earlier.context}".strip()
    replaced = _with_other_name(question, earlier.text, lexicon)
    return StandsAlone(replaced) if replaced else StandsAlone(question, before)


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


def _with_other_name(question: str, earlier: str, lexicon: Lexicon) -> str:
    """The earlier question about what this one names ("And in Mexico?"); "" where nothing can be exchanged."""
    new = lexicon.names(question)
    if not new or len(re.findall(r"\w+", question)) > 12 or _has_own_verb(question):
        return ""
    for name in new:
        kind = name.id.split(":")[0] + ":"
        alike = [f for f in new if f.id.startswith(kind)]
        exchanged = [f for f in lexicon.names(earlier) if f.id.startswith(kind) and f.id != name.id]
        if exchanged:
            old = exchanged[-1]
            before = re.sub(r"\bthe\s+$", "", earlier[: old.start], flags=re.IGNORECASE)
            return before + question[alike[0].start : alike[-1].end] + earlier[old.end :]
    return ""


def _has_own_verb(question: str) -> bool:
    """Does it ask something of its own, beyond "and …?" or "what about …?", such as "when"?"""
    rest = re.sub(r"^(and|what about|how about|or|but|also)\b", "", question.strip(), flags=re.IGNORECASE)
    return bool(
        re.search(r"\b(is|are|was|were|does|do|did|has|have|had|can|should|which|when|who|how|why)\b", rest, re.I)
    )
