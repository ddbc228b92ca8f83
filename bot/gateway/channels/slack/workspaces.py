"""Which workspaces may use the app, and the token of each: one token of the settings, or those that OAuth brought."""

from __future__ import annotations

import asyncio
import hashlib
import logging
import time
from typing import Any, Protocol

from slack_bolt.error import BoltError
from slack_sdk.oauth.installation_store import Bot, Installation
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from sqlalchemy import Column, Engine, Float, String, Table, Text, delete, insert, select

from ...database import metadata, transaction
from ...errors import TurnRefused, Undeliverable
from ...sealing import Seal
from .web_api import SlackWebApi

log = logging.getLogger(__name__)

installations = Table(
    "slack_installations",
    metadata,
    Column("workspace", String(64), primary_key=True),  # a digest of organisation and workspace
    Column("installed_at", Float, nullable=False),
    Column("sealed", Text, nullable=False),
)
_KEPT_S = 60.0  # a token that was found is used that long before the database is asked again


class Workspaces(Protocol):
    async def start(self) -> None: ...

    async def knows(self, team: str, enterprise: str) -> bool:
        """Whether requests of the workspace are taken. Raises Unavailable."""
        ...

    async def token(self, team: str, enterprise: str) -> str:
        """The bot's token there. Raises Undeliverable where it is not installed, and Unavailable."""
        ...


class OneWorkspace:
    """The workspace of SLACK_BOT_TOKEN."""

    def __init__(self, api: SlackWebApi, token: str) -> None:
        self._api, self._token = api, token
        self._own: frozenset[str] | None = None

    async def start(self) -> None:
        try:
            await self._find_out()
        except (TurnRefused, Undeliverable):
            log.error(
                "slack: the workspace of SLACK_BOT_TOKEN is not known yet; it is asked for again at the first use"
            )

    async def knows(self, team: str, enterprise: str) -> bool:
        # Not known yet: taken and acknowledged. The worker finds out before anything is answered.
        return self._own is None or bool(self._own & {team, enterprise})

    async def token(self, team: str, enterprise: str) -> str:
        if not (await self._find_out()) & {team, enterprise}:
            raise Undeliverable("foreign_workspace")
        return self._token

    async def _find_out(self) -> frozenset[str]:
        if self._own is None:
            found = await self._api.call("auth.test", self._token)
            self._own = frozenset(str(found[key]) for key in ("team_id", "enterprise_id") if found.get(key))
        return self._own


class InstalledWorkspaces(AsyncInstallationStore):
    """Workspaces that installed the app themselves. Tokens are sealed in the gateway's database."""

    def __init__(self, engine: Engine, seal: Seal, api: SlackWebApi, allowed: tuple[str, ...]) -> None:
        self._engine, self._seal, self._api, self._allowed = engine, seal, api, frozenset(allowed)
        self._found: dict[str, tuple[float, str]] = {}

    async def start(self) -> None:
        """Nothing to open: the database is asked when a request comes."""

    @property
    def logger(self) -> logging.Logger:
        return log

    async def knows(self, team: str, enterprise: str) -> bool:
        return bool(await self._token(team, enterprise))

    async def token(self, team: str, enterprise: str) -> str:
        token = await self._token(team, enterprise)
        if not token:
            raise Undeliverable("not_installed")
        return token

    async def _token(self, team: str, enterprise: str) -> str:
        for key in (_key(enterprise, team), _key(enterprise, "")):
            at, token = self._found.get(key, (0.0, ""))
            if token and time.monotonic() - at < _KEPT_S:
                return token
            values = await asyncio.to_thread(self._read, key)
            if values:
                self._found[key] = (time.monotonic(), str(values["bot_token"]))
                return str(values["bot_token"])
        return ""

    def _read(self, key: str) -> dict[str, Any] | None:
        with transaction(self._engine) as connection:
            row = connection.execute(select(installations).where(installations.c.workspace == key)).one_or_none()
        return self._seal.open(row.sealed) if row else None

    # What bolt's OAuth flow calls.

    async def async_save(self, installation: Installation) -> None:
        """Raises BoltError, which bolt turns into its page of failure, where the workspace is none that may install."""
        ours = {installation.team_id, installation.enterprise_id} & self._allowed
        if not ours and "*" not in self._allowed:
            log.warning("slack: workspace %s is not in SLACK_ALLOWED_TEAMS: not installed", installation.team_id)
            await self._revoke(installation.bot_token)
            raise BoltError("workspace_not_allowed")
        team = "" if installation.is_enterprise_install else str(installation.team_id or "")
        values = {
            "team_id": installation.team_id,
            "enterprise_id": installation.enterprise_id,
            "bot_token": installation.bot_token,
            "bot_id": installation.bot_id,
            "bot_user_id": installation.bot_user_id,
            "bot_scopes": list(installation.bot_scopes or ()),
            "user_id": installation.user_id,
        }
        await asyncio.to_thread(self._write, _key(installation.enterprise_id, team), values)

    def _write(self, key: str, values: dict[str, Any]) -> None:
        row = {"installed_at": time.time(), "sealed": self._seal.close(values)}
        with transaction(self._engine) as connection:
            connection.execute(delete(installations).where(installations.c.workspace == key))
            connection.execute(insert(installations).values(workspace=key, **row))
        self._found.pop(key, None)

    async def _revoke(self, token: str | None) -> None:
        try:
            await self._api.call("auth.revoke", token or "")
        except (TurnRefused, Undeliverable):
            log.warning("slack: a token that is not kept could not be revoked")

    async def async_find_bot(
        self, *, enterprise_id: str | None, team_id: str | None, is_enterprise_install: bool | None = False
    ) -> Bot | None:
        key = _key(enterprise_id, "" if is_enterprise_install else team_id)
        values = await asyncio.to_thread(self._read, key)
        return Bot(installed_at=0, **{k: v for k, v in values.items() if k != "user_id"}) if values else None

    async def async_delete_bot(self, *, enterprise_id: str | None, team_id: str | None) -> None:
        await asyncio.to_thread(self._erase, _key(enterprise_id, team_id))

    async def async_delete_installation(
        self, *, enterprise_id: str | None, team_id: str | None, user_id: str | None = None
    ) -> None:
        """The bot's token is all that is kept, and belongs to no single person."""

    def _erase(self, key: str) -> None:
        with transaction(self._engine) as connection:
            connection.execute(delete(installations).where(installations.c.workspace == key))
        self._found.pop(key, None)


def _key(enterprise: str | None, team: str | None) -> str:
    return hashlib.sha256(f"{enterprise or ''}|{team or ''}".encode()).hexdigest()
