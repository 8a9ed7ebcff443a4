"""The database from any earlier version to this program's, step by step, in one transaction.

A step that was released is never changed; a change of the tables is one more step at the end.
"""

from collections.abc import Callable

from sqlalchemy import Connection, insert, inspect, select, text, update

from chatbot.errors import StorageError
from chatbot.storage.tables import schema_version

_ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(7368116701)"


def _add_keys(connection: Connection) -> None:
    _run(
        connection,
        """CREATE TABLE api_keys (
            id {serial} PRIMARY KEY,
            name VARCHAR(60) NOT NULL,
            token_sha256 VARCHAR(64) NOT NULL UNIQUE,
            given_on DATE NOT NULL,
            expires_on DATE,
            revoked_on DATE,
            used_on DATE
        )""",
        "CREATE UNIQUE INDEX one_key_a_name ON api_keys (name) WHERE revoked_on IS NULL",
    )


def _add_feedback(connection: Connection) -> None:
    _run(
        connection,
        """CREATE TABLE feedback (
            id {serial} PRIMARY KEY,
            given_on DATE NOT NULL,
            opinion VARCHAR(20) NOT NULL,
            snapshot_id VARCHAR(64) NOT NULL,
            status VARCHAR(20) NOT NULL,
            passages JSON NOT NULL,
            comment TEXT NOT NULL,
            question TEXT NOT NULL
        )""",
        "CREATE INDEX ix_feedback_given_on ON feedback (given_on)",
    )


STEPS: tuple[Callable[[Connection], None], ...] = (_add_keys, _add_feedback)
NEWEST = len(STEPS)


def migrate(connection: Connection) -> None:
    """Bring the database to this program's version. Raises StorageError for one of a newer program.

    Call it inside a transaction that holds off other writers; on PostgreSQL it takes a lock of its own.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text(_ONE_AT_A_TIME))
    found = version_of(connection)
    refuse_newer(found)
    if found == 0:
        schema_version.create(connection)
        connection.execute(insert(schema_version).values(version=0))
    for step in STEPS[found:]:
        step(connection)
    connection.execute(update(schema_version).values(version=NEWEST))


def version_of(connection: Connection) -> int:
    """How many steps the database has taken; 0 for one that is new."""
    if not inspect(connection).has_table(schema_version.name):
        return 0
    return int(connection.execute(select(schema_version.c.version)).scalar_one())


def refuse_newer(version: int) -> None:
    """Raises StorageError when the database is of a newer program."""
    if version > NEWEST:
        raise StorageError(
            f"The database is of a newer helpdesk (its version is {version}, this one knows {NEWEST}). Start the newer "
            "helpdesk, or put back the database that was saved before it was updated."
        )


def _run(connection: Connection, *statements: str) -> None:
    serial = "SERIAL" if connection.dialect.name == "postgresql" else "INTEGER"
    for statement in statements:
        connection.execute(text(statement.format(serial=serial)))
