"""A catalogue of our own that lists, counts and compares can be asked of: laws in every state, and annexes A to E."""

from dataclasses import dataclass
from pathlib import Path

import yaml

from chatbot.ingest.refresh import Refresher
from chatbot.ingest.sources import Sources
from chatbot.retrieval.snapshot import Snapshot
from chatbot.retrieval.snapshots import Snapshots
from chatbot.wiring import engines
from tests.fakes import WordEmbedder

Fields = dict[str, object]
BUDGET = 90
"""Words and marks of the longest passage."""

GUIDE = """The shelf guide helps members to keep shelves dry.

## Priority 1. Write a lending rule

- **Define the loan**, covering books and maps.
- **Set a time limit** of fourteen days.

## Priority 2. Keep the room dry

- **Inspect pipes** twice a year.
- **Name a keeper** who answers for the room.
- **Count the readers**, month by month.
"""
REGIONS = {
    "nordic": {
        "jurisdictions": ["NO", "IS"],
        "names": {"en": ["Nordic countries", "Nordic"], "fr": ["pays nordiques"]},
    },
    "pacific": {"jurisdictions": ["NZ"], "names": {"en": ["the Pacific"]}},
}
GLOSSARY = {
    "jurisdictions": {"NO": {"en": ["Norwegian"], "fr": ["norvégien"]}, "CL": {"en": ["Chilean"]}},
    "terms": [
        {"id": "law", "en": ["laws"], "fr": ["lois"], "es": ["leyes"], "de": ["Gesetze"]},
        {"id": "list", "en": ["list"], "fr": ["liste"], "es": ["figuran", "lista"], "de": ["listet", "auflisten"]},
        {"id": "annex-c", "en": ["annex C"], "fr": ["annexe C"], "es": ["anexo C"], "de": ["Anhang C"]},
        {"id": "which", "en": ["which"], "fr": ["quelles"], "es": ["qué"], "de": ["welche"]},
    ],
}


@dataclass(frozen=True, slots=True)
class Shelf:
    """One card: its id, what differs from a law in force, and its text ("" for a title alone)."""

    id: str
    fields: Fields
    text: str = "The text speaks of s 4, s 5 and s 6."


def _annex(part: str, place: int = 0, *under: str) -> list[Fields]:
    return [{"part": part, "place": place, "under": list(under)}]


CARDS = (
    Shelf(
        "shelf-guide",
        {"title": "Keeping shelves dry", "short_title": "Shelf guide", "type": "issue-brief", "annex": "brief",
         "jurisdiction": "INT", "status": {"state": "published", "as_of": "2026-06"}, "contact": "shelf@example.org",
         "issuer": "Union of Example Parliaments"},
        GUIDE,
    ),
    Shelf(
        "no-shelf-act",
        {"title": "Hyllelov", "short_title": "Norwegian Shelf Act", "year": 2022, "jurisdiction": "NO",
         "annex": _annex("C", 5, "Norway"),
         "status": {"state": "in force", "as_of": "2026-10-01", "detail": "Amended once, in 2024."},
         "comparison": {"covers_synthetic": "yes: copies by machine (s 4)", "covers_sharing": "yes (s 4)",
                        "covers_possession_or_viewing": "no: only handing on (s 5)",
                        "max_penalty_basic": "two years (s 6)", "takedown_deadline": "48 hours (s 6)"}},
    ),
    Shelf(
        "no-pipe-act",
        {"title": "Rørlov", "short_title": "Norwegian Pipe Act", "year": 2010, "jurisdiction": "NO",
         "annex": _annex("C", 6, "Norway"), "status": {"state": "repealed", "as_of": "2025-01"},
         "comparison": {"covers_synthetic": "yes (s 4)", "covers_possession_or_viewing": "yes (s 5)",
                        "covers_threats": "yes (s 5)"}},
    ),
    Shelf(
        "cl-shelf-bill",
        {"title": "Proyecto de estantes", "title_en": "Shelves Bill", "short_title": "Chilean Shelf Bill",
         "jurisdiction": "CL", "type": "bill", "year": 2025, "annex": _annex("C", 1, "Chile"),
         "status": {"state": "bill", "as_of": "2024-06-01"},
         "comparison": {"covers_synthetic": "yes: any copy (s 4)", "max_penalty_basic": "nine years (s 6)"}},
    ),
    Shelf(
        "nz-film-act",
        {"title": "Film Act", "short_title": "Film Act", "jurisdiction": "NZ", "year": 2021, "annex": "related",
         "status": {"state": "partly in force"}, "comparison": {"covers_synthetic": "partly: films alone (s 4)"}},
    ),
    Shelf(
        "is-shelf-act",
        {"title": "Hillulög", "short_title": "Icelandic Shelf Act", "jurisdiction": "IS", "year": 2026,
         "annex": _annex("C", 3, "Iceland"), "status": {"state": "not yet in force", "as_of": "2026-11-01"},
         "comparison": {"covers_possession_or_viewing": "yes (s 5)"}},
    ),
    Shelf(
        "fr-paper-code",
        {"title": "Code du papier", "short_title": "Paper Code", "jurisdiction": "FR", "type": "code", "year": 1994,
         "annex": _annex("C", 2, "France"), "status": {"state": "in force", "as_of": "2026-11-01"}},
        "",
    ),
    Shelf(
        "pt-copy-draft",
        {"title": "Draft on copies", "short_title": "Portuguese Copy Draft", "jurisdiction": "PT", "type": "bill",
         "year": 2026, "annex": "related", "status": {"state": "draft", "as_of": "2026-10-01"},
         "comparison": {"covers_sharing": "yes (s 4)"}},
    ),
    Shelf(
        "gb-lapsed-bill",
        {"title": "Ladder Bill", "short_title": "Ladder Bill", "jurisdiction": "GB", "type": "bill", "year": 2024,
         "annex": _annex("C", 4, "United Kingdom"), "status": {"state": "lapsed", "as_of": "2026-10-01"}},
    ),
    Shelf(
        "reading-charter",
        {"title": "Charter of Reading", "short_title": "Reading Charter", "jurisdiction": "INT", "type": "treaty",
         "year": 1998, "annex": _annex("A", 1, "International"), "issuer": "United Nations General Assembly",
         "status": {"state": "in force", "as_of": "2026-11-01"}},
    ),
    Shelf(
        "lamp-protocol",
        {"title": "Protocol on Lamps", "short_title": "Lamp Protocol", "jurisdiction": "AFRICAN-UNION",
         "type": "protocol", "year": 2005, "annex": _annex("A", 2, "Regional", "African Union"),
         "issuer": "African Union", "status": {"state": "in force", "as_of": "2026-11-01"}},
    ),
    Shelf(
        "cellar-convention",
        {"title": "Convention on Cellars", "short_title": "Cellar Convention", "jurisdiction": "COE",
         "type": "convention", "year": 2024, "annex": _annex("A", 3, "Regional", "Council of Europe"),
         "issuer": "Council of Europe", "status": {"state": "not yet in force", "as_of": "2026-11-01"}},
    ),
    Shelf(
        "unesco-paper-advice",
        {"title": "Recommendation on Paper", "short_title": "Paper Advice", "jurisdiction": "INT",
         "type": "recommendation", "year": 2021, "annex": _annex("B", 1, "UN agencies and bodies", "UNESCO"),
         "issuer": "UNESCO", "status": {"state": "soft law", "as_of": "2026-11-01"}},
    ),
    Shelf(
        "record",
        {"title": "Record", "short_title": "Record", "jurisdiction": "INT", "type": "report", "year": 2023,
         "annex": _annex("D", 1, "Reports"), "issuer": "House of Readers",
         "status": {"state": "published", "as_of": "2026-11-01"}},
        "What is said here is said in print.\n\n## Record\n\nMore.",
    ),
    Shelf(
        "lamp-hearing",
        {"title": "Hearing on Lamps", "short_title": "Lamp Hearing", "jurisdiction": "GB", "type": "hearing",
         "year": 2024, "annex": _annex("D", 2, "Hearings"), "status": {"state": "held", "as_of": "2026-11-01"}},
    ),
    Shelf(
        "shelf-motion",
        {"title": "Motion on Shelves", "short_title": "Shelf Motion", "jurisdiction": "AT", "type": "motion",
         "year": 2025, "annex": _annex("D", 3, "Motions"), "status": {"state": "motion", "as_of": "2026-11-01"}},
    ),
    Shelf(
        "reader-study",
        {"title": "Readers Counted", "short_title": "Reader Study", "jurisdiction": "INT", "type": "study",
         "year": 2023, "annex": _annex("E", 1), "status": {"state": "published", "as_of": "2026-11-01"}},
    ),
)  # fmt: skip


def write(corpus: Path, *shelves: Shelf) -> Path:
    """The folder, with a card for each shelf."""
    corpus.mkdir(parents=True, exist_ok=True)
    for shelf in shelves:
        fields = {
            "id": shelf.id,
            "issuer": "House of Readers",
            "type": "act",
            "year": 2025,
            "languages": ["en"],
            "status": {"state": "in force"},
            **shelf.fields,
        }
        head = yaml.safe_dump(fields, allow_unicode=True, sort_keys=False)
        (corpus / f"{shelf.id}.md").write_text(f"---\n{head}---\n{shelf.text}", encoding="utf-8")
    return corpus


def shelf(id_: str, text: str = "The text speaks of s 4, s 5 and s 6.", **fields: object) -> Shelf:
    """A card that is a Norwegian act in force unless something else is said."""
    plain: Fields = {"title": id_, "short_title": id_, "jurisdiction": "NO", "annex": "related"}
    return Shelf(id_, plain | fields, text)


def opened(folder: Path, *shelves: Shelf, budget: int = BUDGET) -> Snapshot:
    """The snapshot of a corpus of these cards, in a folder of its own; no card may be refused."""
    corpus = write(folder / "corpus", *shelves)
    (corpus / "regions.yaml").write_text(yaml.safe_dump({"regions": REGIONS}, allow_unicode=True), encoding="utf-8")
    (corpus / "glossary.yaml").write_text(yaml.safe_dump(GLOSSARY, allow_unicode=True), encoding="utf-8")
    found = Snapshots(folder / "index")
    report = Refresher(corpus, Sources(folder / "instance"), found, WordEmbedder(budget), engines()).refresh()
    assert not report.problems
    return Snapshot(found.folder(report.snapshot_id), engines())
