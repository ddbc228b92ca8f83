"""`serve`: the HTTP process."""

from __future__ import annotations

import uvicorn

from ..settings import read_settings

NAME = "serve"


def command() -> None:
    """Startar kunskapstjänsten. / Starts the knowledge process."""
    settings = read_settings()
    uvicorn.run("knowledge.app:create_app", factory=True, host=settings.host, port=settings.port, log_level="warning")
