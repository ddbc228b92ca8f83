"""Microsoft's side for a gateway on this machine: the fake connector's keys, tokens and host; the checks untouched."""

from __future__ import annotations

from typing import Any

from aiohttp import ClientSession
from jwt import PyJWK, PyJWKClient
from microsoft_agents.hosting.core import AgentAuthConfiguration, JwtTokenValidator, OutboundHostValidator
from yarl import URL

from bot.gateway.channels.teams.outside import Outside, configuration
from bot.gateway.settings import TeamsSettings

from .bot_connector import TOKEN


def outside(settings: TeamsSettings, connector_url: str) -> Outside:
    configured = configuration(settings)
    validator = JwtTokenValidator(configured)
    validator._jwk_client_manager = _Keys(f"{connector_url}/keys")
    return Outside(validator, _Tokens(configured), _Hosts())


class _Keys:
    """The SDK has no setting for where keys come from."""

    def __init__(self, url: str) -> None:
        self._client = PyJWKClient(url)

    async def get_signing_key(self, _uri: str, header: dict[str, Any]) -> PyJWK:
        return self._client.get_signing_key(header["kid"])


class _Tokens:
    def __init__(self, configured: AgentAuthConfiguration) -> None:
        self.configuration = configured

    async def get_access_token(self, *_: Any) -> str:
        return TOKEN


class _Hosts(OutboundHostValidator):
    """Loopback and nothing else, where the real one allows Microsoft's hosts and nothing else."""

    def is_allowed(self, url: str | URL) -> bool:
        return URL(url).host == "127.0.0.1"

    def client(self, client_session_kwargs: dict[str, Any] | None = None) -> ClientSession:
        return ClientSession(**(client_session_kwargs or {}))
