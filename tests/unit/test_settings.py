"""Settings are read from the environment, and a wrong one is told by name."""

from pathlib import Path

import pytest
from pydantic import SecretStr

from chatbot import settings
from chatbot.errors import SettingsError
from chatbot.settings import Settings

NAMES = [str(field.alias) for field in Settings.model_fields.values()]
CASES = [
    ("CHATBOT_CORPUS_DIR", "/srv/cards", "corpus_dir", Path("/srv/cards")),
    ("CHATBOT_INDEX_DIR", "/srv/some index", "index_dir", Path("/srv/some index")),
    ("CHATBOT_DATA_DIR", "/srv/données", "data_dir", Path("/srv/données")),
    ("CHATBOT_MODEL_DIR", "/srv/model", "model_dir", Path("/srv/model")),
    ("CHATBOT_MODEL_SHA256", "A" * 64, "model_sha256", "A" * 64),
    ("CHATBOT_THREADS", "64", "threads", 64),
    ("CHATBOT_BUILD_THREADS", "256", "build_threads", 256),
    ("CHATBOT_POLL_SECONDS", "0.25", "poll_seconds", 0.25),
    ("CHATBOT_EVIDENCE_THRESHOLD", "0", "evidence_threshold", 0.0),
    ("CHATBOT_EVIDENCE_THRESHOLD", "1", "evidence_threshold", 1.0),
    ("CHATBOT_ANSWER_WORDS", "20", "answer_words", 20),
    ("CHATBOT_ANSWER_WORDS", "1000", "answer_words", 1000),
    ("CHATBOT_LEAVE_URL", "http://intranet/start", "leave_url", "http://intranet/start"),
    ("HOST", "::1", "host", "::1"),
    ("PORT", "1", "port", 1),
    ("PORT", "65535", "port", 65535),
    ("WORKERS", "64", "workers", 64),
    ("CHATBOT_PUBLIC_URL", "https://Helpdesk.example.org/", "public_url", "https://helpdesk.example.org"),
    (
        "CHATBOT_EMBED_ORIGINS",
        " https://a.example.org, http://B.example:8080/,https://a.example.org:443 ",
        "embed_origins",
        ("https://a.example.org", "http://b.example:8080"),
    ),
    ("CHATBOT_TRUSTED_PROXIES", "10.0.0.0/8, ::1", "trusted_proxies", ("10.0.0.0/8", "::1/128")),
    ("CHATBOT_ACCESS", "keys", "access", "keys"),
    ("CHATBOT_OIDC_ISSUER", "https://id.example.org/realm/", "oidc_issuer", "https://id.example.org/realm"),
    ("CHATBOT_OIDC_CLIENT_ID", "helpdesk", "oidc_client_id", "helpdesk"),
    ("CHATBOT_OIDC_CLIENT_SECRET", "quiet", "oidc_client_secret", SecretStr("quiet")),
    ("CHATBOT_SESSION_HOURS", "0.5", "session_hours", 0.5),
    ("CHATBOT_SECRET_KEY", "k" * 32, "secret_key", SecretStr("k" * 32)),
    ("CHATBOT_IDENTITY_HEADER", "X-Forwarded-User", "identity_header", "X-Forwarded-User"),
    ("CHATBOT_ANSWERS_LIMIT", "5 per second", "answers_limit", "5 per second"),
    ("CHATBOT_CHANGES_LIMIT", "1 per day", "changes_limit", "1 per day"),
    ("CHATBOT_KEY_LIMIT", "9999999 per hour", "key_limit", "9999999 per hour"),
    ("CHATBOT_REDIS_URL", "redis://localhost:6379/0", "redis_url", SecretStr("redis://localhost:6379/0")),
    ("CHATBOT_FEEDBACK", "off", "feedback", "off"),
    ("CHATBOT_FEEDBACK_DAYS", "3650", "feedback_days", 3650),
    ("CHATBOT_DATABASE_URL", "sqlite:////srv/a.sqlite3", "database_url", SecretStr("sqlite:////srv/a.sqlite3")),
]
WRONG_LISTS = [
    ("CHATBOT_EMBED_ORIGINS", "*"),
    ("CHATBOT_EMBED_ORIGINS", "https://*.example.org"),
    ("CHATBOT_EMBED_ORIGINS", "https://a.example.org/page"),
    ("CHATBOT_EMBED_ORIGINS", "a.example.org"),
    ("CHATBOT_EMBED_ORIGINS", "null"),
    ("CHATBOT_EMBED_ORIGINS", "https://a.example.org 'unsafe-inline'"),
    ("CHATBOT_EMBED_ORIGINS", "https://a.example.org; script-src *"),
    ("CHATBOT_EMBED_ORIGINS", "https://name@a.example.org"),
    ("CHATBOT_EMBED_ORIGINS", "https://a.example.org:99999"),
    ("CHATBOT_TRUSTED_PROXIES", "proxy.example.org"),
    ("CHATBOT_TRUSTED_PROXIES", "10.0.0.1/8"),
    ("CHATBOT_PUBLIC_URL", "helpdesk.example.org"),
    ("CHATBOT_ACCESS", "closed"),
    ("CHATBOT_OIDC_ISSUER", "id.example.org"),
    ("CHATBOT_SESSION_HOURS", "0"),
    ("CHATBOT_IDENTITY_HEADER", "X_User"),
    ("CHATBOT_ANSWERS_LIMIT", "many"),
    ("CHATBOT_CHANGES_LIMIT", "0 per minute"),
    ("CHATBOT_KEY_LIMIT", "5"),
]


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test begins with none of the variables set."""
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("host", "127.0.0.1"),
        ("port", 8000),
        ("workers", 2),
        ("model_dir", None),
        ("model_sha256", settings.MINILM_SHA256),
        ("threads", 1),
        ("build_threads", 4),
        ("poll_seconds", 2.0),
        ("evidence_threshold", 0.31),
        ("answer_words", 130),
        ("embed_origins", ()),
        ("access", "open"),
    ],
)
def test_defaults(field: str, value: object) -> None:
    """Without a variable a setting has the value that the README gives."""
    assert getattr(settings.load(), field) == value


def test_default_folders_do_not_depend_on_where_one_stands(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Cards, index and instance lie beside the program, whatever the working directory is."""
    root = Path(settings.__file__).parent.parent
    monkeypatch.chdir(tmp_path)
    values = settings.load()
    folders = (root / "corpus", root / "index", root / "instance")
    assert (values.corpus_dir, values.index_dir, values.data_dir) == folders


@pytest.mark.parametrize("name", ["CHATBOT_CORPUS_DIR", "CHATBOT_INDEX_DIR", "CHATBOT_DATA_DIR", "CHATBOT_MODEL_DIR"])
def test_a_relative_folder_is_that_of_the_caller(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str) -> None:
    """A relative folder lies where the program was started, wherever it goes later."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(name, "held")
    assert settings.load().as_variables()[name] == str(tmp_path / "held")


def test_settings_can_be_handed_on_as_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    """The variables made from settings give the same settings again."""
    monkeypatch.setenv("CHATBOT_EVIDENCE_THRESHOLD", "0.123")
    values = settings.load()
    for name, value in values.as_variables().items():
        monkeypatch.setenv(name, value)
    assert settings.load() == values


@pytest.mark.parametrize(("name", "text", "field", "value"), CASES)
def test_a_variable_sets_its_setting(
    monkeypatch: pytest.MonkeyPatch, name: str, text: str, field: str, value: object
) -> None:
    """Each variable, up to its limits, gives the value of its setting."""
    monkeypatch.setenv(name, text)
    assert getattr(settings.load(), field) == value


def test_every_setting_has_a_case() -> None:
    """The test above has a case for each setting."""
    assert {name for name, *_ in CASES} == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_an_empty_variable_is_as_good_as_none(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """A variable that is set to nothing leaves the default."""
    before = settings.load()
    monkeypatch.setenv(name, "")
    assert settings.load() == before


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("PORT", "0"),
        ("PORT", "65536"),
        ("PORT", "-1"),
        ("PORT", "http"),
        ("PORT", "80.5"),
        ("WORKERS", "0"),
        ("WORKERS", "65"),
        ("CHATBOT_THREADS", "0"),
        ("CHATBOT_BUILD_THREADS", "257"),
        ("CHATBOT_POLL_SECONDS", "0"),
        ("CHATBOT_POLL_SECONDS", "-1"),
        ("CHATBOT_POLL_SECONDS", "inf"),
        ("CHATBOT_POLL_SECONDS", "nan"),
        ("CHATBOT_POLL_SECONDS", "two"),
        ("CHATBOT_EVIDENCE_THRESHOLD", "1.01"),
        ("CHATBOT_EVIDENCE_THRESHOLD", "-0.01"),
        ("CHATBOT_EVIDENCE_THRESHOLD", "nan"),
        ("CHATBOT_EVIDENCE_THRESHOLD", "0,4"),
        ("CHATBOT_ANSWER_WORDS", "19"),
        ("CHATBOT_ANSWER_WORDS", "1001"),
        ("CHATBOT_LEAVE_URL", "javascript:alert(1)"),
        ("CHATBOT_LEAVE_URL", "/somewhere"),
        ("CHATBOT_MODEL_SHA256", "abc"),
        ("CHATBOT_MODEL_SHA256", "g" * 64),
        ("CHATBOT_MODEL_SHA256", "a" * 65),
        ("CHATBOT_MODEL_SHA256", "a" * 64 + "\n"),
        *WRONG_LISTS,
    ],
)
def test_a_value_that_cannot_be_used_is_named(monkeypatch: pytest.MonkeyPatch, name: str, text: str) -> None:
    """A wrong value is told with its variable and with what was found."""
    monkeypatch.setenv(name, text)
    with pytest.raises(SettingsError) as told:
        settings.load()
    assert f"{name}: " in str(told.value)
    assert f"(found: {text!r})" in str(told.value)


def test_all_wrong_values_are_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who made three mistakes need not start three times."""
    for name in ("PORT", "WORKERS", "CHATBOT_THREADS"):
        monkeypatch.setenv(name, "many")
    with pytest.raises(SettingsError, match=r"CHATBOT_THREADS: .*; PORT: .*; WORKERS: "):
        settings.load()


def test_unknown_variables_are_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    """A variable of another program, or a word of the code, changes nothing."""
    before = settings.load()
    monkeypatch.setenv("CHATBOT_COLOUR", "green")
    monkeypatch.setenv("ANSWER_WORDS", "500")
    assert settings.load() == before


def test_no_file_is_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The environment is the only place for settings; a .env file is none."""
    (tmp_path / ".env").write_text("PORT=9999\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert settings.load().port == 8000


def test_settings_do_not_change() -> None:
    """What was read once stays as it is."""
    values = settings.load()
    with pytest.raises(ValueError, match="frozen"):
        values.port = 9999


def test_a_secret_is_never_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    """A secret that cannot be used is told without its words, and one that can shows none of them."""
    monkeypatch.setenv("CHATBOT_SECRET_KEY", "too short")
    with pytest.raises(SettingsError, match="CHATBOT_SECRET_KEY") as told:
        settings.load()
    assert "too short" not in str(told.value)
    monkeypatch.setenv("CHATBOT_SECRET_KEY", "long enough " * 4)
    assert "long enough" not in str(settings.load())
    assert settings.load().as_variables()["CHATBOT_SECRET_KEY"] == "long enough " * 4


@pytest.mark.parametrize(
    ("access", "needed"),
    [("oidc", "CHATBOT_OIDC_ISSUER, CHATBOT_OIDC_CLIENT_ID"), ("proxy", "CHATBOT_TRUSTED_PROXIES")],
)
def test_what_an_access_needs_is_named(monkeypatch: pytest.MonkeyPatch, access: str, needed: str) -> None:
    """A way of access without what it needs is refused at the start, not at the first reader."""
    monkeypatch.setenv("CHATBOT_ACCESS", access)
    with pytest.raises(SettingsError, match=f"CHATBOT_ACCESS={access} needs {needed}"):
        settings.load()
