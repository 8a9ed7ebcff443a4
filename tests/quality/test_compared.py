"""The comparison: every cell against the card it comes from, read here by other means than the program's."""

from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from chatbot.answering import comparing
from chatbot.model import Element
from chatbot.retrieval.snapshot import Snapshot
from tests.conftest import ROOT


def _cards() -> Iterator[dict[str, Any]]:
    for path in (ROOT / "corpus" / "laws").rglob("*.md"):
        yield yaml.safe_load(path.read_text(encoding="utf-8").split("\n---\n")[0][4:])


CARDS = [card for card in _cards() if card.get("comparison")]
JURISDICTIONS = sorted({card["jurisdiction"] for card in CARDS})


def test_enough_is_compared() -> None:
    """At least ten jurisdictions and twelve elements can be compared."""
    assert len(JURISDICTIONS) >= 10
    assert len({element for card in CARDS for element in card["comparison"]}) >= 12


@pytest.mark.parametrize("jurisdiction", JURISDICTIONS)
def test_each_cell_is_what_the_cards_say(cards_alone: Snapshot, jurisdiction: str) -> None:
    """A cell has each card's words on the element, with a citation that quotes them, and nothing else."""
    table, citations = comparing.table(cards_alone, [jurisdiction], tuple(Element))
    by_number = {citation.number: citation for citation in citations}
    cards = [card for card in CARDS if card["jurisdiction"] == jurisdiction]
    for element, (cell,) in zip(table.rows, table.cells, strict=True):
        expected = {card["id"]: card["comparison"][element.value] for card in cards if element in card["comparison"]}
        assert {line.document.id: line.text for line in cell} == expected
        for line in cell:
            citation = by_number[line.citation]
            assert citation.document.id == line.document.id
            assert any(line.text in quote for quote in citation.quotes)


def test_law_in_force_stands_before_the_rest(cards_alone: Snapshot) -> None:
    """In a cell, bills and former law come after law in force."""
    table, _ = comparing.table(cards_alone, JURISDICTIONS, tuple(Element))
    for row in table.cells:
        for cell in row:
            in_force = [line.document.status.state.is_law for line in cell]
            assert in_force == sorted(in_force, reverse=True)


def test_silence_is_an_empty_cell(cards_alone: Snapshot) -> None:
    """Where no card says anything of an element the cell is empty; it never says no."""
    table, _ = comparing.table(cards_alone, ["KE"], [Element.TAKEDOWN_DEADLINE])
    assert table.cells == (((),),)
