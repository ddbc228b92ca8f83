"""A console whose clock the test moves, with sign-in by hand."""

from __future__ import annotations

import datetime as dt
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlalchemy import select

from knowledge import bootstrap
from knowledge.app import create_app
from knowledge.bootstrap import Knowledge
from knowledge.fakes import MovingClock
from knowledge.seams import Encoder
from knowledge.store.tables_audit import audit_log
from tests.conftest import NOW, MakeSettings
from tests.console.conftest import ADDRESS, PASSWORD, ConsoleClient, add_cast

Log = Callable[[], list[tuple[str, str, str, str]]]


@dataclass(frozen=True)
class Desk:
    """A running console, its clock, and clients by address."""

    knowledge: Knowledge
    clock: MovingClock
    app: Any

    def browser(self, host: str = "10.0.0.1", base_url: str = ADDRESS) -> ConsoleClient:
        return ConsoleClient(self.app, base_url=base_url, client=(host, 50_000))

    def wait(self, **time: float) -> None:
        self.clock.move(dt.timedelta(**time))


@pytest.fixture(scope="module")
def built(
    make_settings: MakeSettings, prepared: Path, encoder: Encoder, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Knowledge, MovingClock]]:
    folder = tmp_path_factory.mktemp("timed")
    shutil.copytree(prepared, folder, dirs_exist_ok=True)
    clock = MovingClock(NOW)
    made = bootstrap.build(make_settings(folder), encoder=encoder, clock=clock)
    add_cast(made)
    yield made, clock
    made.engine.dispose()


@pytest.fixture
def desk(built: tuple[Knowledge, MovingClock]) -> Iterator[Desk]:
    """Nobody has tried to sign in of late."""
    knowledge, clock = built
    clock.move(dt.timedelta(days=1))
    yield Desk(knowledge, clock, create_app(knowledge))


@pytest.fixture
def log(desk: Desk) -> Log:
    """What was added to the audit log since the test began: action, actor, subject, detail."""
    with desk.knowledge.engine.connect() as connection:
        before = len(connection.execute(select(audit_log.c.n)).all())

    def read() -> list[tuple[str, str, str, str]]:
        query = select(audit_log.c["action", "actor", "subject", "detail"]).where(audit_log.c.n > before)
        with desk.knowledge.engine.connect() as connection:
            return [tuple(row) for row in connection.execute(query.order_by(audit_log.c.n))]  # type: ignore[misc]

    return read


def try_to_sign_in(client: ConsoleClient, name: str, password: str = PASSWORD) -> Response:
    found = re.search(r'name="csrf" value="([^"]+)"', client.get("/console/sign-in").text)
    assert found
    form = {"csrf": found[1], "name": name, "password": password}
    return client.post("/console/sign-in", data=form, follow_redirects=False)


def is_in(client: TestClient) -> bool:
    return "Logga ut" in client.get("/console/nowhere").text
