"""Rasa's one channel, over HTTP. Its errors become ours here."""

from __future__ import annotations

import logging
from typing import Any

import httpx
from pydantic import BaseModel, TypeAdapter, ValidationError

from .errors import Unavailable

log = logging.getLogger(__name__)


class Button(BaseModel):
    title: str
    payload: str


class RasaMessage(BaseModel):
    """One thing that Rasa said."""

    text: str | None = None
    buttons: list[Button] | None = None
    custom: dict[str, Any] | None = None


_MESSAGES = TypeAdapter(list[RasaMessage])


class RasaClient:
    def __init__(self, client: httpx.AsyncClient, token: str) -> None:
        self._client, self._headers = client, {"Authorization": f"Bearer {token}"}

    async def send(self, sender: str, text: str, metadata: dict[str, str]) -> list[RasaMessage]:
        """One turn; the messages that Rasa gives back. Raises Unavailable.

        An empty list is an error too: Rasa answers `[]` with 200 where an action failed (docs/adr/0001).
        """
        body = {"sender": sender, "message": text, "metadata": metadata}
        try:
            response = await self._client.post("/webhooks/gateway/webhook", json=body, headers=self._headers)
            response.raise_for_status()
            messages = _MESSAGES.validate_json(response.content)
        except httpx.HTTPError as error:
            log.error("rasa: %s", error or type(error).__name__)
            raise Unavailable from error
        except ValidationError as error:
            # Where and what, never the input: it may be what someone asked.
            log.error("rasa answered with nonsense: %s", [(e["loc"], e["type"]) for e in error.errors()][:3])
            raise Unavailable from error
        if not messages:
            log.error("rasa answered with nothing")
            raise Unavailable
        return messages

    async def ready(self) -> bool:
        try:
            response = await self._client.get("/webhooks/gateway/ready", headers=self._headers, timeout=3)
            body = response.json()
        except (httpx.HTTPError, ValueError):
            return False
        return response.status_code == 200 and isinstance(body, dict) and body.get("ready") is True
