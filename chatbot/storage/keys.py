"""API keys: given out once in clear, kept as their SHA-256, under a name, until they end or are revoked."""

import datetime
import hashlib
import logging
import re
import secrets
import time
from typing import Any

from sqlalchemy import Row, insert, or_, select, update

from chatbot.errors import KeyNameError, NotFoundError, StorageError
from chatbot.ports import GivenKey
from chatbot.storage.database import Database
from chatbot.storage.tables import api_keys

PREFIX = "hd_"  # lets a scanner for leaked secrets recognize a key
_SECRET_BYTES = 32
_TOKEN = re.compile(r"hd_[A-Za-z0-9_-]{43}")
LONGEST_NAME = 60
log = logging.getLogger(__name__)


class Keys:
    """The key ring of an instance.

    trust_seconds bounds how long a key that was revoked elsewhere still opens; a new one opens at once.
    """

    def __init__(self, database: Database, trust_seconds: float) -> None:
        self._database, self._trust_seconds = database, trust_seconds
        self._trusted: dict[str, tuple[float, str, datetime.date | None]] = {}

    def holder_of(self, token: str) -> str | None:
        """The name under which a key was given out, None for a token that is no key. Raises StorageError."""
        if not _TOKEN.fullmatch(token):
            return None
        digest, now = _digest(token), time.monotonic()
        until, name, expires_on = self._trusted.get(digest, (0.0, "", None))
        if now < until:
            return name if _is_valid_on(today(), expires_on) else None
        self._trusted = {known: found for known, found in self._trusted.copy().items() if now < found[0]}
        row = self._row_of(digest)
        if row is None or not _is_valid_on(today(), row.expires_on):
            return None
        self._trusted[digest] = now + self._trust_seconds, row.name, row.expires_on
        self._note_use(row)
        return str(row.name)

    def add(self, name: str, expires_on: datetime.date | None = None) -> str:
        """Give out a key; returns its token, which is not kept. Raises KeyNameError for a name that cannot be used."""
        _check(name, expires_on)
        token = PREFIX + secrets.token_urlsafe(_SECRET_BYTES)
        row = {"name": name, "token_sha256": _digest(token), "given_on": today(), "expires_on": expires_on}
        with self._database.writing() as connection:
            taken = select(api_keys.c.id).where(api_keys.c.name == name, api_keys.c.revoked_on.is_(None))
            if connection.execute(taken).first():
                raise KeyNameError(
                    f"There is a key under the name '{name}' already. Choose another name, or revoke that key first: "
                    f"chatbot keys revoke {name}"
                )
            connection.execute(insert(api_keys).values(**row))
        return token

    def listed(self) -> list[GivenKey]:
        """All keys that were ever given out, oldest first."""
        if not self._database.is_there():
            return []
        with self._database.reading() as connection:
            rows = connection.execute(select(api_keys).order_by(api_keys.c.id)).all()
        return [_given(row) for row in rows]

    def revoke(self, name: str) -> None:
        """End the key under a name, for good. Raises NotFoundError."""
        found = update(api_keys).where(api_keys.c.name == name, api_keys.c.revoked_on.is_(None))
        if self._database.is_there():
            with self._database.writing() as connection:
                if connection.execute(found.values(revoked_on=today())).rowcount:
                    return
        raise NotFoundError(
            f"No key under the name '{name}' can be revoked; 'chatbot keys list' shows those there are."
        )

    def _row_of(self, digest: str) -> Row[Any, Any, Any, Any] | None:
        if not self._database.is_there():
            return None
        columns = api_keys.c.id, api_keys.c.name, api_keys.c.expires_on, api_keys.c.used_on
        found = select(*columns).where(api_keys.c.token_sha256 == digest, api_keys.c.revoked_on.is_(None))
        with self._database.reading() as connection:
            return connection.execute(found).first()

    def _note_use(self, row: Row[Any, Any, Any, Any]) -> None:
        """Write the day, once a day; that it cannot be written is no reason to turn somebody away."""
        day = today()
        if row.used_on == day:
            return
        unwritten = or_(api_keys.c.used_on.is_(None), api_keys.c.used_on < day)
        try:
            with self._database.writing() as connection:
                connection.execute(update(api_keys).where(api_keys.c.id == row.id, unwritten).values(used_on=day))
        except StorageError as error:
            log.warning("That the key of %r was used today is not noted: %s", row.name, error)


def _given(row: Row[Any]) -> GivenKey:
    if row.revoked_on:
        state = f"revoked {row.revoked_on}"
    else:
        state = "valid" if _is_valid_on(today(), row.expires_on) else "ended"
    return GivenKey(row.name, state, row.given_on, row.expires_on, row.used_on)


def today() -> datetime.date:
    """The day of UTC, the same for all workers."""
    return datetime.datetime.now(datetime.UTC).date()


def _is_valid_on(day: datetime.date, expires_on: datetime.date | None) -> bool:
    return expires_on is None or day <= expires_on


def _digest(token: str) -> str:
    """Random tokens of 256 bits need no slow digest: there is nothing to guess."""
    return hashlib.sha256(token.encode()).hexdigest()


def _check(name: str, expires_on: datetime.date | None) -> None:
    if not name.strip() or name != name.strip() or len(name) > LONGEST_NAME or not name.isprintable():
        raise KeyNameError(
            f"A key's name has 1 to {LONGEST_NAME} characters that can be printed, and no blank at its ends, such as "
            "'library-intranet'."
        )
    if expires_on is not None and expires_on < today():
        raise KeyNameError(f"A key that ends on {expires_on} would never open anything; choose a day to come.")
