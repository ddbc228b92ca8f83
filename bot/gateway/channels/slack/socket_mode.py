"""Socket Mode: the gateway calls Slack and keeps the line open, for houses without an open door."""

from __future__ import annotations

import logging

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp

from .web_api import SlackWebApi

log = logging.getLogger(__name__)


class SocketLine:
    """One line. Several gateways may each have one: Slack gives every event to one of them."""

    def __init__(self, app: AsyncApp, api: SlackWebApi, app_token: str) -> None:
        self._app, self._api, self._app_token = app, api, app_token
        self._handler: AsyncSocketModeHandler | None = None

    async def open(self) -> None:
        """Returns once the line is open; slack_sdk tries until it is, and opens it again where it breaks."""
        # Made here: it belongs to the running loop.
        self._handler = AsyncSocketModeHandler(self._app, self._app_token, logger=log, web_client=self._api.client)
        self._handler.client.proxy = self._api.client.proxy
        await self._handler.client.connect()  # type: ignore[no-untyped-call]

    async def close(self) -> None:
        if self._handler is not None:
            await self._handler.client.close()  # type: ignore[no-untyped-call]
