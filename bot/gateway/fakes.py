"""Rasa and knowledge as the gateway meets them, over real HTTP on loopback, for tests and for work on a channel alone.

Each keeps the contract until it is told to be slow, broken or not ready, and remembers what reached it.
"""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from dataclasses import dataclass
from typing import Any

import uvicorn
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, Response
from starlette.types import ASGIApp

REASONS = frozenset(
    {"outdated", "mixed_up", "quote_mismatch", "missing_source", "missing_information", "partly_wrong", "other"}
)


@dataclass(frozen=True, slots=True)
class Call:
    """One request that arrived."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]


class ScriptedService:
    """What each fake can be told, and what it remembers."""

    def __init__(self, token: str = "") -> None:
        self._token = token
        self.reset()

    def reset(self) -> None:
        self.calls: list[Call] = []
        self.ready: Any = True
        self.delay_s = 0.0  # looked at again while waiting: 0 lets everyone go
        self.broken: Response | None = None  # sent in place of any reply
        self.at_once = self.most_at_once = 0

    async def received(self, request: Request, counted: bool = True) -> Response | dict[str, Any]:
        """The request's body, or the refusal or fault to send back; not `counted`: what comes by itself."""
        if self._token and request.headers.get("authorization") != f"Bearer {self._token}":
            return JSONResponse({"error": {"code": "unauthorized"}}, 401)
        body: dict[str, Any] = await request.json() if request.method == "POST" else dict(request.query_params)
        if counted:
            self.calls.append(Call(request.url.path, dict(request.headers), body))
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        arrived = time.monotonic()
        while time.monotonic() - arrived < self.delay_s:
            await asyncio.sleep(0.005)
        self.at_once -= 1
        return self.broken or body

    def readiness(self) -> JSONResponse:
        return JSONResponse({"ready": self.ready}, 200 if self.ready else 503)


class FakeRasa(ScriptedService):
    """Says back what it was told, unless `reply` holds other messages."""

    def reset(self) -> None:
        super().reset()
        self.reply: list[Any] | None = None

    def app(self) -> FastAPI:
        app = FastAPI()

        @app.post("/webhooks/gateway/webhook")
        async def turn(request: Request) -> Response:
            body = await self.received(request)
            if isinstance(body, Response):
                return body
            if not (body.get("sender") and body.get("message")):
                return _error(400, "invalid")
            if self.reply is not None:
                return JSONResponse(self.reply)
            return JSONResponse([{"recipient_id": body["sender"], "text": f"Du skrev: {body['message']}"}])

        @app.get("/webhooks/gateway/ready")
        async def ready() -> Response:
            return self.readiness()

        return app


@dataclass(slots=True)
class Delivery:
    """An adviser's answer that waits for its channel."""

    values: dict[str, Any]
    lent_until: float = 0.0
    outcome: str = ""
    detail: str = ""


class FakeKnowledge(ScriptedService):
    """Takes feedback on the answers it knows, and hand-overs; lends advisers' answers to the gateway."""

    LENT_S = 60.0

    def reset(self) -> None:
        super().reset()
        self.answers = {"answer-1"}
        self.deliveries: dict[str, Delivery] = {}
        self.replies: dict[str, list[dict[str, Any]]] = {}

    def adviser_answers(self, conversation_id: str, channel: str, text: str, language: str = "sv") -> str:
        """An adviser answers the hand-over R-7K2M4P of the conversation; the delivery's id."""
        delivery_id = f"delivery-{len(self.deliveries) + 1}"
        values = {
            "delivery_id": delivery_id,
            "conversation_id": conversation_id,
            "channel": channel,
            "reference": "R-7K2M4P",
            "text": text,
            "language": language,
            "answered_at": "2026-11-23T09:30:00+00:00",
        }
        self.deliveries[delivery_id] = Delivery(values)
        replies = self.replies.setdefault(conversation_id, [])
        said = {name: values[name] for name in ("reference", "text", "answered_at")}
        replies.append({"n": len(replies) + 1, **said})
        return delivery_id

    def lend_again(self) -> None:
        """As if the minute had passed for which deliveries are lent."""
        for delivery in self.deliveries.values():
            delivery.lent_until = 0.0

    def _lend(self, channels: list[str], limit: int) -> list[dict[str, Any]]:
        now = time.monotonic()
        free = [
            one
            for one in self.deliveries.values()
            if not one.outcome and one.lent_until <= now and one.values["channel"] in channels
        ][:limit]
        for delivery in free:
            delivery.lent_until = now + self.LENT_S
        return [delivery.values for delivery in free]

    def app(self) -> FastAPI:
        app = FastAPI()

        @app.post("/api/feedback")
        async def feedback(request: Request) -> Response:
            body = await self.received(request)
            if isinstance(body, Response):
                return body
            if not REASONS.issuperset(body["reasons"]):
                return _error(422, "invalid")
            if body["answer_id"] not in self.answers:
                return _error(404, "unknown_answer")
            return JSONResponse({"feedback_id": "feedback-1"}, 201)

        @app.post("/api/handovers")
        async def handover(request: Request) -> Response:
            body = await self.received(request)
            if isinstance(body, Response):
                return body
            if body["contact_way"] != "here" and not body["contact"]:
                return _error(422, "contact_missing")
            return JSONResponse({"handover_id": "handover-1", "reference": "R-7K2M4P"}, 201)

        @app.get("/api/contacts")
        async def contacts(request: Request) -> Response:
            refused = await self.received(request, counted=False)
            return refused if isinstance(refused, Response) else JSONResponse({"contacts": []})

        self._add_deliveries(app)

        @app.get("/readyz")
        async def ready() -> Response:
            return self.readiness()

        return app

    def _add_deliveries(self, app: FastAPI) -> None:
        @app.post("/api/deliveries/claim")
        async def claim(request: Request) -> Response:
            body = await self.received(request, counted=False)
            if isinstance(body, Response):
                return body
            return JSONResponse({"deliveries": self._lend(body["channels"], body["limit"])})

        @app.post("/api/deliveries/{delivery_id}")
        async def outcome(delivery_id: str, request: Request) -> Response:
            body = await self.received(request)
            if isinstance(body, Response):
                return body
            delivery = self.deliveries.get(delivery_id)
            if delivery is None:
                return _error(404, "unknown_delivery")
            delivery.outcome, delivery.detail = body["outcome"], body["detail"]
            return Response(status_code=204)

        @app.get("/api/conversations/{conversation_id}/replies")
        async def replies(conversation_id: str, request: Request, after: int = 0) -> Response:
            refused = await self.received(request)
            if isinstance(refused, Response):
                return refused
            return JSONResponse({"replies": [one for one in self.replies.get(conversation_id, []) if one["n"] > after]})


def _error(status: int, code: str) -> JSONResponse:
    return JSONResponse({"error": {"code": code, "text": "", "text_en": ""}}, status)


class LoopbackServer:
    """An app under uvicorn in a thread of its own. It keeps its port over stop() and start(): an outage and its end."""

    def __init__(self, app: ASGIApp, port: int = 0) -> None:
        self._app = app
        self._port = port  # 0: any that is free
        self._server: uvicorn.Server | None = None
        self._thread: threading.Thread | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    def start(self) -> LoopbackServer:
        listening = socket.create_server(("127.0.0.1", self._port))
        self._port = listening.getsockname()[1]
        config = uvicorn.Config(self._app, log_config=None, proxy_headers=False, timeout_graceful_shutdown=1)
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [listening]}, daemon=True)
        self._thread.start()
        while not self._server.started:
            if not self._thread.is_alive():
                raise RuntimeError("the server did not start")
            time.sleep(0.005)
        return self

    def stop(self) -> None:
        if self._server is not None and self._thread is not None:
            self._server.should_exit = True
            self._thread.join(timeout=10)
            self._server = self._thread = None
