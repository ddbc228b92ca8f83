"""`make teams-sim`: a gateway with a fake Teams in front of it and a page to write in, all on this machine."""

from __future__ import annotations

import argparse
import logging
import os
import sys
import tempfile
import threading
from pathlib import Path

from bot.gateway.app import create_app
from bot.gateway.bootstrap import Gateway
from bot.gateway.channels.port import Channel
from bot.gateway.channels.teams.build import build as build_teams
from bot.gateway.fakes import LoopbackServer
from bot.gateway.settings import Settings, read_settings

from ..neighbours import require
from .bot_connector import BotConnector
from .loopback import outside
from .page_server import page_app
from .person import PLACES, Person
from .traffic import SETTINGS, Teams


def main() -> None:
    parser = argparse.ArgumentParser(prog="make teams-sim", description=__doc__)
    parser.add_argument("--port", type=int, default=8085, help="Sidans port. / Port of the page.")
    parser.add_argument("--libraries", type=Path, required=True, help="npm:s paket. / The packages of npm.")
    options = parser.parse_args()
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    with tempfile.TemporaryDirectory(prefix="teams-sim-") as data:
        settings = _settings(data)
        require(settings, options.port, "make teams-sim")
        _serve(settings, options.port, options.libraries)


def _settings(data: str) -> Settings:
    """Those of the environment, with a Teams app that exists nowhere and a folder that is gone afterwards."""
    os.environ.update(SETTINGS, RADGIVAREN_DATA=data, RADGIVAREN_RATE_LIMIT="0")
    return read_settings()


def _serve(settings: Settings, port: int, libraries: Path) -> None:
    connector = BotConnector()
    connector_server = LoopbackServer(connector.app()).start()

    def build(gateway: Gateway) -> Channel | None:
        return build_teams(gateway, outside(settings.teams, connector_server.url))

    gateway = LoopbackServer(create_app(settings, (build,))).start()
    person = Person(Teams(gateway.url, connector_server.url, connector.identity), connector)
    page = LoopbackServer(page_app(person, connector, libraries), port).start()
    for place in PLACES:
        person.arrives(place, "sv-SE")
    sys.stdout.write(f"Teams-simulatorn / The Teams simulator: {page.url}  (Ctrl-C avslutar / ends it)\n")
    sys.stdout.flush()
    try:
        threading.Event().wait()
    except KeyboardInterrupt:
        for server in (page, gateway, connector_server):
            server.stop()


if __name__ == "__main__":
    main()
