"""What is recorded is what reports count."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from knowledge.app import create_app
from knowledge.bootstrap import Knowledge
from knowledge.store.engine import transaction
from knowledge.store.tables_reports import daily_counts

QUESTION = "Vem är skyldig att göra en orosanmälan?"


@pytest.fixture
def client(knowledge: Knowledge) -> Iterator[TestClient]:
    with transaction(knowledge.engine) as connection:
        connection.execute(daily_counts.delete())
    yield TestClient(create_app(knowledge))


@pytest.fixture
def counted(knowledge: Knowledge) -> Callable[[], dict[tuple[str, str], int]]:
    def counted() -> dict[tuple[str, str], int]:
        with transaction(knowledge.engine) as connection:
            rows = connection.execute(daily_counts.select()).all()
        assert {row.day for row in rows} <= {knowledge.clock.today()}
        return {(row.measure, row.value): row.counted for row in rows if row.counted}

    return counted


def ask(client: TestClient, question: str = QUESTION) -> dict[str, Any]:
    answer: dict[str, Any] = client.post("/api/answers", json={"question": question}).json()
    return answer


def test_an_answer_counts_with_its_status_and_topic(client: TestClient, counted: Callable[[], Any]) -> None:
    assert ask(client)["status"] == "answered"
    ask(client)
    assert counted() == {("status", "answered"): 2, ("topic", "barn-orosanmalan"): 2}


def test_feedback_counts_by_its_rating(client: TestClient, counted: Callable[[], Any]) -> None:
    key = ask(client)["answer_id"]
    for rating in ("up", "down", "up"):
        client.post("/api/feedback", json={"answer_id": key, "rating": rating})
    assert (counted()["rating", "up"], counted()["rating", "down"]) == (2, 1)


def test_what_is_handed_over_is_no_longer_counted_as_answered(client: TestClient, counted: Callable[[], Any]) -> None:
    ask(client)
    key = ask(client)["answer_id"]
    form = {"answer_id": key, "contact_way": "phone", "contact": "040-123456", "municipality": "Malmö", "message": ""}
    for _ in range(2):
        response = client.post("/api/handovers", json=form | {"consent": True})
        assert response.status_code == 201, response.text
    found = counted()
    assert (found["status", "answered"], found["status", "handed_over"]) == (1, 1)
