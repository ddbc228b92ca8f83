"""The settings: documented as they are, checked at the start, readable from files."""

from __future__ import annotations

import dataclasses
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import actions.settings
import bot.gateway.settings
import knowledge.settings
from scripts import settings_docs

ROOT = Path(__file__).parents[2]
MODULES = {"knowledge": knowledge.settings, "gateway": bot.gateway.settings, "actions": actions.settings}
STARTS = {
    "knowledge": ["-m", "knowledge", "serve"],
    "gateway": ["-m", "bot.gateway"],
    "actions": ["-m", "actions"],
}
SECRETS = [
    ("knowledge", "KNOWLEDGE_TOKEN"),
    ("knowledge", "DATABASE_URL"),
    ("gateway", "RASA_TOKEN"),
    ("gateway", "KNOWLEDGE_TOKEN"),
    ("gateway", "CONVERSATION_SECRET"),
    ("actions", "KNOWLEDGE_TOKEN"),
]
BAD = [
    ("knowledge", "KNOWLEDGE_PORT", "åttatusen"),
    ("knowledge", "KNOWLEDGE_PORT", "70000"),
    ("knowledge", "ENCODER_WEIGHT", "1.5"),
    ("knowledge", "QUESTION_LIMIT", "0"),
    ("knowledge", "CONSOLE_URL", "http://console.example.se"),
    ("knowledge", "CONSOLE_URL", "https://console.example.se/console"),
    ("knowledge", "OIDC_ISSUER", "http://login.example.se"),
    ("gateway", "GATEWAY_PORT", "http"),
    ("gateway", "RASA_URL", "rasa:5005"),
    ("gateway", "KNOWLEDGE_URL", "ftp://knowledge"),
    ("gateway", "RADGIVAREN_RATE_LIMIT", "-1"),
    ("gateway", "TURNS_IN_FLIGHT", "0"),
    ("gateway", "TURN_DEADLINE_S", "12.5"),
    ("gateway", "MESSAGE_LIMIT", "10001"),
    ("gateway", "CONVERSATION_HOURS", "0"),
    ("gateway", "WEB_ORIGINS", "https://intranet.kommun.example/sida"),
    ("gateway", "TRUSTED_PROXY", "ja"),
    ("actions", "ACTIONS_URL", "127.0.0.1:5055"),
    ("actions", "KNOWLEDGE_URL", "knowledge:8000"),
    ("actions", "KNOWLEDGE_TIMEOUT", "sex"),
    ("actions", "KNOWLEDGE_TIMEOUT", "600"),
]
ALL_NAMES = {setting.name for module in MODULES.values() for setting in module.SETTINGS}


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever runs the tests may have settings of their own."""
    for name in ALL_NAMES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(f"{name}_FILE", raising=False)


def read(process: str) -> dict[str, Any]:
    read_settings: Callable[[], Any] = MODULES[process].read_settings
    return dataclasses.asdict(read_settings())


# Documented


@pytest.mark.parametrize("process", MODULES)
def test_every_setting_has_a_help_text_that_is_a_sentence(process: str) -> None:
    for setting in MODULES[process].SETTINGS:
        assert re.fullmatch(r"[A-Z][A-Z0-9_]+", setting.name)
        assert len(setting.help) > 15 and setting.help.endswith("."), setting
        assert "\n" not in setting.help, setting


@pytest.mark.parametrize("process", MODULES)
def test_no_setting_stands_twice_in_its_table(process: str) -> None:
    names = [setting.name for setting in MODULES[process].SETTINGS]
    assert len(names) == len(set(names))


def test_tables_that_share_a_setting_agree_on_it() -> None:
    assert {entry.name for entry in settings_docs.merge(settings_docs.read_tables())} == ALL_NAMES


def test_tables_that_disagree_are_refused() -> None:
    one, other = knowledge.settings.Setting("A_NAME", "1", "Help."), knowledge.settings.Setting("A_NAME", "2", "Help.")
    with pytest.raises(ValueError, match="A_NAME"):
        settings_docs.merge({"knowledge": (one,), "gateway": (other,)})


def test_env_example_and_page_are_as_the_tables_say() -> None:
    found = subprocess.run(
        [sys.executable, "scripts/settings_docs.py", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert found.returncode == 0, found.stdout + found.stderr


def test_env_example_names_each_setting_once_with_its_default_and_help() -> None:
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    found = {}
    for number, line in enumerate(lines):
        if match := re.fullmatch(r"#([A-Z][A-Z0-9_]*)=(.*)", line):
            assert match[1] not in found, f"{match[1]} stands twice"
            found[match[1]] = (match[2], lines[number - 1].removeprefix("# "))
    tables = {s.name: (s.default, s.help) for module in MODULES.values() for s in module.SETTINGS}
    assert found == tables


def test_a_copied_env_example_changes_nothing() -> None:
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if line and not line.startswith("#")] == []


# Checked


@pytest.mark.parametrize("process", MODULES)
def test_the_defaults_are_usable(process: str) -> None:
    assert read(process)


@pytest.mark.parametrize(("process", "name", "value"), BAD)
def test_a_bad_value_is_refused_with_setting_and_value(
    process: str, name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(Exception, match=f"{name}=.*{re.escape(value)}") as refusal:
        read(process)
    assert type(refusal.value).__name__ == "ConfigurationError"


def test_knowledge_listens_outside_loopback_only_with_a_token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KNOWLEDGE_HOST", "0.0.0.0")
    with pytest.raises(knowledge.settings.ConfigurationError, match=r"KNOWLEDGE_TOKEN.*KNOWLEDGE_HOST=0\.0\.0\.0"):
        read("knowledge")
    monkeypatch.setenv("KNOWLEDGE_TOKEN", "nyckel")
    assert read("knowledge")["host"] == "0.0.0.0"


@pytest.mark.parametrize(
    ("process", "name", "value"),
    [
        ("knowledge", "KNOWLEDGE_PORT", "dörr"),
        ("gateway", "GATEWAY_PORT", "dörr"),
        ("actions", "KNOWLEDGE_TIMEOUT", "snart"),
    ],
)
def test_a_bad_value_stops_the_process_at_its_start(process: str, name: str, value: str) -> None:
    ended = subprocess.run(
        [sys.executable, *STARTS[process]],
        cwd=ROOT,
        env={**os.environ, name: value, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert ended.returncode not in (0, None)
    assert f"{name}='{value}'" in ended.stderr
    assert "Traceback" not in ended.stderr


# Secrets as files


@pytest.mark.parametrize(("process", "name"), SECRETS)
def test_a_secret_may_come_as_a_file(process: str, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "secret"
    file.write_text("hemligt-värde\n", encoding="utf-8")
    monkeypatch.setenv(f"{name}_FILE", str(file))
    assert "hemligt-värde" in read(process).values()


@pytest.mark.parametrize(("process", "name"), SECRETS)
def test_a_file_that_cannot_be_read_is_refused_by_name(
    process: str, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"{name}_FILE", str(tmp_path / "missing"))
    with pytest.raises(Exception, match=name) as refusal:
        read(process)
    assert type(refusal.value).__name__ == "ConfigurationError"
