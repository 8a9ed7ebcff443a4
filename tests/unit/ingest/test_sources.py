"""Official texts are kept with their checksums; what cannot be used is named and never replaces what is held."""

import datetime
import hashlib
import json
from pathlib import Path

import pytest

from chatbot.errors import SourceError
from chatbot.ingest import readers
from chatbot.ingest.sources import Sources


def _file(folder: Path, data: bytes = b"The lamp is lit.", name: str = "lamps.txt") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def _held(sources: Sources) -> dict[str, bytes]:
    return {source.document_id: source.read() for source in sources.held()[0]}


def test_nothing_is_held_at_first(sources: Sources) -> None:
    """An instance folder that does not exist holds nothing and is no problem."""
    assert sources.held() == ([], [])


def test_what_was_added_is_held_unchanged(sources: Sources, tmp_path: Path) -> None:
    """The bytes of a file come back as they were, byte order mark and line ends included."""
    data = b"\xef\xbb\xbfThe lamp\r\nis lit.\r\n"
    sources.add(_file(tmp_path, data), "lamp-act")
    assert _held(sources) == {"lamp-act": data}


def test_a_source_remembers_name_checksum_and_time(sources: Sources, tmp_path: Path) -> None:
    """The name of the file, the SHA-256 of its bytes and the moment in UTC are kept."""
    about = sources.add(_file(tmp_path), "lamp-act").about
    assert about.name == "lamps.txt"
    assert about.sha256 == hashlib.sha256(b"The lamp is lit.").hexdigest()
    assert datetime.datetime.fromisoformat(about.added_at).utcoffset() == datetime.timedelta(0)


def test_the_file_that_was_added_can_go(sources: Sources, tmp_path: Path) -> None:
    """A copy is kept, so the file itself is free."""
    file = _file(tmp_path)
    sources.add(file, "lamp-act")
    file.unlink()
    assert _held(sources) == {"lamp-act": b"The lamp is lit."}


def test_another_file_takes_the_place_of_the_one_before(sources: Sources, tmp_path: Path) -> None:
    """One text is held for a document; the one before and what a crash left are gone."""
    old = sources.add(_file(tmp_path), "lamp-act")
    (old.path.parent / "left.new").write_bytes(b"half")
    new = sources.add(_file(tmp_path, b"The lamp is out.", "other.md"), "lamp-act")
    assert sorted(path.name for path in new.path.parent.iterdir()) == sorted([new.path.name, "source.json"])
    assert _held(sources) == {"lamp-act": b"The lamp is out."}


def test_adding_the_same_file_again_changes_nothing(sources: Sources, tmp_path: Path) -> None:
    """The same bytes are held once."""
    first = sources.add(_file(tmp_path), "lamp-act")
    assert sources.add(_file(tmp_path), "lamp-act").path == first.path
    assert _held(sources) == {"lamp-act": b"The lamp is lit."}


def test_sources_are_held_by_document_in_order(sources: Sources, tmp_path: Path) -> None:
    """Each document has its own text, in the order of their ids."""
    for name in ("shelf-act", "lamp-act"):
        sources.add(_file(tmp_path, name.encode()), name)
    assert list(_held(sources).items()) == [("lamp-act", b"lamp-act"), ("shelf-act", b"shelf-act")]


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"", "a.txt", "the file is empty"),
        (b"\x89PNG\r\n\x1a\n", "a.txt", "not UTF-8 text"),
        (b"lamp\x00", "a.txt", "control characters"),
        (b"lamp", "a.pdf", "files of type '.pdf' are not read"),
        (b"lamp", "a", "files of type 'none' are not read"),
        ("Bücher".encode("latin-1"), "a.md", "save it as UTF-8"),
    ],
)
def test_a_bad_file_leaves_what_is_held(sources: Sources, tmp_path: Path, data: bytes, name: str, said: str) -> None:
    """A file that is no readable text is refused, and the text before it stays."""
    sources.add(_file(tmp_path), "lamp-act")
    with pytest.raises(SourceError, match=said):
        sources.add(_file(tmp_path, data, name), "lamp-act")
    assert _held(sources) == {"lamp-act": b"The lamp is lit."}


def test_a_bad_file_leaves_no_folder(sources: Sources, tmp_path: Path) -> None:
    """A first file that is refused leaves nothing behind."""
    with pytest.raises(SourceError):
        sources.add(_file(tmp_path, b""), "lamp-act")
    assert sources.held() == ([], [])


def test_a_file_that_is_too_large_is_refused_unread(sources: Sources, tmp_path: Path) -> None:
    """A file over the limit is refused by its size on disk."""
    path = tmp_path / "big.txt"
    with path.open("wb") as file:
        file.truncate(readers.MAX_BYTES + 1)
    with pytest.raises(SourceError, match=r"big.txt: larger than the 52 MB that are read\."):
        sources.add(path, "lamp-act")


@pytest.mark.parametrize("name", ["nowhere.txt", "."])
def test_what_is_no_file_is_refused(sources: Sources, tmp_path: Path, name: str) -> None:
    """A path without a file, or of a folder, is told."""
    with pytest.raises(SourceError, match="there is no such file"):
        sources.add(tmp_path / name, "lamp-act")


@pytest.mark.parametrize("document_id", ["../outside", "a/b", "", ".", "..", "/tmp/outside", "lamp\x00act"])
def test_an_id_that_is_a_path_is_refused(sources: Sources, tmp_path: Path, document_id: str) -> None:
    """A text can only be kept for an id, never somewhere else on the disk."""
    file = _file(tmp_path)
    document_id = document_id.replace("/tmp", str(tmp_path))
    with pytest.raises(SourceError):
        sources.add(file, document_id)


def test_a_text_that_changed_is_not_read(sources: Sources, tmp_path: Path) -> None:
    """Bytes that are not those that were added are refused, with the cure."""
    source = sources.add(_file(tmp_path), "lamp-act")
    source.path.write_bytes(b"The lamp is out.")
    with pytest.raises(SourceError, match=r"the file has changed since it was added; add it again\."):
        source.read()


def test_a_text_that_is_gone_is_told(sources: Sources, tmp_path: Path) -> None:
    """A missing file is named, with the cure."""
    source = sources.add(_file(tmp_path), "lamp-act")
    source.path.unlink()
    with pytest.raises(SourceError, match=r"No such file or directory; add the file again\."):
        source.read()


@pytest.mark.parametrize(
    "about",
    [None, b"", b"{", b"[]", b"{}", b"null", json.dumps({"name": "a.txt", "sha256": 3, "added_at": ""}).encode()],
)
def test_a_damaged_record_is_named_and_the_rest_goes_on(sources: Sources, tmp_path: Path, about: bytes | None) -> None:
    """A folder whose record cannot be read is a problem; the others are held."""
    damaged = sources.add(_file(tmp_path), "lamp-act").path.with_name("source.json")
    sources.add(_file(tmp_path), "shelf-act")
    damaged.unlink()
    if about is not None:
        damaged.write_bytes(about)
    held, problems = sources.held()
    assert [source.document_id for source in held] == ["shelf-act"]
    assert [str(problem) for problem in problems] == [
        f"{damaged.parent}: source.json is missing or damaged; add the file again."
    ]


def test_a_record_of_other_bytes_is_named(sources: Sources, tmp_path: Path) -> None:
    """A record that is not UTF-8 is a problem like any other damage."""
    damaged = sources.add(_file(tmp_path), "lamp-act").path.with_name("source.json")
    damaged.write_bytes(b"\xff\xfe\x00")
    assert [len(part) for part in sources.held()] == [0, 1]


@pytest.mark.parametrize("name", [".DS_Store", "notes.txt"])
def test_a_stray_file_is_told(sources: Sources, tmp_path: Path, name: str) -> None:
    """A file between the folders is named and does not stop the others."""
    folder = sources.add(_file(tmp_path), "lamp-act").path.parent.parent
    (folder / name).write_bytes(b"")
    held, problems = sources.held()
    assert ([source.document_id for source in held], len(problems)) == (["lamp-act"], 1)
