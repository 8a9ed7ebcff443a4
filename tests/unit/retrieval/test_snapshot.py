"""One snapshot, opened: passages, sections and documents by their ids, scopes, and its checksums."""

import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from chatbot.errors import NotFoundError, SnapshotError
from chatbot.model import EVERYWHERE, Edition, PassageKind, Scope
from chatbot.retrieval import record, records
from chatbot.retrieval.snapshot import MANIFEST, Snapshot, verify
from chatbot.wiring import engines
from tests.conftest import GUIDE

LAW, BILL = "no-library-act-2022", "cl-dry-archive-bill-2025"
LAMPS = f"{LAW}:digest:s-12:0"


def rows_of(snapshot: Snapshot, scope: Scope) -> list[str]:
    return [snapshot.id_of(int(row)) for row in np.flatnonzero(snapshot.within(scope))]


def test_passage_by_id(snapshot: Snapshot) -> None:
    """Every passage is found by its id."""
    assert all(snapshot.passage(passage.id) == passage for passage in snapshot.passages)


def test_rows_and_ids_agree(snapshot: Snapshot) -> None:
    """A row's id leads back to the row, and it is the id of the passage in that row."""
    rows = range(len(snapshot.passages))
    assert [snapshot.row(snapshot.id_of(row)) for row in rows] == list(rows)
    assert [snapshot.passages[row].id for row in rows] == [snapshot.id_of(row) for row in rows]


@pytest.mark.parametrize("name", ["", "absent", LAMPS + "0", LAMPS.upper(), "\x00", "../..", "📚", "a" * 5000])
def test_no_such_thing(snapshot: Snapshot, name: str) -> None:
    """What is not in the snapshot is told as such: passage, document and section."""
    for look_up in (
        lambda: snapshot.passage(name),
        lambda: snapshot.document(name),
        lambda: snapshot.section(LAW, Edition.DIGEST, name),
        lambda: snapshot.section(name, Edition.DIGEST, "s-12"),
    ):
        with pytest.raises(NotFoundError, match="There is no"):
            look_up()


def test_error_names_the_snapshot(snapshot: Snapshot) -> None:
    """Who asks for a passage that is gone is told in which snapshot it is missing."""
    with pytest.raises(NotFoundError, match=f"'absent' in snapshot {snapshot.id}"):
        snapshot.passage("absent")


def test_documents(snapshot: Snapshot) -> None:
    """All three documents of the small corpus are held."""
    assert set(snapshot.documents) == {GUIDE, LAW, BILL}


def test_section_by_place(snapshot: Snapshot) -> None:
    """A section is found by document, edition and anchor."""
    assert snapshot.section(LAW, Edition.DIGEST, "s-12").section.headings[-1].endswith("Lamps")


def test_span_cuts_the_text_out_of_its_section(snapshot: Snapshot) -> None:
    """The span of every passage cuts exactly its text out of its section."""
    for passage in snapshot.passages:
        section = snapshot.section(passage.document_id, passage.edition, passage.anchor).section
        assert section.text[passage.start : passage.end] == passage.text


def test_sections_in_reading_order(snapshot: Snapshot) -> None:
    """The sections of a document come in reading order, and none of another document's."""
    anchors = [held.section.anchor for held in snapshot.sections_of(LAW)]
    assert anchors[-3:] == ["s-4", "s-12", record.ANCHOR]
    assert list(snapshot.sections_of("absent")) == []


def test_passages_of_sections_are_all_passages(snapshot: Snapshot) -> None:
    """The passages of the sections of all documents are the passages of the snapshot, once each."""
    ids = [p.id for d in snapshot.documents for held in snapshot.sections_of(d) for p in snapshot.passages_of(held)]
    assert sorted(ids) == sorted(passage.id for passage in snapshot.passages)


def test_neighbours_share_the_section(snapshot: Snapshot) -> None:
    """The neighbours of a passage are those of its section, in order, itself among them."""
    for passage in snapshot.passages:
        found = snapshot.neighbours(passage)
        place = (passage.document_id, passage.edition, passage.anchor)
        assert found[int(passage.id.rsplit(":", 1)[1])] == passage
        assert {(p.document_id, p.edition, p.anchor) for p in found} == {place}


def test_digest_is_superseded_where_the_official_text_is_held(snapshot: Snapshot) -> None:
    """A digest's passages give way exactly where the official edition has the same section."""
    for row, passage in enumerate(snapshot.passages):
        same = [h for h in snapshot.sections_of(passage.document_id) if h.section.anchor == passage.anchor]
        held = any(h.edition is Edition.OFFICIAL for h in same)
        assert snapshot.superseded[row] == (passage.edition is Edition.DIGEST and held)
    assert snapshot.superseded.any()


def test_of_brief(snapshot: Snapshot) -> None:
    """Passages of the brief's official text, and no others, are of the brief."""
    expected = [p.document_id == GUIDE and p.edition is Edition.OFFICIAL for p in snapshot.passages]
    assert snapshot.of_brief.tolist() == expected


def test_targets_and_counterparts_lead_to_passages(snapshot: Snapshot) -> None:
    """Questions point at rows there are, and digests at units of official passages there are."""
    assert set(snapshot.targets[:, 0].tolist()) <= set(range(len(snapshot.passages)))
    for row, unit, official, official_unit in snapshot.counterparts:
        assert unit < len(snapshot.passages[int(row)].units)
        assert official_unit < len(snapshot.passages[int(official)].units)
        assert snapshot.passages[int(official)].edition is Edition.OFFICIAL


# Records


@pytest.mark.parametrize("document_id", [LAW, BILL, GUIDE])
def test_every_document_has_a_record(snapshot: Snapshot, document_id: str) -> None:
    """The passages of a record say its lines, in order, in the digest edition."""
    passages = snapshot.record_of(document_id)
    assert {(p.document_id, p.edition, p.anchor) for p in passages} == {(document_id, Edition.DIGEST, record.ANCHOR)}
    said = [passage.quote(unit) for passage in passages for unit in passage.units]
    assert said == [line.text for line in record.lines(snapshot.documents[document_id])]


def test_no_record_of_what_is_not_held(snapshot: Snapshot) -> None:
    """Who asks for the record of a document that is not there is told so."""
    with pytest.raises(NotFoundError, match=f"'{record.ANCHOR}' in absent"):
        snapshot.record_of("absent")


def test_rows_of_records_are_known(snapshot: Snapshot) -> None:
    """Rows of records are exactly those whose passage stands under the record's anchor."""
    assert snapshot.of_record.tolist() == [p.anchor == record.ANCHOR for p in snapshot.passages]


def test_no_question_points_at_a_record(snapshot: Snapshot) -> None:
    """The questions that authors write lead to what they wrote, never to a record."""
    assert not snapshot.of_record[snapshot.targets[:, 0]].any()


@pytest.mark.parametrize(
    "scope", [EVERYWHERE, Scope(jurisdictions=("NO", "CL", "INT")), Scope(documents=(LAW,)), Scope(documents=(GUIDE,))]
)
def test_records_are_in_no_scope(snapshot: Snapshot, scope: Scope) -> None:
    """Whatever is searched, records are not."""
    assert not (snapshot.within(scope) & snapshot.of_record).any()


def test_a_mask_may_be_changed(snapshot: Snapshot) -> None:
    """Each caller gets a mask of its own."""
    snapshot.within(EVERYWHERE)[:] = False
    assert snapshot.within(EVERYWHERE).any()


# Scopes


def test_everywhere_is_all_but_the_records(snapshot: Snapshot) -> None:
    """A scope of everything holds every passage that is searched; those of records are quoted and not searched."""
    searched = [p.id for p in snapshot.passages if p.anchor != record.ANCHOR]
    assert rows_of(snapshot, EVERYWHERE) == searched
    assert len(searched) < len(snapshot.passages)


def test_scope_of_a_document(snapshot: Snapshot) -> None:
    """A scope of documents holds their passages and no others."""
    expected = [p.id for p in snapshot.passages if p.document_id in (LAW, BILL) and p.anchor != record.ANCHOR]
    assert rows_of(snapshot, Scope(documents=(LAW, BILL))) == expected


def test_scope_of_a_jurisdiction(snapshot: Snapshot) -> None:
    """A scope of a jurisdiction holds its laws, and what other documents say about it."""
    found = rows_of(snapshot, Scope(jurisdictions=("NO",)))
    assert LAMPS in found
    assert {id_.split(":")[0] for id_ in found} == {LAW, GUIDE}


def test_scope_of_both(snapshot: Snapshot) -> None:
    """A scope of a jurisdiction and a document holds what lies in both."""
    found = rows_of(snapshot, Scope(jurisdictions=("CL",), documents=(GUIDE,)))
    assert {id_.split(":")[0] for id_ in found} == {GUIDE}
    assert found == [id_ for id_ in rows_of(snapshot, Scope(jurisdictions=("CL",))) if id_.startswith(GUIDE)]


@pytest.mark.parametrize(
    "scope",
    [
        Scope(jurisdictions=("KR",)),
        Scope(jurisdictions=("",)),
        Scope(documents=("absent",)),
        Scope(documents=("",)),
        Scope(jurisdictions=("NO",), documents=(BILL,)),
        Scope(jurisdictions=("📚", "\x00")),
    ],
)
def test_scope_of_nothing(snapshot: Snapshot, scope: Scope) -> None:
    """A scope of what is not held holds nothing."""
    assert rows_of(snapshot, scope) == []


@pytest.mark.parametrize("jurisdiction", ["NO", "CL", "INT", "KR", ""])
def test_is_about_agrees_with_the_scope(snapshot: Snapshot, jurisdiction: str) -> None:
    """A passage that is searched is about a jurisdiction exactly when it lies in its scope."""
    searched = [p for p in snapshot.passages if p.anchor != record.ANCHOR]
    found = [p.id for p in searched if snapshot.is_about(p, jurisdiction)]
    assert found == rows_of(snapshot, Scope(jurisdictions=(jurisdiction,)))


def test_note_passages_are_kept_apart(snapshot: Snapshot) -> None:
    """No question points at a note."""
    assert all(snapshot.passages[int(row)].kind is not PassageKind.NOTE for row, _ in snapshot.targets)


# Checksums


def damage_byte(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[-1] ^= 1
    file.write_bytes(bytes(data))


def test_whole_snapshot_verifies(one: Path) -> None:
    """A snapshot as it was built is whole."""
    verify(one)


@pytest.mark.parametrize("damage", [damage_byte, Path.unlink, lambda f: f.write_bytes(f.read_bytes() + b"\n")])
def test_damage_to_any_file_is_found(one: Path, damage: Callable[[Path], None]) -> None:
    """A changed byte, a missing file or a byte more is found in every file, by its name and with a cure."""
    for name in records.read_json(one / MANIFEST)["files"]:
        before = (one / name).read_bytes()
        if not before:
            continue
        damage(one / name)
        with pytest.raises(SnapshotError) as caught:
            verify(one)
        (one / name).write_bytes(before)
        assert name in str(caught.value)
        assert "chatbot corpus refresh" in str(caught.value)
    verify(one)


@pytest.mark.parametrize("length", [0, 1, 40, 400])
def test_truncated_manifest_is_found(one: Path, length: int) -> None:
    """A manifest that was cut short is a damaged snapshot."""
    os.truncate(one / MANIFEST, length)
    with pytest.raises(SnapshotError, match=f"Snapshot {one.name} is damaged"):
        verify(one)


@pytest.mark.parametrize(
    "data", [b"\xff\xfe", b"[]", b"null", b"{}", b'"text"', b"5", b'{"files": {"a": 5}}', b"[" * 100]
)
def test_odd_manifest_is_found(one: Path, data: bytes) -> None:
    """A manifest of another shape is a damaged snapshot."""
    (one / MANIFEST).write_bytes(data)
    with pytest.raises(SnapshotError, match="is damaged"):
        verify(one)


@pytest.mark.parametrize("files", ["[]", "null", "5", '"text"'])
def test_manifest_with_odd_files_is_found(one: Path, files: str) -> None:
    """A manifest whose files are no object is a damaged snapshot."""
    (one / MANIFEST).write_text(f'{{"files": {files}}}')
    with pytest.raises(SnapshotError, match="is damaged"):
        verify(one)


def test_file_as_folder_is_found(one: Path) -> None:
    """A folder in the place of a file is a damaged snapshot."""
    (one / "names.json").unlink()
    (one / "names.json").mkdir()
    with pytest.raises(SnapshotError, match=r"names\.json"):
        verify(one)


def test_missing_folder_is_found(tmp_path: Path) -> None:
    """No folder is a damaged snapshot."""
    with pytest.raises(SnapshotError, match="absent is damaged"):
        verify(tmp_path / "absent")


def test_opened_twice_is_the_same(one: Path) -> None:
    """A snapshot opened twice has the same id, documents and passages."""
    first, second = Snapshot(one, engines()), Snapshot(one, engines())
    assert (first.id, first.documents) == (second.id, second.documents) == (one.name, second.documents)
    assert list(first.passages) == list(second.passages)
