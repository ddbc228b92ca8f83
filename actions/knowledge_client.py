"""The actions' one way to knowledge: three calls over HTTP, each within the deadline."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import cached_property
from typing import Any

import httpx

from actions.errors import KnowledgeRefused, KnowledgeUnavailable
from actions.settings import ActionSettings

Json = dict[str, Any]


class KnowledgeClient:
    """Opens its connections at the first call and keeps them."""

    def __init__(self, open_http: Callable[[], httpx.AsyncClient], deadline_seconds: float) -> None:
        self._open_http = open_http
        self._deadline_seconds = deadline_seconds

    async def answer(self, question: Json) -> Json:
        """The Answer to a question."""
        answer = await self._post("/api/answers", question)
        if not isinstance(answer.get("status"), str) or not isinstance(answer.get("text"), str):
            raise KnowledgeUnavailable("an answer without status or text")
        return answer

    async def record_feedback(self, feedback: Json) -> None:
        await self._post("/api/feedback", feedback)

    async def hand_over(self, handover: Json) -> str:
        """The reference that the user gets for the hand-over."""
        reference = (await self._post("/api/handovers", handover)).get("reference")
        if not isinstance(reference, str):
            raise KnowledgeUnavailable("a hand-over without a reference")
        return reference

    @cached_property
    def _http(self) -> httpx.AsyncClient:
        return self._open_http()

    async def _post(self, path: str, body: Json) -> Json:
        try:
            # httpx limits each read and write; the deadline is for the whole call.
            async with asyncio.timeout(self._deadline_seconds):
                response = await self._http.post(path, json=body)
        except (httpx.HTTPError, TimeoutError) as error:
            raise KnowledgeUnavailable(repr(error)) from error
        if response.is_server_error or response.is_redirect or response.status_code in (401, 403):
            raise KnowledgeUnavailable(f"status {response.status_code}")
        reply = json_object(response)
        if response.is_client_error:
            raise refusal(response.status_code, reply)
        return reply


def open_http_for(settings: ActionSettings) -> Callable[[], httpx.AsyncClient]:
    """Builds the one HTTP client, when it is first needed: it belongs to the event loop that runs then."""

    def open_http() -> httpx.AsyncClient:
        headers = {"Authorization": f"Bearer {settings.knowledge_token}"} if settings.knowledge_token else {}
        return httpx.AsyncClient(
            base_url=settings.knowledge_url,
            headers=headers,
            timeout=settings.knowledge_timeout_seconds,
            # One retry of the connection only: it covers a restarted knowledge, and nothing has been sent yet.
            transport=httpx.AsyncHTTPTransport(retries=1, limits=httpx.Limits(max_keepalive_connections=20)),
            trust_env=False,  # a proxy setting must not send questions out of the house
        )

    return open_http


def json_object(response: httpx.Response) -> Json:
    try:
        reply = response.json()
    except ValueError as error:
        raise KnowledgeUnavailable("a reply that is not JSON") from error
    if not isinstance(reply, dict):
        raise KnowledgeUnavailable("a reply that is not an object")
    return reply


def refusal(status: int, reply: Json) -> KnowledgeRefused:
    error = reply.get("error")
    if not isinstance(error, dict):
        error = {}
    return KnowledgeRefused(
        status, str(error.get("code", "")), str(error.get("text", "")), str(error.get("text_en", ""))
    )
