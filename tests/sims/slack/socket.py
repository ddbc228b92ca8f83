"""Slack's end of Socket Mode: envelopes to the app, acknowledgements back."""

from __future__ import annotations

import asyncio
import itertools
import json
import threading
from typing import Any
from urllib.parse import parse_qsl

import httpx
from fastapi import FastAPI, WebSocket, WebSocketDisconnect

from .traffic import FORM, Delivery

_numbers = itertools.count(1)


class Socket:
    """The open line, and a way to send on it from the thread of a test."""

    def __init__(self) -> None:
        self._open: WebSocket | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._acknowledged: dict[str, Any] = {}
        self._changed = threading.Condition()

    async def serve(self, socket: WebSocket) -> None:
        await socket.accept()
        await socket.send_text(json.dumps({"type": "hello", "num_connections": 1, "connection_info": {"app_id": "A"}}))
        with self._changed:
            self._open, self._loop = socket, asyncio.get_running_loop()
            self._changed.notify_all()
        try:
            while True:
                reply = json.loads(await socket.receive_text())
                with self._changed:
                    self._acknowledged[reply["envelope_id"]] = reply.get("payload") or {}
                    self._changed.notify_all()
        except WebSocketDisconnect:
            with self._changed:
                self._open = None

    def wait_until_open(self, timeout_s: float = 10) -> None:
        with self._changed:
            assert self._changed.wait_for(lambda: self._open is not None, timeout_s), "nobody has called"

    def send(self, delivery: Delivery) -> httpx.Response:
        """Sends and waits for the acknowledgement; without one: 504."""
        key = f"envelope-{next(_numbers)}"
        kind, payload = _unwrapped(delivery)
        envelope = {"envelope_id": key, "type": kind, "payload": payload, "accepts_response_payload": True}
        assert self._open is not None and self._loop is not None, "the line is not open"
        asyncio.run_coroutine_threadsafe(self._open.send_text(json.dumps(envelope)), self._loop)
        with self._changed:
            if not self._changed.wait_for(lambda: key in self._acknowledged, 10):
                return httpx.Response(504)
            return httpx.Response(200, json=self._acknowledged[key])


def install(app: FastAPI) -> Socket:
    line = Socket()

    @app.websocket("/socket")
    async def socket(connection: WebSocket) -> None:
        await line.serve(connection)

    return line


def _unwrapped(delivery: Delivery) -> tuple[str, dict[str, Any]]:
    if delivery.content_type != FORM:
        return "events_api", json.loads(delivery.body)
    fields = dict(parse_qsl(delivery.body.decode(), keep_blank_values=True))
    return ("interactive", json.loads(fields["payload"])) if "payload" in fields else ("slash_commands", fields)
