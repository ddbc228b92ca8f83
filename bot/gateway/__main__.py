"""`python -m bot.gateway`: starts the gateway."""

from __future__ import annotations

import logging

import uvicorn

from .errors import ConfigurationError
from .settings import read_settings


def main() -> None:
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    logging.getLogger("httpx").setLevel(logging.WARNING)
    try:
        settings = read_settings()
    except ConfigurationError as error:
        raise SystemExit(f"Fel: {error}") from error
    uvicorn.run(
        "bot.gateway.app:create_app",
        factory=True,
        host=settings.host,
        port=settings.port,
        log_level="warning",
        proxy_headers=False,  # uvicorn would believe X-Forwarded-For from loopback, whatever TRUSTED_PROXY says
    )


if __name__ == "__main__":
    main()
