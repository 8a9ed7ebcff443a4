"""Keys open until they end or are revoked; nothing kept of them opens anything."""

import datetime
import re
from pathlib import Path

import pytest

from chatbot.errors import KeyNameError, NotFoundError, StorageError
from chatbot.storage import keys as module
from chatbot.storage.database import FILE, Database
from chatbot.storage.keys import Keys

TODAY = datetime.date(2026, 3, 1)
TOMORROW = TODAY + datetime.timedelta(days=1)
TRUST_SECONDS = 30.0


class Clock:
    """A day and a time that a test sets."""

    def __init__(self) -> None:
        self.day, self.seconds = TODAY, 1000.0


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The clock that keys go by."""
    found = Clock()
    monkeypatch.setattr(module, "today", lambda: found.day)
    monkeypatch.setattr(module.time, "monotonic", lambda: found.seconds)
    return found


@pytest.fixture
def keys(tmp_path: Path, clock: Clock) -> Keys:
    """A key ring without keys."""
    return Keys(Database(tmp_path), TRUST_SECONDS)


@pytest.fixture
def elsewhere(tmp_path: Path, clock: Clock) -> Keys:
    """The same key ring in another worker or command."""
    return Keys(Database(tmp_path), TRUST_SECONDS)


def test_a_key_opens_under_its_name(keys: Keys, elsewhere: Keys) -> None:
    """A key that was given out is known at once everywhere, even where it was asked for before."""
    assert elsewhere.holder_of("hd_" + "a" * 43) is None
    token = keys.add("library")
    assert re.fullmatch(r"hd_[A-Za-z0-9_-]{43}", token)
    assert keys.holder_of(token) == elsewhere.holder_of(token) == "library"


def test_no_two_tokens_are_alike(keys: Keys) -> None:
    """Each key has a token of its own, which opens under its own name."""
    tokens = {keys.add(f"library {number}"): f"library {number}" for number in range(20)}
    assert {token: keys.holder_of(token) for token in tokens} == tokens


def test_the_token_is_not_kept(keys: Keys, tmp_path: Path) -> None:
    """Neither the token nor its random part stands in any file of the instance."""
    token = keys.add("library")
    keys.holder_of(token)
    assert not [file for file in tmp_path.iterdir() if token[3:].encode() in file.read_bytes()]
    assert b"library" in (tmp_path / FILE).read_bytes()


@pytest.mark.parametrize(
    "token",
    ["", "hd_", "hd_short", "hd_" + "a" * 43, "hd_" + "a" * 44, "HD_" + "a" * 43, "hd_" + "é" * 43, "' OR 1=1 --"],
)
def test_what_was_not_given_out_opens_nothing(keys: Keys, token: str) -> None:
    """Whatever is sent in place of a token is nobody's."""
    keys.add("library")
    assert keys.holder_of(token) is None


def test_a_token_with_something_after_it_opens_nothing(keys: Keys) -> None:
    """A token is taken whole or not at all."""
    token = keys.add("library")
    assert [keys.holder_of(sent) for sent in (token + "\n", " " + token, token.lower() + "x")] == [None] * 3


def test_asking_without_a_database_makes_none(keys: Keys, tmp_path: Path) -> None:
    """Somebody who sends a made-up token cannot make the service write a file."""
    assert keys.holder_of("hd_" + "a" * 43) is None
    assert list(tmp_path.iterdir()) == []


def test_a_revoked_key_is_refused_in_time(keys: Keys, elsewhere: Keys, clock: Clock) -> None:
    """Another worker goes on with a key for the seconds it trusts it, and refuses it after."""
    token = keys.add("library")
    assert elsewhere.holder_of(token) == "library"
    keys.revoke("library")
    clock.seconds += TRUST_SECONDS - 1
    assert elsewhere.holder_of(token) == "library"
    clock.seconds += 1
    assert elsewhere.holder_of(token) is None


def test_a_key_opens_on_its_last_day_and_not_after(keys: Keys, clock: Clock) -> None:
    """The last day counts; at its end the key is refused at once, however freshly it was trusted."""
    token = keys.add("library", TODAY)
    assert keys.holder_of(token) == "library"
    clock.day = TOMORROW
    assert keys.holder_of(token) is None
    clock.seconds += TRUST_SECONDS
    assert keys.holder_of(token) is None
    assert keys.listed()[0].state == "ended"


def test_the_day_of_use_is_written_once_a_day(
    keys: Keys, elsewhere: Keys, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first use of a day is noted; later ones, here or in another worker, write nothing."""
    token = keys.add("library")
    assert keys.listed()[0].used_on is None
    keys.holder_of(token)
    assert keys.listed()[0].used_on == TODAY
    with monkeypatch.context() as closed:
        closed.setattr(Database, "writing", lambda self: pytest.fail("it was written again"))
        clock.seconds += TRUST_SECONDS
        assert keys.holder_of(token) == elsewhere.holder_of(token) == "library"
    clock.day = TOMORROW
    clock.seconds += TRUST_SECONDS
    keys.holder_of(token)
    assert keys.listed()[0].used_on == TOMORROW


def test_a_use_that_cannot_be_noted_is_no_reason_to_refuse(
    keys: Keys, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """With a full disk a key opens as before, and the log says what was not noted."""

    def fail(self: Database) -> None:
        raise StorageError("The disk is full.")

    token = keys.add("library")
    monkeypatch.setattr(Database, "writing", fail)
    assert keys.holder_of(token) == "library"
    assert "'library' was used today is not noted: The disk is full." in caplog.text


def test_a_name_is_free_again_after_a_revocation(keys: Keys, clock: Clock) -> None:
    """Two keys cannot have one name, except that the earlier one was revoked; then only the later one opens."""
    first = keys.add("library")
    with pytest.raises(KeyNameError, match="chatbot keys revoke library"):
        keys.add("library")
    keys.revoke("library")
    second = keys.add("library")
    assert [keys.holder_of(first), keys.holder_of(second)] == [None, "library"]
    assert [key.state for key in keys.listed()] == ["revoked 2026-03-01", "valid"]


@pytest.mark.parametrize("name", ["", " ", " library", "library ", "a" * 61, "a\nb", "a\x1b[31m", "a\u202eb", "\ud800"])
def test_a_name_is_short_and_can_be_printed(keys: Keys, name: str) -> None:
    """A name that would spoil a list or a log is refused with what a name is."""
    with pytest.raises(KeyNameError, match="1 to 60 characters"):
        keys.add(name)


def test_a_key_cannot_end_before_it_begins(keys: Keys) -> None:
    """A last day that is over is a slip of the pen."""
    with pytest.raises(KeyNameError, match="2026-02-28"):
        keys.add("library", TODAY - datetime.timedelta(days=1))


@pytest.mark.parametrize("given", [(), ("other",), ("other", "library")])
def test_what_cannot_be_revoked_is_told(keys: Keys, given: tuple[str, ...]) -> None:
    """An unknown name, and one that was revoked, are told apart from success."""
    for name in given:
        keys.add(name)
    if "library" in given:
        keys.revoke("library")
    with pytest.raises(NotFoundError, match="'library'"):
        keys.revoke("library")
