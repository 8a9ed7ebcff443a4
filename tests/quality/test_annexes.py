"""Every annex entry of the brief is mapped to a document, and every document to its entries."""

from collections import Counter

from chatbot.model import DocumentKind, Edition, Passage, PassageKind
from chatbot.retrieval.gazetteer import Gazetteer
from chatbot.retrieval.names import DOCUMENT_NAME
from chatbot.retrieval.snapshot import Snapshot
from tests.conftest import SHARED

PARTS = "ABCDE"


def _entries(snapshot: Snapshot) -> list[tuple[str, int, tuple[str, ...], Passage]]:
    """Part, place, headings below the part, and passage of each entry of the brief."""
    counts: Counter[str] = Counter()
    found = []
    for passage in snapshot.passages:
        if passage.kind is PassageKind.ENTRY and passage.edition is Edition.OFFICIAL:
            part = next(h[0] for h in passage.headings if h[:2] in {f"{p}." for p in PARTS})
            counts[part] += 1
            below = passage.headings[[h[:2] for h in passage.headings].index(f"{part}.") + 1 :]
            under = (*below, *(parent.rstrip(":") for parent in passage.parents))
            found.append((part, counts[part], under, passage))
    return found


def test_every_entry_has_its_document(with_brief: Snapshot) -> None:
    """Each entry is the document that claims its place, under the same headings, and names it."""
    claimed = {(e.part, e.place): (d.id, e.under) for d in with_brief.documents.values() for e in d.annex if e.place}
    gazetteer = Gazetteer(with_brief.names)
    for part, place, under, passage in _entries(with_brief):
        id_, claimed_under = claimed.pop((part, place))
        assert claimed_under == under
        named = [n.removeprefix(DOCUMENT_NAME) for n in gazetteer.found_in(passage.text)]
        assert id_ in named or {"hearing-au-senate-deepfake-bill-2024", "report-au-senate-deepfake-bill-2024"} >= {
            id_,
            *(n for n in named if "senate-deepfake" in n),
        }, (id_, named)
    assert claimed == {}


def test_every_document_says_where_the_brief_has_it(cards_alone: Snapshot) -> None:
    """A document of the annexes has a place there; the others are named in the body, related, or the brief."""
    for document in cards_alone.documents.values():
        assert document.annex
        for entry in document.annex:
            assert bool(entry.place) == (entry.part in PARTS), document.id
            assert (entry.part == "brief") == (document.kind is DocumentKind.ISSUE_BRIEF)


def test_every_fact_sheet_has_its_card(cards_alone: Snapshot, shared_brief: object) -> None:
    """All documents of the fact sheets are in the catalogue."""
    sheets = {path.stem for path in (SHARED / "facts").glob("*.md")}
    assert sheets == set(cards_alone.documents)
