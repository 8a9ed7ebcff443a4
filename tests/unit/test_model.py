"""The types: frozen, slotted, compared by value, made of the standard library alone; and what they promise."""

import ast
import copy
import dataclasses
import inspect
import pickle
import sys
import typing
from enum import StrEnum
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot import model
from chatbot.ingest.catalogue import load
from chatbot.model import (
    Answer,
    Block,
    BlockKind,
    Citation,
    Coverage,
    Document,
    Edition,
    LegalState,
    LegalStatus,
    Passage,
    PassageKind,
    Question,
    Scope,
    Section,
    Sentence,
    SentenceKind,
    Status,
    Unit,
)
from chatbot.retrieval.snapshot import Snapshot
from tests.conftest import ROOT

TYPES = [member for _, member in inspect.getmembers(model, inspect.isclass) if dataclasses.is_dataclass(member)]
ENUMS = [
    member
    for _, member in inspect.getmembers(model, inspect.isclass)
    if issubclass(member, StrEnum) and member is not StrEnum
]


def _document(**fields: object) -> Document:
    return dataclasses.replace(
        Document(
            id="lamp-act",
            title="Lampelov",
            short_title="Lamp Act",
            issuer="Board",
            jurisdiction="NO",
            kind=model.DocumentKind.ACT,
            annex=(),
            year=2024,
            status=LegalStatus(LegalState.IN_FORCE, "", ""),
            languages=("no",),
        ),
        **fields,
    )


def _passage(text: str, *units: Unit) -> Passage:
    return Passage(
        id="lamp-act:digest:about:0",
        document_id="lamp-act",
        edition=Edition.DIGEST,
        anchor="about",
        label="Lamp Act",
        headings=("Lamp Act",),
        text=text,
        kind=PassageKind.PARAGRAPH,
        start=0,
        end=len(text),
        units=units,
        language="en",
    )


@pytest.mark.parametrize("kind", TYPES, ids=lambda kind: kind.__name__)
def test_a_type_is_frozen_and_slotted(kind: type) -> None:
    """No value changes after it was made, and none has room for anything else."""
    assert kind.__dataclass_params__.frozen
    assert kind.__dataclass_params__.eq
    assert "__slots__" in vars(kind)
    assert "__dict__" not in dir(kind)


@pytest.mark.parametrize("kind", TYPES, ids=lambda kind: kind.__name__)
def test_a_type_holds_nothing_that_can_change(kind: type) -> None:
    """Fields are texts, numbers, tuples and other types of the model, never lists, sets or mappings."""
    mutable = {list, dict, set, bytearray}
    for hint in typing.get_type_hints(kind).values():
        assert not mutable & _parts(hint)


def _parts(hint: object) -> set[object]:
    inner = [_parts(part) for part in typing.get_args(hint)]
    return {typing.get_origin(hint) or hint}.union(*inner)


@pytest.mark.parametrize(
    "value", [LegalStatus(LegalState.BILL, "", ""), Scope(), Question("Lamps?"), Unit(0, 1, BlockKind.ITEM)]
)
def test_a_value_cannot_be_changed(value: object) -> None:
    """Setting or deleting a field is refused."""
    field = dataclasses.fields(value)[0].name  # type: ignore[arg-type]
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(value, field, "other")
    with pytest.raises(dataclasses.FrozenInstanceError):
        delattr(value, field)


def test_a_value_has_no_room_for_other_fields() -> None:
    """A field that the type does not have cannot be added."""
    with pytest.raises((AttributeError, TypeError)):
        Question("Lamps?").colour = "red"  # type: ignore[attr-defined]


def test_values_are_compared_and_hashed_by_value() -> None:
    """Two values with the same fields are one key."""
    assert len({_document(), _document(), _document(year=2025)}) == 2


@pytest.mark.parametrize("copied", [copy.copy, copy.deepcopy, lambda value: pickle.loads(pickle.dumps(value))])
def test_values_survive_copying(copied: typing.Callable[[object], object]) -> None:
    """A value that goes to another process is the same there."""
    answer = Answer(Status.ANSWERED, (Sentence("Lit.", SentenceKind.QUOTED, (1,)),))
    assert copied(answer) == answer


@pytest.mark.parametrize("kind", ENUMS, ids=lambda kind: kind.__name__)
def test_words_of_an_enumeration_are_unique_and_plain(kind: type[StrEnum]) -> None:
    """Every word is written once, in small letters, and is its own text."""
    values = [member.value for member in kind]
    assert len(set(values)) == len(kind.__members__) == len(values)
    assert all(value == value.lower() == str(kind(value)) for value in values)


def test_a_bill_is_not_in_force() -> None:
    """The states of what is law and what is not yet law differ, whatever else is written."""
    assert LegalState.BILL not in {LegalState.IN_FORCE, LegalState.ENACTED, LegalState.PARTLY_IN_FORCE}
    assert "force" not in LegalState.BILL
    assert "force" not in LegalState.DRAFT


def test_the_model_needs_the_standard_library_alone() -> None:
    """model.py imports nothing that has to be installed, and nothing of ours."""
    tree = ast.parse((ROOT / "chatbot" / "model.py").read_text(encoding="utf-8"))
    imported = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    imported |= {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    assert {str(name).split(".")[0] for name in imported} <= sys.stdlib_module_names


@pytest.mark.parametrize(
    ("fields", "names"),
    [
        ({}, ("Lamp Act", "Lampelov")),
        ({"title_en": "Lamp Act"}, ("Lamp Act", "Lampelov")),
        ({"title_en": "Act on Lamps", "aliases": ("LA", "Lampelov")}, ("Lamp Act", "Lampelov", "Act on Lamps", "LA")),
        ({"title": "Lamp Act"}, ("Lamp Act",)),
    ],
)
def test_a_document_has_each_name_once_and_the_short_one_first(
    fields: dict[str, object], names: tuple[str, ...]
) -> None:
    """Names are those to show first, without empty ones and without repeats."""
    assert _document(**fields).names == names


def test_a_document_is_listed_until_something_is_held() -> None:
    """Coverage begins with the least."""
    assert _document().coverage is Coverage.LISTED


@given(st.lists(st.text(max_size=20), max_size=6))
def test_the_text_of_a_section_is_its_blocks_one_a_line(texts: list[str]) -> None:
    """A section's text has its blocks in order with a line end between them, and nothing else."""
    section = Section("a", "A", ("A",), tuple(Block(BlockKind.PARAGRAPH, text) for text in texts))
    assert section.text == "\n".join(texts)


def test_a_section_without_blocks_has_no_text() -> None:
    """Nothing gives nothing."""
    assert Section("a", "A", ("A",), ()).text == ""


@given(st.text(min_size=1, max_size=40), st.data())
def test_a_quote_is_cut_out_of_its_passage(text: str, data: st.DataObject) -> None:
    """The words of a unit and of a citation are found, character for character, in the passage."""
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    unit = Unit(start, end, BlockKind.PARAGRAPH)
    passage = _passage(text, unit)
    citation = Citation(1, passage, _document(), ((start, end), (0, len(text))))
    assert passage.quote(unit) == text[start:end]
    assert citation.quotes == (passage.quote(unit), text)


def test_the_snapshot_keeps_what_the_types_promise(snapshot: Snapshot) -> None:
    """In a built snapshot each passage's span cuts its text out of its section, and its units lie in it."""
    assert len(snapshot.passages) > 40
    for passage in snapshot.passages:
        section = snapshot.section(passage.document_id, passage.edition, passage.anchor).section
        assert section.text[passage.start : passage.end] == passage.text
        assert all(0 <= unit.start < unit.end <= len(passage.text) for unit in passage.units)


def test_ids_of_the_corpus_can_be_part_of_a_passage_id(corpus_dir: Path) -> None:
    """A document's id holds no colon, so a passage's id can be taken apart again."""
    assert [id_ for id_ in load(corpus_dir).cards if ":" in id_] == []


@pytest.mark.parametrize(
    ("element", "label"),
    [
        (model.Element.COVERS_SYNTHETIC, "Synthetic images"),
        (model.Element.COVERS_POSSESSION_OR_VIEWING, "Possession or viewing"),
        (model.Element.COVERS_SHARING, "Sharing"),
        (model.Element.MAX_PENALTY_BASIC, "Maximum penalty"),
        (model.Element.MAX_PENALTY_AGGRAVATED, "Maximum penalty when aggravated"),
        (model.Element.IN_FORCE_SINCE, "In force since"),
        (model.Element.MINORS_RULE, "Minors"),
    ],
)
def test_an_element_has_words_for_readers(element: model.Element, label: str) -> None:
    """What laws are compared by is called as readers would."""
    assert element.label == label


def test_the_words_of_elements_differ() -> None:
    """No two elements are called alike, and none shows how it is written in a card."""
    labels = [element.label for element in model.Element]
    assert len(set(labels)) == len(labels)
    assert not any("_" in label or label != label.strip() or not label[0].isupper() for label in labels)


def test_what_a_law_covers_is_answered_with_yes_or_no() -> None:
    """The elements that ask what is covered are those with a yes or no."""
    answered = [element for element in model.Element if element.is_answered]
    assert answered == [element for element in model.Element if element.startswith("covers_")]
    assert len(answered) == 6


@pytest.mark.parametrize("state", model.LegalState)
def test_only_what_is_in_force_is_law(state: model.LegalState) -> None:
    """No bill, draft, motion, and nothing enacted, lapsed, repealed or published, is law today."""
    assert state.is_law is (state.value in ("in force", "partly in force"))


def test_an_empty_cell_is_nothing() -> None:
    """A table keeps the difference between a cell with a line and one with none."""
    table = model.Table(("NO", "CL"), (model.Element.REGULATOR,), (((), ()),))
    assert table.cells[0] == ((), ())
