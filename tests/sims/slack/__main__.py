"""`make slack-sim`: a gateway with a simulated Slack in front of it and a page to write in, all on this machine."""

from __future__ import annotations

import argparse
import logging
import os
import sys
import tempfile
import threading
from functools import partial

from bot.gateway.app import create_app
from bot.gateway.channels.slack import channel as slack_channel
from bot.gateway.fakes import LoopbackServer
from bot.gateway.settings import Settings, read_settings

from ..neighbours import require
from .page_server import page_app
from .server import SIGNING_SECRET, SlackSim
from .web_api import TOKEN


def main() -> None:
    parser = argparse.ArgumentParser(prog="make slack-sim", description=__doc__)
    parser.add_argument("--port", type=int, default=8086, help="Sidans port. / Port of the page.")
    options = parser.parse_args()
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    with tempfile.TemporaryDirectory(prefix="slack-sim-") as data:
        settings = _settings(data)
        require(settings, options.port, "make slack-sim")
        serve(settings, options.port)


def _settings(data: str) -> Settings:
    """Those of the environment, with a Slack app that exists nowhere and a folder that is gone afterwards."""
    app = {"SLACK_SIGNING_SECRET": SIGNING_SECRET, "SLACK_BOT_TOKEN": TOKEN}
    none = {"SLACK_APP_TOKEN": "", "SLACK_CLIENT_ID": "", "SLACK_CLIENT_SECRET": "", "GATEWAY_DATABASE_URL": ""}
    os.environ.update(app | none, RADGIVAREN_DATA=data, RADGIVAREN_RATE_LIMIT="0")
    return read_settings()


def serve(settings: Settings, port: int) -> None:
    """Until Ctrl-C."""
    sim = SlackSim()
    build = partial(slack_channel.build, addresses=sim.addresses)
    gateway = LoopbackServer(create_app(settings, [build])).start()
    line = sim.line(gateway.url)
    people = {member.id: sim.person(member.name, line) for member in sim.workspace.members.values()}
    page = LoopbackServer(page_app(people, sim.workspace), port).start()
    sys.stdout.write(f"Slack-simulatorn / The Slack simulator: {page.url}  (Ctrl-C avslutar / ends it)\n")
    sys.stdout.flush()
    try:
        threading.Event().wait()
    except KeyboardInterrupt:
        page.stop()
        gateway.stop()
        sim.stop()


if __name__ == "__main__":
    main()
