"""The simulated workspace as one app: Slack's Web API, its socket, and the page of a person who uses it."""

from __future__ import annotations

from fastapi import FastAPI

from bot.gateway.channels.slack.web_api import SlackAddresses
from bot.gateway.fakes import LoopbackServer

from . import socket, web_api
from .person import HttpLine, Line, Person
from .workspace import Workspace

SIGNING_SECRET = "signing-secret-of-the-sim"


class SlackSim:
    """A workspace on loopback. `person(name)` acts in it; `workspace` is what Slack keeps of it."""

    def __init__(self) -> None:
        self.workspace = Workspace()
        self.app = FastAPI()
        self.socket = socket.install(self.app)
        web_api.install(self.app, self.workspace)
        self._server = LoopbackServer(self.app).start()
        self._lines: list[HttpLine] = []

    @property
    def url(self) -> str:
        return self._server.url

    @property
    def addresses(self) -> SlackAddresses:
        return SlackAddresses(f"{self.url}/api/", f"{self.url}/oauth/v2/authorize", frozenset({self.url}))

    def line(self, gateway: str, secret: str = SIGNING_SECRET) -> HttpLine:
        self._lines.append(HttpLine(gateway, secret))
        return self._lines[-1]

    def person(self, name: str, line: Line) -> Person:
        member = next(member for member in self.workspace.members.values() if member.name == name)
        return Person(member, self.workspace, line, self.url)

    def reset(self) -> None:
        self.workspace.reset()

    def stop(self) -> None:
        for line in self._lines:
            line.close()
        self._server.stop()

    def pause(self) -> None:
        """Slack is away; `resume` brings it back at the same address."""
        self._server.stop()

    def resume(self) -> None:
        self._server.start()
