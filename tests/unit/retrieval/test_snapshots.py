"""The snapshots of an index folder: written aside, published in one step, kept, rolled back, noticed."""

import json
import os
import shutil
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from chatbot.errors import BusyError, HelpdeskError, NotFoundError, SnapshotError
from chatbot.ingest.refresh import Refresher
from chatbot.retrieval import records
from chatbot.retrieval.snapshot import MANIFEST, Snapshot
from chatbot.retrieval.snapshots import LiveSnapshot, Snapshots
from chatbot.wiring import engines
from tests.conftest import ROOT

Three = tuple[str, str, str]
Open = Callable[[Snapshots], LiveSnapshot]


def pointer(snapshots_dir: Path) -> Path:
    return snapshots_dir / "current"


def spoil(file: Path) -> None:
    """Change one byte of a file."""
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(bytes(data))


def eventually(found: Callable[[], bool], seconds: float = 10) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and not found():
        time.sleep(0.01)
    return found()


# Pointer and folder


def test_empty_folder_has_no_current_snapshot(snapshots: Snapshots) -> None:
    """Before the first refresh nothing is published and nothing is listed."""
    assert (snapshots.current_id(), snapshots.published_when(), snapshots.listed()) == (None, 0, [])


@pytest.mark.parametrize("name", ["", ".", "..", "../snapshots", "a/b", "a\x00b", "absent", "/etc", "\u202e", " "])
def test_folder_of_no_snapshot(three: Three, snapshots: Snapshots, name: str) -> None:
    """A name that is no snapshot's is told, and no other folder is reached by it."""
    with pytest.raises(NotFoundError, match="There is no snapshot"):
        snapshots.folder(name)


def test_folder_of_a_name_too_long_for_a_file(three: Three, snapshots: Snapshots) -> None:
    """A name longer than file systems allow is no snapshot's either."""
    with pytest.raises(NotFoundError):
        snapshots.folder("a" * 300)


def test_folder_without_manifest_is_no_snapshot(three: Three, snapshots: Snapshots) -> None:
    """A folder whose manifest was never written does not count as a snapshot."""
    (snapshots.folder(three[0]) / MANIFEST).unlink()
    with pytest.raises(NotFoundError):
        snapshots.folder(three[0])


def test_current_snapshot_is_the_last_published(three: Three, snapshots: Snapshots) -> None:
    """The pointer names the snapshot that was published last."""
    assert snapshots.current_id() == three[2]


def test_pointer_is_one_line_of_text(three: Three, tmp_path: Path) -> None:
    """The pointer file holds the id and a line end, nothing else."""
    assert pointer(tmp_path / "index").read_bytes() == three[2].encode() + b"\n"


@pytest.mark.parametrize("data", [b"\xff\xfe\x80", "²".encode(), "snäpshot".encode("latin-1")])
def test_pointer_with_odd_bytes_is_told(three: Three, snapshots: Snapshots, tmp_path: Path, data: bytes) -> None:
    """A pointer that is no text gives an error that a person can read, not a decoding error."""
    pointer(tmp_path / "index").write_bytes(data)
    with pytest.raises(HelpdeskError):
        snapshots.folder(snapshots.current_id() or "")


def test_refresh_mends_a_pointer_with_odd_bytes(
    three: Three, snapshots: Snapshots, refresher: Refresher, tmp_path: Path
) -> None:
    """A damaged pointer is mended by the cure that the error names: refreshing the corpus."""
    pointer(tmp_path / "index").write_bytes(b"\xff\xfe")
    refresher.refresh()
    assert snapshots.current_id() == three[2]


@pytest.mark.parametrize("data", [b"", b"\n", b"\x00\x01", b"absent\n", b"../../etc\n"])
def test_refresh_mends_a_pointer_to_nothing(
    three: Three, snapshots: Snapshots, refresher: Refresher, tmp_path: Path, data: bytes
) -> None:
    """A pointer to nothing is mended by the next refresh, and no snapshot is lost."""
    pointer(tmp_path / "index").write_bytes(data)
    refresher.refresh()
    assert (snapshots.current_id(), {s.id for s in snapshots.listed()}) == (three[2], set(three))


# Adding and publishing


def test_add_refuses_a_damaged_folder(one: Path, snapshots: Snapshots) -> None:
    """What was built is verified before it stands beside the others."""
    with snapshots.lock():
        folder = Path(shutil.copytree(one, snapshots.new_folder(), dirs_exist_ok=True))
        spoil(folder / "passages.jsonl")
        with pytest.raises(SnapshotError, match=r"passages\.jsonl has changed"):
            snapshots.add(folder)
    assert snapshots.listed() == []


def test_add_replaces_a_damaged_snapshot_of_the_same_content(one: Path, snapshots: Snapshots) -> None:
    """A snapshot built again takes the place of its damaged double."""
    with snapshots.lock():
        first = snapshots.add(Path(shutil.copytree(one, snapshots.new_folder(), dirs_exist_ok=True)))
        spoil(snapshots.folder(first) / "names.json")
        snapshots.add(Path(shutil.copytree(one, snapshots.new_folder(), dirs_exist_ok=True)))
    snapshots.publish(first)
    assert snapshots.current_id() == first == one.name


def test_added_is_not_yet_published(one: Path, snapshots: Snapshots) -> None:
    """Adding a snapshot leaves the pointer alone."""
    with snapshots.lock():
        snapshots.add(Path(shutil.copytree(one, snapshots.new_folder(), dirs_exist_ok=True)))
    assert ([s.current for s in snapshots.listed()], snapshots.current_id()) == ([False], None)


@pytest.mark.parametrize("damage", [spoil, Path.unlink, lambda file: os.truncate(file, 10)])
def test_publish_refuses_a_damaged_snapshot(three: Three, snapshots: Snapshots, damage: Callable[[Path], None]) -> None:
    """A snapshot with a changed, missing or truncated file is not published, and the current one stays."""
    damage(snapshots.folder(three[0]) / "sections.jsonl")
    with pytest.raises(SnapshotError, match=r"sections\.jsonl.*corpus refresh"):
        snapshots.publish(three[0])
    assert snapshots.current_id() == three[2]


def test_publish_of_no_snapshot(three: Three, snapshots: Snapshots) -> None:
    """Publishing what is not there changes nothing."""
    with pytest.raises(NotFoundError):
        snapshots.publish("absent")
    assert snapshots.current_id() == three[2]


def test_publish_leaves_nothing_beside_the_pointer(three: Three, tmp_path: Path) -> None:
    """No half-written file stays behind: pointer, history, lock and snapshots are all there is."""
    assert {p.name for p in (tmp_path / "index").iterdir()} <= {"current", "history.jsonl", "lock", "snapshots"}


def test_publish_replaces_the_pointer_in_one_step(three: Three, snapshots: Snapshots) -> None:
    """Whoever reads the pointer while it is replaced sees a whole id, the old or the new."""
    seen: set[str | None] = set()
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            seen.add(snapshots.current_id())

    reader = threading.Thread(target=read)
    reader.start()
    for _ in range(15):
        snapshots.publish(three[0])
        snapshots.publish(three[2])
    done.set()
    reader.join()
    assert seen == {three[0], three[2]}


def test_open_pointer_keeps_its_content(three: Three, snapshots: Snapshots, tmp_path: Path) -> None:
    """The pointer is replaced, never written over: a file opened before still reads the old id."""
    with pointer(tmp_path / "index").open() as before:
        snapshots.publish(three[0])
        assert before.read() == three[2] + "\n"


def test_half_written_pointer_of_a_crash_is_written_over(three: Three, snapshots: Snapshots, tmp_path: Path) -> None:
    """What a crash left of a new pointer does not stand in the way."""
    (tmp_path / "index" / "current.new").write_text("half")
    snapshots.publish(three[0])
    assert snapshots.current_id() == three[0]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_full_disk_leaves_the_pointer(three: Three, snapshots: Snapshots, tmp_path: Path) -> None:
    """When the new pointer cannot be written the old one stays."""
    (tmp_path / "index" / "current.new").symlink_to("/dev/full")
    with pytest.raises(OSError, match="No space left"):
        snapshots.publish(three[0])
    assert snapshots.current_id() == three[2]


def test_killed_between_write_and_replace(three: Three, snapshots: Snapshots, tmp_path: Path) -> None:
    """A refresh killed while it builds leaves the current snapshot, and the next one clears what it left."""
    left = tmp_path / "index" / "building" / "4711-1"
    left.mkdir(parents=True)
    (left / "passages.jsonl").write_text("{")
    with snapshots.lock():
        assert not left.exists()
    assert snapshots.current_id() == three[2]


# List, roll back, prune


def test_listed_newest_first_with_the_current_marked(three: Three, snapshots: Snapshots) -> None:
    """The list runs from the newest to the oldest and marks the current one."""
    assert [(s.id, s.built_at[:4], s.current) for s in snapshots.listed()] == [
        (three[2], "2023", True),
        (three[1], "2022", False),
        (three[0], "2021", False),
    ]


def test_listed_counts(three: Three, snapshots: Snapshots) -> None:
    """The list says how much each snapshot holds."""
    assert snapshots.listed()[0].counts["documents"] == 3


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"id": "x"}', "\x00"])
def test_damaged_manifest_does_not_hide_the_other_snapshots(three: Three, snapshots: Snapshots, text: str) -> None:
    """One snapshot with a damaged manifest does not keep the others from being listed."""
    (snapshots.folder(three[0]) / MANIFEST).write_text(text)
    assert [s.id for s in snapshots.listed()] == [three[2], three[1]]


def test_rollback_from_a_damaged_manifest(three: Three, snapshots: Snapshots) -> None:
    """The cure that the error names works: a snapshot with a truncated manifest can be rolled back from."""
    os.truncate(snapshots.folder(three[2]) / MANIFEST, 40)
    assert snapshots.rollback() == three[1]


def test_rollback_goes_to_the_one_before(three: Three, snapshots: Snapshots) -> None:
    """Rolling back publishes the snapshot that was current before."""
    assert snapshots.rollback() == three[1] == snapshots.current_id()


def test_rollback_from_a_damaged_snapshot(three: Three, snapshots: Snapshots) -> None:
    """A damaged current snapshot can be rolled back from."""
    spoil(snapshots.folder(three[2]) / "ids.json")
    assert snapshots.rollback() == three[1]


def test_rollback_passes_over_what_was_pruned(three: Three, snapshots: Snapshots) -> None:
    """A snapshot that is gone is passed over."""
    shutil.rmtree(snapshots.folder(three[1]))
    assert snapshots.rollback() == three[0]


def test_rollback_without_an_earlier_one(one: Path, index_dir: Path) -> None:
    """With one snapshot there is nothing to go back to, and it stays."""
    with pytest.raises(NotFoundError, match="no earlier snapshot"):
        Snapshots(index_dir).rollback()
    assert Snapshots(index_dir).current_id() == one.name


def test_rollback_of_an_empty_folder(snapshots: Snapshots) -> None:
    """Without any snapshot there is nothing to go back to."""
    with pytest.raises(NotFoundError, match="no earlier snapshot"):
        snapshots.rollback()


def test_rollback_to_a_damaged_one_keeps_the_current(three: Three, snapshots: Snapshots) -> None:
    """When all snapshots before are damaged there is none to go back to, and the current one stays."""
    for earlier in three[:2]:
        spoil(snapshots.folder(earlier) / "passages.jsonl")
    with pytest.raises(NotFoundError, match="no earlier snapshot"):
        snapshots.rollback()
    assert snapshots.current_id() == three[2]


def test_rollback_passes_over_a_damaged_one(three: Three, snapshots: Snapshots) -> None:
    """When the snapshot before is damaged the whole one before that is published."""
    spoil(snapshots.folder(three[1]) / "passages.jsonl")
    assert snapshots.rollback() == three[0]


def test_rollback_passes_over_a_line_cut_short(three: Three, snapshots: Snapshots, tmp_path: Path) -> None:
    """The line of the history that a crash cut short is passed over."""
    history = tmp_path / "index" / "history.jsonl"
    history.write_text(history.read_text() + '{"id": "abc", "publ')
    assert snapshots.rollback() == three[1]


def test_rollback_after_publishing_behind_a_line_cut_short(three: Three, snapshots: Snapshots, tmp_path: Path) -> None:
    """A line cut short by a crash does no harm to the lines written after it."""
    history = tmp_path / "index" / "history.jsonl"
    history.write_text(history.read_text() + '{"id": "abc", "publ')
    snapshots.publish(three[0])
    assert snapshots.rollback() == three[2]


@pytest.mark.parametrize("line", ["{}", "[{}", "}", '{"id": 5}}'])
def test_rollback_passes_over_odd_lines(three: Three, snapshots: Snapshots, tmp_path: Path, line: str) -> None:
    """A line of the history that is not one of ours is passed over."""
    with (tmp_path / "index" / "history.jsonl").open("a") as history:
        history.write(line + "\n")
    assert snapshots.rollback() == three[1]


@pytest.mark.parametrize(
    ("keep", "left"), [(1, (2,)), (2, (2, 1)), (3, (2, 1, 0)), (99, (2, 1, 0)), (0, (2,)), (-5, (2,))]
)
def test_prune_keeps_the_newest(three: Three, snapshots: Snapshots, keep: int, left: tuple[int, ...]) -> None:
    """Pruning leaves as many as asked, the newest, and always the current one."""
    snapshots.prune(keep)
    assert [s.id for s in snapshots.listed()] == [three[i] for i in left]


def test_prune_tells_what_it_deleted(three: Three, snapshots: Snapshots) -> None:
    """Pruning returns the ids it deleted."""
    assert sorted(snapshots.prune(1)) == sorted(three[:2])


def test_prune_never_deletes_an_old_current_one(three: Three, snapshots: Snapshots) -> None:
    """The current snapshot stays though it is the oldest."""
    snapshots.publish(three[0])
    assert sorted(snapshots.prune(1)) == sorted(three[1:])
    assert snapshots.current_id() == three[0] == snapshots.listed()[0].id


def test_prune_leaves_a_file_that_is_no_snapshot(three: Three, snapshots: Snapshots, tmp_path: Path) -> None:
    """A file beside the snapshots, as file browsers leave it, is passed over."""
    (tmp_path / "index" / "snapshots" / ".DS_Store").write_bytes(b"\0")
    snapshots.prune(1)
    assert [snapshot.id for snapshot in snapshots.listed()] == [three[2]]


def test_prune_without_a_current_one(three: Three, snapshots: Snapshots, tmp_path: Path) -> None:
    """Where nothing is published the newest are kept."""
    pointer(tmp_path / "index").unlink()
    assert set(snapshots.prune(1)) == set(three[:2])


def test_prune_with_a_pointer_to_nothing_loses_nothing_good(three: Three, snapshots: Snapshots, tmp_path: Path) -> None:
    """Where the pointer names no snapshot, as many as asked are still kept."""
    pointer(tmp_path / "index").write_text("absent\n")
    snapshots.prune(1)
    assert [s.id for s in snapshots.listed()] == [three[2]]


# The lock


def test_second_process_is_told_who_is_busy(snapshots: Snapshots) -> None:
    """Who finds the index locked is told by which process and since when."""
    with (
        snapshots.lock(),
        pytest.raises(BusyError, match=rf"process {os.getpid()} on .+, since \d{{4}}-"),
        snapshots.lock(),
    ):
        raise AssertionError


def test_refused_lock_leaves_the_build_of_the_other(snapshots: Snapshots) -> None:
    """Who is refused the lock does not clear what the other is building."""
    with snapshots.lock():
        folder = snapshots.new_folder()
        with pytest.raises(BusyError), snapshots.lock():
            raise AssertionError
        assert folder.is_dir()


def test_lock_is_free_after_an_error(snapshots: Snapshots) -> None:
    """A refresh that failed leaves no lock behind."""
    with pytest.raises(ZeroDivisionError), snapshots.lock():
        raise ZeroDivisionError
    with snapshots.lock():
        pass


@pytest.mark.parametrize("holder", ["", "{", "{}"])
def test_busy_without_a_readable_holder(snapshots: Snapshots, tmp_path: Path, holder: str) -> None:
    """Where the lock does not say who holds it, it is another process."""
    with snapshots.lock():
        (tmp_path / "index" / "lock.json").write_text(holder)
        with pytest.raises(BusyError, match="another process"), snapshots.lock():
            raise AssertionError


def test_lock_of_a_killed_process_is_free(snapshots: Snapshots, tmp_path: Path) -> None:
    """A process that was killed while it held the lock does not keep it."""
    program = f"""
        import os, signal
        from pathlib import Path
        from chatbot.retrieval.snapshots import Snapshots
        with Snapshots(Path({str(tmp_path / "index")!r})).lock():
            os.kill(os.getpid(), signal.SIGKILL)
    """
    subprocess.run([sys.executable, "-c", textwrap.dedent(program)], cwd=ROOT, check=False)
    assert (tmp_path / "index" / "lock.json").is_file()
    with snapshots.lock():
        pass
    assert not (tmp_path / "index" / "lock.json").exists()


# The live snapshot


def test_live_without_a_snapshot_names_the_cure(snapshots: Snapshots, open_live: Open) -> None:
    """Without a snapshot the error says how to build one."""
    live = open_live(snapshots)
    with pytest.raises(SnapshotError, match="chatbot corpus refresh"):
        live.current()
    assert live.problem().startswith("There is no snapshot yet")


def test_live_opens_the_first_snapshot_without_restart(
    publish_next: Callable[[int], str], snapshots: Snapshots, open_live: Open
) -> None:
    """A worker that was started before the first refresh answers after it."""
    live = open_live(snapshots)
    with pytest.raises(SnapshotError):
        live.current()
    published = publish_next(2021)
    assert (live.current().id, live.problem()) == (published, "")


def test_live_keeps_one_opened(three: Three, snapshots: Snapshots, open_live: Open) -> None:
    """The same snapshot is not opened twice."""
    live = open_live(snapshots)
    first = live.current()
    live.refresh()
    assert live.current() is first


def test_live_takes_a_new_snapshot(three: Three, snapshots: Snapshots, open_live: Open) -> None:
    """A newly published snapshot takes the place of the one held."""
    live = open_live(snapshots)
    live.current()
    snapshots.publish(three[0])
    live.refresh()
    assert live.current().id == three[0]


def test_live_watches_by_itself(three: Three, snapshots: Snapshots) -> None:
    """A worker notices a new snapshot without being asked."""
    live = LiveSnapshot(snapshots, lambda folder: Snapshot(folder, engines()), 0.05)
    assert live.current().id == three[2]
    snapshots.publish(three[0])
    assert eventually(lambda: live.current().id == three[0])


@pytest.mark.parametrize("damage", [spoil, Path.unlink, lambda file: os.truncate(file, 3)])
@pytest.mark.parametrize(
    "name", ["passages.jsonl", "names.json", "vectors/vectors.faiss", "texts/about.json", MANIFEST]
)
def test_live_keeps_the_old_when_the_new_is_damaged(
    three: Three, snapshots: Snapshots, open_live: Open, name: str, damage: Callable[[Path], None]
) -> None:
    """A damaged new snapshot is told, and answers go on from the old one."""
    snapshots.publish(three[0])
    live = open_live(snapshots)
    before = live.current()
    snapshots.publish(three[1])
    if name == MANIFEST and damage is spoil:
        (snapshots.folder(three[1]) / name).write_bytes(b"\xff")
    else:
        damage(snapshots.folder(three[1]) / name)
    live.refresh()
    assert live.current() is before
    assert three[1] in live.problem()


@pytest.mark.parametrize("manifest", ["[]", "null", "5", "{}", '{"files": 5}', '{"files": []}', '{"files": null}'])
def test_live_keeps_the_old_when_the_manifest_is_odd(
    three: Three, snapshots: Snapshots, open_live: Open, manifest: str
) -> None:
    """A manifest that is JSON of another shape is a damaged snapshot like any other."""
    live = open_live(snapshots)
    before = live.current()
    snapshots.publish(three[0])
    (snapshots.folder(three[0]) / MANIFEST).write_text(manifest)
    live.refresh()
    assert live.current() is before


@pytest.mark.parametrize("data", [b"absent\n", b"../..\n", b"\x00\x01", b"a" * 300])
def test_live_keeps_the_old_when_the_pointer_leads_nowhere(
    three: Three, snapshots: Snapshots, open_live: Open, tmp_path: Path, data: bytes
) -> None:
    """A pointer to nothing is told, and answers go on."""
    live = open_live(snapshots)
    before = live.current()
    pointer(tmp_path / "index").write_bytes(data)
    live.refresh()
    assert live.current() is before
    assert live.problem() != ""


@pytest.mark.parametrize("data", [b"\xff\xfe\x80", "№".encode()])
def test_live_keeps_the_old_when_the_pointer_has_odd_bytes(
    three: Three, snapshots: Snapshots, open_live: Open, tmp_path: Path, data: bytes
) -> None:
    """A pointer that is no text is told, and answers go on."""
    live = open_live(snapshots)
    before = live.current()
    pointer(tmp_path / "index").write_bytes(data)
    live.refresh()
    assert live.current() is before
    assert live.problem() != ""


def test_live_watches_on_after_odd_bytes(three: Three, snapshots: Snapshots, tmp_path: Path) -> None:
    """A worker that met a damaged pointer notices the snapshot that is published after it."""
    before = set(threading.enumerate())
    live = LiveSnapshot(snapshots, lambda folder: Snapshot(folder, engines()), 0.05)
    live.current()
    (watcher,) = set(threading.enumerate()) - before
    (tmp_path / "odd").write_bytes(b"\xff")
    (tmp_path / "odd").replace(pointer(tmp_path / "index"))
    watcher.join(0.5)
    snapshots.publish(three[0])
    assert eventually(lambda: live.current().id == three[0], 2)


def test_live_watches_on_after_any_error(
    three: Three, snapshots: Snapshots, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A worker that cannot look at the pointer tells it once, and notices what is published later."""
    live = LiveSnapshot(snapshots, lambda folder: Snapshot(folder, engines()), 0.05)
    live.current()
    pointer(tmp_path / "index").unlink()
    (tmp_path / "index" / "current" / "folder").mkdir(parents=True)
    assert eventually(lambda: len(caplog.records) > 0)
    time.sleep(0.3)  # several polls
    assert [record.getMessage() for record in caplog.records] == ["The published snapshot cannot be looked up."]
    shutil.rmtree(pointer(tmp_path / "index"))
    snapshots.publish(three[0])
    assert eventually(lambda: live.current().id == three[0])


def test_live_tells_in_the_log_what_cannot_be_opened(
    three: Three, snapshots: Snapshots, caplog: pytest.LogCaptureFixture
) -> None:
    """A snapshot that a library cannot open is logged once, and is an error with that sentence."""

    def fails(folder: Path) -> Snapshot:
        raise RuntimeError("no memory to map the vectors")

    live = LiveSnapshot(snapshots, fails, 3600)
    for _ in range(3):
        with pytest.raises(SnapshotError, match="no memory to map the vectors"):
            live.current()
    assert [record.getMessage() for record in caplog.records] == [
        "The published snapshot cannot be used: no memory to map the vectors"
    ]


def test_live_says_when_the_index_is_gone(three: Three, snapshots: Snapshots, open_live: Open, tmp_path: Path) -> None:
    """When the index folder was deleted the error says how to build it again."""
    live = open_live(snapshots)
    live.current()
    shutil.rmtree(tmp_path / "index")
    live.refresh()
    with pytest.raises(SnapshotError, match="There is no snapshot yet"):
        live.current()


def test_live_takes_the_mended_snapshot_after_a_publication(
    three: Three, snapshots: Snapshots, refresher: Refresher, open_live: Open
) -> None:
    """A damaged snapshot that is built and published again under the same id is tried again."""
    live = open_live(snapshots)
    spoil(snapshots.folder(three[2]) / "passages.jsonl")
    with pytest.raises(SnapshotError, match="damaged"):
        live.current()
    refresher.refresh()
    assert (live.current().id, live.problem()) == (three[2], "")


def test_live_does_not_verify_a_damaged_one_at_every_poll(three: Three, snapshots: Snapshots) -> None:
    """A snapshot that could not be opened is tried once a publication, not once a poll."""
    tried: list[Path] = []

    def refuse(folder: Path) -> Snapshot:
        tried.append(folder)
        raise SnapshotError("refused")

    live = LiveSnapshot(snapshots, refuse, 60)
    live.watching = False
    for _ in range(3):
        live.refresh()
    assert tried == [snapshots.folder(three[2])]


def test_live_answers_while_its_files_are_deleted(three: Three, snapshots: Snapshots, open_live: Open) -> None:
    """A snapshot that was opened can be read on after it was pruned."""
    live = open_live(snapshots)
    held = live.current()
    expected = list(held.passages)
    shutil.rmtree(snapshots.folder(three[2]))
    assert list(held.passages) == expected


def test_problem_goes_with_the_rollback(three: Three, snapshots: Snapshots, open_live: Open) -> None:
    """Rolled back to the snapshot that is held, nothing is wrong any more."""
    snapshots.publish(three[1])
    live = open_live(snapshots)
    before = live.current()
    snapshots.publish(three[2])
    spoil(snapshots.folder(three[2]) / "ids.json")
    live.refresh()
    assert "ids.json" in live.problem()
    snapshots.rollback()
    live.refresh()
    assert (live.current(), live.problem()) == (before, "")


def test_history_names_every_publication(three: Three, snapshots: Snapshots, tmp_path: Path) -> None:
    """The history holds a line for each publication, in order."""
    snapshots.publish(three[0])
    lines = (tmp_path / "index" / "history.jsonl").read_text().splitlines()
    assert [json.loads(line)["id"] for line in lines] == [*three, three[0]]


def test_manifest_names_every_file(one: Path) -> None:
    """Every file of a snapshot has its checksum in the manifest."""
    held = {str(p.relative_to(one)) for p in one.rglob("*") if p.is_file()}
    assert set(records.read_json(one / MANIFEST)["files"]) == held - {MANIFEST}
