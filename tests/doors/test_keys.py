"""Keys from the command line to the API: given out, used, listed, revoked."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask.testing import FlaskClient

from chatbot.cli import main
from chatbot.storage.database import FILE
from chatbot.web.app import create_app
from tests.doors.conftest import SmallServices, settings_over

DOCUMENTS = "/api/v1/documents"


def run(folder: Path, *words: str) -> Result:
    """Run `chatbot keys …` over the instance in a folder."""
    return CliRunner().invoke(main, ["keys", *words], env={"CHATBOT_DATA_DIR": str(folder / "instance")})


def given(folder: Path, name: str = "library", *options: str) -> str:
    """The token of a key that was given out."""
    return run(folder, "add", name, *options).stdout.strip()


def client_of(folder: Path, **values: object) -> FlaskClient:
    """A client of an application that lets in keys alone, over the instance in a folder."""
    return create_app(SmallServices(settings_over(folder, CHATBOT_ACCESS="keys", **values))).test_client()


def status_with(client: FlaskClient, token: str) -> int:
    """The status of a reply to a program that sends a token."""
    return client.get(DOCUMENTS, headers={"Authorization": f"Bearer {token}"}).status_code


def test_a_key_opens_the_api_until_it_is_revoked(folder: Path) -> None:
    """A token as it was printed opens the API at once; after the revocation it is refused."""
    client = client_of(folder, CHATBOT_POLL_SECONDS=0.000001)
    assert client.get(DOCUMENTS).status_code == 401
    token = given(folder)
    assert status_with(client, token) == 200
    assert run(folder, "revoke", "library").exit_code == 0
    assert status_with(client, token) == 401


def test_the_setting_says_how_long_a_revoked_key_is_trusted(folder: Path) -> None:
    """With a long poll a worker goes on with a key that it has just seen; another worker refuses it."""
    client, token = client_of(folder, CHATBOT_POLL_SECONDS=3600), given(folder)
    assert status_with(client, token) == 200
    run(folder, "revoke", "library")
    assert status_with(client, token) == 200
    assert status_with(client_of(folder), token) == 401


def test_the_token_alone_goes_to_standard_output(tmp_path: Path) -> None:
    """A script can catch the token; the note that it is shown once goes beside it."""
    done = run(tmp_path, "add", "library")
    assert done.stdout.startswith("hd_")
    assert len(done.stdout.split()) == 1
    assert "shown once" in done.stderr


def test_the_list_tells_all_but_the_token(folder: Path) -> None:
    """Name, state, days and use are listed, oldest first; nothing of it opens anything."""
    token = given(folder, "library", "--expires", "2099-12-31")
    given(folder, "a museum")
    status_with(client_of(folder), token)
    run(folder, "revoke", "a museum")
    first, second = run(folder, "list").stdout.splitlines()
    assert first.startswith("library   valid, given 2")
    assert "ends 2099-12-31, last used 2" in first
    assert second.startswith("a museum  revoked 2")
    assert second.endswith("never ends, never used")
    assert token not in first + second


def test_an_empty_list_says_how_to_begin(tmp_path: Path) -> None:
    """Without keys the list says how to give one out, and makes no file."""
    assert run(tmp_path, "list").stdout == "No key was given out yet; 'chatbot keys add NAME' gives one.\n"
    assert not (tmp_path / "instance").exists()


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("add", "library"), 2, "There is a key under the name 'library' already."),
        (("add", " "), 2, "A key's name has 1 to 60 characters"),
        (("add", "museum", "--expires", "2001-01-01"), 2, "would never open anything"),
        (("add", "museum", "--expires", "31.12.2027"), 2, "does not match the format '%Y-%m-%d'"),
        (("revoke", "museum"), 1, "No key under the name 'museum' can be revoked"),
    ],
)
def test_what_cannot_be_done_is_told(tmp_path: Path, words: tuple[str, ...], code: int, told: str) -> None:
    """A mistake ends with a sentence and an exit code, and changes nothing."""
    given(tmp_path)
    before = run(tmp_path, "list").stdout
    failed = run(tmp_path, *words)
    assert (failed.exit_code, failed.stdout) == (code, "")
    assert told in failed.stderr
    assert run(tmp_path, "list").stdout == before


def test_a_database_that_cannot_be_used_is_no_open_door(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    """While the keys cannot be looked up nobody gets in; where the database lies is told to the log alone."""
    token = given(folder)
    (folder / "instance" / FILE).write_bytes(b"damaged" * 100)
    reply = client_of(folder).get(DOCUMENTS, headers={"Authorization": f"Bearer {token}"})
    assert (reply.status_code, reply.content_type) == (503, "application/problem+json")
    assert "the reason is in its log" in reply.get_json()["detail"]
    assert "put back a copy" in caplog.text
    assert str(folder) in caplog.text
    assert str(folder) not in reply.text
