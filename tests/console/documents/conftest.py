"""A library of canoes: files that staff send, and pages as text."""

from __future__ import annotations

from collections.abc import Callable

import lxml.html
import pytest

from knowledge.bootstrap import Knowledge
from knowledge.store import tables

from ..conftest import ConsoleClient

UPLOAD = "/console/documents/upload"
CANOE = "# Kanotuthyrning i Storsjö\n\nKanotuthyrningen i Storsjö kostar {} kronor om dagen.\n"
Send = Callable[..., str]


def said(page: str, path: str = "main") -> str:
    return " ".join(" ".join(one.text_content().split()) for one in lxml.html.fromstring(page).cssselect(path))


@pytest.fixture(autouse=True)
def emptied(knowledge: Knowledge) -> None:
    """Each test begins with an empty library."""
    knowledge.upkeep.wait()
    with knowledge.engine.begin() as connection:
        for table in (tables.documents, tables.passages):
            connection.execute(table.delete().where(table.c.collection == tables.LIBRARY))
        connection.execute(tables.index_jobs.delete())


@pytest.fixture
def send() -> Send:
    """`send(client, {"kanot.md": "…"})`: chooses files and presses the button; gives the page that follows."""

    def send(client: ConsoleClient, files: dict[str, str | bytes]) -> str:
        parts = [("files", (name, text)) for name, text in files.items()]
        response = client.post_form(UPLOAD, files=parts)
        assert response.status_code == 200, response.text
        return response.text

    return send


@pytest.fixture
def canoe(send: Send, knowledge: Knowledge) -> Callable[[ConsoleClient, int], str]:
    """`canoe(client, 90)`: the id of a document that says what a canoe costs."""

    def canoe(client: ConsoleClient, price: int = 90) -> str:
        send(client, {"kanot.md": CANOE.format(price)})
        (entry,) = knowledge.document_catalogue.listed(collection="library").entries
        return entry.id

    return canoe
