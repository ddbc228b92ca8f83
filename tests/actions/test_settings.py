"""A setting that makes no sense stops the start and is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from actions.errors import ConfigurationError
from actions.settings import read_settings


def test_the_defaults_are_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ACTIONS_URL", "ACTIONS_HOST", "KNOWLEDGE_URL", "KNOWLEDGE_TOKEN", "KNOWLEDGE_TIMEOUT"):
        monkeypatch.delenv(name, raising=False)
    settings = read_settings()
    assert (settings.host, settings.port) == ("127.0.0.1", 5055)
    assert settings.knowledge_url == "http://127.0.0.1:8000"
    assert settings.knowledge_timeout_seconds == 6


@pytest.mark.parametrize(
    ("name", "value"), [("KNOWLEDGE_TIMEOUT", "snart"), ("KNOWLEDGE_TIMEOUT", "0"), ("KNOWLEDGE_URL", "x")]
)
def test_a_bad_value_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ConfigurationError, match=name):
        read_settings()


def test_the_token_may_lie_in_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "token").write_text("hemlig\n")
    monkeypatch.setenv("KNOWLEDGE_TOKEN_FILE", str(tmp_path / "token"))
    assert read_settings().knowledge_token == "hemlig"
