"""The Bot Connector's REST interface, as far as a bot uses it. It remembers what is posted and changed."""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, Response

from .identity import Identity

TOKEN = "token-that-entra-gave-the-bot"
PREFIX = "/teams"


@dataclass(slots=True)
class Posted:
    """A message in a conversation, as it stands now."""

    id: str
    conversation_id: str
    activity: dict[str, Any]
    by_bot: bool = True
    changed: int = 0


@dataclass(frozen=True, slots=True)
class Call:
    method: str
    conversation_id: str
    activity_id: str
    body: dict[str, Any]
    authorization: str


@dataclass(slots=True)
class Faults:
    """What to answer instead, as long as there is some left; `delay_s` before each answer."""

    answers: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    delay_s: float = 0.0


class BotConnector:
    def __init__(self) -> None:
        self.identity = Identity()
        self._lock, self._ids = threading.Lock(), itertools.count(1764170000000)
        self.reset()

    def reset(self) -> None:
        self.calls: list[Call] = []
        self.messages: list[Posted] = []
        self.faults = Faults()

    def in_conversation(self, conversation_id: str) -> list[Posted]:
        return [one for one in self.messages if one.conversation_id == conversation_id]

    def write(self, conversation_id: str, activity: dict[str, Any], by_bot: bool) -> Posted:
        with self._lock:
            posted = Posted(str(next(self._ids)), conversation_id, activity, by_bot)
            self.messages.append(posted)
        return posted

    def wait_for_messages(self, conversation_id: str, count: int, patience_s: float = 15.0) -> list[Posted]:
        """The bot's messages there, once there are `count`."""

        def found() -> list[Posted]:
            return [one for one in self.in_conversation(conversation_id) if one.by_bot]

        wait_until(lambda: len(found()) >= count, patience_s)
        return found()

    def wait_for_calls(self, count: int, patience_s: float = 15.0) -> list[Call]:
        wait_until(lambda: len(self.calls) >= count, patience_s)
        return list(self.calls)

    def app(self) -> FastAPI:
        app = FastAPI()

        @app.get("/keys")
        def keys() -> dict[str, Any]:
            return self.identity.jwks()

        @app.post(PREFIX + "/v3/conversations/{conversation_id}/activities")
        async def send(conversation_id: str, request: Request) -> Response:
            return await self._received(request, conversation_id, "")

        @app.post(PREFIX + "/v3/conversations/{conversation_id}/activities/{activity_id}")
        async def reply(conversation_id: str, activity_id: str, request: Request) -> Response:
            return await self._received(request, conversation_id, activity_id)

        @app.put(PREFIX + "/v3/conversations/{conversation_id}/activities/{activity_id}")
        async def change(conversation_id: str, activity_id: str, request: Request) -> Response:
            return await self._received(request, conversation_id, activity_id)

        return app

    async def _received(self, request: Request, conversation_id: str, activity_id: str) -> Response:
        authorization = request.headers.get("authorization", "")
        if authorization != f"Bearer {TOKEN}":
            return _error(401, "Unauthorized")
        body: dict[str, Any] = await request.json()
        self.calls.append(Call(request.method, conversation_id, activity_id, body, authorization))
        if self.faults.delay_s:
            time.sleep(self.faults.delay_s)
        if self.faults.answers:
            status, headers = self.faults.answers.pop(0)
            return _error(status, "Fault", headers)
        if request.method == "PUT":
            return self._change(conversation_id, activity_id, body)
        if body.get("type") == "typing":
            return JSONResponse({}, 201)
        return JSONResponse({"id": self.write(conversation_id, body, by_bot=True).id}, 201)

    def _change(self, conversation_id: str, activity_id: str, body: dict[str, Any]) -> Response:
        found = next((one for one in self.in_conversation(conversation_id) if one.id == activity_id), None)
        if found is None or not found.by_bot:
            return _error(404, "ActivityNotFoundInConversation")
        found.activity, found.changed = body, found.changed + 1
        return JSONResponse({"id": activity_id})


def wait_until(holds: Callable[[], bool], patience_s: float = 15.0) -> None:
    until = time.monotonic() + patience_s
    while not holds():
        if time.monotonic() > until:
            raise AssertionError(f"waited {patience_s} s in vain")
        time.sleep(0.01)


def _error(status: int, code: str, headers: dict[str, str] | None = None) -> JSONResponse:
    return JSONResponse({"error": {"code": code, "message": code}}, status, headers)
