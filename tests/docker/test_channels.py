"""docker/slack.yml and docker/teams.yml: the secrets of a channel are files, and the gateway alone gets them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from bot.gateway.settings import SETTINGS

ROOT = Path(__file__).parents[2]
BASE = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("channel", ["slack", "teams"])
def test_its_secrets_are_files_for_the_gateway(channel: str) -> None:
    added = yaml.safe_load((ROOT / "docker" / f"{channel}.yml").read_text(encoding="utf-8"))
    assert added["secrets"] == {name: {"file": "${RADGIVAREN_SECRETS:-./secrets}/" + name} for name in added["secrets"]}
    assert set(added["services"]) == {"gateway"}
    gateway = added["services"]["gateway"]
    assert gateway["environment"] == {f"{name.upper()}_FILE": f"/run/secrets/{name}" for name in added["secrets"]}
    # Compose puts the lists together; with the base's own written down, an older one that replaces does no harm.
    assert set(gateway["secrets"]) == {*BASE["services"]["gateway"]["secrets"], *added["secrets"]}
    secret = {
        setting.name.lower()
        for setting in SETTINGS
        if setting.name.startswith(channel.upper()) and re.search("SECRET|TOKEN", setting.name)
    }
    assert set(added["secrets"]) == secret


def test_what_is_no_secret_comes_from_the_settings_file() -> None:
    environment = BASE["services"]["gateway"]["environment"]
    for name in (
        "SLACK_CLIENT_ID",
        "SLACK_ALLOWED_TEAMS",
        "TEAMS_CLIENT_ID",
        "TEAMS_TENANT_ID",
        "TEAMS_ALLOWED_TENANTS",
    ):
        assert environment[name] is None


def test_what_waits_to_be_answered_survives_the_container() -> None:
    gateway = BASE["services"]["gateway"]
    assert gateway["volumes"] == ["gateway-data:/data"]
    assert gateway["environment"]["RADGIVAREN_DATA"] == "/data"
    assert "gateway-data" in BASE["volumes"]
