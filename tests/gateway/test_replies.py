"""Advisers' answers in the web: the widget asks for those of its own conversation."""

from __future__ import annotations

import time

import pytest

from bot.gateway.conversations import Conversations
from bot.gateway.fakes import FakeKnowledge, FakeRasa

from .conftest import KNOWLEDGE_TOKEN, Neighbours, StartGateway
from .web_client import WebClient, assert_guarded, assert_refused

DAY = 86_400


def replies(web: WebClient, conversation_id: object, **more: object) -> list[dict[str, object]]:
    response = web.http.post("/channels/web/replies", json={"conversation_id": conversation_id, **more})
    assert response.status_code == 200, response.text
    assert_guarded(response)
    found: list[dict[str, object]] = response.json()["replies"]
    return found


def test_what_advisers_answered_is_given_from_a_number_on(
    web: WebClient, rasa: FakeRasa, knowledge: FakeKnowledge
) -> None:
    token = web.started()
    key = rasa.calls[0].body["sender"]
    assert replies(web, token) == []
    for text in ("Ring socialjouren.", "Ett tillägg."):
        knowledge.adviser_answers(key, "web", text)
    said = {"reference": "R-7K2M4P", "answered_at": "2026-11-23T09:30:00+00:00"}
    first, second = {"n": 1, "text": "Ring socialjouren."} | said, {"n": 2, "text": "Ett tillägg."} | said
    assert replies(web, token) == [first, second]
    assert replies(web, token, after=1) == [second]
    assert replies(web, token, after=2) == []
    call = knowledge.calls[-1]
    assert (call.path, call.body) == (f"/api/conversations/{key}/replies", {"after": "2"})
    assert call.headers["authorization"] == f"Bearer {KNOWLEDGE_TOKEN}"
    assert token not in str(call)


def test_nobody_reads_another_ones(web: WebClient, rasa: FakeRasa, knowledge: FakeKnowledge) -> None:
    web.started()
    knowledge.adviser_answers(rasa.calls[0].body["sender"], "web", "Till en annan.")
    assert replies(web, web.started()) == []


@pytest.mark.parametrize("token", ["", "x", "1.2.3", "web-0123456789abcdef0123456789abcdef"])
def test_a_conversation_that_is_not_ours(web: WebClient, knowledge: FakeKnowledge, token: str) -> None:
    body = {"conversation_id": token}
    assert_refused(web.http.post("/channels/web/replies", json=body), 404, "unknown_conversation")
    assert knowledge.calls == []


@pytest.mark.parametrize("after", [-1, "1", 1.5, 2**31, None, True])
def test_a_number_that_is_none(web: WebClient, after: object) -> None:
    body = {"conversation_id": web.started(), "after": after}
    assert_refused(web.http.post("/channels/web/replies", json=body), 400, "invalid")


def test_an_answer_may_take_longer_than_a_conversation_lasts(start_gateway: StartGateway) -> None:
    secret = "a secret of thirty-two characters"
    web = start_gateway(CONVERSATION_SECRET=secret, CONVERSATION_HOURS="1")

    def days_old(days: float) -> str:
        return Conversations(secret.encode(), 1, lambda: time.time() - days * DAY).start("web").token

    assert_refused(web.say("Hej", days_old(29)), 404, "unknown_conversation")
    assert replies(web, days_old(29)) == []
    late = web.http.post("/channels/web/replies", json={"conversation_id": days_old(31)})
    assert_refused(late, 404, "unknown_conversation")


def test_looking_for_answers_takes_no_question_away(start_gateway: StartGateway) -> None:
    web = start_gateway(RADGIVAREN_RATE_LIMIT="2")
    token = web.started()
    for _ in range(2):
        assert replies(web, token) == []
    response = web.http.post("/channels/web/replies", json={"conversation_id": token})
    assert_refused(response, 429, "rate_limited")
    assert web.say("Hej", token).status_code == 200


def test_knowledge_is_away(web: WebClient, knowledge: FakeKnowledge, neighbours: Neighbours) -> None:
    token = web.started()
    neighbours.knowledge_server.stop()
    try:
        response = web.http.post("/channels/web/replies", json={"conversation_id": token})
        assert_refused(response, 503, "unavailable")
    finally:
        neighbours.knowledge_server.start()
