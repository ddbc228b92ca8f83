"""What can be seen by asking: Rasa, knowledge, Slack, Microsoft, and whether our clock agrees with theirs."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

import httpx

from ..channels.slack.oauth import SCOPES
from ..settings import Settings
from .findings import Finding, fault, fine, note

_WAIT_S = 8.0
_SKEW_NOTED_S, _SKEW_FAULT_S = 30, 240  # Slack and Teams refuse, and we refuse, from 300 s on


@dataclass(frozen=True, slots=True)
class Outside:
    """Addresses on the internet. Tests put loopback in their place."""

    slack_api: str = "https://slack.com/api"
    microsoft_login: str = "https://login.microsoftonline.com"
    bot_keys: str = "https://login.botframework.com/v1/.well-known/openidconfiguration"


async def rasa(settings: Settings) -> AsyncIterator[Finding]:
    async with _inside(settings.rasa_url, settings.rasa_token) as client:
        try:
            ready = await client.get("/webhooks/gateway/ready")
            # No turn: the empty body is refused with 400 by who knows the token, with 401 by who doesn't.
            refused = await client.post("/webhooks/gateway/webhook", json={})
        except httpx.HTTPError:
            yield fault("rasa_unreachable", url=settings.rasa_url)
            return
    if refused.status_code == 401:
        yield fault("rasa_token_wrong")
    elif ready.status_code == 404:
        yield fault("rasa_other", url=settings.rasa_url)
    elif ready.status_code != 200:
        yield fault("rasa_not_ready", url=settings.rasa_url)
    else:
        yield fine("rasa", url=settings.rasa_url)


async def knowledge(settings: Settings) -> AsyncIterator[Finding]:
    async with _inside(settings.knowledge_url, settings.knowledge_token) as client:
        try:
            ready = await client.get("/readyz")
            contacts = await client.get("/api/contacts")  # needs the token, changes nothing
        except httpx.HTTPError:
            yield fault("knowledge_unreachable", url=settings.knowledge_url)
            return
    if contacts.status_code == 401:
        yield fault("knowledge_token_wrong")
    elif ready.status_code == 404:
        yield fault("knowledge_other", url=settings.knowledge_url)
    elif ready.status_code != 200:
        yield fault("knowledge_not_ready", url=settings.knowledge_url)
    else:
        yield fine("knowledge", url=settings.knowledge_url)


async def slack(settings: Settings, outside: Outside, now: Callable[[], float] = time.time) -> AsyncIterator[Finding]:
    """Asks Slack whether it takes the tokens, and who we are to it."""
    tokens = (
        ("bot", settings.slack.bot_token, "auth.test"),
        ("app", settings.slack.app_token, "apps.connections.open"),
    )
    async with httpx.AsyncClient(timeout=_WAIT_S) as client:
        for kind, token, method in tokens:
            if not token:
                continue
            try:
                url = f"{outside.slack_api}/{method}"
                response = await client.post(url, headers={"Authorization": f"Bearer {token}"})
                said = response.json()
            except (httpx.HTTPError, ValueError):
                yield fault("unreachable", host=urlsplit(outside.slack_api).hostname)
                return
            for found in (_slack_said(kind, said), *_missing_scopes(response), *_skew(response, now())):
                yield found


def _slack_said(kind: str, said: dict[str, Any]) -> Finding:
    if not said.get("ok"):
        return fault(f"slack_{kind}_refused", error=_word(said.get("error")))
    return fine(f"slack_{kind}", team=_word(said.get("team")), user=_word(said.get("user")))


def _missing_scopes(response: httpx.Response) -> list[Finding]:
    """Slack says with each reply to a bot what it may do."""
    has = {scope.strip() for scope in response.headers.get("x-oauth-scopes", "").split(",")} - {""}
    missing = set(SCOPES) - has if has and "connections:write" not in has else set()
    return [fault("slack_scopes", missing=", ".join(sorted(missing)))] if missing else []


async def teams(settings: Settings, outside: Outside, now: Callable[[], float] = time.time) -> AsyncIterator[Finding]:
    """Asks Microsoft for the token with which answers are posted."""
    if not settings.teams.configured:
        return
    form = {
        "grant_type": "client_credentials",
        "client_id": settings.teams.client_id,
        "client_secret": settings.teams.client_secret,
        "scope": "https://api.botframework.com/.default",
    }
    async with httpx.AsyncClient(timeout=_WAIT_S) as client:
        try:
            url = f"{outside.microsoft_login}/{settings.teams.tenant_id}/oauth2/v2.0/token"
            response = await client.post(url, data=form)
            said = response.json()
        except (httpx.HTTPError, ValueError):
            yield fault("unreachable", host=urlsplit(outside.microsoft_login).hostname)
            return
        yield fine("teams") if "access_token" in said else _refused(said.get("error_description"))
        for found in _skew(response, now()):
            yield found
        try:
            (await client.get(outside.bot_keys)).raise_for_status()
        except httpx.HTTPError:
            yield fault("unreachable", host=urlsplit(outside.bot_keys).hostname)


# https://learn.microsoft.com/entra/identity-platform/reference-error-codes
_CODES = {
    "AADSTS7000215": "teams_secret_wrong",
    "AADSTS7000222": "teams_secret_expired",
    "AADSTS700016": "teams_client_unknown",
    "AADSTS90002": "teams_tenant_unknown",
}


def _refused(description: object) -> Finding:
    code = str(description or "").partition(":")[0]
    return fault(_CODES[code]) if code in _CODES else fault("teams_refused", error=_word(code))


def _skew(response: httpx.Response, now: float) -> list[Finding]:
    try:
        theirs = parsedate_to_datetime(response.headers["date"]).timestamp()
    except (KeyError, ValueError):
        return []
    skew = round(now - theirs)
    if abs(skew) < _SKEW_NOTED_S:
        return []
    host = response.request.url.host
    return [(fault if abs(skew) >= _SKEW_FAULT_S else note)("clock", seconds=abs(skew), host=host)]


def _word(value: object) -> str:
    """A short code or name from outside, without anything that could write over the terminal."""
    return "".join(sign for sign in str(value or "?") if sign.isalnum() or sign in " _-.")[:60]


def _inside(url: str, token: str) -> httpx.AsyncClient:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return httpx.AsyncClient(base_url=url, headers=headers, timeout=_WAIT_S, trust_env=False)
