"""A gateway under events from Slack and from Teams: how soon each is acknowledged, and whether each is answered once.

    python -m benchmarks.channels [--events 300] [--per-second 10] [--turn-ms 50] [--json FILE]

The gateway is a process of its own with its database in a folder that is gone afterwards, and so is what sends the
events. Slack and Microsoft are simulated (tests/sims), and so are Rasa and knowledge: what is measured is the gateway.
Every event is signed as the real ones are, and each is a question in a conversation of its own.
"""

from __future__ import annotations

import argparse
import asyncio
import multiprocessing
import os
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import httpx
import psutil
import uvicorn

from bot.gateway.app import create_app
from bot.gateway.bootstrap import Gateway
from bot.gateway.channels.port import BuildChannel, Channel
from bot.gateway.channels.slack import channel as slack_channel
from bot.gateway.channels.slack.web_api import SlackAddresses
from bot.gateway.channels.teams.build import build as build_teams
from bot.gateway.fakes import FakeKnowledge, FakeRasa, LoopbackServer
from bot.gateway.settings import SETTINGS, Settings, read_settings
from tests.gateway.teams.answers import ANSWER
from tests.sims.slack import traffic as slack_traffic
from tests.sims.slack.person import EVENTS as SLACK_EVENTS
from tests.sims.slack.server import SIGNING_SECRET, SlackSim
from tests.sims.slack.web_api import TOKEN as SLACK_TOKEN
from tests.sims.teams import traffic as teams_traffic
from tests.sims.teams.bot_connector import PREFIX, BotConnector
from tests.sims.teams.loopback import outside

from .result_files import described, hand_over, put_between, say, where
from .running_service import ROOT, free_ports
from .tables import Rows, in_markdown

NAME = "channels"
README = Path(__file__).parent / "README.md"
RASA_TOKEN = "token-of-the-measurement"
SLACK_CHANNEL, TEAMS_MESSAGES = "C0SOCIAL1", "/channels/teams/messages"
READY_WITHIN_S, ANSWERED_WITHIN_S, UNTIL_A_SECOND_ONE_S = 60.0, 300.0, 3.0
_processes = multiprocessing.get_context("spawn")


@dataclass(frozen=True, slots=True)
class Event:
    """One signed request, ready to be sent."""

    path: str
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Front:
    """One channel: its events by number, and how often each was answered so far."""

    name: str
    event: Callable[[int], Event]
    answered: Callable[[], Counter[str]]


@dataclass(frozen=True, slots=True)
class Running:
    """The gateway's process."""

    url: str
    process: psutil.Process

    def cpu_s(self) -> float:
        times = self.process.cpu_times()
        return float(times.user + times.system)


class Neighbours:
    """All that a gateway talks to, in this process."""

    def __init__(self, turn_ms: int) -> None:
        self.rasa, self.slack, self.connector = FakeRasa(RASA_TOKEN), SlackSim(), BotConnector()
        self.rasa.reply, self.rasa.delay_s = [{"recipient_id": "x", "custom": ANSWER}], turn_ms / 1000
        apps = (self.rasa.app(), FakeKnowledge().app(), self.connector.app())
        self._servers = [LoopbackServer(app).start() for app in apps]
        self.rasa_url, self.knowledge_url, self.connector_url = (server.url for server in self._servers)

    def environment(self, folder: str, port: int) -> dict[str, str]:
        defaults = {setting.name: setting.default for setting in SETTINGS}
        slack = {"SLACK_SIGNING_SECRET": SIGNING_SECRET, "SLACK_BOT_TOKEN": SLACK_TOKEN}
        places = {"RASA_URL": self.rasa_url, "RASA_TOKEN": RASA_TOKEN, "KNOWLEDGE_URL": self.knowledge_url}
        own = {"RADGIVAREN_DATA": folder, "GATEWAY_PORT": str(port), "RADGIVAREN_RATE_LIMIT": "0"}
        return defaults | slack | teams_traffic.SETTINGS | places | own

    def fronts(self) -> list[Front]:
        return [
            Front("Slack", self._slack_event, self._answered_in_slack),
            Front("Teams", self._teams_event, self._answered_in_teams),
        ]

    def stop(self) -> None:
        self.slack.stop()
        for server in self._servers:
            server.stop()

    def _slack_event(self, number: int) -> Event:
        asked = {
            "type": "app_mention",
            "user": "U0MARIA01",
            "text": f"<@{slack_traffic.BOT_USER}> Fråga {number}",
            "ts": f"1795750000.{number:06d}",
            "channel": SLACK_CHANNEL,
        }
        delivery = slack_traffic.envelope(asked, event_id=f"Ev{number}")
        return Event(SLACK_EVENTS, delivery.headers(SIGNING_SECRET), delivery.body)

    def _answered_in_slack(self) -> Counter[str]:
        return Counter(str(said["thread_ts"]) for said in self.slack.workspace.messages(SLACK_CHANNEL))

    def _teams_event(self, number: int) -> Event:
        service_url = f"{self.connector_url}{PREFIX}/"
        activity = teams_traffic.recorded("message_personal", id=str(number), text=f"Fråga {number}")
        activity["conversation"] |= {"id": f"a:{number}"}
        body = httpx.Request("POST", service_url, json=activity | {"serviceUrl": service_url}).content
        token = self.connector.identity.token(teams_traffic.CLIENT_ID, service_url)
        headers = {"content-type": "application/json; charset=utf-8", "authorization": f"Bearer {token}"}
        return Event(TEAMS_MESSAGES, headers, body)

    def _answered_in_teams(self) -> Counter[str]:
        return Counter(str(said.activity["replyToId"]) for said in list(self.connector.messages))


def main(arguments: Sequence[str]) -> int:
    """The exit status: 1 where an event was lost or answered twice."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=300, help="of each channel")
    parser.add_argument("--per-second", type=float, default=10.0)
    parser.add_argument("--turn-ms", type=int, default=50, help="what Rasa takes for a turn")
    parser.add_argument("--json", help="file for the result; - for standard output")
    given = parser.parse_args(arguments)
    result = described("benchmarks.channels", arguments)
    neighbours = Neighbours(given.turn_ms)
    try:
        with tempfile.TemporaryDirectory() as folder, gateway_process(neighbours, folder) as gateway:
            result["channels"] = {
                front.name: _measured(front, gateway, given.events, given.per_second) for front in neighbours.fronts()
            }
    finally:
        neighbours.stop()
    file = hand_over(result, given.json, NAME, [table(result)])
    if file:
        put_between(README, NAME, in_readme(result))
        say(f"written: {file.relative_to(ROOT)}, and the table in benchmarks/README.md")
    return 0 if all(figures["all_right"] for figures in result["channels"].values()) else 1


@contextmanager
def gateway_process(neighbours: Neighbours, folder: str) -> Iterator[Running]:
    (port,) = free_ports(1)
    environment = neighbours.environment(folder, port)
    arguments = (environment, neighbours.slack.addresses, neighbours.connector_url)
    process = _processes.Process(target=serve, args=arguments, daemon=True)
    process.start()
    url = f"http://127.0.0.1:{port}"
    try:
        _wait(lambda: _is_alive(url), READY_WITHIN_S)
        yield Running(url, psutil.Process(process.pid))
    finally:
        process.terminate()
        process.join(30)


def serve(environment: dict[str, str], slack: SlackAddresses, connector_url: str) -> None:
    """The gateway's process: its own code, but for where Slack and Microsoft are."""
    os.environ.update(environment)
    settings = read_settings()
    channels: tuple[BuildChannel, ...] = (
        partial(slack_channel.build, addresses=slack),
        partial(_teams, settings=settings, connector_url=connector_url),
    )
    uvicorn.run(create_app(settings, channels), host="127.0.0.1", port=settings.port, log_level="warning")


def _teams(gateway: Gateway, settings: Settings, connector_url: str) -> Channel | None:
    return build_teams(gateway, outside(settings.teams, connector_url))


def _measured(front: Front, gateway: Running, events: int, per_second: float) -> dict[str, Any]:
    say(f"{front.name}: {events} events, {per_second:g} a second")
    receiver, sender = _processes.Pipe(duplex=False)
    prepared = [front.event(number) for number in range(events)]
    cpu_before = gateway.cpu_s()
    process = _processes.Process(target=send, args=(gateway.url, prepared, per_second, sender), daemon=True)
    process.start()
    sent: list[tuple[int, float]]
    began, sent = receiver.recv()
    process.join(30)
    all_answered = _wait(lambda: len(front.answered()) >= events, ANSWERED_WITHIN_S)
    took = time.monotonic() - began
    time.sleep(UNTIL_A_SECOND_ONE_S)
    answered = front.answered()
    acknowledged = sorted(ms for status, ms in sent if 200 <= status < 300)
    twice = sum(times > 1 for times in answered.values())
    return {
        "events": events,
        "acknowledged": len(acknowledged),
        "ack_p50_ms": round(statistics.median(acknowledged), 1),
        "ack_p95_ms": round(acknowledged[int(len(acknowledged) * 0.95) - 1], 1),
        "ack_max_ms": round(acknowledged[-1], 1),
        "answered": len(answered),
        "answered_twice": twice,
        "last_answer_after_s": round(took, 1),
        "cpu_ms_an_event": round((gateway.cpu_s() - cpu_before) * 1000 / events, 1),
        "all_right": all_answered and not twice and len(acknowledged) == events,
    }


def send(url: str, events: list[Event], per_second: float, result: Connection) -> None:
    """The sender's process: on the clock, whether earlier ones are acknowledged or not."""
    result.send(asyncio.run(_send(url, events, per_second)))


async def _send(url: str, events: list[Event], per_second: float) -> tuple[float, list[tuple[int, float]]]:
    """When it began, and of each event status and milliseconds."""
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=0)  # as from many places
    async with httpx.AsyncClient(base_url=url, trust_env=False, timeout=60, limits=limits) as client:
        began = time.monotonic()

        async def one(number: int, event: Event) -> tuple[int, float]:
            await asyncio.sleep(max(0.0, began + number / per_second - time.monotonic()))
            sent = time.perf_counter()
            response = await client.post(event.path, headers=event.headers, content=event.body)
            return response.status_code, (time.perf_counter() - sent) * 1000

        return began, list(await asyncio.gather(*(one(number, event) for number, event in enumerate(events))))


def _is_alive(url: str) -> bool:
    try:
        return httpx.get(f"{url}/healthz", trust_env=False, timeout=2).status_code == 200
    except httpx.HTTPError:
        return False


def _wait(holds: Callable[[], bool], within_s: float) -> bool:
    until = time.monotonic() + within_s
    while time.monotonic() < until:
        if holds():
            return True
        time.sleep(0.05)
    return False


def table(result: dict[str, Any]) -> Rows:
    headings = [
        "",
        "events",
        "acknowledged",
        "p50",
        "p95",
        "longest",
        "answered",
        "twice",
        "last answer after",
        "CPU an event",
    ]
    rows = [
        [
            name,
            str(of["events"]),
            str(of["acknowledged"]),
            *(f"{of[f'ack_{key}_ms']:.0f} ms" for key in ("p50", "p95", "max")),
            str(of["answered"]),
            str(of["answered_twice"]),
            f"{of['last_answer_after_s']:.1f} s",
            f"{of['cpu_ms_an_event']:.0f} ms",
        ]
        for name, of in result["channels"].items()
    ]
    return Rows("", headings, rows)


def in_readme(result: dict[str, Any]) -> str:
    load = result["machine"]["load_before"]
    return f"{where(result)} · load before: {load}\n\n{in_markdown(table(result))}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
