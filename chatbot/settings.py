"""Every setting: name, type, unit, default and one sentence. The only reader of the environment."""

from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from chatbot.errors import SettingsError

MINILM_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
_ROOT = Path(__file__).resolve().parent.parent
_Folder = Annotated[Path, AfterValidator(Path.absolute)]


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
        2.0, alias="CHATBOT_POLL_SECONDS", description="Seconds within which a worker notices a new snapshot."
    )
    evidence_threshold: Annotated[float, Field(ge=0, le=1)] = Field(
        0.31,
        alias="CHATBOT_EVIDENCE_THRESHOLD",
        description="How close (0 to 1) evidence must be to a question; else the helpdesk says that it does not know.",
    )
    answer_words: Annotated[int, Field(ge=20, le=1000)] = Field(
        130, alias="CHATBOT_ANSWER_WORDS", description="Most words of an answer; whole lists may be longer."
    )
    host: str = Field("127.0.0.1", alias="HOST", description="Address that the service listens on.")
    port: Annotated[int, Field(ge=1, le=65535)] = Field(
        8000, alias="PORT", description="Port that the service listens on."
    )
    workers: Annotated[int, Field(ge=1, le=64)] = Field(
        2, alias="WORKERS", description="Worker processes; each answers several requests at a time."
    )

    def as_variables(self) -> dict[str, str]:
        """The environment that gives these settings again."""
        values = {str(field.alias): getattr(self, name) for name, field in type(self).model_fields.items()}
        return {name: str(value) for name, value in values.items() if value is not None}


def load() -> Settings:
    """Read the settings from the environment. Raises SettingsError naming the variable and what it must be."""
    try:
        return Settings()
    except ValidationError as error:
        problems = [f"{detail['loc'][0]}: {detail['msg']} (found: {detail['input']!r})" for detail in error.errors()]
        raise SettingsError("A setting cannot be used. " + "; ".join(problems)) from error
