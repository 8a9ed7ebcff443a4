"""Feedback as it is kept: a row each, for so many days."""

import datetime
from collections.abc import Iterator

from sqlalchemy import Connection, delete, insert, select

from chatbot.feedback import Feedback, KeptFeedback, Opinion
from chatbot.model import Status
from chatbot.storage.database import Database
from chatbot.storage.tables import feedback as table


class FeedbackStore:
    """The feedback of an instance; what is older than keep_days goes whenever somebody gives, reads or counts."""

    def __init__(self, database: Database, keep_days: int) -> None:
        self._database, self._keep_days = database, keep_days

    def add(self, given: Feedback) -> KeptFeedback:
        """Keep feedback under today's day. Raises StorageError."""
        kept = KeptFeedback(_today(), given)
        row = {
            "given_on": kept.given_on,
            "opinion": str(given.opinion),
            "snapshot_id": given.snapshot_id,
            "status": str(given.status),
            "passages": list(given.passages),
            "comment": given.comment,
            "question": given.question,
        }
        with self._database.writing() as connection:
            self._forget(connection)
            connection.execute(insert(table).values(**row))
        return kept

    def kept(self, since: datetime.date | None = None) -> Iterator[KeptFeedback]:
        """What is kept, oldest first, from a day on. Raises StorageError."""
        self.forget_old()
        if not self._database.is_there():
            return
        found = select(table).order_by(table.c.id)
        if since is not None:
            found = found.where(table.c.given_on >= since)
        with self._database.reading() as connection:
            for row in connection.execution_options(yield_per=500).execute(found):
                told = Feedback(
                    Opinion(row.opinion),
                    row.snapshot_id,
                    Status(row.status),
                    tuple(row.passages),
                    row.comment,
                    row.question,
                )
                yield KeptFeedback(row.given_on, told)

    def delete_before(self, day: datetime.date) -> int:
        """Delete what was given before a day; returns how much it was. Raises StorageError."""
        if not self._database.is_there():
            return 0
        with self._database.writing() as connection:
            return _delete(connection, day)

    def forget_old(self) -> int:
        """Delete what is older than it may be; returns how much it was. Raises StorageError."""
        return self.delete_before(self._first_day())

    def _forget(self, connection: Connection) -> None:
        _delete(connection, self._first_day())

    def _first_day(self) -> datetime.date:
        return _today() - datetime.timedelta(days=self._keep_days)


def _delete(connection: Connection, day: datetime.date) -> int:
    return int(connection.execute(delete(table).where(table.c.given_on < day)).rowcount)


def _today() -> datetime.date:
    return datetime.datetime.now(datetime.UTC).date()
