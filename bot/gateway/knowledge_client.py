"""What goes to knowledge past Rasa: forms that the widget has already filled in, and whether it is ready."""

from __future__ import annotations

import logging
from typing import Any

import httpx

from .errors import BadMessage, DeadlinePassed, Unavailable, UnknownAnswer

log = logging.getLogger(__name__)


class KnowledgeClient:
    def __init__(self, client: httpx.AsyncClient, token: str) -> None:
        self._client = client
        self._headers = {"Authorization": f"Bearer {token}"} if token else {}

    async def give_feedback(self, values: dict[str, Any]) -> str:
        """The key of the feedback."""
        return await self._post("/api/feedback", values, "feedback_id")

    async def hand_over(self, values: dict[str, Any]) -> str:
        """The reference that the official may give an adviser."""
        return await self._post("/api/handovers", values, "reference")

    async def ready(self) -> bool:
        try:
            return (await self._client.get("/readyz", timeout=3)).status_code == 200
        except httpx.HTTPError:
            return False

    async def _post(self, path: str, values: dict[str, Any], wanted: str) -> str:
        """Raises UnknownAnswer, BadMessage, DeadlinePassed or Unavailable."""
        try:
            response = await self._client.post(path, json=values, headers=self._headers)
        except httpx.TimeoutException as error:
            log.error("knowledge: %s took too long", path)
            raise DeadlinePassed from error
        except httpx.HTTPError as error:
            log.error("knowledge: %s", error or type(error).__name__)
            raise Unavailable from error
        if response.status_code == 404:
            raise UnknownAnswer
        if response.status_code in (413, 422):
            raise BadMessage("invalid")
        if response.status_code != 201:
            log.error("knowledge answered %s to %s", response.status_code, path)
            raise Unavailable
        try:
            return str(response.json()[wanted])
        except (ValueError, TypeError, KeyError) as error:
            log.error("knowledge answered without %s to %s", wanted, path)
            raise Unavailable from error
