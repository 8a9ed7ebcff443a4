"""The secret that signs sessions: the operator's, or one that is made once and kept in the instance folder."""

import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path

from chatbot.errors import SettingsError
from chatbot.settings import Settings

FILE = "session-secret"


def secret_of(values: Settings) -> str:
    """The secret; the same for all who share an instance folder. Raises SettingsError where it cannot be kept."""
    if values.secret_key:
        return values.secret_key.get_secret_value()
    path = values.data_dir / FILE
    try:
        if not path.exists():
            _make(path)
        return path.read_text(encoding="ascii")
    except OSError as error:
        raise SettingsError(
            f"The secret that signs sessions cannot be kept in {path} ({error.strerror}). "
            "Make the folder writable, or set CHATBOT_SECRET_KEY."
        ) from error


def _make(path: Path) -> None:
    """Write it whole, for our eyes only; whoever comes first wins."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=path.parent)  # readable by its owner alone
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(48))
    with suppress(FileExistsError):
        os.link(draft, path)
    Path(draft).unlink()
