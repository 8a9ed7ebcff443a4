"""The words of one snapshot: its names, the glossary in nine languages, and the spelling of its corpus."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from chatbot.answering.glossing import TOKEN, Found, Gloss, glossed, prepared
from chatbot.answering.languages import Identifier
from chatbot.answering.spelling import Speller
from chatbot.model import Document, DocumentKind, Glossary, Passage
from chatbot.retrieval import references
from chatbot.retrieval.gazetteer import Gazetteer, Names
from chatbot.retrieval.names import DOCUMENT_NAME, JURISDICTION_NAME, REGION_NAME, jurisdiction_name
from chatbot.retrieval.words import stems

_UNSPACED = ("zh", "ko")  # words stand without blanks, or carry particles: found inside other words
_LONGEST = 6  # words of a term
_DATED = re.compile(
    r"(?P<year>(?:19|20)\d\d)\s+(?:act|bill|law|rules|statute|code|directive|regulation|motion)\b", re.I
)
_DIGIT = re.compile(r"\d")
_SHORTEST_PART = 3  # letters of a part of a compound
_LATIN = re.compile(r"[A-Za-zÀ-ÿ]")


class _Dictionary:
    """English for the words and phrases of other languages, each with its id."""

    def __init__(self) -> None:
        self._phrases: dict[str, dict[tuple[str, ...], tuple[str, str]]] = {}
        self._parts: dict[str, list[tuple[str, str, str]]] = {language: [] for language in _UNSPACED}

    def add(self, language: str, variant: str, id_: str, english: str) -> None:
        """A phrase of a language; the first of two alike counts."""
        if language in _UNSPACED:
            self._parts[language].append((variant, id_, english))
        phrases = self._phrases.setdefault(language, {})
        phrases.setdefault(_as_written(TOKEN.findall(variant)), (id_, english))
        if stemmed := tuple(stems(variant, language)):
            phrases.setdefault(stemmed, (id_, english))

    def close(self) -> None:
        """Longer parts are looked for first."""
        for parts in self._parts.values():
            parts.sort(key=lambda part: -len(part[0]))

    def found(self, text: str, language: str) -> list[Found]:
        """What of a text is known, longest first, not overlapping, in reading order."""
        if language in _UNSPACED:
            return _inside(text, self._parts[language])
        phrases = self._phrases.get(language, {})
        tokens = [(m.start(), m.end(), m.group(), stems(m.group(), language)) for m in TOKEN.finditer(text)]
        found: list[Found] = []
        place = 0
        while place < len(tokens):
            match = _longest(phrases, tokens, place)
            if match:
                count, (id_, english) = match
                found.append(Found(tokens[place][0], tokens[place + count - 1][1], id_, english))
            place += match[0] if match else 1
        return found

    def of_word(self, word: str, language: str) -> str:
        """English for a single word, or ""."""
        phrases = self._phrases.get(language, {})
        held = phrases.get(_as_written([word])) or phrases.get(tuple(stems(word, language)) or ("",))
        return held[1] if held else ""


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
        self._terms, self._words = _Dictionary(), _Dictionary()
        for held, into in ((glossary.terms, self._terms), (glossary.words, self._words)):
            for term in held:
                for language, variants in (*term.words, *term.discouraged):
                    for variant in variants if language != "en" or into is self._terms else ():
                        into.add(language, variant, term.id, dict(term.words)["en"][0])
            into.close()
        self._english = frozenset(words)
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
        return self._terms.found(text, language)

    def names(self, text: str) -> list[Found]:
        """The names of documents and jurisdictions in a text, with how each is called in English."""
        return [Found(start, end, ref, self.english_name(ref)) for start, end, ref in self.gazetteer.spans(text)]

    def dated(self, text: str, places: tuple[str, ...]) -> list[Found]:
        """What only its year names ("the 2015 Act"): a document of the places named, if one alone is of that year."""
        codes = {place.removeprefix(JURISDICTION_NAME) for place in places} | {
            self._documents[place.removeprefix(DOCUMENT_NAME)].jurisdiction
            for place in places
            if place.removeprefix(DOCUMENT_NAME) in self._documents
        }
        found = []
        for match in _DATED.finditer(text):
            alike = [d for d in self._documents.values() if d.jurisdiction in codes and d.year == int(match["year"])]
            if len(alike) == 1:
                found.append(Found(match.start(), match.end(), DOCUMENT_NAME + alike[0].id, alike[0].short_title))
        return found

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

    def gloss(self, text: str, language: str) -> Gloss:
        """A text in another language, read in English: words, names and terms that are known, and what stays."""
        text = prepared(text)
        terms = (term for term in self._terms.found(text, language) if not _DIGIT.search(text[term.start : term.end]))
        found = [*self._words.found(text, language), *self.names(text), *terms]
        if language == "de":
            found += self._compounds(text)
        return glossed(text, language, found, self._english)

    def _compounds(self, text: str) -> Iterator[Found]:
        """German words made of known ones."""
        for match in re.finditer(r"[^\W\d_]{8,}", text):
            if parts := self._parts_of(match.group()):
                yield Found(match.start(), match.end(), "", " ".join(parts))

    def _parts_of(self, word: str) -> list[str]:
        """English for the parts of a compound; none where one of them is not known."""
        if english := self._words.of_word(word, "de") or self._terms.of_word(word, "de"):
            return [english]
        for cut in range(len(word) - _SHORTEST_PART, _SHORTEST_PART - 1, -1):
            last = self._words.of_word(word[cut:], "de") or self._terms.of_word(word[cut:], "de")
            if last and (first := self._head_of(word[:cut])):
                return [*first, last]
        return []

    def _head_of(self, head: str) -> list[str]:
        """The parts before the last, without what joins them."""
        forms = (head.removesuffix(joint) for joint in ("", "s", "es", "n", "en", "er"))
        return next((found for form in forms if len(form) > 1 and (found := self._parts_of(form))), [])


def _by_language(glossary: Glossary) -> dict[str, list[str]]:
    """By language, the words of the glossary's terms."""
    found: dict[str, list[str]] = {}
    for term in (*glossary.terms, *glossary.words):
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
