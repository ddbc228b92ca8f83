"""A gateway with the Teams channel, between a fake Bot Connector and fake neighbours, all on loopback."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from bot.gateway.app import create_app
from bot.gateway.channels.teams.build import build as build_teams
from bot.gateway.fakes import FakeKnowledge, FakeRasa, LoopbackServer
from bot.gateway.pace import Pace
from bot.gateway.settings import read_settings
from tests.gateway.conftest import Neighbours, settings_of_tests
from tests.sims.teams.bot_connector import BotConnector
from tests.sims.teams.loopback import outside
from tests.sims.teams.traffic import SETTINGS, Teams

from .answers import ANSWER


@dataclass(frozen=True, slots=True)
class TeamsGateway:
    """One gateway and Teams in front of it."""

    teams: Teams
    server: LoopbackServer

    def stop(self) -> None:
        self.teams.http.close()
        self.server.stop()


QUICK = Pace(look_s=0.2, first_wait_s=0.2, longest_wait_s=0.5, told_after_s=0.5, deliveries_s=0.2)
StartTeams = Callable[..., TeamsGateway]


@pytest.fixture(scope="package")
def connector_and_url() -> Iterator[tuple[BotConnector, str]]:
    connector = BotConnector()
    server = LoopbackServer(connector.app()).start()
    yield connector, server.url
    server.stop()


@pytest.fixture
def connector(connector_and_url: tuple[BotConnector, str]) -> BotConnector:
    connector_and_url[0].reset()
    return connector_and_url[0]


@pytest.fixture
def start_teams(
    neighbours: Neighbours,
    rasa: FakeRasa,
    knowledge: FakeKnowledge,
    connector: BotConnector,
    connector_and_url: tuple[BotConnector, str],
    tmp_path: Path,
) -> Iterator[StartTeams]:
    """Starts a gateway, on the data folder of this test: a second one is the first's successor or colleague."""
    rasa.reply = [{"recipient_id": "x", "custom": ANSWER}]
    started: list[TeamsGateway] = []

    def start(tokens: Any = None, keys: str = "", **changes: str) -> TeamsGateway:
        url = connector_and_url[1]
        with pytest.MonkeyPatch.context() as patch:
            for name, value in settings_of_tests(neighbours, tmp_path, **(SETTINGS | changes)).items():
                patch.setenv(name, value)
            settings = read_settings()

        def build(gateway: Any) -> Any:
            made = outside(settings.teams, keys or url)
            return build_teams(gateway, replace(made, tokens=tokens) if tokens else made)

        server = LoopbackServer(create_app(settings, (build,), QUICK)).start()
        started.append(TeamsGateway(Teams(server.url, url, connector.identity), server))
        return started[-1]

    yield start
    neighbours.rasa.delay_s = neighbours.knowledge.delay_s = 0
    for gateway in started:
        gateway.stop()


@pytest.fixture
def teams(start_teams: StartTeams) -> Teams:
    return start_teams().teams
