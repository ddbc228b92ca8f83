"""What a simulator needs beside it: Rasa and knowledge, as `make run` starts them."""

from __future__ import annotations

import sys

import httpx

from bot.gateway.settings import Settings

_NOT_RUNNING = """Rådgivaren svarar inte på {rasa} och {knowledge}.
Starta den först i ett annat fönster, med samma RASA_TOKEN: export RASA_TOKEN=valfritt; make run
Rådgivaren does not answer there. Start it first in another window, with the same RASA_TOKEN."""


def require(settings: Settings) -> None:
    """Ends the program, saying what to start, where they do not answer."""
    if not _are_ready(settings):
        sys.exit(_NOT_RUNNING.format(rasa=settings.rasa_url, knowledge=settings.knowledge_url))


def _are_ready(settings: Settings) -> bool:
    asked = {
        f"{settings.rasa_url}/webhooks/gateway/ready": {"Authorization": f"Bearer {settings.rasa_token}"},
        f"{settings.knowledge_url}/readyz": {},
    }
    try:
        return all(httpx.get(url, headers=headers, timeout=5).status_code == 200 for url, headers in asked.items())
    except httpx.HTTPError:
        return False
