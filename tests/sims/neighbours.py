"""What a simulator needs: a free port for its page, and beside it Rasa and knowledge, as `make run` starts them."""

from __future__ import annotations

import socket
import sys

import httpx

from bot.gateway.settings import Settings

_NOT_RUNNING = """Rådgivaren svarar inte på {rasa} och {knowledge}.
Starta den först i ett annat fönster, med samma RASA_TOKEN: export RASA_TOKEN=valfritt; make run
Rådgivaren does not answer there. Start it first in another window, with the same RASA_TOKEN."""
_TAKEN = """Port {port} är upptagen. Stäng det som använder den, eller välj en annan: {command} PORT=8090
The port is taken. Stop what uses it, or choose another one."""


def require(settings: Settings, port: int, command: str) -> None:
    """Ends the program, saying what to do, where the port is taken or the others do not answer."""
    if _is_taken(port):
        sys.exit(_TAKEN.format(port=port, command=command))
    if not _are_ready(settings):
        sys.exit(_NOT_RUNNING.format(rasa=settings.rasa_url, knowledge=settings.knowledge_url))


def _is_taken(port: int) -> bool:
    with socket.socket() as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # one that just closed is free
        try:
            tried.bind(("127.0.0.1", port))
        except OSError:
            return True
    return False


def _are_ready(settings: Settings) -> bool:
    asked = {
        f"{settings.rasa_url}/webhooks/gateway/ready": {"Authorization": f"Bearer {settings.rasa_token}"},
        f"{settings.knowledge_url}/readyz": {},
    }
    try:
        return all(httpx.get(url, headers=headers, timeout=5).status_code == 200 for url, headers in asked.items())
    except httpx.HTTPError:
        return False
