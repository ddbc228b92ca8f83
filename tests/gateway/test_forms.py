"""Feedback and hand-over: what the widget's forms send on to knowledge."""

from __future__ import annotations

import pytest

from bot.gateway.fakes import FakeKnowledge, FakeRasa

from .conftest import KNOWLEDGE_TOKEN, StartGateway
from .web_client import WebClient, assert_guarded, assert_refused


def test_feedback_reaches_knowledge_with_the_inner_key(
    web: WebClient, rasa: FakeRasa, knowledge: FakeKnowledge
) -> None:
    token = web.started()
    response = web.give_feedback(token, rating="down", reasons=["outdated", "other"], comment="  Gammal lag.\n")
    assert response.status_code == 201
    assert response.json() == {"feedback_id": "feedback-1"}
    assert_guarded(response)
    (call,) = knowledge.calls
    assert call.path == "/api/feedback"
    assert call.headers["authorization"] == f"Bearer {KNOWLEDGE_TOKEN}"
    assert call.body == {
        "conversation_id": rasa.calls[0].body["sender"],
        "answer_id": "answer-1",
        "rating": "down",
        "reasons": ["outdated", "other"],
        "comment": "Gammal lag.",
    }
    assert token not in str(call)


def test_reasons_and_comment_may_be_left_out(web: WebClient, knowledge: FakeKnowledge) -> None:
    body = {"conversation_id": web.started(), "answer_id": "answer-1", "rating": "up"}
    assert web.http.post("/channels/web/feedback", json=body).status_code == 201
    assert (knowledge.calls[0].body["reasons"], knowledge.calls[0].body["comment"]) == ([], "")


def test_feedback_on_an_answer_that_nobody_knows(web: WebClient) -> None:
    assert_refused(web.give_feedback(web.started(), answer_id="answer-2"), 404, "unknown_answer")


@pytest.mark.parametrize("token", ["", "x", "1.2.3", "web-0123456789abcdef0123456789abcdef"])
def test_feedback_needs_a_conversation_of_ours(web: WebClient, knowledge: FakeKnowledge, token: str) -> None:
    assert_refused(web.give_feedback(token), 404, "unknown_conversation")
    assert knowledge.calls == []


@pytest.mark.parametrize(
    "changes",
    [
        {"conversation_id": None},
        {"conversation_id": "x" * 201},
        {"answer_id": None},
        {"answer_id": 7},
        {"answer_id": "x" * 201},
        {"rating": None},
        {"rating": "sideways"},
        {"rating": True},
        {"reasons": "outdated"},
        {"reasons": [7]},
        {"reasons": ["outdated"] * 8},
        {"reasons": ["x" * 201]},
        {"comment": "x" * 2001},
        {"comment": ["x"]},
    ],
    ids=str,
)
def test_feedback_that_is_none(web: WebClient, knowledge: FakeKnowledge, changes: dict[str, object]) -> None:
    values = {"conversation_id": web.started()} | changes
    assert_refused(web.give_feedback(**values), 400, "invalid")
    assert knowledge.calls == []


def test_a_reason_that_knowledge_refuses(web: WebClient) -> None:
    assert_refused(web.give_feedback(web.started(), reasons=["because"]), 400, "invalid")


def test_a_handover_reaches_knowledge_with_the_inner_key(
    web: WebClient, rasa: FakeRasa, knowledge: FakeKnowledge
) -> None:
    token = web.started()
    response = web.hand_over(conversation_id=token, answer_id="answer-1", message=" Ring helst före lunch. ")
    assert response.status_code == 201
    assert response.json() == {"reference": "R-7K2M4P"}
    assert_guarded(response)
    (call,) = knowledge.calls
    assert call.path == "/api/handovers"
    assert call.headers["authorization"] == f"Bearer {KNOWLEDGE_TOKEN}"
    assert call.body == {
        "conversation_id": rasa.calls[0].body["sender"],
        "answer_id": "answer-1",
        "contact_way": "email",
        "contact": "maria@example.se",
        "municipality": "Lund",
        "consent": True,
        "message": "Ring helst före lunch.",
    }
    assert token not in str(call)


def test_a_handover_needs_no_conversation(web: WebClient, knowledge: FakeKnowledge) -> None:
    assert web.hand_over(contact_way="here", contact="").status_code == 201
    assert knowledge.calls[0].body["conversation_id"] is None


def test_a_handover_of_a_conversation_that_is_not_ours(web: WebClient, knowledge: FakeKnowledge) -> None:
    assert_refused(web.hand_over(conversation_id="x"), 404, "unknown_conversation")
    assert knowledge.calls == []


@pytest.mark.parametrize("consent", [False, None, "true", "yes", 1, 0, [], {}], ids=repr)
def test_consent_must_be_given(web: WebClient, knowledge: FakeKnowledge, consent: object) -> None:
    assert_refused(web.hand_over(consent=consent), 400, "invalid")
    assert knowledge.calls == []


def test_consent_must_be_there(web: WebClient, knowledge: FakeKnowledge) -> None:
    body = {"contact_way": "here", "municipality": "Lund"}
    assert_refused(web.http.post("/channels/web/handovers", json=body), 400, "invalid")
    assert knowledge.calls == []


@pytest.mark.parametrize(
    "changes",
    [
        {"contact_way": "pigeon"},
        {"contact_way": None},
        {"contact": "x" * 201},
        {"contact": 7},
        {"municipality": ""},
        {"municipality": "  "},
        {"municipality": "x" * 61},
        {"municipality": None},
        {"message": "x" * 2001},
        {"conversation_id": 7},
    ],
    ids=str,
)
def test_a_handover_that_is_none(web: WebClient, knowledge: FakeKnowledge, changes: dict[str, object]) -> None:
    assert_refused(web.hand_over(**changes), 400, "invalid")
    assert knowledge.calls == []


def test_a_contact_that_knowledge_misses(web: WebClient) -> None:
    assert_refused(web.hand_over(contact_way="phone", contact=""), 400, "invalid")


@pytest.mark.parametrize("path", ["feedback", "handovers"])
@pytest.mark.parametrize("body", [b"", b"[]", b"null", b"{", b"\xff", b'"x"'])
def test_a_form_that_is_no_object(web: WebClient, path: str, body: bytes) -> None:
    assert_refused(web.send(body, f"/channels/web/{path}"), 400, "invalid")


def test_knowledge_without_a_token(start_gateway: StartGateway, knowledge: FakeKnowledge) -> None:
    web = start_gateway(KNOWLEDGE_TOKEN="")
    assert_refused(web.hand_over(), 503, "unavailable")  # this one wants a token
    assert knowledge.calls == []
