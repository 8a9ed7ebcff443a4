"""One database, opened when it is first needed, whose failures are told in words an operator can act on.

Several threads, workers and commands use it at once: readers never wait, writers wait for each other a few seconds.
"""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from chatbot.errors import SettingsError, StorageError
from chatbot.storage import migrations

FILE = "helpdesk.sqlite3"
_PATIENCE_SECONDS = 10
_OURS_ALONE = 0o600
_WRITING = "writing"


class Database:
    """The helpdesk's database: SQLite in the instance folder, or the one that an address names.

    Opens nothing until it is read or written; brings an older database up to date then.
    """

    def __init__(self, data_dir: Path, address: str | None = None) -> None:
        self._url = _url_of(address) if address else URL.create("sqlite", database=str(data_dir / FILE))
        self._guard = threading.Lock()
        self._opened: tuple[int, object, Engine] | None = None

    @property
    def file(self) -> Path | None:
        """The file of an SQLite database, None for any other."""
        return Path(self._url.database or "") if self._url.get_backend_name() == "sqlite" else None

    def is_there(self) -> bool:
        """Can anything have been kept? False while an SQLite file was not made yet."""
        return self.file is None or self.file.exists()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one state of the database. Raises StorageError."""
        with self._told(), self._engine().connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A connection whose changes are kept together, or none of them when it fails. Raises StorageError."""
        with self._told(), self._engine().connect() as opened:
            connection = opened.execution_options(**{_WRITING: True})
            with connection.begin():
                yield connection

    def close(self) -> None:
        """Let go of the connections of this process; the next reading or writing opens others."""
        with self._guard:
            if self._opened is not None:
                self._opened[2].dispose()
            self._opened = None

    def _engine(self) -> Engine:
        """The engine of this process, over the file that is there now and up to date."""
        with self._guard:
            if self._opened is None or self._opened[:2] != (os.getpid(), _identity(self.file)):
                engine = self._open()
                self._opened = os.getpid(), _identity(self.file), engine
            return self._opened[2]

    def _open(self) -> Engine:
        if self.file is not None:
            _make_private(self.file)
        engine = _engine_of(self._url)
        with engine.connect() as connection:
            if migrations.version_of(connection) == migrations.NEWEST:  # nobody has to wait for a writer
                return engine
        with engine.connect() as opened:
            connection = opened.execution_options(**{_WRITING: True})
            with connection.begin():
                migrations.migrate(connection)
        return engine

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Failures of the database as StorageError."""
        try:
            yield
        except (SQLAlchemyError, OSError) as error:
            raise StorageError(self._sentence(error)) from error

    def _sentence(self, error: Exception) -> str:
        reason = str(getattr(error, "orig", None) or getattr(error, "strerror", None) or error).strip()
        if self.file is None:
            where = self._url.render_as_string(hide_password=True)
            return f"The database {where} cannot be used: {reason}. Check that it runs, and CHATBOT_DATABASE_URL."
        return f"The database {self.file} cannot be used: {reason}. {_cure(reason)}"


def _cure(reason: str) -> str:
    """What an operator does about a failure of SQLite."""
    if "locked" in reason:
        return "Another program holds it; close that, then try again."
    if "full" in reason:
        return "Free some space on its disk, then try again."
    if "malformed" in reason or "not a database" in reason:
        return "It is damaged: put back a copy, or move the file away and a new one is made."
    return "Make the folder and the file writable for the account that runs the helpdesk, or set CHATBOT_DATA_DIR."


def _url_of(address: str) -> URL:
    """Raises SettingsError; the address is not repeated, because it may hold a password."""
    try:
        url = make_url(address)
        url.get_dialect()
    except (ArgumentError, NoSuchModuleError, ValueError) as error:
        raise SettingsError(
            "CHATBOT_DATABASE_URL is no address of a database that is known here; write one such as "
            "postgresql+pg8000://name:password@host/helpdesk."
        ) from error
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").is_absolute():
        raise SettingsError("CHATBOT_DATABASE_URL names no whole path; write sqlite:////folder/helpdesk.sqlite3.")
    return url


def _engine_of(url: URL) -> Engine:
    """Raises SettingsError when the driver of the database is not installed."""
    try:
        if url.get_backend_name() != "sqlite":
            return create_engine(url, pool_pre_ping=True, hide_parameters=True)
        engine = create_engine(url, poolclass=NullPool, hide_parameters=True)
    except ImportError as error:
        raise SettingsError(
            f"CHATBOT_DATABASE_URL needs the Python package '{error.name}', which is not installed beside the helpdesk."
        ) from error
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # transactions begin where _begin_sqlite says, not where the driver guesses
    connection.execute(f"PRAGMA busy_timeout = {_PATIENCE_SECONDS * 1000}")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA secure_delete = ON")  # what is deleted for privacy is overwritten


def _begin_sqlite(connection: Connection) -> None:
    """A writer takes its turn at once: one that first read could be refused without waiting."""
    is_writing = connection.get_execution_options().get(_WRITING)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if is_writing else "BEGIN")


def _make_private(file: Path) -> None:
    """The file, readable by its owner alone; what SQLite lays beside it gets the same mode."""
    file.parent.mkdir(parents=True, exist_ok=True)
    os.close(os.open(file, os.O_RDWR | os.O_CREAT, _OURS_ALONE))
    with suppress(PermissionError):  # of another owner who lets us write it
        file.chmod(_OURS_ALONE)


def _identity(file: Path | None) -> object:
    """Tells a file from one that was put in its place."""
    if file is None:
        return None
    try:
        found = file.stat()
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino
