"""The snapshots in index/: written beside the current one, published by replacing a pointer in one step.

index/current names the published snapshot, index/snapshots/ holds it and earlier ones, index/building/ what
is being written. All of it can be deleted and built again.
"""

import datetime
import json
import logging
import os
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from chatbot.errors import BusyError, HelpdeskError, NotFoundError, SnapshotError
from chatbot.retrieval import records
from chatbot.retrieval.snapshot import MANIFEST, Snapshot, verify

_LONGEST_ID = 64
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Listed:
    """A snapshot on disk: its id, when it was built (ISO 8601), what it holds, and whether it is the current one."""

    id: str
    built_at: str
    counts: dict[str, int]
    current: bool


class Snapshots:
    """The folder index/ and the rules by which it changes."""

    def __init__(self, index_dir: Path) -> None:
        self._dir = index_dir
        self._pointer = index_dir / "current"
        self._history = index_dir / "history.jsonl"

    def current_id(self) -> str | None:
        """The id of the published snapshot, or None; a damaged pointer gives an id that no snapshot has."""
        try:
            return self._pointer.read_text(encoding="ascii", errors="replace").strip() or None
        except FileNotFoundError:
            return None

    def published_when(self) -> int:
        """When the pointer was last replaced, in nanoseconds; 0 when there is none."""
        try:
            return self._pointer.stat().st_mtime_ns
        except FileNotFoundError:
            return 0

    def folder(self, snapshot_id: str) -> Path:
        """Where a snapshot lies. Raises NotFoundError."""
        folder = self._dir / "snapshots" / snapshot_id
        if not snapshot_id.isalnum() or len(snapshot_id) > _LONGEST_ID or not (folder / MANIFEST).is_file():
            raise NotFoundError(f"There is no snapshot '{snapshot_id}'; 'chatbot index list' shows those there are.")
        return folder

    def listed(self) -> list[Listed]:
        """The snapshots on disk, newest first; one whose manifest cannot be read is passed over."""
        current = self.current_id()
        found = [_listed(folder, current) for folder in self._folders()]
        return sorted((s for s in found if s), key=lambda s: (s.built_at, s.id), reverse=True)

    def _folders(self) -> list[Path]:
        return sorted((self._dir / "snapshots").glob("*/"))

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Only one process may change index/. Raises BusyError that says who does, and since when."""
        self._dir.mkdir(parents=True, exist_ok=True)
        holder = self._dir / "lock.json"
        lock = FileLock(self._dir / "lock")
        try:
            lock.acquire(timeout=0)
        except Timeout:
            raise BusyError(_busy(holder)) from None
        try:
            now = datetime.datetime.now().astimezone().isoformat(timespec="seconds")
            records.write_json(holder, {"process": os.getpid(), "host": socket.gethostname(), "since": now})
            self._clear_building()  # what a killed refresh left behind
            yield
        finally:
            self._clear_building()
            holder.unlink(missing_ok=True)
            lock.release()

    def _clear_building(self) -> None:
        shutil.rmtree(self._dir / "building", ignore_errors=True)

    def new_folder(self) -> Path:
        """An empty folder to build in."""
        folder = self._dir / "building" / f"{os.getpid()}-{time.time_ns()}"
        folder.mkdir(parents=True)
        return folder

    def add(self, folder: Path) -> str:
        """Verify a folder that was built and put it beside the others; returns its id."""
        verify(folder)
        snapshot_id = str(records.read_json(folder / MANIFEST)["id"])
        target = self._dir / "snapshots" / snapshot_id
        target.parent.mkdir(exist_ok=True)
        if target.exists():  # the same content, perhaps damaged
            if _is_whole(target):
                return snapshot_id
            shutil.rmtree(target)
        folder.replace(target)
        _sync(target.parent)
        return snapshot_id

    def publish(self, snapshot_id: str) -> None:
        """Make a snapshot the current one in one step. Raises NotFoundError, SnapshotError."""
        verify(self.folder(snapshot_id))
        fresh = self._dir / "current.new"
        with fresh.open("w", encoding="ascii") as file:
            file.write(snapshot_id + "\n")
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self._pointer)
        _sync(self._dir)
        now = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
        was_cut = self._history.exists() and not self._history.read_bytes().endswith(b"\n")  # by a crash
        with self._history.open("a", encoding="utf-8") as file:
            file.write("\n" * was_cut + json.dumps({"id": snapshot_id, "published_at": now}) + "\n")

    def rollback(self) -> str:
        """Publish the last whole snapshot that was current before this one; returns its id. Raises NotFoundError."""
        current = self.current_id()
        held = {snapshot.id for snapshot in self.listed()}
        for snapshot_id in reversed(self._published()):
            if snapshot_id != current and snapshot_id in held and _is_whole(self.folder(snapshot_id)):
                self.publish(snapshot_id)
                return snapshot_id
        raise NotFoundError("There is no earlier snapshot to go back to; 'chatbot index list' shows those there are.")

    def prune(self, keep: int) -> list[str]:
        """Delete all but the current snapshot and the newest others, keep in all; returns the ids deleted.

        What cannot be listed, such as the rest of a deletion that was cut short, goes too.
        """
        listed = self.listed()
        others = [snapshot.id for snapshot in listed if not snapshot.current]
        kept = {s.id for s in listed} - set(others[max(keep - (len(listed) - len(others)), 0) :])
        deleted = [folder for folder in self._folders() if folder.name not in kept and folder.name != self.current_id()]
        for folder in deleted:
            shutil.rmtree(folder)
        return [folder.name for folder in deleted]

    def _published(self) -> list[str]:
        """Ids in the order in which they were published; a line cut short by a crash is passed over."""
        if not self._history.exists():
            return []
        lines = self._history.read_text(encoding="utf-8", errors="replace").splitlines()
        return [snapshot_id for line in lines if (snapshot_id := _id_in(line))]


class LiveSnapshot:
    """The published snapshot, opened; a newer one is noticed, opened beside it, and takes its place.

    poll_seconds bounds how long a worker goes on with the old one. The watching thread starts with the first
    call in a process, so that a forked worker has its own; none starts while watching is off.
    """

    def __init__(self, snapshots: Snapshots, open_folder: Callable[[Path], Snapshot], poll_seconds: float) -> None:
        self._snapshots, self._open, self._poll_seconds = snapshots, open_folder, poll_seconds
        self._held: Snapshot | None = None
        self._problem = ""
        self._failed: tuple[str, int] | None = None
        self._guard = threading.Lock()
        self._watching_process = 0
        self.watching = True

    def current(self) -> Snapshot:
        """The snapshot to answer from. Raises SnapshotError when there is none that can be opened."""
        self._watch()
        if self._held is None:
            self.refresh()
        if self._held is None:
            raise SnapshotError(self._problem)
        return self._held

    def problem(self) -> str:
        """Why the published snapshot cannot be used, or an empty text."""
        return self._problem

    def refresh(self) -> None:
        """Open the published snapshot if it is not the one held; one that cannot be opened leaves the old one."""
        with self._guard:
            published, when = self._snapshots.current_id(), self._snapshots.published_when()
            if published is None:
                self._held, self._problem = None, "There is no snapshot yet; run 'chatbot corpus refresh' to build one."
            elif self._held is not None and self._held.id == published:
                self._problem = ""
            elif self._failed != (published, when):  # a damaged one is tried again only after a new publication
                try:
                    folder = self._snapshots.folder(published)
                    verify(folder)
                    self._held, self._problem = self._open(folder), ""
                except (HelpdeskError, OSError, ValueError, LookupError, TypeError, RuntimeError) as error:
                    self._problem, self._failed = str(error), (published, when)
                    log.warning("The published snapshot cannot be used: %s", error)

    def _watch(self) -> None:
        if self.watching and self._watching_process != os.getpid():
            self._watching_process = os.getpid()
            self._guard = threading.Lock()  # the one of a parent process may have been held at the fork
            threading.Thread(target=self._keep_watching, name="snapshot-watch", daemon=True).start()

    def _keep_watching(self) -> None:
        told = ""
        while True:
            time.sleep(self._poll_seconds)
            try:
                self.refresh()
            except Exception as error:  # such as a file system that is away for a while: the watching goes on
                if str(error) != told:
                    log.warning("The published snapshot cannot be looked up.", exc_info=True)
                told = str(error)


def _listed(folder: Path, current: str | None) -> Listed | None:
    try:
        manifest = records.read_json(folder / MANIFEST)
        return Listed(str(manifest["id"]), str(manifest["built_at"]), dict(manifest["counts"]), folder.name == current)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _is_whole(folder: Path) -> bool:
    try:
        verify(folder)
    except SnapshotError:
        return False
    return True


def _id_in(line: str) -> str:
    """The id in a line of the history, or an empty text."""
    try:
        return str(json.loads(line)["id"])
    except (ValueError, KeyError, TypeError):
        return ""


def _busy(holder: Path) -> str:
    try:
        held = records.read_json(holder)
        who = f"process {held['process']} on {held['host']}, since {held['since']}"
    except (OSError, ValueError, KeyError, TypeError):
        who = "another process"
    return f"The corpus is being refreshed by {who}. Wait until it is done, then try again."


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
