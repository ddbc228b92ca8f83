"""The doctor: each thing that may be set up wrong is named, with what to do, and no secret is ever shown."""

from __future__ import annotations

import asyncio
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse

import bot.gateway.doctor
from bot.gateway.channels.slack.oauth import SCOPES
from bot.gateway.doctor.examination import examine, is_well
from bot.gateway.doctor.findings import LANGUAGES, Report, Weight
from bot.gateway.doctor.services import Outside
from bot.gateway.fakes import FakeKnowledge, FakeRasa, LoopbackServer
from bot.gateway.settings import SETTINGS

from .conftest import Neighbours, settings_of_tests

DOCTOR = Path(bot.gateway.doctor.__file__).parent
ROOT = DOCTOR.parents[2]
SLACK = {
    "SLACK_SIGNING_SECRET": "0123456789abcdef" * 2,
    "SLACK_BOT_TOKEN": "xoxb-123456789012-made-up",
    "SLACK_APP_TOKEN": "xapp-1-A0000000000-made-up",
}
OAUTH = {"SLACK_CLIENT_ID": "123.456", "SLACK_CLIENT_SECRET": "f" * 32, "SLACK_ALLOWED_TEAMS": "T0123456789"}
TEAMS = {
    "TEAMS_CLIENT_ID": "11111111-2222-3333-4444-555555555555",
    "TEAMS_CLIENT_SECRET": "made~up.secret-of-no-bot",
    "TEAMS_TENANT_ID": "66666666-7777-8888-9999-000000000000",
}
Examine = Callable[..., dict[str, Any]]


class FakeOutside:
    """Slack and Microsoft, as far as the doctor asks them."""

    def __init__(self) -> None:
        self.slack: dict[str, Any] = {"ok": True, "team": "Exempelkommun", "user": "radgivaren"}
        self.scopes = ",".join(SCOPES)
        self.microsoft: dict[str, Any] = {"access_token": "never shown"}
        self.asked: list[str] = []
        self.server = LoopbackServer(self.app()).start()

    def app(self) -> FastAPI:
        app = FastAPI()

        @app.post("/api/{method}")
        async def slack(method: str, request: Request) -> JSONResponse:
            self.asked.append(f"{method} {request.headers['authorization']}")
            return JSONResponse(self.slack, headers={"x-oauth-scopes": self.scopes})

        @app.post("/{tenant}/oauth2/v2.0/token")
        async def microsoft(tenant: str) -> JSONResponse:
            self.asked.append(tenant)
            return JSONResponse(self.microsoft)

        @app.get("/keys")
        async def keys() -> dict[str, str]:
            return {}

        return app

    def addresses(self) -> Outside:
        url = self.server.url
        return Outside(f"{url}/api", url, f"{url}/keys")


@pytest.fixture
def outside() -> Iterator[FakeOutside]:
    made = FakeOutside()
    yield made
    made.server.stop()


@pytest.fixture
def examined(
    neighbours: Neighbours,
    rasa: FakeRasa,
    knowledge: FakeKnowledge,
    outside: FakeOutside,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Examine:
    """Finds what is wrong with an installation that differs from a sound one by `changes`: {key: values}."""
    for setting in SETTINGS:
        monkeypatch.delenv(f"{setting.name}_FILE", raising=False)

    def find(ask_outside: bool = True, ahead_s: float = 0, well: bool | None = None, **changes: str) -> dict[str, Any]:
        environment = settings_of_tests(neighbours, tmp_path / "data", **changes)
        for name, value in environment.items():
            if f"{name}_FILE" in changes:
                monkeypatch.delenv(name, raising=False)
            else:
                monkeypatch.setenv(name, value)
        given = {name: os.environ[name] for name in environment if name in os.environ}
        findings = asyncio.run(examine(given, ask_outside, outside.addresses(), lambda: time.time() + ahead_s))
        written = Report().written(findings)
        secrets = [*SLACK.values(), TEAMS["TEAMS_CLIENT_SECRET"], "never shown", environment["RASA_TOKEN"]]
        assert not any(secret in written for secret in secrets if secret)
        wrong = {one.key: one.values for one in findings if one.weight is not Weight.FINE}
        assert is_well(findings) is (not wrong if well is None else well)
        return wrong

    return find


def test_a_sound_installation(examined: Examine) -> None:
    assert examined() == {}


def test_a_sound_installation_with_every_channel(examined: Examine, outside: FakeOutside) -> None:
    assert examined(**SLACK, **TEAMS) == {}
    assert outside.asked == [
        f"auth.test Bearer {SLACK['SLACK_BOT_TOKEN']}",
        f"apps.connections.open Bearer {SLACK['SLACK_APP_TOKEN']}",
        TEAMS["TEAMS_TENANT_ID"],
    ]


def test_nobody_outside_is_asked_offline(examined: Examine, outside: FakeOutside) -> None:
    assert examined(ask_outside=False, **SLACK, **TEAMS) == {}
    assert outside.asked == []


def test_a_value_that_is_none(examined: Examine) -> None:
    assert examined(TURN_DEADLINE_S="soon") == {"setting_wrong": {"setting": "TURN_DEADLINE_S", "value": "soon"}}


def test_half_a_channel(examined: Examine) -> None:
    wrong = examined(SLACK_BOT_TOKEN=SLACK["SLACK_BOT_TOKEN"])
    assert wrong["setting_missing"]["setting"] == "SLACK_SIGNING_SECRET"


def test_a_secret_file_that_is_not_there(examined: Examine, tmp_path: Path) -> None:
    assert examined(RASA_TOKEN_FILE=str(tmp_path / "nothing")).keys() == {"file_unreadable"}


@pytest.mark.parametrize(("content", "key"), [("\n", "file_empty"), ("one two", "file_several")])
def test_a_secret_file_that_holds_no_secret(examined: Examine, tmp_path: Path, content: str, key: str) -> None:
    file = tmp_path / "token"
    file.write_text(content)
    file.chmod(0o600)
    assert examined(RASA_TOKEN_FILE=str(file)).keys() == {key}


def test_a_secret_file_that_everyone_may_read(examined: Examine, tmp_path: Path, neighbours: Neighbours) -> None:
    file = tmp_path / "token"
    file.write_text("token-between-gateway-and-rasa")
    file.chmod(0o644)
    assert examined(well=True, RASA_TOKEN_FILE=str(file)) == {"file_open": {"setting": "RASA_TOKEN_FILE", "file": file}}


def test_a_folder_that_cannot_be_written(examined: Examine, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    wrong = examined(RADGIVAREN_DATA=str(tmp_path / "file" / "data"))
    assert wrong.keys() == {"folder_unwritable"}


def test_a_database_that_cannot_be_used(examined: Examine, tmp_path: Path) -> None:
    (tmp_path / "gateway.db").write_text(
        "This is no database, it only has the name of one, and is long enough to see it."
    )
    wrong = examined(GATEWAY_DATABASE_URL=f"sqlite:///{tmp_path / 'gateway.db'}", **TEAMS)
    assert wrong.keys() == {"database"}


def test_keys_and_origins(examined: Examine) -> None:
    wrong = examined(
        well=True, CONVERSATION_SECRET="short", WEB_ORIGINS="http://intranet.example.se http://localhost:3000"
    )
    assert wrong == {"key_short": {"length": 32}, "origin_plain": {"origin": "http://intranet.example.se"}}


def test_rasa_that_does_not_answer(examined: Examine) -> None:
    assert examined(RASA_URL="http://127.0.0.1:9").keys() == {"rasa_unreachable"}


def test_rasa_that_is_not_ready(examined: Examine, rasa: FakeRasa) -> None:
    rasa.ready = False
    assert examined().keys() == {"rasa_not_ready"}


def test_rasa_with_another_token(examined: Examine) -> None:
    assert examined(RASA_TOKEN="some-other-value").keys() == {"rasa_token_wrong"}


def test_rasa_without_a_token(examined: Examine) -> None:
    assert examined(RASA_TOKEN="").keys() == {"rasa_token_missing", "rasa_token_wrong"}


def test_something_else_at_rasas_address(examined: Examine, outside: FakeOutside) -> None:
    assert examined(RASA_URL=outside.server.url).keys() == {"rasa_other"}


def test_knowledge_that_does_not_answer(examined: Examine) -> None:
    assert examined(KNOWLEDGE_URL="http://127.0.0.1:9").keys() == {"knowledge_unreachable"}


def test_knowledge_that_is_not_ready(examined: Examine, knowledge: FakeKnowledge) -> None:
    knowledge.ready = False
    assert examined().keys() == {"knowledge_not_ready"}


def test_knowledge_with_another_token(examined: Examine) -> None:
    assert examined(KNOWLEDGE_TOKEN="some-other-value").keys() == {"knowledge_token_wrong"}


def test_something_else_at_knowledges_address(examined: Examine, outside: FakeOutside) -> None:
    assert examined(KNOWLEDGE_URL=outside.server.url).keys() == {"knowledge_other"}


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("SLACK_SIGNING_SECRET", "too-short"),
        ("SLACK_BOT_TOKEN", "xoxp-a-users-token"),
        ("SLACK_APP_TOKEN", "xoxb-a-bots-token"),
        ("SLACK_CLIENT_ID", "A0000000000"),
        ("SLACK_CLIENT_SECRET", "0123"),
    ],
)
def test_a_secret_of_slack_that_is_another_one(examined: Examine, setting: str, value: str) -> None:
    whole = SLACK | OAUTH
    assert examined(**(whole | {setting: value})) == {setting.lower(): {"setting": setting}}


@pytest.mark.parametrize(
    ("setting", "value", "key"),
    [
        ("TEAMS_CLIENT_ID", "radgivaren", "teams_client_id"),
        ("TEAMS_TENANT_ID", "exempel.onmicrosoft.com", "teams_tenant_id"),
        ("TEAMS_ALLOWED_TENANTS", f"{TEAMS['TEAMS_TENANT_ID']} x", "teams_allowed_tenants"),
        ("TEAMS_CLIENT_SECRET", TEAMS["TEAMS_CLIENT_ID"], "teams_secret_id"),
    ],
)
def test_an_id_of_teams_that_is_none(examined: Examine, setting: str, value: str, key: str) -> None:
    assert examined(ask_outside=False, **(TEAMS | {setting: value})).keys() == {key}


def test_slack_refuses_the_tokens(examined: Examine, outside: FakeOutside) -> None:
    outside.slack = {"ok": False, "error": "invalid_auth\x1b[2J"}
    assert examined(**SLACK) == {
        "slack_bot_refused": {"error": "invalid_auth2J"},
        "slack_app_refused": {"error": "invalid_auth2J"},
    }


def test_a_bot_that_lacks_scopes(examined: Examine, outside: FakeOutside) -> None:
    outside.scopes = ",".join(scope for scope in SCOPES if scope != "im:history")
    assert examined(**SLACK) == {"slack_scopes": {"missing": "im:history"}}


@pytest.mark.parametrize(
    ("code", "key"),
    [
        ("AADSTS7000215", "teams_secret_wrong"),
        ("AADSTS7000222", "teams_secret_expired"),
        ("AADSTS700016", "teams_client_unknown"),
        ("AADSTS90002", "teams_tenant_unknown"),
        ("AADSTS50034", "teams_refused"),
    ],
)
def test_microsoft_refuses_the_bot(examined: Examine, outside: FakeOutside, code: str, key: str) -> None:
    outside.microsoft = {"error": "invalid_client", "error_description": f"{code}: what happened. Trace ID: …"}
    assert examined(**TEAMS).keys() == {key}


def test_an_outside_that_cannot_be_reached(examined: Examine, outside: FakeOutside) -> None:
    outside.server.stop()
    assert examined(**SLACK, **TEAMS) == {"unreachable": {"host": "127.0.0.1"}}


@pytest.mark.parametrize(("ahead_s", "well"), [(60, True), (-60, True), (600, False), (-600, False)])
def test_a_clock_that_is_wrong(examined: Examine, ahead_s: int, well: bool) -> None:
    (found,) = examined(ahead_s=ahead_s, well=well, **TEAMS).items()
    assert found[0] == "clock"
    assert abs(found[1]["seconds"] - abs(ahead_s)) < 10


def doctor(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bot.gateway", "doctor", *arguments],
        cwd=ROOT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_the_command(neighbours: Neighbours, rasa: FakeRasa, knowledge: FakeKnowledge, tmp_path: Path) -> None:
    sound = settings_of_tests(neighbours, tmp_path)
    well = doctor(sound, "--offline")
    assert well.returncode == 0, well.stdout + well.stderr
    assert "Inget hindrar gatewayen från att arbeta." in well.stdout
    ill = doctor(sound | {"RASA_TOKEN": "some-other-value", "KNOWLEDGE_URL": "http://127.0.0.1:9"}, "--offline")
    assert ill.returncode == 1
    assert "FEL  Rasa godtar inte RASA_TOKEN." in ill.stdout
    assert "     Rasa does not accept RASA_TOKEN." in ill.stdout
    assert "Att rätta: 2." in ill.stdout
    assert "Traceback" not in ill.stdout + ill.stderr


def test_both_languages_say_the_same_and_nothing_too_much() -> None:
    swedish, english = (
        yaml.safe_load((DOCTOR / "texts" / f"{language}.yml").read_text(encoding="utf-8")) for language in LANGUAGES
    )
    assert swedish.keys() == english.keys()
    for key in swedish:
        fields = [set(re.findall(r"\{(\w+)\}", texts[key])) for texts in (swedish, english)]
        assert fields[0] == fields[1], key
    source = "".join(file.read_text(encoding="utf-8") for file in DOCTOR.glob("*.py"))
    said = set(re.findall(r'"(\w+)"', source)) | {
        f"slack_{kind}{end}" for kind in ("bot", "app") for end in ("", "_refused")
    }
    assert swedish.keys() <= said | {weight.value for weight in Weight}
