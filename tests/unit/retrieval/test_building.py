"""Documents, sections and passages become one complete snapshot folder, the manifest last."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from chatbot.errors import NotFoundError
from chatbot.ingest.refresh import Refresher
from chatbot.ingest.sources import Sources
from chatbot.model import Edition, Scope
from chatbot.ports import Embedding, Progress
from chatbot.retrieval import records
from chatbot.retrieval.building import Material, build, content_id
from chatbot.retrieval.faiss_index import FaissIndex
from chatbot.retrieval.retriever import Retriever
from chatbot.retrieval.snapshot import MANIFEST, Snapshot, verify
from chatbot.retrieval.snapshots import Snapshots
from chatbot.wiring import engines
from tests.fakes import WordEmbedder


@pytest.fixture
def material(snapshot: Snapshot) -> Material:
    """What the small corpus's snapshot is made of."""
    return Material(
        tuple(snapshot.documents.values()), snapshot.glossary, tuple(snapshot.sections), tuple(snapshot.passages)
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty folder to build in."""
    (tmp_path / "built").mkdir()
    return tmp_path / "built"


def test_built_folder_is_whole(material: Material, folder: Path, embedder: WordEmbedder) -> None:
    """What was built passes the verification and can be opened."""
    build(material, folder, embedder, engines())
    verify(folder)
    assert list(Snapshot(folder, engines()).passages) == list(material.passages)


def test_same_material_gives_the_same_files(
    material: Material, folder: Path, embedder: WordEmbedder, snapshot: Snapshot
) -> None:
    """Built again from the same material, every file is the same."""
    build(material, folder, embedder, engines())
    manifest = records.read_json(folder / MANIFEST)
    assert (manifest["id"], manifest["files"]) == (snapshot.id, snapshot.manifest["files"])


def test_taken_over_gives_the_same_files(
    material: Material, folder: Path, embedder: WordEmbedder, snapshot: Snapshot
) -> None:
    """Built from the texts of the snapshot before, every file is the same and nothing is embedded."""
    done = build(material, folder, embedder, engines(), previous=snapshot.texts)
    assert (done.embedded, embedder.embedded) == (0, [])
    assert records.read_json(folder / MANIFEST)["files"] == snapshot.manifest["files"]


def test_same_search_after_save_and_load(
    material: Material, folder: Path, embedder: WordEmbedder, snapshot: Snapshot
) -> None:
    """Two builds of the same material find the same passages with the same scores."""
    build(material, folder, embedder, engines())
    retriever = Retriever(embedder)
    sought = retriever.embed("Who repairs a broken lamp?", "en")
    again = retriever.search(Snapshot(folder, engines()), sought, scope=Scope(jurisdictions=("NO",)))
    assert again.hits == retriever.search(snapshot, sought, scope=Scope(jurisdictions=("NO",))).hits


def test_manifest_tells_what_is_held(material: Material, folder: Path, embedder: WordEmbedder) -> None:
    """The manifest names model, counts and id."""
    build(material, folder, embedder, engines())
    manifest = records.read_json(folder / MANIFEST)
    assert (manifest["model"], manifest["id"]) == (
        embedder.fingerprint,
        content_id(material, embedder.fingerprint, engines()),
    )
    assert manifest["counts"] == {
        "documents": 3,
        "sections": len(material.sections),
        "passages": len(material.passages),
        "questions": len(material.questions),
    }


def test_build_that_fails_has_no_manifest(material: Material, folder: Path, snapshots: Snapshots) -> None:
    """A build that breaks off leaves a folder that is no snapshot."""

    class BreaksOff(WordEmbedder):
        def passages(self, texts: Sequence[str], progress: Progress = lambda done: None) -> list[Embedding]:
            raise MemoryError

    with pytest.raises(MemoryError):
        build(material, folder, BreaksOff(), engines())
    assert not (folder / MANIFEST).exists()


def test_refresh_that_fails_loses_nothing(
    three: tuple[str, str, str], corpus_dir: Path, sources: Sources, snapshots: Snapshots
) -> None:
    """When building fails half-way the current snapshot stays, and nothing is left in the way."""

    class BreaksOff(WordEmbedder):
        def passages(self, texts: Sequence[str], progress: Progress = lambda done: None) -> list[Embedding]:
            raise OSError(28, "No space left on device")

    (corpus_dir / "laws" / "cl-dry-archive-bill-2025.md").unlink()
    card = corpus_dir / "reading-room-guide.md"
    card.write_text(card.read_text("utf-8").replace("a doubled fine", "a tripled fine"), encoding="utf-8")
    with pytest.raises(OSError, match="No space left"):
        Refresher(corpus_dir, sources, snapshots, BreaksOff(), engines()).refresh()
    assert (snapshots.current_id(), len(snapshots.listed())) == (three[2], 3)
    with snapshots.lock():
        pass


def test_folder_that_is_not_empty_is_refused(material: Material, folder: Path, embedder: WordEmbedder) -> None:
    """Nothing is built over what is there."""
    build(material, folder, embedder, engines())
    with pytest.raises(FileExistsError):
        build(material, folder, embedder, engines())


@pytest.mark.parametrize("part", ["documents", "sections", "passages"])
def test_content_id_changes_with_every_part(material: Material, part: str) -> None:
    """Less of anything is another snapshot."""
    less = replace(material, **{part: getattr(material, part)[1:]})
    assert content_id(less, "m", engines()) != content_id(material, "m", engines())


def test_content_id_changes_with_a_letter(material: Material) -> None:
    """One letter of one passage is another snapshot."""
    first, *others = material.passages
    changed = replace(material, passages=(replace(first, text=first.text + "."), *others))
    assert content_id(changed, "m", engines()) != content_id(material, "m", engines())


def test_content_id_changes_with_the_model(material: Material) -> None:
    """Another model is another snapshot."""
    assert content_id(material, "m", engines()) != content_id(material, "n", engines())


def test_content_id_is_twelve_hexadecimal_digits(material: Material) -> None:
    """An id can stand in a file name."""
    found = content_id(material, "m", engines())
    assert len(found) == 12
    assert set(found) <= set("0123456789abcdef")


def test_new_engine_is_built_by_the_next_refresh(
    corpus_dir: Path, sources: Sources, snapshots: Snapshots, embedder: WordEmbedder
) -> None:
    """After an index engine was added a refresh gives a snapshot that has it."""
    Refresher(corpus_dir, sources, snapshots, embedder, engines()[1:]).refresh()
    Refresher(corpus_dir, sources, snapshots, embedder, engines()).refresh()
    assert FaissIndex.name in Snapshot(snapshots.folder(snapshots.current_id() or ""), engines()).indexes


def test_digests_point_at_official_texts_of_their_document(snapshot: Snapshot) -> None:
    """A digest's counterpart is an official passage of the same document."""
    assert len(snapshot.counterparts) > 0
    for row, _, official, _ in snapshot.counterparts:
        digest, other = snapshot.passages[int(row)], snapshot.passages[int(official)]
        assert (digest.edition, other.edition) == (Edition.DIGEST, Edition.OFFICIAL)
        assert digest.document_id == other.document_id


def test_questions_point_at_the_official_text_where_held(snapshot: Snapshot, material: Material) -> None:
    """A question points at its document, and at the official text where that is held."""
    for (held, _), (row, _) in zip(material.questions, snapshot.targets, strict=True):
        target = snapshot.passages[int(row)]
        official = any(h.edition is Edition.OFFICIAL for h in snapshot.sections_of(held.document_id))
        assert (target.document_id, target.edition is Edition.OFFICIAL) == (held.document_id, official)


def test_questions_are_not_passages(material: Material) -> None:
    """The questions that cards answer are no passages, so they are never shown as evidence."""
    texts = " ".join(passage.text for passage in material.passages)
    assert material.questions
    assert not any(question.text in texts for _, question in material.questions)


def test_vectors_are_of_unit_length(material: Material, folder: Path, embedder: WordEmbedder) -> None:
    """Every vector that is searched has length 1, so that a score is a cosine."""
    built = build(material, folder, embedder, engines())
    vectors = np.asarray(Snapshot(folder, engines()).texts.vectors)
    assert len(vectors) == built.embedded
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_absent_snapshot_after_clearing(three: tuple[str, str, str], snapshots: Snapshots) -> None:
    """A pruned snapshot is not found any more."""
    snapshots.prune(1)
    with pytest.raises(NotFoundError):
        snapshots.folder(three[0])
