"""A gateway with postcards as a process of its own, to be killed. `python -m tests.gateway.postcard_process SINK`."""

from __future__ import annotations

import sys
from typing import Any

import httpx
import uvicorn

from bot.gateway.app import create_app
from bot.gateway.pace import Pace
from bot.gateway.settings import read_settings

from .postcards import postcards


def main(sink: str) -> None:
    async def post(card: dict[str, Any]) -> None:
        async with httpx.AsyncClient(trust_env=False) as client:
            (await client.post(sink, json=card)).raise_for_status()

    settings = read_settings()
    app = create_app(settings, channels=[postcards(post)], pace=Pace(lease_s=6, look_s=0.2))
    uvicorn.run(app, host=settings.host, port=settings.port, log_level="warning")


if __name__ == "__main__":
    main(sys.argv[1])
