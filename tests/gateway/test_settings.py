"""Settings: read from the environment, and a wrong one stops start-up by name and value."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from bot.gateway.errors import ConfigurationError
from bot.gateway.settings import SETTINGS, Settings, SlackSettings, TeamsSettings, kept_secret, read_settings


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for setting in SETTINGS:
        monkeypatch.delenv(setting.name, raising=False)
        monkeypatch.delenv(f"{setting.name}_FILE", raising=False)


def test_the_defaults_are_usable() -> None:
    settings = read_settings()
    assert (settings.host, settings.port) == ("127.0.0.1", 8080)
    assert (settings.rasa_url, settings.knowledge_url) == ("http://127.0.0.1:5005", "http://127.0.0.1:8000")
    assert (settings.rate_limit, settings.in_flight, settings.deadline_s) == (30, 8, 12)
    assert (settings.message_limit, settings.conversation_hours) == (2000, 24)
    assert settings.origins == ()
    assert settings.trusted_proxy is False
    assert settings.database_url == "sqlite:///data/gateway.db"
    assert not settings.slack.configured
    assert not settings.teams.configured


def test_the_table_is_whole() -> None:
    assert len({setting.name for setting in SETTINGS}) == len(SETTINGS)
    assert all(setting.help.endswith(".") for setting in SETTINGS)


def test_each_setting_is_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    values = {
        "RADGIVAREN_DATA": str(tmp_path),
        "GATEWAY_HOST": "0.0.0.0",
        "GATEWAY_PORT": " 9000 ",
        "RASA_URL": "http://rasa:5005/",
        "RASA_TOKEN": "a",
        "KNOWLEDGE_URL": "https://knowledge.example.se",
        "KNOWLEDGE_TOKEN": "b",
        "RADGIVAREN_RATE_LIMIT": "0",
        "TURNS_IN_FLIGHT": "1",
        "TURN_DEADLINE_S": "1",
        "MESSAGE_LIMIT": "1",
        "CONVERSATION_HOURS": "1",
        "CONVERSATION_SECRET": "c",
        "WEB_ORIGINS": " https://intranet.example.se/  http://localhost:3000",
        "TRUSTED_PROXY": "TRUE",
        "GATEWAY_DATABASE_URL": "postgresql+psycopg://gateway@db/gateway",
        "SLACK_SIGNING_SECRET": "d",
        "SLACK_BOT_TOKEN": "e",
        "SLACK_APP_TOKEN": "f",
        "SLACK_CLIENT_ID": "g",
        "SLACK_CLIENT_SECRET": "h",
        "SLACK_ALLOWED_TEAMS": " T1  T2 ",
        "TEAMS_CLIENT_ID": "i",
        "TEAMS_CLIENT_SECRET": "j",
        "TEAMS_TENANT_ID": "k",
        "TEAMS_ALLOWED_TENANTS": " l  m ",
    }
    assert values.keys() == {setting.name for setting in SETTINGS}
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    assert read_settings() == Settings(
        data=tmp_path,
        host="0.0.0.0",
        port=9000,
        rasa_url="http://rasa:5005",
        rasa_token="a",
        knowledge_url="https://knowledge.example.se",
        knowledge_token="b",
        rate_limit=0,
        in_flight=1,
        deadline_s=1,
        message_limit=1,
        conversation_hours=1,
        conversation_secret="c",
        origins=("https://intranet.example.se", "http://localhost:3000"),
        trusted_proxy=True,
        database_url="postgresql+psycopg://gateway@db/gateway",
        slack=SlackSettings("d", "e", "f", "g", "h", ("T1", "T2")),
        teams=TeamsSettings("i", "j", "k", ("l", "m")),
    )


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        (["SLACK_SIGNING_SECRET"], "SLACK_BOT_TOKEN"),
        (["SLACK_BOT_TOKEN"], "SLACK_SIGNING_SECRET"),
        (["SLACK_APP_TOKEN"], "SLACK_BOT_TOKEN"),
        (["SLACK_SIGNING_SECRET", "SLACK_CLIENT_ID"], "SLACK_CLIENT_SECRET"),
        (["SLACK_SIGNING_SECRET", "SLACK_CLIENT_SECRET"], "SLACK_CLIENT_ID"),
        (["SLACK_SIGNING_SECRET", "SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET"], "SLACK_ALLOWED_TEAMS"),
        (["TEAMS_CLIENT_ID", "TEAMS_TENANT_ID"], "TEAMS_CLIENT_SECRET"),
        (["TEAMS_CLIENT_SECRET", "TEAMS_TENANT_ID"], "TEAMS_CLIENT_ID"),
        (["TEAMS_CLIENT_ID", "TEAMS_CLIENT_SECRET"], "TEAMS_TENANT_ID"),
        (["TEAMS_ALLOWED_TENANTS"], "TEAMS_CLIENT_ID"),
    ],
)
def test_half_a_channel_is_none(monkeypatch: pytest.MonkeyPatch, given: list[str], missing: str) -> None:
    for name in given:
        monkeypatch.setenv(name, "secret-value")
    with pytest.raises(ConfigurationError) as caught:
        read_settings()
    assert f"{missing}=''" in str(caught.value)
    assert "secret-value" not in str(caught.value)


@pytest.mark.parametrize(
    "given",
    [
        ["SLACK_SIGNING_SECRET", "SLACK_BOT_TOKEN"],
        ["SLACK_APP_TOKEN", "SLACK_BOT_TOKEN"],
        ["SLACK_SIGNING_SECRET", "SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET", "SLACK_ALLOWED_TEAMS"],
        ["TEAMS_CLIENT_ID", "TEAMS_CLIENT_SECRET", "TEAMS_TENANT_ID"],
    ],
)
def test_what_is_enough_for_a_channel(monkeypatch: pytest.MonkeyPatch, given: list[str]) -> None:
    for name in given:
        monkeypatch.setenv(name, "secret-value")
    settings = read_settings()
    assert (settings.slack.configured, settings.teams.configured) == (given[0][0] == "S", given[0][0] == "T")


def test_a_secret_may_stand_in_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text("from a file\n")
    monkeypatch.setenv("RASA_TOKEN_FILE", str(file))
    assert read_settings().rasa_token == "from a file"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("GATEWAY_PORT", "0"),
        ("GATEWAY_PORT", "65536"),
        ("GATEWAY_PORT", "eighty"),
        ("GATEWAY_PORT", ""),
        ("GATEWAY_PORT", "²"),
        ("GATEWAY_PORT", "9" * 5000),
        ("RADGIVAREN_RATE_LIMIT", "-1"),
        ("RADGIVAREN_RATE_LIMIT", "3.5"),
        ("TURNS_IN_FLIGHT", "0"),
        ("TURN_DEADLINE_S", "0"),
        ("TURN_DEADLINE_S", "121"),
        ("MESSAGE_LIMIT", "10001"),
        ("CONVERSATION_HOURS", "0"),
        ("RASA_URL", ""),
        ("RASA_URL", "rasa:5005"),
        ("RASA_URL", "ftp://rasa"),
        ("RASA_URL", "http://"),
        ("RASA_URL", "http://[::1"),
        ("KNOWLEDGE_URL", "http://knowledge:port"),
        ("KNOWLEDGE_URL", "http://knowledge:99999"),
        ("TRUSTED_PROXY", "yes"),
        ("TRUSTED_PROXY", ""),
        ("WEB_ORIGINS", "*"),
        ("WEB_ORIGINS", "null"),
        ("WEB_ORIGINS", "https://*.example.se"),
        ("WEB_ORIGINS", "intranet.example.se"),
        ("WEB_ORIGINS", "https://Intranet.example.se"),
        ("WEB_ORIGINS", "https://intranet.example.se/start"),
        ("WEB_ORIGINS", "https://intranet.example.se?x"),
    ],
)
def test_a_wrong_value_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ConfigurationError) as caught:
        read_settings()
    assert f"{name}={value!r}" in str(caught.value)


def test_a_file_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("RASA_TOKEN_FILE", str(tmp_path / "nothing"))
    with pytest.raises(ConfigurationError, match="RASA_TOKEN"):
        read_settings()


def test_the_key_is_made_once_and_kept(tmp_path: Path) -> None:
    settings = replace(read_settings(), data=tmp_path / "new" / "folder")
    key = kept_secret(settings)
    assert len(key) >= 32
    assert kept_secret(settings) == key
    (file,) = settings.data.iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_two_installations_have_two_keys(tmp_path: Path) -> None:
    settings = read_settings()
    assert kept_secret(replace(settings, data=tmp_path / "a")) != kept_secret(replace(settings, data=tmp_path / "b"))


def test_the_key_that_is_set_is_used_and_not_written_down(tmp_path: Path) -> None:
    assert kept_secret(replace(read_settings(), data=tmp_path, conversation_secret="chosen")) == b"chosen"
    assert list(tmp_path.iterdir()) == []


def test_gateways_that_start_at_once_agree_on_one_key(tmp_path: Path) -> None:
    for attempt in range(20):
        settings = replace(read_settings(), data=tmp_path / str(attempt))
        with ThreadPoolExecutor(8) as together:
            keys = set(together.map(lambda _, at=settings: kept_secret(at), range(8)))
        assert len(keys) == 1
        assert len(keys.pop()) >= 32


def test_an_empty_key_is_never_used(tmp_path: Path) -> None:
    """With an empty key anyone could sign; a disk that was full may have left one."""
    (tmp_path / "conversation.secret").write_text("")
    with pytest.raises(ConfigurationError, match="CONVERSATION_SECRET"):
        kept_secret(replace(read_settings(), data=tmp_path))
