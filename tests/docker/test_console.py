"""docker/console.yml: what it opens beside docker-compose.yml, and no more."""

from __future__ import annotations

from pathlib import Path

import yaml

CONSOLE = yaml.safe_load((Path(__file__).parents[2] / "docker" / "console.yml").read_text(encoding="utf-8"))


def test_only_knowledge_is_opened_and_on_loopback_unless_told() -> None:
    assert set(CONSOLE["services"]) == {"knowledge"}
    assert CONSOLE["services"]["knowledge"]["ports"] == ["${CONSOLE_HOST:-127.0.0.1}:${CONSOLE_PORT:-8000}:8000"]


def test_nobody_else_is_in_the_network_that_leads_out() -> None:
    base = yaml.safe_load((Path(__file__).parents[2] / "docker-compose.yml").read_text(encoding="utf-8"))
    assert CONSOLE["services"]["knowledge"]["networks"] == ["answers", "staff"]
    assert not any("staff" in service["networks"] for service in base["services"].values())


def test_the_secret_is_a_file() -> None:
    assert CONSOLE["secrets"] == {"oidc_client_secret": {"file": "${RADGIVAREN_SECRETS:-./secrets}/oidc_client_secret"}}
    environment = CONSOLE["services"]["knowledge"]["environment"]
    assert environment["OIDC_CLIENT_SECRET_FILE"] == "/run/secrets/oidc_client_secret"
