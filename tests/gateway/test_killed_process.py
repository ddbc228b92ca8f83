"""kill -9 of a gateway amid its work: the next one, on the same database, does the rest, each piece once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI, Request

from bot.gateway.fakes import FakeKnowledge, FakeRasa, LoopbackServer

from .conftest import Neighbours, settings_of_tests
from .test_process import ROOT, free_port, ready

AT_ONCE = 8  # the default of TURNS_IN_FLIGHT
CARDS = 24


class Sink:
    """Where the processes post their cards."""

    def __init__(self) -> None:
        self.cards: list[dict[str, str]] = []
        app = FastAPI()

        @app.post("/")
        async def take(request: Request) -> dict[str, bool]:
            self.cards.append(await request.json())
            return {"ok": True}

        self.server = LoopbackServer(app).start()

    def answered(self) -> list[str]:
        return sorted(card["to"] for card in self.cards if card["kind"] == "answer")


@contextmanager
def process(environment: dict[str, str], sink: Sink) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    port = str(free_port())
    url = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "tests.gateway.postcard_process", f"{sink.server.url}/"]
    started = subprocess.Popen(command, cwd=ROOT, env=os.environ | environment | {"GATEWAY_PORT": port})
    try:
        until(lambda: started.poll() is not None or ready(url))
        assert started.poll() is None
        yield started, url
    finally:
        started.kill()
        started.wait(timeout=30)


def send(url: str, numbers: range) -> None:
    for number in numbers:
        card = {"event_id": str(number), "from": f"{number:02}", "text": "Hej"}
        response = httpx.post(f"{url}/channels/postcards/cards", json=card, trust_env=False)
        assert response.json() == {"taken": True}


def until(true: Callable[[], object]) -> None:
    given_up = time.monotonic() + 90
    while not true():
        assert time.monotonic() < given_up
        time.sleep(0.05)


@pytest.mark.slow
def test_what_a_killed_gateway_had_acknowledged_is_answered_once(
    neighbours: Neighbours, rasa: FakeRasa, knowledge: FakeKnowledge, tmp_path: Path
) -> None:
    sink = Sink()
    environment = settings_of_tests(neighbours, tmp_path, TURN_DEADLINE_S="100")
    with process(environment, sink) as (first, url):
        send(url, range(AT_ONCE))
        until(lambda: len(sink.answered()) == AT_ONCE)
        rasa.delay_s = 600
        send(url, range(AT_ONCE, CARDS))
        until(lambda: len(rasa.calls) == 2 * AT_ONCE)  # the first eight are done for good, the next are with Rasa
        first.send_signal(signal.SIGKILL)
        first.wait(timeout=30)
    assert len(sink.answered()) == AT_ONCE
    rasa.delay_s = 0
    with process(environment, sink):
        until(lambda: len(sink.answered()) >= CARDS)
        time.sleep(2)  # whatever would come twice has come
    sink.server.stop()
    assert sink.answered() == [f"{number:02}" for number in range(CARDS)]
