"""Every setting: name, type, unit, default and one sentence. The only reader of the environment."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from chatbot import addresses
from chatbot.errors import SettingsError

MINILM_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
_ROOT = Path(__file__).resolve().parent.parent
_Folder = Annotated[Path, AfterValidator(Path.absolute)]


def _split(value: Any) -> Any:
    return tuple(filter(None, (part.strip() for part in value.split(",")))) if isinstance(value, str) else value


def _each(check: Callable[[str], str]) -> AfterValidator:
    return AfterValidator(lambda values: tuple(dict.fromkeys(check(value) for value in values)))


def _checked_address(text: str) -> str:
    """A web address without account, query and fragment, and without a slash at its end. Raises ValueError."""
    if not re.fullmatch(r"https?://[^\s/?#@]+(/[^\s?#]*)?", text):
        raise ValueError("write a whole address, such as https://helpdesk.example.org")
    return text.rstrip("/")


_Listed = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_split)]
_Limit = Annotated[str, Field(pattern=r"^[1-9][0-9]{0,6} per (second|minute|hour|day)$")]
_Address = Annotated[str, AfterValidator(_checked_address)]


class Settings(BaseSettings):
    """What an operator can set, by environment variables; a description is the sentence of the README."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore", env_ignore_empty=True)

    corpus_dir: _Folder = Field(_ROOT / "corpus", alias="CHATBOT_CORPUS_DIR", description="Folder of the cards.")
    index_dir: _Folder = Field(
        _ROOT / "index", alias="CHATBOT_INDEX_DIR", description="Folder of the snapshots; it can always be deleted."
    )
    data_dir: _Folder = Field(
        _ROOT / "instance",
        alias="CHATBOT_DATA_DIR",
        description="Instance folder with what cannot be built again, such as official texts that were added.",
    )
    model_dir: _Folder | None = Field(
        None,
        alias="CHATBOT_MODEL_DIR",
        description="A sentence-transformers folder to embed with, in place of the packaged all-MiniLM-L6-v2.",
    )
    model_sha256: str = Field(
        MINILM_SHA256,
        alias="CHATBOT_MODEL_SHA256",
        pattern=r"^[0-9a-fA-F]{64}$",
        description="SHA-256 that the model's weights must have.",
    )
    threads: Annotated[int, Field(ge=1, le=64)] = Field(
        1, alias="CHATBOT_THREADS", description="Processor cores that embedding one question may use."
    )
    build_threads: Annotated[int, Field(ge=1, le=256)] = Field(
        4, alias="CHATBOT_BUILD_THREADS", description="Processor cores that a refresh may use."
    )
    poll_seconds: Annotated[float, Field(gt=0, le=3600)] = Field(
        2.0,
        alias="CHATBOT_POLL_SECONDS",
        description="Seconds within which a worker notices a new snapshot or a revoked key.",
    )
    evidence_threshold: Annotated[float, Field(ge=0, le=1)] = Field(
        0.31,
        alias="CHATBOT_EVIDENCE_THRESHOLD",
        description="How close (0 to 1) evidence must be to a question; else the helpdesk says that it does not know.",
    )
    answer_words: Annotated[int, Field(ge=20, le=1000)] = Field(
        130, alias="CHATBOT_ANSWER_WORDS", description="Most words of an answer; whole lists may be longer."
    )
    leave_url: Annotated[str, Field(pattern=r"^(https?://[^\s]+)?$")] = Field(
        "https://www.wikipedia.org/",
        alias="CHATBOT_LEAVE_URL",
        description="Neutral page that *Leave this page* and the Escape key, three times, go to; empty for none.",
    )
    host: str = Field("127.0.0.1", alias="HOST", description="Address that the service listens on.")
    port: Annotated[int, Field(ge=1, le=65535)] = Field(
        8000, alias="PORT", description="Port that the service listens on."
    )
    workers: Annotated[int, Field(ge=1, le=64)] = Field(
        2, alias="WORKERS", description="Worker processes; each answers several requests at a time."
    )
    public_url: Annotated[str, AfterValidator(addresses.origin_of)] | None = Field(
        None,
        alias="CHATBOT_PUBLIC_URL",
        description="Origin at which readers reach the service, for example https://helpdesk.example.org.",
    )
    embed_origins: Annotated[_Listed, _each(addresses.origin_of)] = Field(
        (),
        alias="CHATBOT_EMBED_ORIGINS",
        description="Origins whose pages may embed the chat and use the API, separated by commas; none by default.",
    )
    trusted_proxies: Annotated[_Listed, _each(addresses.network_of)] = Field(
        (),
        alias="CHATBOT_TRUSTED_PROXIES",
        description="Addresses and networks of reverse proxies whose headers are believed, separated by commas.",
    )
    access: Literal["open", "oidc", "proxy", "keys"] = Field(
        "open",
        alias="CHATBOT_ACCESS",
        description="Who may ask: `open` anyone, `oidc` who signs in, `proxy` whom a trusted proxy names, `keys` "
        "programs with an API key; a key opens the API whatever is chosen.",
    )
    oidc_issuer: _Address | None = Field(
        None,
        alias="CHATBOT_OIDC_ISSUER",
        description="Address of the OpenID Connect provider, without `/.well-known/…`.",
    )
    oidc_client_id: str | None = Field(
        None, alias="CHATBOT_OIDC_CLIENT_ID", description="Client id that the provider gave the helpdesk."
    )
    oidc_client_secret: SecretStr | None = Field(
        None, alias="CHATBOT_OIDC_CLIENT_SECRET", description="Client secret, where the provider gave one."
    )
    session_hours: Annotated[float, Field(gt=0, le=168)] = Field(
        8.0, alias="CHATBOT_SESSION_HOURS", description="Hours after which somebody who signed in must sign in again."
    )
    secret_key: Annotated[SecretStr, Field(min_length=32)] | None = Field(
        None,
        alias="CHATBOT_SECRET_KEY",
        description="Signs sessions, 32 characters or more; by default one is made and kept in the instance folder.",
    )
    identity_header: Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9-]{1,60}$")] = Field(
        "X-Remote-User",
        alias="CHATBOT_IDENTITY_HEADER",
        description="Header in which a trusted proxy names who asks, with `CHATBOT_ACCESS=proxy`.",
    )
    answers_limit: _Limit = Field(
        "3000 per minute",
        alias="CHATBOT_ANSWERS_LIMIT",
        description="Most questions from one address, or from one person who signed in.",
    )
    changes_limit: _Limit = Field(
        "120 per minute",
        alias="CHATBOT_CHANGES_LIMIT",
        description="Most other requests that write or make something, such as feedback, from one address or person.",
    )
    key_limit: _Limit = Field(
        "6000 per minute", alias="CHATBOT_KEY_LIMIT", description="Most questions asked with one API key."
    )
    redis_url: SecretStr | None = Field(
        None,
        alias="CHATBOT_REDIS_URL",
        description="Redis in which all workers count requests together, such as redis://127.0.0.1:6379/0; without it "
        "each worker counts its own.",
    )

    database_url: SecretStr | None = Field(
        None,
        alias="CHATBOT_DATABASE_URL",
        description="Database that keeps keys and feedback, such as postgresql+pg8000://name:password@host/helpdesk; "
        "by default an SQLite file in the instance folder.",
    )

    feedback: Literal["on", "off"] = Field(
        "on", alias="CHATBOT_FEEDBACK", description="Whether readers may give feedback on an answer, `on` or `off`."
    )
    feedback_days: Annotated[int, Field(ge=1, le=3650)] = Field(
        365, alias="CHATBOT_FEEDBACK_DAYS", description="Days after which feedback is deleted."
    )

    @model_validator(mode="after")
    def _fit_together(self) -> Self:
        """Raises ValueError when what the chosen access needs is not set."""
        missing = [name for name in _NEEDED.get(self.access, ()) if not getattr(self, name)]
        if missing:
            names = ", ".join(str(type(self).model_fields[name].alias) for name in missing)
            raise ValueError(f"CHATBOT_ACCESS={self.access} needs {names}")
        return self

    def as_variables(self) -> dict[str, str]:
        """The environment that gives these settings again."""
        values = {str(field.alias): getattr(self, name) for name, field in type(self).model_fields.items()}
        return {name: _written(value) for name, value in values.items() if value is not None}


_SECRETS = {"CHATBOT_OIDC_CLIENT_SECRET", "CHATBOT_SECRET_KEY", "CHATBOT_REDIS_URL", "CHATBOT_DATABASE_URL"}
_NEEDED = {"oidc": ("oidc_issuer", "oidc_client_id", "public_url"), "proxy": ("trusted_proxies",)}


def _written(value: Any) -> str:
    """A value as it stands in the environment."""
    if isinstance(value, SecretStr):
        return value.get_secret_value()
    return ",".join(value) if isinstance(value, tuple) else str(value)


def load() -> Settings:
    """Read the settings from the environment. Raises SettingsError naming the variable and what it must be."""
    try:
        return Settings()
    except ValidationError as error:
        problems = [_told(detail) for detail in error.errors()]
        raise SettingsError("A setting cannot be used. " + "; ".join(problems)) from error


def _told(detail: Any) -> str:
    """What is wrong with a variable; a secret is never repeated."""
    if not detail["loc"]:
        return str(detail["msg"])
    name = str(detail["loc"][0])
    return f"{name}: {detail['msg']}" + ("" if name in _SECRETS else f" (found: {detail['input']!r})")
