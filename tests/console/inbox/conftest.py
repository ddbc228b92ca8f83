"""An inbox with nothing in it, and officials whose questions fill it."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from fastapi.testclient import TestClient

from knowledge.app import create_app
from knowledge.bootstrap import Knowledge
from knowledge.store import tables, tables_inbox

from ..conftest import ConsoleClient, NewClient

LITTLE_KNOWN = "Vad kostar ett fiskekort för en EU-medborgare?"  # in the subject by its words, and nothing answers it
KNOWN = "Får barnet gå i skola fast föräldrarna saknar uppehållsrätt?"

Official = Callable[..., dict[str, Any]]


@pytest.fixture
def official(knowledge: Knowledge) -> Official:
    """`official("Får hon …?", reasons=[…], comment="…")`: asks over HTTP, and says that it did not help."""
    client = TestClient(create_app(knowledge))

    def ask(question: str, *, reasons: list[str] | None = None, comment: str = "", **named: Any) -> dict[str, Any]:
        answer: dict[str, Any] = client.post("/api/answers", json={"question": question} | named).json()
        if reasons is not None:
            thumb = {"answer_id": answer["answer_id"], "rating": "down", "reasons": reasons, "comment": comment}
            assert client.post("/api/feedback", json=thumb).status_code == 201
        return answer

    return ask


@pytest.fixture(autouse=True)
def emptied(knowledge: Knowledge, new_client: NewClient) -> None:
    """Each test begins with an empty inbox. What the background does, a test does when it wants it done."""
    knowledge.inbox_upkeep.stop()
    with knowledge.engine.begin() as connection:
        for table in (tables_inbox.inbox_items, tables.conversations, tables.answers, tables.handovers):
            connection.execute(table.delete())


def links(page: str) -> list[str]:
    """The items of a list, in order."""
    return list(dict.fromkeys(re.findall(r'href="(/console/inbox/[0-9a-f]{32})', page)))


def values_of(page: str, name: str) -> list[str]:
    """What the fields of that name would send."""
    return [unescape(value) for value in re.findall(rf'name="{name}" value="([^"]*)"', page)]


def only(client: ConsoleClient, query: str = "") -> str:
    """The address of the one item that a list has."""
    (link,) = links(client.get(f"/console/inbox{query}").text)
    return link
