"""The knowledge process behind a client, over a real build with the embedded encoder."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from knowledge.app import create_app
from knowledge.bootstrap import Knowledge
from knowledge.store import tables

Ask = Callable[..., dict[str, Any]]


@pytest.fixture(scope="session")
def knowledge(
    build_knowledge: Callable[..., Knowledge], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Knowledge]:
    """Shared by tests that only ask: what one records, another does not see."""
    built = build_knowledge(tmp_path_factory.mktemp("asked"))
    yield built
    built.engine.dispose()


@pytest.fixture(scope="session")
def client(knowledge: Knowledge) -> Iterator[TestClient]:
    with TestClient(create_app(knowledge)) as client:
        yield client


@pytest.fixture
def ask(client: TestClient) -> Ask:
    def ask(question: str, **named: object) -> dict[str, Any]:
        response = client.post("/api/answers", json={"question": question} | named)
        assert response.status_code == 200, response.text
        answer: dict[str, Any] = response.json()
        return answer

    return ask


@pytest.fixture(scope="session")
def emptied(build_knowledge: Callable[..., Knowledge], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Knowledge]:
    built = build_knowledge(tmp_path_factory.mktemp("own"))
    yield built
    built.engine.dispose()


@pytest.fixture
def own(emptied: Knowledge) -> Knowledge:
    """With nothing recorded yet."""
    with emptied.engine.begin() as connection:
        for table in (tables.conversations, tables.answers, tables.handovers):
            connection.execute(table.delete())
    return emptied


@pytest.fixture
def own_client(own: Knowledge) -> Iterator[TestClient]:
    with TestClient(create_app(own)) as client:
        yield client


@pytest.fixture
def rows(own: Knowledge) -> Callable[[str], list[dict[str, Any]]]:
    """The rows of a query, read past the process."""

    def read(query: str) -> list[dict[str, Any]]:
        connection = sqlite3.connect(own.settings.data / "radgivaren.db")
        connection.row_factory = sqlite3.Row
        found = [dict(row) for row in connection.execute(query)]
        connection.close()
        return found

    return read
