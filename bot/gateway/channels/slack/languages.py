"""The language of what the channel itself says to a person: their choice in the App Home, otherwise Slack's own."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable

from sqlalchemy import Column, Engine, String, Table, delete, insert, select

from ...database import metadata, transaction
from ...errors import TurnRefused, Undeliverable
from .web_api import SlackWebApi
from .workspaces import Workspaces

LANGUAGES = ("sv", "en")
_KEPT_S, _KEPT = 3600.0, 5000

choices = Table(
    "slack_languages",
    metadata,
    Column("person", String(80), primary_key=True),  # a keyed digest: the table names nobody
    Column("language", String(2), nullable=False),
)


class Languages:
    def __init__(
        self, engine: Engine, api: SlackWebApi, workspaces: Workspaces, digest: Callable[[str, str], str]
    ) -> None:
        """`digest` names a person of a workspace so that nobody else can."""
        self._engine, self._api, self._workspaces, self._digest = engine, api, workspaces, digest
        self._locales: OrderedDict[str, tuple[float, str]] = OrderedDict()

    async def chosen(self, team: str, user: str) -> str | None:
        """What the person chose; None: answers come in the language of the question. Raises Unavailable."""
        return await asyncio.to_thread(self._read, self._digest(team, user))

    async def choose(self, team: str, user: str, language: str | None) -> None:
        await asyncio.to_thread(self._write, self._digest(team, user), language)

    async def of(self, team: str, enterprise: str, user: str) -> str:
        """The language to speak to the person in: the choice, the locale in Slack, Swedish."""
        try:
            return await self.chosen(team, user) or await self._locale(team, enterprise, user)
        except (TurnRefused, Undeliverable):
            return "sv"

    async def _locale(self, team: str, enterprise: str, user: str) -> str:
        person = self._digest(team, user)
        at, known = self._locales.get(person, (0.0, ""))
        if not known or time.monotonic() - at > _KEPT_S:
            token = await self._workspaces.token(team, enterprise)
            info = await self._api.read("users.info", token, user=user, include_locale="true")
            locale = str((info.get("user") or {}).get("locale") or "sv-SE")
            known = "en" if locale.startswith("en") else "sv"
            self._locales[person] = (time.monotonic(), known)
            while len(self._locales) > _KEPT:
                self._locales.popitem(last=False)
        return known

    def _read(self, person: str) -> str | None:
        with transaction(self._engine) as connection:
            found = connection.execute(
                select(choices.c.language).where(choices.c.person == person)
            ).scalar_one_or_none()
        return found if found in LANGUAGES else None

    def _write(self, person: str, language: str | None) -> None:
        with transaction(self._engine) as connection:
            connection.execute(delete(choices).where(choices.c.person == person))
            if language in LANGUAGES:
                connection.execute(insert(choices).values(person=person, language=language))
