"""A gateway with Slack and Teams as they are simulated on loopback, before the processes of a running service."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, fields
from functools import partial
from itertools import count
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from benchmarks.running_service import RunningService
from bot.gateway.app import create_app
from bot.gateway.bootstrap import Gateway
from bot.gateway.channels.port import Channel
from bot.gateway.channels.slack import channel as slack_channel
from bot.gateway.channels.teams.build import build as build_teams
from bot.gateway.fakes import LoopbackServer
from bot.gateway.presentation.words import Catalogue
from bot.gateway.settings import SETTINGS, read_settings
from tests.sims.slack.person import Person
from tests.sims.slack.server import SIGNING_SECRET, SlackSim
from tests.sims.slack.traffic import BOT_USER
from tests.sims.slack.web_api import TOKEN
from tests.sims.slack.workspace import Member, Message
from tests.sims.teams.bot_connector import BotConnector, Posted, wait_until
from tests.sims.teams.loopback import outside
from tests.sims.teams.traffic import SETTINGS as TEAMS_SETTINGS
from tests.sims.teams.traffic import Teams, recorded

from ..official import Official
from .parts import Parts, of_slack, of_teams, of_web

WEB = "web"
PLACES = (WEB, "slack direct", "slack channel", "teams personal", "teams channel")
SLACK_CHANNEL = "C0SOCIAL1"
PATIENCE_S = 60.0


@dataclass(frozen=True, slots=True)
class SaidThere:
    """What knowledge recorded of the question, and what a person reads of the answer."""

    question: str
    language: str
    status: str
    parts: Parts

    def differing(self, other: SaidThere) -> dict[str, tuple[object, object]]:
        """By the name of what is not the same, both."""
        here, there = self._flat(), other._flat()
        return {name: (here[name], there[name]) for name in here if here[name] != there[name]}

    def _flat(self) -> dict[str, object]:
        own = {"question": self.question, "language": self.language, "status": self.status}
        return own | {one.name: getattr(self.parts, one.name) for one in fields(self.parts)}


class Places:
    """Every place where officials ask. Each conversation is a new one."""

    def __init__(self, service: RunningService, folder: Path) -> None:
        self.service, self.folder = service, folder
        self.catalogue = Catalogue()
        self.slack, self.connector = SlackSim(), BotConnector()
        self._connector_server = LoopbackServer(self.connector.app()).start()
        self._server = LoopbackServer(self._app()).start()
        self.url = self._server.url
        self.line = self.slack.line(self.url)
        self.teams = Teams(self.url, self._connector_server.url, self.connector.identity)
        self.web = httpx.Client(base_url=self.url, timeout=PATIENCE_S, trust_env=False)
        self._numbers = count(1)

    def _app(self) -> FastAPI:
        """The environment of a gateway that has every default but its neighbours and its channels."""
        defaults = {setting.name: setting.default for setting in SETTINGS}
        kept = ("RASA_URL", "RASA_TOKEN", "KNOWLEDGE_URL", "KNOWLEDGE_TOKEN")
        neighbours = {name: self.service.environment[name] for name in kept}
        slack = {"SLACK_SIGNING_SECRET": SIGNING_SECRET, "SLACK_BOT_TOKEN": TOKEN}
        own = {"RADGIVAREN_DATA": str(self.folder), "RADGIVAREN_RATE_LIMIT": "0"}
        with pytest.MonkeyPatch.context() as patch:
            for name, value in (defaults | neighbours | slack | TEAMS_SETTINGS | own).items():
                patch.setenv(name, value)
            settings = read_settings()
        slack_at_ours = partial(slack_channel.build, addresses=self.slack.addresses)

        def teams_at_ours(gateway: Gateway) -> Channel | None:
            return build_teams(gateway, outside(settings.teams, self._connector_server.url))

        return create_app(settings, (slack_at_ours, teams_at_ours))

    def stop(self) -> None:
        self.web.close()
        self.teams.http.close()
        self._server.stop()
        self._connector_server.stop()
        self.slack.stop()

    def asked(self, place: str, turns: Sequence[str]) -> SaidThere:
        """The answer to the last of the turns of a new conversation, at one of PLACES."""
        ways: dict[str, Callable[[Sequence[str]], Parts]] = {
            WEB: self.in_web,
            "slack direct": lambda turns: of_slack(self.in_slack_direct(turns)),
            "slack channel": lambda turns: of_slack(self.in_slack_channel(turns)),
            "teams personal": lambda turns: of_teams(self.in_teams_personal(turns)),
            "teams channel": lambda turns: of_teams(self.in_teams_channel(turns)),
        }
        parts = ways[place](turns)
        return SaidThere(*self._recorded(place.partition(" ")[0]), parts)

    def in_web(self, turns: Sequence[str]) -> Parts:
        official = Official(self.web)
        *_, last = [official.say(turn) for turn in turns]
        return of_web(last.answer, self.catalogue)

    def in_slack_direct(self, turns: Sequence[str]) -> list[Message]:
        """The direct messages of a member who has never written before."""
        person = self.new_member()
        return self._in_slack(person, person.member.im, lambda turn: person.says(_as_typed(turn)), turns)

    def in_slack_channel(self, turns: Sequence[str], person: Person | None = None) -> list[Message]:
        """A thread; what the person alone sees stands last."""
        person, threads = person or self.new_member(), list[str]()

        def say(turn: str) -> None:
            said = person.says(f"<@{BOT_USER}> {_as_typed(turn)}", SLACK_CHANNEL, thread=threads[0] if threads else "")
            threads.append(str(said["ts"]))

        return self._in_slack(person, SLACK_CHANNEL, say, turns)

    def _in_slack(
        self, person: Person, channel: str, say: Callable[[str], object], turns: Sequence[str]
    ) -> list[Message]:
        said: list[Message] = []
        for turn in turns:
            before = len(self.slack.workspace.messages(channel, seen_by=person.member.id))
            say(turn)
            self.wait_until_done()
            said = self.slack.workspace.messages(channel, seen_by=person.member.id)[before:]
        return said

    def new_member(self) -> Person:
        member = Member(f"U0ASKS{next(self._numbers):04d}", f"Person{next(self._numbers)}")
        self.slack.workspace.join(member)
        return self.slack.person(member.name, self.line)

    def in_teams_personal(self, turns: Sequence[str]) -> list[dict[str, object]]:
        return [one.activity for one in self.in_teams("message_personal", f"a:{next(self._numbers)}", turns)]

    def in_teams_channel(self, turns: Sequence[str]) -> list[dict[str, object]]:
        return [one.activity for one in self.in_teams("message_channel", self.new_teams_thread(), turns)]

    def new_teams_thread(self) -> str:
        return f"19:Qw3@thread.tacv2;messageid={1764168000000 + next(self._numbers)}"

    def in_teams(self, recording: str, conversation_id: str, turns: Sequence[str]) -> list[Posted]:
        """What the bot posted to the last turn. In a channel it is mentioned each time."""
        said: list[Posted] = []
        for turn in turns:
            activity = recorded(recording, id=f"{1764168000000 + next(self._numbers)}", attachments=None)
            activity["conversation"] |= {"id": conversation_id}
            mention = "<at>Rådgivaren</at> " if recording == "message_channel" else ""
            before = len(self.connector.in_conversation(conversation_id))
            response = self.teams.send(activity | {"text": f"{mention}{_as_typed(turn)}"})
            assert response.status_code == 202, response.text
            self.wait_until_done()
            said = self.connector.in_conversation(conversation_id)[before:]
        return said

    def wait_until_done(self) -> None:
        """Nothing that was taken in waits any more."""
        with closing(sqlite3.connect(self.folder / "gateway.db", timeout=10)) as database:
            waiting = "SELECT count(*) FROM incoming WHERE state = 'waiting'"
            wait_until(lambda: database.execute(waiting).fetchone()[0] == 0, PATIENCE_S)

    def _recorded(self, channel: str) -> tuple[str, str, str]:
        """Question, language and status of the last answer that was given in the channel."""
        last = """SELECT question, language, status FROM answers WHERE channel = ?
            ORDER BY asked_at DESC, rowid DESC LIMIT 1"""
        with closing(sqlite3.connect(f"file:{self.service.data / 'radgivaren.db'}?mode=ro", uri=True)) as database:
            question, language, status = database.execute(last, (channel,)).fetchone()
        return question, language, status


def _as_typed(text: str) -> str:
    """As Slack and Teams pass on what a person typed."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


@contextmanager
def places_before(service: RunningService, folder: Path) -> Iterator[Places]:
    places = Places(service, folder)
    try:
        yield places
    finally:
        places.stop()
