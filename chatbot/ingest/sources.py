"""Official texts: files from a publisher, kept in the instance folder with their checksums."""

import datetime
import hashlib
import os
import re
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel

from chatbot.errors import SourceError
from chatbot.ingest import readers

_ABOUT = "source.json"
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class About(BaseModel):
    """What is remembered of a file that was added: its name, its checksum, and when (ISO 8601)."""

    name: str
    sha256: str
    added_at: str


@dataclass(frozen=True, slots=True)
class Source:
    """An official text held for a document."""

    document_id: str
    path: Path
    about: About

    def read(self) -> bytes:
        """The file's bytes. Raises SourceError when they are not those that were added."""
        try:
            data = self.path.read_bytes()
        except OSError as error:
            raise SourceError(f"{self.path}: {error.strerror}; add the file again.") from error
        if hashlib.sha256(data).hexdigest() != self.about.sha256:
            raise SourceError(f"{self.path}: the file has changed since it was added; add it again.")
        return data


class Sources:
    """The official texts in the instance folder: one file a document."""

    def __init__(self, data_dir: Path) -> None:
        self._dir = data_dir / "official"

    def add(self, file: Path, document_id: str) -> Source:
        """Keep a copy of a file as the official text of a document, in place of the one before.

        Raises SourceError when the file cannot be read as text; then nothing changes. A crash at any moment
        leaves the one before or the new one.
        """
        if not _ID.fullmatch(document_id):
            raise SourceError(f"'{document_id}' is no document's id; ids have small letters, digits and hyphens.")
        data = _bytes_of(file)
        readers.read(data, file.name)
        now = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
        about = About(name=file.name, sha256=hashlib.sha256(data).hexdigest(), added_at=now)
        folder = self._dir / document_id
        folder.mkdir(parents=True, exist_ok=True)
        source = Source(document_id, _path(folder, about), about)
        _write(source.path, data)
        _write(folder / _ABOUT, about.model_dump_json(indent=1).encode())
        for other in folder.iterdir():
            if other.is_file() and other not in (source.path, folder / _ABOUT):
                other.unlink()
        return source

    def held(self) -> tuple[list[Source], list[SourceError]]:
        """The official texts there are, by document id, and what is wrong with those that cannot be used."""
        sources: list[Source] = []
        problems: list[SourceError] = []
        for folder in sorted(self._dir.iterdir()) if self._dir.is_dir() else []:
            try:
                about = About.model_validate_json((folder / _ABOUT).read_text(encoding="utf-8"))
                sources.append(Source(folder.name, _path(folder, about), about))
            except (OSError, ValueError):
                problems.append(SourceError(f"{folder}: {_ABOUT} is missing or damaged; add the file again."))
        return sources, problems


def _bytes_of(file: Path) -> bytes:
    if not file.is_file():
        raise SourceError(f"{file}: there is no such file.")
    if file.stat().st_size > readers.MAX_BYTES:
        raise SourceError(f"{file}: larger than the {readers.MAX_BYTES / 1e6:.0f} MB that are read.")
    try:
        return file.read_bytes()
    except OSError as error:
        raise SourceError(f"{file}: {error.strerror}.") from error


def _path(folder: Path, about: About) -> Path:
    return folder / f"{about.sha256[:16]}{Path(about.name).suffix.lower()}"


def _write(path: Path, data: bytes) -> None:
    """Replace a file in one step."""
    fresh = path.with_name(f"{path.name}.new")
    with fresh.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
