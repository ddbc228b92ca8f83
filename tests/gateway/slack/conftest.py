"""A gateway with the Slack channel, between a simulated workspace and scripted neighbours, all on loopback."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TypeVar

import httpx
import pytest

from bot.gateway.app import create_app
from bot.gateway.channels.slack import channel as slack_channel
from bot.gateway.fakes import FakeKnowledge, FakeRasa, LoopbackServer
from bot.gateway.pace import Pace
from bot.gateway.settings import read_settings
from tests.gateway.conftest import Neighbours, settings_of_tests
from tests.sims.slack.server import SIGNING_SECRET, SlackSim
from tests.sims.slack.web_api import TOKEN
from tests.sims.slack.workspace import Message

from .answers import ANSWERED, reply

QUICK = Pace(look_s=0.2, first_wait_s=0.2, longest_wait_s=0.5, told_after_s=0.5, deliveries_s=0.2)
CHANNEL = "C0SOCIAL1"
PATIENCE_S = 30.0
Found = TypeVar("Found")
StartSlack = Callable[..., "SlackGateway"]


class SlackGateway:
    """One gateway, and Slack in front of it."""

    def __init__(self, environment: dict[str, str], sim: SlackSim) -> None:
        with pytest.MonkeyPatch.context() as patch:
            for name, value in environment.items():
                patch.setenv(name, value)
            build = partial(slack_channel.build, addresses=sim.addresses)
            self.server = LoopbackServer(create_app(read_settings(), [build], QUICK)).start()
        self.sim, self.line = sim, sim.line(self.server.url)
        limits = httpx.Limits(max_keepalive_connections=0)
        self.http = httpx.Client(base_url=self.server.url, trust_env=False, timeout=30, limits=limits)
        self.maria, self.john = sim.person("Maria", self.line), sim.person("John", self.line)
        self._database = Path(environment["RADGIVAREN_DATA"]) / "gateway.db"

    def bot_says(self, channel: str, at_least: int = 1, seen_by: str = "") -> list[Message]:
        """The bot's messages in a channel, once there are so many."""

        def look() -> list[Message]:
            said = self.sim.workspace.messages(channel, seen_by=seen_by)
            return said if len(said) >= at_least else []

        return wait_for(look)

    def taken(self) -> int:
        """How much has been taken in, ever: known as soon as a request is acknowledged."""
        return self._count("1 = 1")

    def all_done(self) -> bool:
        return self._count("state = 'waiting'") == 0

    def _count(self, condition: str) -> int:
        with closing(sqlite3.connect(self._database, timeout=10)) as database:
            return int(database.execute(f"SELECT count(*) FROM incoming WHERE {condition}").fetchone()[0])

    def forget(self) -> None:
        """Everything that was taken in, once it is done: as if the gateway were new."""
        wait_for(self.all_done)
        with closing(sqlite3.connect(self._database, timeout=10)) as database, database:
            for table in ("incoming", "addresses", "deliveries", "slack_languages"):
                database.execute(f"DELETE FROM {table}")

    def stop(self) -> None:
        self.http.close()
        self.server.stop()


def wait_for(look: Callable[[], Found]) -> Found:
    """What `look` finds, once it finds something."""
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        if found := look():
            return found
        time.sleep(0.02)
    raise AssertionError("it did not come")


@pytest.fixture(scope="package")
def slack_sim() -> Iterator[SlackSim]:
    sim = SlackSim()
    yield sim
    sim.stop()


@pytest.fixture
def sim(slack_sim: SlackSim) -> SlackSim:
    slack_sim.reset()
    return slack_sim


def settings_of_slack(neighbours: Neighbours, data: Path, **changes: str) -> dict[str, str]:
    settings = {"SLACK_SIGNING_SECRET": SIGNING_SECRET, "SLACK_BOT_TOKEN": TOKEN} | changes
    return settings_of_tests(neighbours, data, **settings)


@pytest.fixture
def start_slack(
    neighbours: Neighbours, sim: SlackSim, rasa: FakeRasa, knowledge: FakeKnowledge, tmp_path: Path
) -> Iterator[StartSlack]:
    """Starts a gateway on this test's data folder: a second one is the first one's colleague or successor."""
    rasa.reply = reply(ANSWERED)
    started: list[SlackGateway] = []

    def start(**changes: str) -> SlackGateway:
        started.append(SlackGateway(settings_of_slack(neighbours, tmp_path, **changes), sim))
        return started[-1]

    yield start
    rasa.delay_s = knowledge.delay_s = 0
    for gateway in started:
        gateway.stop()


@pytest.fixture(scope="package")
def lasting_slack(
    neighbours: Neighbours, slack_sim: SlackSim, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[SlackGateway]:
    gateway = SlackGateway(settings_of_slack(neighbours, tmp_path_factory.mktemp("slack")), slack_sim)
    wait_for(lambda: slack_sim.workspace.called("auth.test"))  # it knows its workspace
    yield gateway
    gateway.stop()


@pytest.fixture
def slack(lasting_slack: SlackGateway, slack_sim: SlackSim, rasa: FakeRasa, knowledge: FakeKnowledge) -> SlackGateway:
    """A gateway with one token that remembers nothing of earlier tests."""
    lasting_slack.forget()
    for part in (slack_sim, rasa, knowledge):
        part.reset()
    rasa.reply = reply(ANSWERED)
    return lasting_slack
