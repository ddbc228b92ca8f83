"""Who is let in: Microsoft's Bot Connector, for our bot, from an allowed tenant, with our replies going back to it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from microsoft_agents.hosting.core import OutboundHostValidator

from bot.gateway.channels.teams.outside import configuration, microsoft
from bot.gateway.fakes import FakeRasa
from tests.gateway.teams.conftest import StartTeams
from tests.sims.teams.bot_connector import BotConnector
from tests.sims.teams.identity import Identity, hmac_token, unsigned_token
from tests.sims.teams.traffic import CLIENT_ID, TEAMS, TENANT, Teams, recorded

FOREIGN = "99999999-2222-4333-8444-555555555555"
MESSAGE = recorded("message_personal")
PERSONAL = MESSAGE["conversation"]["id"]
Forge = Callable[[Teams], str]

FORGED: dict[str, Forge] = {
    "no token": lambda _: "",
    "no jwt": lambda _: "not-a-token",
    "another key": lambda teams: Identity().token(CLIENT_ID, teams.service_url),
    "an unknown key": lambda teams: Identity("key-of-nobody").token(CLIENT_ID, teams.service_url),
    "another bot": lambda teams: teams.token(aud="bbbbbbbb-bbbb-4ccc-8ddd-eeeeeeeeeeee"),
    "several audiences": lambda teams: teams.token(aud=[CLIENT_ID, "other"]),
    "another issuer": lambda teams: teams.token(iss="https://evil.example"),
    "the issuer of a foreign tenant": lambda teams: teams.token(iss=f"https://sts.windows.net/{FOREIGN}/", tid=FOREIGN),
    "no issuer": lambda teams: teams.token(iss=None),
    "expired beyond the leeway": lambda teams: teams.token(exp=1_700_000_000),
    "not valid yet": lambda teams: teams.token(nbf=4_000_000_000),
    "an HMAC": lambda teams: hmac_token(CLIENT_ID, teams.service_url),
    "no signature": lambda teams: unsigned_token(CLIENT_ID, teams.service_url),
    "no serviceUrl": lambda teams: teams.identity.token(CLIENT_ID, None),
    "another serviceUrl": lambda teams: teams.token(serviceurl="https://smba.trafficmanager.net/teams/"),
}


def nothing_happened(connector: BotConnector, rasa: FakeRasa) -> bool:
    return not connector.calls and not rasa.calls


@pytest.mark.parametrize("forge", FORGED.values(), ids=FORGED)
def test_a_token_that_does_not_hold_is_refused(
    forge: Forge, teams: Teams, connector: BotConnector, rasa: FakeRasa
) -> None:
    response = teams.send(MESSAGE, token=forge(teams))
    assert response.status_code == 401
    assert response.json()["error"]["code"] == "unauthorized"
    assert "bistånd" not in response.text
    assert nothing_happened(connector, rasa)


def test_a_clock_that_is_five_minutes_off_is_forgiven(teams: Teams, connector: BotConnector) -> None:
    """Leeway of the SDK: documented in docs/teams.md."""
    assert (
        teams.send(MESSAGE, token=teams.identity.token(CLIENT_ID, teams.service_url, lasts_s=-120)).status_code == 202
    )
    assert (
        teams.send(MESSAGE, token=teams.identity.token(CLIENT_ID, teams.service_url, lasts_s=-420)).status_code == 401
    )


def test_a_service_url_that_the_body_alone_names_gets_nothing(
    teams: Teams, connector: BotConnector, rasa: FakeRasa
) -> None:
    elsewhere = MESSAGE | {"serviceUrl": "http://127.0.0.1:1/teams/"}
    assert teams.post(elsewhere, token=teams.token()).status_code == 401
    assert nothing_happened(connector, rasa)


def test_a_host_that_is_not_the_connectors_gets_nothing_even_with_a_token(
    teams: Teams, connector: BotConnector, rasa: FakeRasa
) -> None:
    evil = "https://evil.example/teams/"
    response = teams.post(MESSAGE | {"serviceUrl": evil}, token=teams.token(serviceurl=evil))
    assert response.status_code == 401
    assert nothing_happened(connector, rasa)


def test_a_slash_at_the_end_makes_no_other_address(teams: Teams, connector: BotConnector) -> None:
    assert teams.send(MESSAGE, token=teams.token(serviceurl=teams.service_url.rstrip("/"))).status_code == 202
    connector.wait_for_messages(PERSONAL, 1)


@pytest.mark.parametrize(
    "changes",
    [
        {"conversation": MESSAGE["conversation"] | {"tenantId": FOREIGN}, "channelData": {"tenant": {"id": FOREIGN}}},
        {"conversation": MESSAGE["conversation"] | {"tenantId": FOREIGN}},
        {"channelData": {"tenant": {"id": FOREIGN}}},
        {"conversation": {"id": PERSONAL, "conversationType": "personal"}, "channelData": {}},
    ],
    ids=["both", "the conversation's", "the channel's", "none"],
)
def test_a_foreign_tenant_is_refused(
    changes: dict[str, object], teams: Teams, connector: BotConnector, rasa: FakeRasa
) -> None:
    response = teams.send(MESSAGE | changes)
    assert response.status_code == 403
    assert response.json()["error"]["code"] == "forbidden_tenant"
    assert nothing_happened(connector, rasa)


def test_other_tenants_may_be_allowed_by_name(start_teams: StartTeams, connector: BotConnector) -> None:
    teams = start_teams(TEAMS_ALLOWED_TENANTS=f"{TENANT} {FOREIGN.upper()}").teams
    foreign = {
        "conversation": MESSAGE["conversation"] | {"tenantId": FOREIGN},
        "channelData": {"tenant": {"id": FOREIGN}},
    }
    assert teams.send(MESSAGE | foreign).status_code == 202
    connector.wait_for_messages(PERSONAL, 1)


@pytest.mark.parametrize(
    "body",
    [
        "",
        "{",
        "[]",
        '"text"',
        "{}",
        '{"type": "message"}',
        '{"type": 7, "id": "1", "conversation": {"id": "a"}}',
        b"\xff\xfe{",
        "[" * 30_000,
    ],
)
def test_what_is_no_activity_is_refused(
    body: str | bytes, teams: Teams, connector: BotConnector, rasa: FakeRasa, caplog: pytest.LogCaptureFixture
) -> None:
    response = teams.post(body, token=teams.token())
    assert response.status_code == 400
    assert response.json()["error"]["code"] == "invalid"
    assert nothing_happened(connector, rasa)


def test_a_malformed_activity_leaves_no_words_in_the_log(teams: Teams, caplog: pytest.LogCaptureFixture) -> None:
    teams.send(MESSAGE | {"text": {"hemligt": "Anna Andersson"}})
    assert "Anna" not in caplog.text


def test_another_channel_of_the_bot_connector_is_refused(teams: Teams, connector: BotConnector, rasa: FakeRasa) -> None:
    assert teams.send(MESSAGE | {"channelId": "webchat"}).status_code == 400
    assert nothing_happened(connector, rasa)


def test_a_megabyte_is_refused(teams: Teams, connector: BotConnector, rasa: FakeRasa) -> None:
    assert teams.send(MESSAGE | {"text": "x" * 1_000_000}).status_code == 413
    assert nothing_happened(connector, rasa)


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_other_methods_are_refused(method: str, teams: Teams) -> None:
    assert teams.http.request(method, "/channels/teams/messages").status_code == 405


def test_without_settings_there_is_no_such_address(start_teams: StartTeams) -> None:
    teams = start_teams(TEAMS_CLIENT_ID="", TEAMS_CLIENT_SECRET="", TEAMS_TENANT_ID="").teams
    assert teams.send(MESSAGE).status_code == 404


def test_the_real_side_checks_issuers_and_hosts_and_lets_nobody_in_unnamed() -> None:
    """What the tests above substitute, as it is built for service."""
    outside = microsoft(TEAMS)
    configured = configuration(TEAMS)
    assert configured.VALIDATE_ISSUER is True
    assert configured.ANONYMOUS_ALLOWED is False
    assert isinstance(outside.hosts, OutboundHostValidator)
    assert outside.hosts.enabled
    allowed = ["https://smba.trafficmanager.net/emea/11111111-2222-4333-8444-555555555555/"]
    refused = [
        "http://smba.trafficmanager.net/emea/",
        "https://127.0.0.1/",
        "https://evil.example/",
        "https://10.0.0.1/",
    ]
    assert [url for url in allowed + refused if outside.hosts.is_allowed(url)] == allowed
