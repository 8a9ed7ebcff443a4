"""The database is made, brought up to date, shared and protected, and its failures say what to do."""

import datetime
import multiprocessing
import sqlite3
import stat
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest
from sqlalchemy import func, insert, inspect, select

from chatbot.errors import SettingsError, StorageError
from chatbot.storage import migrations, tables
from chatbot.storage.database import FILE, Database

ROWS, PROCESSES = 25, 6


@pytest.fixture
def database(tmp_path: Path) -> Database:
    """A database in an instance folder that is not there yet."""
    return Database(tmp_path / "instance")


def add(database: Database, comment: str = "") -> None:
    """Keep a row."""
    with database.writing() as connection:
        connection.execute(insert(tables.feedback).values(**row(comment)))


def row(comment: str = "") -> dict[str, object]:
    """A row of feedback."""
    today = datetime.date(2026, 3, 1)
    return {
        **{"given_on": today, "opinion": "useful", "snapshot_id": "a", "status": "answered"},
        **{"passages": ["a:digest:b:0"], "comment": comment, "question": ""},
    }


def add_twice(database: Database) -> None:
    """Keep a row, then one whose number is taken, in one change."""
    with database.writing() as connection:
        connection.execute(insert(tables.feedback).values(**row()))
        connection.execute(insert(tables.feedback).values(id=1, **row()))


def count(database: Database) -> int:
    """How many rows are kept."""
    with database.reading() as connection:
        return int(connection.execute(select(func.count()).select_from(tables.feedback)).scalar_one())


def add_many(folder: Path, barrier: Barrier) -> None:
    """What each of several processes does: open the database at the same moment, then write."""
    database = Database(folder)
    barrier.wait()
    for _ in range(ROWS):
        add(database)


def test_nothing_is_made_until_something_is_kept(database: Database, tmp_path: Path) -> None:
    """Whoever only makes a Database leaves no trace on disk."""
    assert not database.is_there()
    assert not (tmp_path / "instance").exists()


def test_only_the_owner_may_read_it(database: Database, tmp_path: Path) -> None:
    """The file, and what SQLite lays beside it, is closed to other accounts, even where it was open before."""
    (tmp_path / "instance").mkdir()
    (tmp_path / "instance" / FILE).touch(0o644)
    with database.writing() as connection:
        connection.execute(insert(tables.feedback).values(**row()))
        files = list((tmp_path / "instance").iterdir())
        assert len(files) == 3
        assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}


def test_the_tables_are_those_that_the_program_reads(database: Database) -> None:
    """A database made step by step has exactly the columns of the tables in the code."""
    with database.reading() as connection:
        found = inspect(connection)
        assert set(found.get_table_names()) == set(tables.metadata.tables)
        for name, table in tables.metadata.tables.items():
            columns = {
                column["name"]: column["nullable"] or column["name"] == "id" for column in found.get_columns(name)
            }
            assert columns == {column.name: bool(column.nullable) or column.name == "id" for column in table.columns}
        assert migrations.version_of(connection) == migrations.NEWEST


@pytest.mark.parametrize("version", range(1, migrations.NEWEST))
def test_an_older_database_is_brought_up_to_date(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: int) -> None:
    """From every earlier version the missing steps are taken, and what was kept stays."""
    with monkeypatch.context() as earlier:
        earlier.setattr(migrations, "STEPS", migrations.STEPS[:version])
        earlier.setattr(migrations, "NEWEST", version)
        with Database(tmp_path).reading() as connection:
            assert migrations.version_of(connection) == version
    database = Database(tmp_path)
    add(database)
    with database.reading() as connection:
        assert migrations.version_of(connection) == migrations.NEWEST
    assert count(database) == 1


def test_a_step_that_fails_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Steps are taken together or not at all, so the next start can try again."""

    def fail(connection: object) -> None:
        raise StorageError("no")

    with monkeypatch.context() as broken:
        broken.setattr(migrations, "STEPS", (*migrations.STEPS, fail))
        broken.setattr(migrations, "NEWEST", migrations.NEWEST + 1)
        with pytest.raises(StorageError):
            add(Database(tmp_path))
    with sqlite3.connect(tmp_path / FILE) as plain:
        assert plain.execute("SELECT name FROM sqlite_master").fetchall() == []
    plain.close()
    add(Database(tmp_path))


def test_the_database_of_a_newer_program_is_left_alone(tmp_path: Path) -> None:
    """What a newer program made is refused with both versions, not guessed at."""
    add(Database(tmp_path))
    plain = sqlite3.connect(tmp_path / FILE)
    plain.execute("UPDATE schema_version SET version = 99")
    plain.commit()
    plain.close()
    with pytest.raises(StorageError, match=r"of a newer helpdesk \(its version is 99, this one knows"):
        add(Database(tmp_path))


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    """Where the instance folder cannot be made, the message says which file, why, and what to do."""
    (tmp_path / "instance").write_text("no folder", encoding="ascii")
    with pytest.raises(StorageError, match=r"instance/helpdesk\.sqlite3 cannot be used: .*set CHATBOT_DATA_DIR"):
        add(Database(tmp_path / "instance"))


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    """A file that is no database is not overwritten; the message says what to do with it."""
    (tmp_path / FILE).write_bytes(b"no database at all, but longer than a header" * 9)
    with pytest.raises(StorageError, match="It is damaged: put back a copy"):
        add(Database(tmp_path))
    assert (tmp_path / FILE).read_bytes().startswith(b"no database")


def test_a_change_that_fails_is_taken_back(database: Database) -> None:
    """What happened before a failure in the same change is not kept."""
    add(database)
    with pytest.raises(StorageError):
        add_twice(database)
    assert count(database) == 1


def test_several_processes_write_at_once(tmp_path: Path) -> None:
    """Processes that make, open and write the database at the same moment lose nothing and never fail."""
    context = multiprocessing.get_context("spawn")
    barrier = context.Barrier(PROCESSES)
    processes = [context.Process(target=add_many, args=(tmp_path, barrier)) for _ in range(PROCESSES)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
    assert [process.exitcode for process in processes] == [0] * PROCESSES
    assert count(Database(tmp_path)) == ROWS * PROCESSES


def test_readers_do_not_wait_for_a_writer(database: Database, tmp_path: Path) -> None:
    """While a change goes on, others read the state before it."""
    add(database)
    with database.writing() as connection:
        connection.execute(insert(tables.feedback).values(**row()))
        assert count(Database(tmp_path / "instance")) == 1
    assert count(database) == 2


def test_a_file_that_was_put_in_place_is_taken_up(database: Database, tmp_path: Path) -> None:
    """An operator may put back a copy, or take the file away, without a restart."""
    add(database)
    for file in (tmp_path / "instance").glob(f"{FILE}*"):
        file.unlink()
    assert count(database) == 0


def test_what_is_deleted_is_gone_from_the_file(database: Database, tmp_path: Path) -> None:
    """A deleted comment cannot be read out of the file any more."""
    add(database, "a comment that somebody regretted")
    with database.writing() as connection:
        connection.execute(tables.feedback.delete())
    with database.reading() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    files = (tmp_path / "instance").glob(f"{FILE}*")
    assert not any(b"somebody regretted" in file.read_bytes() for file in files)


@pytest.mark.parametrize(
    "address",
    ["nothing", "oracle11://a:secret@b/c", "sqlite://", "sqlite:///:memory:", "sqlite:///here.sqlite3", "http://x:y"],
)
def test_an_address_that_is_none_is_a_setting_to_correct(tmp_path: Path, address: str) -> None:
    """The message names the setting and repeats no password."""
    with pytest.raises(SettingsError, match="CHATBOT_DATABASE_URL") as told:
        Database(tmp_path, address)
    assert "secret" not in str(told.value)


def test_another_file_may_be_named(tmp_path: Path) -> None:
    """An address decides where the database is, whatever the instance folder."""
    add(Database(tmp_path / "unused", f"sqlite:///{tmp_path}/elsewhere.sqlite3"))
    assert [file.name for file in tmp_path.iterdir()] == ["elsewhere.sqlite3"]
