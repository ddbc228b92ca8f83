"""The four real processes, started once; the tests that break them come last."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import pytest

from benchmarks.running_service import RunningService
from knowledge.bootstrap import Knowledge

from .channels.approved import knowledge_of
from .channels.places import Places, places_before
from .official import Official

HERE = Path(__file__).parent
RASA_TOKEN = "token-of-the-system-tests"  # known, so that a second gateway may stand before the same Rasa
LATE = {"test_outages.py": 1, "test_stopping.py": 2}
Meet = Callable[..., Official]
Rows = Callable[..., list[dict[str, Any]]]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    own = [item for item in items if item.path.parent == HERE]
    for item in own:
        item.add_marker(pytest.mark.system)
        item.add_marker(pytest.mark.timeout(600))  # the first one waits for the start
    in_order = iter(sorted(own, key=lambda item: LATE.get(item.path.name, 0)))
    items[:] = [next(in_order) if item.path.parent == HERE else item for item in items]


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningService]:
    started = RunningService(
        tmp_path_factory.mktemp("service"), RADGIVAREN_RATE_LIMIT="0", RASA_TOKEN=RASA_TOKEN
    ).start()
    try:
        started.wait_until_ready()
        yield started
    finally:
        left = started.stop()
    assert left == []


@pytest.fixture(scope="session")
def client(service: RunningService) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=service.url("gateway"), timeout=30, trust_env=False) as made:
        yield made


@pytest.fixture(scope="session")
def places(service: RunningService, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Places]:
    """Slack and Teams, simulated, with a gateway of their own before the same processes."""
    with places_before(service, tmp_path_factory.mktemp("channels")) as made:
        yield made


@pytest.fixture(scope="session")
def console_side(service: RunningService) -> Iterator[Knowledge]:
    """What staff do, on the database of the running service."""
    made = knowledge_of(service.data)
    yield made
    made.engine.dispose()


@pytest.fixture
def meet(client: httpx.Client) -> Meet:
    """A new official with a conversation of their own."""

    def make(language: str | None = None) -> Official:
        return Official(client, language)

    return make


@pytest.fixture
def rows(service: RunningService) -> Rows:
    """What the database holds: rows("select …", values …)."""

    def read(statement: str, *values: str) -> list[dict[str, Any]]:
        with closing(sqlite3.connect(f"file:{service.data / 'radgivaren.db'}?mode=ro", uri=True)) as database:
            database.row_factory = sqlite3.Row
            return [dict(row) for row in database.execute(statement, values)]

    return read
