"""Rasa's one channel, for the gateway alone.

POST /webhooks/gateway/webhook   a turn; bearer token required
GET  /webhooks/gateway/ready     {"ready": bool}: a model is loaded and the action server has every action of its domain
GET  /webhooks/gateway/          {"status": "ok"}: the process lives
GET  /healthz, /readyz           the same two, where every process has them
"""

import asyncio
import hmac
import logging
import re
from typing import Any, Awaitable, Callable, Dict, Optional, Set

import aiohttp
from rasa.core.agent import Agent
from rasa.core.channels.channel import CollectingOutputChannel, InputChannel, UserMessage
from sanic import Blueprint, Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, json

from bot.rasa_channel.reply_validation import build_reply_validator_once

logger = logging.getLogger(__name__)

READY_TIMEOUT_SECONDS = 2
COMMAND_SIGNS = re.compile(r"^[\s/]+")
NOT_A_TURN = {"error": {"code": "invalid"}}  # no texts: only the gateway, which has its own, may see it


class GatewayChannel(InputChannel):
    """Takes turns from the gateway, which has checked who asks and names the sender."""

    @classmethod
    def name(cls) -> str:
        return "gateway"

    @classmethod
    def from_credentials(cls, credentials: Optional[Dict[str, Any]]) -> InputChannel:
        token = (credentials or {}).get("token", "")
        if not token or token.startswith("$"):
            raise ValueError("RASA_TOKEN is not set: Rasa's channel needs the token that the gateway sends.")
        build_reply_validator_once()
        return cls(token)

    def __init__(self, token: str) -> None:
        self._expected = f"Bearer {token}".encode()

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        blueprint = Blueprint("gateway_channel")

        @blueprint.get("/")
        async def alive(_: Request) -> HTTPResponse:
            return json({"status": "ok"})

        @blueprint.get("/ready")
        async def ready(request: Request) -> HTTPResponse:
            is_ready = await can_answer(request.app.ctx.agent)
            return json({"ready": is_ready}, status=200 if is_ready else 503)

        # The same two at the addresses that every process has; Rasa's own app is the one that exists here.
        app = Sanic.get_app()
        app.add_route(alive, "/healthz", name="healthz")
        app.add_route(ready, "/readyz", name="readyz")

        @blueprint.post("/webhook")
        async def turn(request: Request) -> HTTPResponse:
            if not hmac.compare_digest(request.headers.get("authorization", "").encode(), self._expected):
                return json({"error": {"code": "unauthorized"}}, status=401)
            body = turn_from(request)
            if body is None:
                return json(NOT_A_TURN, status=400)
            output = CollectingOutputChannel()
            await on_new_message(
                UserMessage(
                    body["message"],
                    output,
                    body["sender"],
                    input_channel=self.name(),
                    metadata=body.get("metadata") or {},
                )
            )
            return json(output.messages)

        return blueprint


def turn_from(request: Request) -> Optional[Dict[str, Any]]:
    """The turn in the request, or None where there is none."""
    try:
        body = request.json
    except Exception:  # noqa: BLE001 - Sanic 21 raises InvalidUsage, and RecursionError for deep nesting
        return None
    if not isinstance(body, dict) or not isinstance(body.get("metadata") or {}, dict):
        return None
    sender, message = body.get("sender"), body.get("message")
    if not (isinstance(sender, str) and sender and isinstance(message, str)):
        return None
    text = literal(message)
    return {**body, "message": text} if text else None


def literal(message: str) -> str:
    """The message as words: Rasa reads a leading "/" as a command (/restart, /intent{...}), which no user may give."""
    return COMMAND_SIGNS.sub("", message).rstrip()


async def can_answer(agent: Optional[Agent]) -> bool:
    """True when a model is loaded and the action server has registered each action that the model may call."""
    if agent is None or not agent.is_ready() or agent.domain is None or agent.action_endpoint is None:
        return False
    url = f"{agent.action_endpoint.url.rsplit('/webhook', 1)[0]}/actions"
    try:
        return set(agent.domain.user_actions) <= await registered_actions(url)
    except (aiohttp.ClientError, asyncio.TimeoutError, OSError, ValueError, KeyError, TypeError) as error:
        logger.info("The action server is not ready: %r", error)
        return False


async def registered_actions(url: str) -> Set[str]:
    timeout = aiohttp.ClientTimeout(total=READY_TIMEOUT_SECONDS)
    async with aiohttp.ClientSession(timeout=timeout) as session, session.get(url) as response:
        return {action["name"] for action in await response.json()}
