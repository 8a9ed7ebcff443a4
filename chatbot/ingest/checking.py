"""All cards together -> how many of each sort there are, and what is wrong between them."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from chatbot.errors import CardError
from chatbot.ingest import catalogue, glossary
from chatbot.ingest.sources import Sources
from chatbot.model import Coverage, Document


@dataclass(frozen=True, slots=True)
class Check:
    """Counts by "annex", "kind", "jurisdiction", "status", "coverage", "confidence"; and problems in words."""

    documents: int
    counts: dict[str, dict[str, int]]
    problems: tuple[str, ...]


def check(corpus_dir: Path, sources: Sources) -> Check:
    """Read every card, glossary and exemplar and what is held of official texts. Raises CardError without a folder."""
    found = catalogue.load(corpus_dir)
    held, damaged = sources.held()
    official = {source.document_id for source in held}
    documents = [
        replace(card.document, coverage=Coverage.OFFICIAL) if card.document.id in official else card.document
        for card in found.cards.values()
    ]
    problems = [str(problem) for problem in (*found.problems, *damaged)]
    try:
        glossary.load(corpus_dir)
        glossary.exemplars(corpus_dir)
    except CardError as error:
        problems.append(str(error))
    return Check(len(documents), _counts(documents), (*problems, *_same_names(documents), *_same_places(documents)))


def _counts(documents: Iterable[Document]) -> dict[str, dict[str, int]]:
    counts: dict[str, Counter[str]] = {}
    for document in documents:
        sorts: dict[str, list[str]] = {
            "annex": [entry.part for entry in document.annex],
            "kind": [document.kind],
            "jurisdiction": [document.jurisdiction],
            "status": [document.status.state],
            "coverage": [document.coverage],
            "confidence": [document.confidence or "not stated"],
        }
        for sort, values in sorts.items():
            counts.setdefault(sort, Counter()).update(str(value) for value in values)
    return {sort: dict(sorted(counter.items())) for sort, counter in counts.items()}


def _same_names(documents: Iterable[Document]) -> Iterator[str]:
    """Names that two documents claim, so that a question could not tell them apart."""
    owners: dict[str, str] = {}
    for document in documents:
        for name in {name.casefold() for name in (document.short_title, *document.aliases)}:
            if owners.setdefault(name, document.id) != document.id:
                yield f"{document.id}: aliases: '{name}' is a name of {owners[name]} too; leave it to one of them."


def _same_places(documents: Iterable[Document]) -> Iterator[str]:
    """Places of an annex that two documents claim."""
    owners: dict[tuple[str, int], str] = {}
    for document in documents:
        for entry in document.annex:
            if entry.place and owners.setdefault((entry.part, entry.place), document.id) != document.id:
                other = owners[entry.part, entry.place]
                yield f"{document.id}: annex: place {entry.place} of annex {entry.part} is taken by {other}."
