"""A question as asked -> what is to be searched: its language, what it names, its kind, and how it was read."""

import re
from dataclasses import dataclass

from babel import Locale

from chatbot.answering import followups, kinds
from chatbot.answering.kinds import Kind
from chatbot.answering.lexicon import Lexicon
from chatbot.model import Question
from chatbot.retrieval.names import DOCUMENT_NAME, JURISDICTION_NAME

_MOST_UNREAD = 8
"""Words of another language that may be left over in a question that is still looked up."""
SIDES = (2, 4)
"""A question that names so many countries is searched once for each."""

_LANGUAGE_AFTER = re.compile(
    r"[-\s]+(names?|titles?|words?|terms?|translations?|texts?|versions?|languages?|speak\w*)\b", re.IGNORECASE
)
_IN_BEFORE = re.compile(r"\b(in|into|to|from)\s+$", re.IGNORECASE)
_LANGUAGES = frozenset(Locale("en").languages.values())


@dataclass(frozen=True, slots=True)
class Understood:
    """A question as it was read.

    text: standing alone, with spelling mended, in the asker's language. english: the same in English (a gloss
    of what is known where it was asked in another language). context: the earlier question it leans on.
    searches: the English texts to search for, one a part of the question or side of a comparison.
    read_as: what to show where the reading differs from the words, else "". unread: words in another language that
    were not understood. off_topic: how likely it has nothing to do with the subject, from 0 to 1.
    """

    question: Question
    text: str
    english: str
    language: str
    kind: Kind
    context: str = ""
    searches: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    jurisdictions: tuple[str, ...] = ()
    terms: frozenset[str] = frozenset()
    read_as: str = ""
    unread: tuple[str, ...] = ()
    off_topic: float = 0.0

    @property
    def countries(self) -> tuple[str, ...]:
        """The countries that the question names, and the European Union."""
        return tuple(code for code in self.jurisdictions if len(code) == 2)

    @property
    def is_read(self) -> bool:
        """Was enough of it understood to look for an answer? English always is."""
        told = bool(self.terms or self.jurisdictions or self.documents)
        return not self.unread or (told and len(self.unread) <= _MOST_UNREAD)

    @property
    def is_read_wholly(self) -> bool:
        """Was nearly every word understood, so that the catalogue may answer?"""
        return len(self.unread) <= 1


def understand(question: Question, lexicon: Lexicon) -> Understood:
    """Read a question with its earlier turns."""
    language = question.language or lexicon.language(question.text)
    asked = _mended(question.text, language, lexicon)
    turns = tuple(_mended(turn, lexicon.language(turn), lexicon) for turn in question.turns)
    alone = followups.standalone(asked, turns, lexicon)
    english, unread = _english(alone.text, language, lexicon)
    context = _english(alone.context, lexicon.language(alone.context), lexicon)[0] if alone.context else ""
    names = _named(f"{alone.text} {english}" if english != alone.text else english, lexicon)
    names = tuple(dict.fromkeys((*names, *lexicon.numbered(alone.text))))
    terms = frozenset(found.id for found in lexicon.terms(alone.text, language))
    kind = kinds.kind_of(english, terms)
    meant = names or _named(context, lexicon)
    jurisdictions = _of_kind(meant, JURISDICTION_NAME)
    return Understood(
        question=question,
        text=alone.text,
        english=english,
        language=language,
        kind=kind,
        context=context,
        searches=_searches(english, context, kind, jurisdictions, lexicon),
        documents=_of_kind(meant, DOCUMENT_NAME),
        jurisdictions=jurisdictions,
        terms=terms,
        read_as=_read_as(question.text, alone.text, alone.context),
        unread=unread,
    )


def _mended(text: str, language: str, lexicon: Lexicon) -> str:
    return lexicon.speller.correct(text) if language == "en" else text


def _named(text: str, lexicon: Lexicon) -> tuple[str, ...]:
    """What a text names; "the Spanish name" and "in Korean" mean a language, not a country."""
    spans = lexicon.gazetteer.spans(text)
    return tuple(
        dict.fromkeys(
            reference
            for start, end, reference in spans
            if not (
                _LANGUAGE_AFTER.match(text[end:]) or (_IN_BEFORE.search(text[:start]) and text[start:end] in _LANGUAGES)
            )
        )
    )


def _english(text: str, language: str, lexicon: Lexicon) -> tuple[str, tuple[str, ...]]:
    """A text in English words, and the words of it that were not understood."""
    if language == "en":
        return text, ()
    gloss = lexicon.gloss(text, language)
    return (gloss.text, gloss.unread) if len(gloss.text.split()) > 1 else (f"{gloss.text} {text}".strip(), gloss.unread)


def _searches(
    english: str, context: str, kind: Kind, jurisdictions: tuple[str, ...], lexicon: Lexicon
) -> tuple[str, ...]:
    """One search a side of a comparison or part of a question; a question that leans is searched with its context."""
    if context:
        return (f"{english} {context}",)
    if SIDES[0] <= len(jurisdictions) <= SIDES[1] and kind is not Kind.LIST:
        return tuple(_only(english, place, jurisdictions, lexicon) for place in range(len(jurisdictions)))
    first, *others = kinds.parts(english)
    return (first, *(_with_subject(part, first, lexicon) for part in others))


def _with_subject(part: str, first: str, lexicon: Lexicon) -> str:
    """A later part is about what the first one names; one that names nothing and leans on it is read with it."""
    if lexicon.names(part):
        return part
    names = [first[found.start : found.end] for found in lexicon.names(first)]
    if names:
        return f"{part} {' '.join(names)}"
    return f"{part} {first}" if followups.leans(part, lexicon) else part


def _only(english: str, place: int, jurisdictions: tuple[str, ...], lexicon: Lexicon) -> str:
    """The question with only one of the jurisdictions it names."""
    result, end = "", 0
    for name in lexicon.names(english):
        if (
            name.id.removeprefix(JURISDICTION_NAME) in jurisdictions
            and name.id != JURISDICTION_NAME + jurisdictions[place]
        ):
            result += english[end : name.start]
            end = name.end
    return " ".join((result + english[end:]).split())


def _of_kind(names: tuple[str, ...], prefix: str) -> tuple[str, ...]:
    return tuple(name.removeprefix(prefix) for name in names if name.startswith(prefix))


def _read_as(asked: str, text: str, context: str) -> str:
    if context:
        return f"{text} ({context})"
    return text if text != asked else ""
