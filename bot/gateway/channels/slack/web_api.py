"""Slack's Web API and response URLs. Their errors become ours here, and nowhere else."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from ...errors import DeadlinePassed, Unavailable, Undeliverable

log = logging.getLogger(__name__)
_TIMEOUT_S = 10
# Slack's own trouble: the same call may work in a while.
_PASSING = {"ratelimited", "rate_limited", "internal_error", "fatal_error", "service_unavailable", "request_timeout"}
# Ours: somebody who administers Slack can mend it, and nothing that came in is lost until then.
_MENDABLE = {
    "not_authed",
    "invalid_auth",
    "account_inactive",
    "token_revoked",
    "token_expired",
    "missing_scope",
    "no_permission",
}


@dataclass(frozen=True, slots=True)
class SlackAddresses:
    """Where Slack is. Tests and the simulator put their own in its place."""

    api: str = "https://slack.com/api/"
    authorize: str = "https://slack.com/oauth/v2/authorize"
    # Origins that a response_url may have: it comes in a request's body, and what is answered goes there.
    responses: frozenset[str] = frozenset({"https://hooks.slack.com"})


class SlackWebApi:
    def __init__(self, addresses: SlackAddresses) -> None:
        self._addresses = addresses
        self._session: aiohttp.ClientSession | None = None
        # No handlers that try again: the worker does, and keeps what waits over a restart.
        self.client = AsyncWebClient(base_url=addresses.api, timeout=_TIMEOUT_S, retry_handlers=[])
        self._direct = urlsplit(addresses.api).hostname == "127.0.0.1"
        if self._direct:  # a proxy named in the environment is for the world outside
            self.client.proxy = None

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()

    async def call(self, method: str, token: str, **values: Any) -> dict[str, Any]:
        """The reply. Raises Unavailable, DeadlinePassed (it may have arrived), or Undeliverable with Slack's reason."""
        self.client.session = self._open()
        async with _translated(method):
            response = await self.client.api_call(method, json={"token": token, **values})
            return dict(response.data) if isinstance(response.data, dict) else {}

    async def read(self, method: str, token: str, **values: Any) -> dict[str, Any]:
        """As `call`, for methods that read: Slack takes no JSON there."""
        self.client.session = self._open()
        async with _translated(method):
            response = await self.client.api_call(method, http_verb="GET", params={"token": token, **values})
            return dict(response.data) if isinstance(response.data, dict) else {}

    def answers_to(self, url: str) -> bool:
        """Whether the address is one of Slack's for replies: anything else in a body is not written to."""
        try:
            parts = urlsplit(url)
            origin = f"{parts.scheme}://{parts.hostname}" + (f":{parts.port}" if parts.port else "")
        except ValueError:
            return False
        return origin in self._addresses.responses and "@" not in parts.netloc

    async def respond(self, url: str, message: dict[str, Any]) -> None:
        """Posts to a response_url, for the person's eyes alone. Raises as `call`."""
        if not self.answers_to(url):
            raise Undeliverable("foreign_response_url")
        webhook = AsyncWebhookClient(url, timeout=_TIMEOUT_S, session=self._open(), retry_handlers=[])
        if self._direct:
            webhook.proxy = None
        body = {"response_type": "ephemeral", "replace_original": False, **message}
        async with _translated("response_url"):
            response = await webhook.send_dict(body)
        if response.status_code == 429 or response.status_code >= 500:
            raise Unavailable(_seconds(response.headers.get("Retry-After")))
        if response.status_code != 200:
            # 404 and "expired_url" or "used_url": half an hour or five replies are over.
            raise Undeliverable("response_url_refused")

    def _open(self) -> aiohttp.ClientSession:
        """One for all calls; made here because it belongs to the running loop."""
        if self._session is None or self._session.closed:
            self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=_TIMEOUT_S))
        return self._session


@asynccontextmanager
async def _translated(method: str) -> AsyncIterator[None]:
    try:
        yield
    except SlackApiError as error:
        raise _refusal(method, error) from error
    except aiohttp.ClientConnectorError as error:
        log.error("slack: %s: no connection", method)
        raise Unavailable from error
    except (TimeoutError, aiohttp.ClientError) as error:
        log.error("slack: %s: %s", method, type(error).__name__)
        raise DeadlinePassed from error


def _refusal(method: str, error: SlackApiError) -> Exception:
    response = error.response
    status = getattr(response, "status_code", 200)
    data = response.data if hasattr(response, "data") else response
    code = str(data.get("error", "")) if isinstance(data, dict) else ""
    if status == 429 or code in _PASSING or status >= 500:
        headers = getattr(response, "headers", {})
        log.warning("slack: %s: %s", method, code or status)
        return Unavailable(_seconds(headers.get("Retry-After")))
    if code in _MENDABLE:
        log.error("slack: %s: %s. Check the app's token and permissions (docs/slack.md); nothing is lost", method, code)
        return Unavailable(30)
    log.warning("slack: %s refused: %s", method, code or "unknown")
    return Undeliverable(code or "refused")


def _seconds(value: str | None) -> int:
    return max(1, int(value)) if value and value.isdigit() else 5
