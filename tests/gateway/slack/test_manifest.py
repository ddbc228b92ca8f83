"""The manifest and the page of set-up name what the code really uses."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.gateway.channels.slack import channel, intake, oauth
from bot.gateway.channels.slack.texts import LANGUAGES
from bot.gateway.settings import SETTINGS

REPOSITORY = Path(__file__).parent.parent.parent.parent
SLACK = REPOSITORY / "bot/gateway/channels/slack"
MANIFEST: dict[str, Any] = yaml.safe_load((SLACK / "manifest.yml").read_text(encoding="utf-8"))
GUIDE = (REPOSITORY / "docs/slack.md").read_text(encoding="utf-8")


def test_the_permissions_are_those_that_are_asked_for() -> None:
    assert tuple(MANIFEST["oauth_config"]["scopes"]["bot"]) == oauth.SCOPES


def test_command_shortcut_and_addresses_are_the_codes() -> None:
    features, settings = MANIFEST["features"], MANIFEST["settings"]
    assert [one["command"] for one in features["slash_commands"]] == [intake.COMMAND]
    assert [one["callback_id"] for one in features["shortcuts"]] == [intake.SHORTCUT]
    urls = {
        settings["event_subscriptions"]["request_url"],
        settings["interactivity"]["request_url"],
        features["slash_commands"][0]["url"],
    }
    assert urls == {f"https://radgivaren.example.se{channel.EVENTS}"}
    assert MANIFEST["oauth_config"]["redirect_urls"] == [f"https://radgivaren.example.se{oauth.REDIRECT}"]


def test_slacks_limits_on_a_manifest_are_kept() -> None:
    display, features = MANIFEST["display_information"], MANIFEST["features"]
    assert len(display["name"]) <= 35
    assert len(display["description"]) <= 140
    assert 174 <= len(display["long_description"]) <= 4000
    assert len(features["shortcuts"][0]["name"]) <= 24
    assert len(features["shortcuts"][0]["description"]) <= 150
    assert len(features["slash_commands"][0]["description"]) <= 2000


@pytest.mark.parametrize("name", [setting.name for setting in SETTINGS if setting.name.startswith("SLACK_")])
def test_the_guide_names_every_setting(name: str) -> None:
    assert name in GUIDE


@pytest.mark.parametrize("scope", oauth.SCOPES)
def test_the_guide_says_what_each_permission_is_for(scope: str) -> None:
    assert f"`{scope}`" in GUIDE


@pytest.mark.parametrize("event", MANIFEST["settings"]["event_subscriptions"]["bot_events"])
def test_the_guide_says_what_each_event_is_for(event: str) -> None:
    assert f"`{event}`" in GUIDE


def test_both_languages_say_the_same_things_with_the_same_values() -> None:
    swedish, english = (
        yaml.safe_load((SLACK / "texts" / f"{language}.yml").read_text(encoding="utf-8")) for language in LANGUAGES
    )
    assert list(swedish) == list(english)
    for key, text in swedish.items():
        assert text.count("{") == english[key].count("{"), key
