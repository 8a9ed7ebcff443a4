"""No sentence of the brief or of a publisher's text stands in the corpus: titles, headings and terms alone may."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from chatbot.ingest import catalogue
from chatbot.model import BlockKind, Document
from tests.conftest import ROOT, SHARED

RUN = 8  # words
WORD = re.compile(r"[^\W_]+")
MARKUP = re.compile(r"<[^>]+>|\]\([^)]*\)")

TERMS = (
    "Criminal Justice and Courts Act 2015",
    "Criminal Justice Act 2003",
    "Criminal Code Amendment (Deepfake Sexual Material) Bill 2024",
    "Committee on the Rights of the Child",
    "Special Rapporteur on violence against women",
    "Senate Legal and Constitutional Affairs Legislation Committee",
    "Revenge Porn Helpline",
    "United Kingdom",
    "United States of America",
    "Republic of Korea",
    "Distributing, publishing or threatening to distribute or publish",
    "Offences related to online child sexual abuse",
    "State Obligations on Ending Violence",
    "Senate Standing Committee on Legal and Constitutional Affairs",
    *(f"Member of the {house}" for house in ("House of", "European Parliament", "Council of", "National", "Chamber")),
    "of 19 October 2022 on a Single Market For Digital Services",
    "of 13 June 2024 laying down harmonised rules on artificial intelligence",
    "of 14 May 2024 on combating violence against women",
    "of 25 October 2012 establishing minimum standards on the rights",
    "resolution adopted by the 149th IPU Assembly",
    "Secretary of State for Science, Innovation and Technology",
    "Parliamentary Standing Committee on Information Technology",
    "Sexism, harassment and violence against women in parliaments",
    "Art. 5: “Non-consensual sharing of intimate or manipulated material”",
    "support and protection of victims of crime",
    "Art. 14-2: “Distribution of false images, etc.”",
    "an intimate image without consent with intent to cause harm or being reckless",
)
"""Names, offices and headings that are no title of a card."""
BIBLIOGRAPHY = (BlockKind.HEADING, BlockKind.NOTE, BlockKind.ENTRY, BlockKind.POINTER, BlockKind.SPEAKER)
"""Blocks that are titles, and names with their office."""


def _words(text: str) -> list[str]:
    return [match.group().casefold() for match in WORD.finditer(text)]


def _runs(words: list[str]) -> Iterator[tuple[str, ...]]:
    return zip(*(words[start:] for start in range(RUN)), strict=False)


@pytest.fixture(scope="module")
def published(shared_brief: Path) -> set[tuple[str, ...]]:
    """Every run of words of the brief and of the publishers' texts at hand."""
    runs: set[tuple[str, ...]] = set()
    for folder in ("brief", "sources"):
        for path in (SHARED / folder).iterdir():
            runs.update(_runs(_words(MARKUP.sub(" ", path.read_text(encoding="utf-8", errors="replace")))))
    return runs


def _names(documents: list[Document]) -> list[list[str]]:
    """Official titles, names, issuers, headings of provisions and of the annexes, in words, longest first."""
    texts = list(TERMS)
    for document in documents:
        texts += [*document.names, document.issuer, *(pinpoint.heading for pinpoint in document.pinpoints)]
        texts += [heading for entry in document.annex for heading in entry.under]
    return sorted((words for text in texts if len(words := _words(text)) > 1), key=len, reverse=True)


def _without(words: list[str], names: list[list[str]]) -> list[list[str]]:
    """The stretches of a text between names."""
    for name in names:
        for start in range(len(words) - len(name) + 1):
            if words[start : start + len(name)] == name:
                return [*_without(words[:start], names), *_without(words[start + len(name) :], names)]
    return [words]


def test_the_corpus_is_in_our_own_words(published: set[tuple[str, ...]]) -> None:
    """No eight words in a row are those of the brief or of a publisher, but for titles, headings and names."""
    cards = catalogue.load(ROOT / "corpus").cards.values()
    names = _names([card.document for card in cards])
    copyable = published - {run for name in names for run in _runs(name)}
    for card in cards:
        texts = [block.text for block in card.blocks if block.kind not in BIBLIOGRAPHY]
        for text in (*texts, *(value for _, value in card.document.comparison)):
            words = _words(text)
            if any(run in copyable for run in _runs(words)):
                copied = [run for part in _without(words, names) for run in _runs(part) if run in copyable]
                assert not copied, f"{card.document.id}: {' '.join(copied[0])}"
