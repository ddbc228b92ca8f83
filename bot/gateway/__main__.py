"""`python -m bot.gateway` starts the gateway; `python -m bot.gateway doctor` looks at how it is set up."""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
import sys

import uvicorn

from .doctor.examination import examine, is_well
from .doctor.findings import Report
from .errors import ConfigurationError
from .settings import read_settings


def main() -> None:
    chosen = _arguments().parse_args()
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    logging.getLogger("httpx").setLevel(logging.WARNING)
    if chosen.command == "doctor":
        _doctor(ask_outside=not chosen.offline)
    else:
        _serve()


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bot.gateway",
        description="Gatewayen; utan kommando startar den. / The gateway; without a command, it starts.",
    )
    commands = parser.add_subparsers(dest="command", metavar="doctor")
    doctor = commands.add_parser(
        "doctor",
        help="Säger vad som är fel inställt och vad som ska göras. / Says what is set up wrong and what to do.",
    )
    doctor.add_argument(
        "--offline",
        action="store_true",
        help="Frågar inte Slack och Microsoft. / Does not ask Slack and Microsoft.",
    )
    return parser


def _doctor(ask_outside: bool) -> None:
    """Exit status 1 where something keeps the gateway from working."""
    findings = asyncio.run(examine(os.environ, ask_outside))
    sys.stdout.write(Report().written(findings))
    raise SystemExit(0 if is_well(findings) else 1)


def _serve() -> None:
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
