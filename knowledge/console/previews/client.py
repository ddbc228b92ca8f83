"""What Slack and Teams would be sent: the gateway makes it with the code that also sends it."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any, Protocol

import httpx

log = logging.getLogger(__name__)
PATIENCE_S = 3.0  # an editor waits for the page meanwhile
_PATH = "/channels/previews"


@dataclass(frozen=True, slots=True)
class Payloads:
    """Block Kit and an Adaptive Card, as they would be sent; None for a channel that the gateway has not."""

    slack: list[dict[str, Any]] | None
    teams: dict[str, Any] | None


class Previews(Protocol):
    def payloads(self, answer: dict[str, Any]) -> Payloads | None:
        """None where the gateway cannot be reached: the page then says so and shows the web form alone."""


class GatewayPreviews:
    def __init__(self, client: httpx.Client, token: str) -> None:
        self._client = client
        self._headers = {"Authorization": f"Bearer {token}"} if token else {}

    def payloads(self, answer: dict[str, Any]) -> Payloads | None:
        try:
            response = self._client.post(_PATH, json={"answer": answer}, headers=self._headers)
            response.raise_for_status()
            given = response.json()
            blocks, card = (given.get("slack") or {}).get("blocks"), given.get("teams")
        except (httpx.HTTPError, ValueError, AttributeError) as error:
            log.warning("no previews from the gateway: %s", error or type(error).__name__)
            return None
        return Payloads(
            blocks if _are_parts(blocks) else None,
            card if isinstance(card, dict) and _are_parts(card.get("body")) else None,
        )


def _are_parts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(part, dict) for part in value)


def gateway_previews(url: str, token: str) -> GatewayPreviews:
    return GatewayPreviews(httpx.Client(base_url=url, timeout=PATIENCE_S, trust_env=False), token)
