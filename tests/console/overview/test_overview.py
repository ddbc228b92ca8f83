"""The front page: what needs somebody today, each line a link, and how the last weeks went."""

from __future__ import annotations

from collections.abc import Iterator

import lxml.html
import pytest
from fastapi.testclient import TestClient

from knowledge.app import create_app
from knowledge.bootstrap import Knowledge
from knowledge.console.access.permissions import Role
from knowledge.store import tables, tables_inbox

from ..conftest import SignIn

QUESTION = "Vem är skyldig att göra en orosanmälan?"


@pytest.fixture
def official(knowledge: Knowledge) -> Iterator[TestClient]:
    knowledge.inbox_upkeep.stop()
    with knowledge.engine.begin() as connection:
        for table in (tables_inbox.inbox_items, tables.conversations, tables.answers, tables.handovers):
            connection.execute(table.delete())
    yield TestClient(create_app(knowledge))


def lines(page: str) -> dict[str, str]:
    found = lxml.html.fromstring(page).cssselect(".waiting li")
    return {" ".join(one.text_content().split()): one.cssselect("a")[0].get("href") for one in found}


def heading(page: str) -> str:
    return " ".join(lxml.html.fromstring(page).cssselect("h1")[0].text_content().split())


def test_nothing_waits(sign_in: SignIn, official: TestClient) -> None:
    page = sign_in(Role.EDITOR).get("/console/").text
    assert heading(page) == "Inget väntar på någon"
    assert "Ingen har frågat de senaste 13 hela veckorna." in page


def test_each_kind_is_a_line_that_leads_to_it(sign_in: SignIn, official: TestClient) -> None:
    for _ in range(2):
        key = official.post("/api/answers", json={"question": QUESTION}).json()["answer_id"]
        judged = {"answer_id": key, "rating": "down", "reasons": ["other"]}
        assert official.post("/api/feedback", json=judged).status_code == 201
    asked = {"answer_id": key, "contact_way": "email", "contact": "a@kommun.example", "municipality": "Malmö"}
    assert official.post("/api/handovers", json=asked | {"consent": True}).status_code == 201
    page = sign_in(Role.EDITOR).get("/console/").text
    found = lines(page)
    assert found["2 svar som inte hjälpte"] == "/console/inbox?kind=thumbs_down"
    assert found["1 överlämnad fråga utan svar den äldsta sedan 23 november 2026"] == "/console/handovers"
    assert heading(page) == f"{sum(int(line.split()[0]) for line in found)} saker behöver någon idag"


def test_who_may_not_see_hand_overs_sees_them_as_what_they_are_in_the_inbox(
    sign_in: SignIn, official: TestClient
) -> None:
    asked = {"contact_way": "email", "contact": "a@kommun.example", "municipality": "Malmö", "consent": True}
    assert official.post("/api/handovers", json=asked).status_code == 201
    page = sign_in(Role.READER).get("/console/").text
    assert lines(page) == {"1 överlämnad fråga": "/console/inbox?kind=handed_over"}
    assert heading(page) == "En sak behöver någon idag"


def test_every_line_leads_to_a_page(sign_in: SignIn, official: TestClient) -> None:
    key = official.post("/api/answers", json={"question": QUESTION}).json()["answer_id"]
    official.post("/api/feedback", json={"answer_id": key, "rating": "down", "reasons": []})
    client = sign_in(Role.ADMINISTRATOR)
    found = lines(client.get("/console/").text)
    assert found
    for path in found.values():
        assert client.get(path).status_code == 200, path
