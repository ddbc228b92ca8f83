"""Officials who hand a question over, by web, Slack or e-mail."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
from fastapi.testclient import TestClient

from knowledge.app import create_app
from knowledge.bootstrap import Knowledge

QUESTION = "Vad kostar ett fiskekort för en EU-medborgare?"


class HandedOver(NamedTuple):
    api: TestClient
    key: str
    reference: str
    conversation: str


HandOver = Callable[..., HandedOver]


@pytest.fixture
def hand_over(knowledge: Knowledge) -> HandOver:
    """`hand_over(channel="slack", way="email", contact="rut@example.se")`: asks, and asks for an adviser."""
    api = TestClient(create_app(knowledge))
    count = 0

    def make(
        question: str = QUESTION, *, channel: str = "web", way: str = "here", contact: str = "", message: str = ""
    ) -> HandedOver:
        nonlocal count
        count += 1
        conversation = f"{channel}-{id(make)}-{count}"
        asked = {"question": question, "conversation_id": conversation, "channel": channel}
        answer: dict[str, Any] = api.post("/api/answers", json=asked).json()
        wish = {
            "conversation_id": conversation,
            "answer_id": answer["answer_id"],
            "contact_way": way,
            "contact": contact,
            "municipality": "Malmö",
            "consent": True,
            "message": message,
        }
        made = api.post("/api/handovers", json=wish).json()
        return HandedOver(api, made["handover_id"], made["reference"], conversation)

    return make
