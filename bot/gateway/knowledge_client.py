"""What goes to knowledge past Rasa: filled-in forms, advisers' answers, and whether it is ready."""

from __future__ import annotations

import logging
from typing import Any
from urllib.parse import quote

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

    async def claim_deliveries(self, channels: list[str], limit: int) -> list[dict[str, Any]]:
        """Advisers' answers that wait for these channels; they are this gateway's for a minute."""
        values = {"channels": channels, "limit": limit}
        return _objects(await self._call("POST", "/api/deliveries/claim", {200}, json=values), "deliveries")

    async def end_delivery(self, delivery_id: str, outcome: str, detail: str) -> None:
        """Tells what became of one. Raises UnknownAnswer where knowledge has no such delivery."""
        path = f"/api/deliveries/{quote(delivery_id, safe='')}"
        await self._call("POST", path, {200, 204}, json={"outcome": outcome, "detail": detail})

    async def replies(self, conversation_key: str, after: int) -> list[dict[str, Any]]:
        """Advisers' answers in a conversation, those after number `after`."""
        path = f"/api/conversations/{quote(conversation_key, safe='')}/replies"
        return _objects(await self._call("GET", path, {200}, params={"after": after}), "replies")

    async def ready(self) -> bool:
        try:
            return (await self._client.get("/readyz", timeout=3)).status_code == 200
        except httpx.HTTPError:
            return False

    async def _post(self, path: str, values: dict[str, Any], wanted: str) -> str:
        body = await self._call("POST", path, {201}, json=values)
        try:
            return str(body[wanted])
        except (TypeError, KeyError) as error:
            log.error("knowledge answered without %s to %s", wanted, path)
            raise Unavailable from error

    async def _call(self, method: str, path: str, expected: set[int], **request: Any) -> Any:
        """The reply's JSON. Raises UnknownAnswer, BadMessage, DeadlinePassed or Unavailable."""
        try:
            response = await self._client.request(method, path, headers=self._headers, **request)
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
        if response.status_code not in expected:
            log.error("knowledge answered %s to %s", response.status_code, path)
            raise Unavailable
        try:
            return response.json() if response.content else None
        except ValueError as error:
            log.error("knowledge answered with no JSON to %s", path)
            raise Unavailable from error


def _objects(body: Any, key: str) -> list[dict[str, Any]]:
    try:
        return [one for one in body[key] if isinstance(one, dict)]
    except (TypeError, KeyError) as error:
        log.error("knowledge answered without %s", key)
        raise Unavailable from error
