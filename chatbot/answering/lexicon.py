"""The words of one snapshot: its names, the glossary in nine languages, and the spelling of its corpus."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from chatbot.answering.languages import Identifier
from chatbot.answering.spelling import Speller
from chatbot.model import Document, DocumentKind, Glossary, Passage
from chatbot.retrieval import references
from chatbot.retrieval.gazetteer import Gazetteer, Names
from chatbot.retrieval.names import DOCUMENT_NAME, JURISDICTION_NAME, REGION_NAME, jurisdiction_name
from chatbot.retrieval.words import stems

_UNSPACED = ("zh", "ko")  # words stand without blanks, or carry particles: found inside other words
_LONGEST = 6  # words of a term
_TOKEN = re.compile(r"\w+(?:[-'’./]\w+)*", re.UNICODE)
_LATIN = re.compile(r"[A-Za-zÀ-ÿ]")


@dataclass(frozen=True, slots=True)
class Found:
    """Something of the text that is known: where it stands, what it is (a term's id or a reference), and in English."""

    start: int
    end: int
    id: str
    english: str


class Lexicon:
    """Finds the terms and names of a text."""

    def __init__(self, documents: dict[str, Document], glossary: Glossary, names: Names, words: Counter[str]) -> None:
        self.gazetteer = Gazetteer(names)
        self.speller = Speller(
            words, (word.casefold() for by_name in names.values() for n in by_name for word in n.split())
        )
        self._documents = documents
        self._numbers = _numbers(documents)
        self._regions = {region.id: dict(region.names)["en"][0] for region in glossary.regions}
        self._phrases: dict[str, dict[tuple[str, ...], tuple[str, str]]] = {}
        self._parts: dict[str, list[tuple[str, str, str]]] = {language: [] for language in _UNSPACED}
        for term in glossary.terms:
            preferred = dict(term.words)["en"][0]
            for language, variants in (*term.words, *term.discouraged):
                for variant in variants:
                    self._add(language, variant, term.id, preferred)
        for parts in self._parts.values():
            parts.sort(key=lambda part: -len(part[0]))
        self._identifier = Identifier(_by_language(glossary), names)

    def language(self, text: str) -> str:
        """The language of a text, whatever the language of the documents that it names."""
        rest = text
        for name in reversed(self.names(text)):
            if name.id.startswith(DOCUMENT_NAME) and _LATIN.match(text[name.start]):
                rest = f"{rest[: name.start]} {rest[name.end :]}"
        return self._identifier.identify(rest)

    def terms(self, text: str, language: str) -> list[Found]:
        """The glossary's terms in a text, longest first, not overlapping, in reading order."""
        if language in _UNSPACED:
            return _inside(text, self._parts[language])
        return self._spoken(text, language)

    def names(self, text: str) -> list[Found]:
        """The names of documents and jurisdictions in a text, with how each is called in English."""
        return [Found(start, end, ref, self.english_name(ref)) for start, end, ref in self.gazetteer.spans(text)]

    def english_name(self, reference: str) -> str:
        """What a reference is called in English."""
        if reference.startswith(DOCUMENT_NAME):
            document = self._documents.get(reference.removeprefix(DOCUMENT_NAME))
            return (document.title_en or document.short_title) if document else ""
        if reference.startswith(REGION_NAME):
            return self._regions.get(reference.removeprefix(REGION_NAME), "")
        return jurisdiction_name(reference.removeprefix(JURISDICTION_NAME))

    def numbered(self, text: str) -> list[str]:
        """References to the documents whose official numbers a text gives, such as "2022/2065"."""
        return [self._numbers[ref] for ref in references.found_in(text) if ref in self._numbers]

    def is_brief(self, reference: str) -> bool:
        """Does a reference stand for the brief itself?"""
        document = self._documents.get(reference.removeprefix(DOCUMENT_NAME))
        return document is not None and document.kind is DocumentKind.ISSUE_BRIEF

    def in_english(self, text: str, language: str) -> str:
        """A gloss of a text in another language: known terms and names in English, numbers, and names as they are."""
        found = sorted((*self.names(text), *self.terms(text, language)), key=lambda f: (f.start, -f.end))
        gloss, end = [], 0
        for piece in found:
            if piece.start >= end:
                gloss += _kept(text[end : piece.start], starts=end == 0)
                gloss.append(piece.english)
                end = piece.end
        gloss += _kept(text[end:], starts=end == 0)
        return " ".join(dict.fromkeys(gloss))

    def _add(self, language: str, variant: str, term_id: str, preferred: str) -> None:
        if language in _UNSPACED:
            self._parts[language].append((variant, term_id, preferred))
        phrases = self._phrases.setdefault(language, {})
        phrases.setdefault(_as_written(_TOKEN.findall(variant)), (term_id, preferred))
        if stemmed := tuple(stems(variant, language)):
            phrases.setdefault(stemmed, (term_id, preferred))

    def _spoken(self, text: str, language: str) -> list[Found]:
        phrases = self._phrases.get(language, {})
        tokens = [(m.start(), m.end(), m.group(), stems(m.group(), language)) for m in _TOKEN.finditer(text)]
        found: list[Found] = []
        place = 0
        while place < len(tokens):
            match = _longest(phrases, tokens, place)
            if match:
                count, (term_id, preferred) = match
                found.append(Found(tokens[place][0], tokens[place + count - 1][1], term_id, preferred))
                place += count
            else:
                place += 1
        return found


def _by_language(glossary: Glossary) -> dict[str, list[str]]:
    """By language, the words of the glossary's terms."""
    found: dict[str, list[str]] = {}
    for term in glossary.terms:
        for language, variants in (*term.words, *term.discouraged):
            found.setdefault(language, []).extend(variants)
    return found


def _numbers(documents: dict[str, Document]) -> dict[str, str]:
    """By official number, the reference of the one document that bears it in its names."""
    found: dict[str, set[str]] = {}
    for document in documents.values():
        for number in {
            ref for name in document.names for ref in references.found_in(name) if ref.startswith("number:")
        }:
            found.setdefault(number, set()).add(DOCUMENT_NAME + document.id)
    return {number: owners.pop() for number, owners in found.items() if len(owners) == 1}


def words_of(passages: Iterable[Passage], questions: Iterable[str], glossary: Glossary) -> Counter[str]:
    """The English words of the corpus and how often each occurs."""
    words: Counter[str] = Counter()
    for passage in passages:
        if passage.language == "en":
            words.update(re.findall(r"[a-z]+", passage.text.casefold()))
    for question in questions:
        words.update(re.findall(r"[a-z]+", question.casefold()))
    for term in glossary.terms:
        for variant in dict(term.words).get("en", ()):
            words.update(re.findall(r"[a-z]+", variant.casefold()))
    return words


def _longest(
    phrases: dict[tuple[str, ...], tuple[str, str]], tokens: list[tuple[int, int, str, list[str]]], place: int
) -> tuple[int, tuple[str, str]] | None:
    """The longest term that begins at a word, as written (so that "without consent" is not "consent") or by stems."""
    for count in range(min(_LONGEST, len(tokens) - place), 0, -1):
        part = tokens[place : place + count]
        written = _as_written([word for _, _, word, _ in part])
        if written in phrases:
            return count, phrases[written]
        stemmed = tuple(stem for _, _, _, token in part for stem in token)
        if part[0][3] and part[-1][3] and stemmed in phrases:
            return count, phrases[stemmed]
    return None


def _as_written(words: list[str]) -> tuple[str, ...]:
    return tuple(f"={word.casefold()}" for word in words)


def _inside(text: str, parts: list[tuple[str, str, str]]) -> list[Found]:
    taken = [False] * len(text)
    found = []
    for variant, term_id, preferred in parts:
        start = text.find(variant)
        while start >= 0:
            end = start + len(variant)
            if not any(taken[start:end]):
                taken[start:end] = [True] * (end - start)
                found.append(Found(start, end, term_id, preferred))
            start = text.find(variant, end)
    return sorted(found, key=lambda f: f.start)


def _kept(text: str, *, starts: bool) -> list[str]:
    """What of an unknown stretch is the same in English: numbers, names in capitals, words in quotation marks."""
    kept = []
    for number, match in enumerate(_TOKEN.finditer(text)):
        token = match.group()
        is_name = token[0].isupper() and _LATIN.match(token) and not (starts and number == 0)
        if any(c.isdigit() for c in token) or is_name:
            kept.append(token)
    return kept
