"""Rasa and knowledge as scripted servers on loopback, and the gateway between them and a client."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.gateway.app import CHANNELS, create_app
from bot.gateway.channels.port import BuildChannel
from bot.gateway.fakes import FakeKnowledge, FakeRasa, LoopbackServer
from bot.gateway.settings import SETTINGS

from .web_client import WebClient

RASA_TOKEN = "token-between-gateway-and-rasa"
KNOWLEDGE_TOKEN = "token-of-knowledge"
INTRANET = "https://intranet.example.se"
StartGateway = Callable[..., WebClient]


class Neighbours:
    """The two processes behind the gateway."""

    def __init__(self) -> None:
        self.rasa, self.knowledge = FakeRasa(RASA_TOKEN), FakeKnowledge(KNOWLEDGE_TOKEN)
        self.rasa_server = LoopbackServer(self.rasa.app()).start()
        self.knowledge_server = LoopbackServer(self.knowledge.app()).start()

    def stop(self) -> None:
        self.rasa_server.stop()
        self.knowledge_server.stop()


@pytest.fixture(scope="session")
def neighbours() -> Iterator[Neighbours]:
    made = Neighbours()
    yield made
    made.stop()


@pytest.fixture
def rasa(neighbours: Neighbours) -> Iterator[FakeRasa]:
    neighbours.rasa.reset()
    yield neighbours.rasa
    neighbours.rasa.delay_s = 0


@pytest.fixture
def knowledge(neighbours: Neighbours) -> Iterator[FakeKnowledge]:
    neighbours.knowledge.reset()
    yield neighbours.knowledge
    neighbours.knowledge.delay_s = 0


def settings_of_tests(neighbours: Neighbours, data: Path, **changes: str) -> dict[str, str]:
    """The environment of a gateway: every default of the table, whatever the developer's own environment holds."""
    return {setting.name: setting.default for setting in SETTINGS} | {
        "RADGIVAREN_DATA": str(data),
        "RASA_URL": neighbours.rasa_server.url,
        "RASA_TOKEN": RASA_TOKEN,
        "KNOWLEDGE_URL": neighbours.knowledge_server.url,
        "KNOWLEDGE_TOKEN": KNOWLEDGE_TOKEN,
        "RADGIVAREN_RATE_LIMIT": "0",
        **changes,
    }


def _served(environment: dict[str, str], channels: Sequence[BuildChannel]) -> LoopbackServer:
    with pytest.MonkeyPatch.context() as patch:
        for name, value in environment.items():
            patch.setenv(name, value)
        return LoopbackServer(create_app(channels=channels)).start()


@contextmanager
def _gateways(neighbours: Neighbours, data: Path) -> Iterator[StartGateway]:
    started: list[tuple[WebClient, LoopbackServer]] = []

    def start(channels: Sequence[BuildChannel] = CHANNELS, **changes: str) -> WebClient:
        server = _served(settings_of_tests(neighbours, data, **changes), channels)
        started.append((WebClient(server.url), server))
        return started[-1][0]

    try:
        yield start
    finally:
        neighbours.rasa.delay_s = neighbours.knowledge.delay_s = 0
        for client, server in started:
            client.http.close()
            server.stop()


@pytest.fixture(scope="session")
def start_lasting_gateway(neighbours: Neighbours, tmp_path_factory: pytest.TempPathFactory) -> Iterator[StartGateway]:
    with _gateways(neighbours, tmp_path_factory.mktemp("data")) as start:
        yield start


@pytest.fixture(scope="session")
def default_gateway(start_lasting_gateway: StartGateway) -> WebClient:
    return start_lasting_gateway()


@pytest.fixture(scope="session")
def embedded_gateway(start_lasting_gateway: StartGateway) -> WebClient:
    return start_lasting_gateway(WEB_ORIGINS=f"{INTRANET} https://other.example.se:8443/")


@pytest.fixture
def web(default_gateway: WebClient, rasa: FakeRasa, knowledge: FakeKnowledge) -> WebClient:
    """A client of a gateway with every setting at its default, but for the rate limit, which is off."""
    return default_gateway


@pytest.fixture
def embedding(embedded_gateway: WebClient, rasa: FakeRasa, knowledge: FakeKnowledge) -> WebClient:
    """A client of a gateway that two pages elsewhere may embed."""
    return embedded_gateway


@pytest.fixture
def start_gateway(
    neighbours: Neighbours, rasa: FakeRasa, knowledge: FakeKnowledge, tmp_path: Path
) -> Iterator[StartGateway]:
    """Starts a gateway with other settings, for this test alone, and gives a client of it."""
    with _gateways(neighbours, tmp_path) as start:
        yield start
