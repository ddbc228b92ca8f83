"""Rasa or knowledge down, slow or talking nonsense: "try again" within the deadline, and healing without help."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator

import httpx
import pytest
from fastapi.responses import JSONResponse, Response

from bot.gateway.fakes import FakeKnowledge, FakeRasa

from .conftest import Neighbours, StartGateway
from .web_client import WebClient, assert_refused

NONSENSE = [
    b"",
    b"null",
    b"{}",
    b"7",
    b'"text"',
    b"<html>Bad gateway</html>",
    b"[",
    b"\xff\xfe\x00",
    b"[7]",
    b'["text"]',
    b"[null]",
    b"[[]]",
    b"[{}]",
    b'[{"recipient_id": "x"}]',
    b'[{"text": null}]',
    b'[{"text": ""}]',
    b'[{"custom": 7}]',
    b'[{"custom": {}}]',
    b'[{"custom": {"type": "image"}}]',
    b'[{"text": "V\xc3\xa4lj", "buttons": [{"title": "Ja"}]}]',
    b'[{"text": "V\xc3\xa4lj", "buttons": ["Ja"]}]',
    b'[{"text": "V\xc3\xa4lj", "buttons": "Ja"}]',
    b'[{"text": "\\ud800"}]',
    b'[{"custom": {"type": "answer", "text": "\\udfff"}}]',
    b"[" * 100_000,
]


@pytest.fixture
def rasa_down(neighbours: Neighbours, web: WebClient) -> Iterator[None]:
    neighbours.rasa_server.stop()
    yield
    neighbours.rasa_server.start()


@pytest.fixture
def knowledge_down(neighbours: Neighbours, web: WebClient) -> Iterator[None]:
    neighbours.knowledge_server.stop()
    yield
    neighbours.knowledge_server.start()


def assert_try_again(response: httpx.Response, status: int = 503, code: str = "unavailable") -> None:
    assert_refused(response, status, code)
    assert "ring 112" in response.json()["error"]["text"]
    assert int(response.headers["retry-after"]) > 0


def test_rasa_down(web: WebClient, rasa_down: None) -> None:
    started = time.monotonic()
    assert_try_again(web.say("Hej"))
    assert web.readiness() == (503, {"rasa": False, "knowledge": True})
    assert time.monotonic() - started < 5
    assert web.http.get("/healthz").json() == {"status": "alive"}


def test_rasa_comes_back(web: WebClient, neighbours: Neighbours) -> None:
    token = web.started()
    neighbours.rasa_server.stop()
    assert_try_again(web.say("Hej", token))
    neighbours.rasa_server.start()
    assert web.say("Hej igen", token).json()["conversation_id"] == token
    assert web.readiness() == (200, {"rasa": True, "knowledge": True})


def test_knowledge_down(web: WebClient, knowledge_down: None) -> None:
    assert_try_again(web.hand_over())
    assert web.readiness() == (503, {"rasa": True, "knowledge": False})
    assert web.say("Hej").status_code == 200


def test_knowledge_comes_back(web: WebClient, neighbours: Neighbours) -> None:
    assert web.hand_over().status_code == 201
    neighbours.knowledge_server.stop()
    assert_try_again(web.hand_over())
    neighbours.knowledge_server.start()
    assert web.hand_over().status_code == 201
    assert web.readiness() == (200, {"rasa": True, "knowledge": True})


def test_a_model_that_is_not_loaded_is_not_ready(web: WebClient, rasa: FakeRasa) -> None:
    rasa.ready = False
    assert web.readiness() == (503, {"rasa": False, "knowledge": True})
    rasa.ready = True
    assert web.readiness()[0] == 200


def test_an_index_that_is_not_loaded_is_not_ready(web: WebClient, knowledge: FakeKnowledge) -> None:
    knowledge.ready = False
    assert web.readiness() == (503, {"rasa": True, "knowledge": False})


@pytest.mark.parametrize("ready", ["true", 1, [], {}, None])
def test_only_true_is_ready(web: WebClient, rasa: FakeRasa, ready: object) -> None:
    rasa.ready = ready
    assert web.readiness()[1]["rasa"] is False


@pytest.mark.parametrize("service", ["rasa", "knowledge"])
def test_slower_than_the_deadline(start_gateway: StartGateway, neighbours: Neighbours, service: str) -> None:
    web = start_gateway(TURN_DEADLINE_S="1")
    slow = getattr(neighbours, service)
    slow.delay_s = 30
    started = time.monotonic()
    if service == "rasa":
        assert_try_again(web.say("Hej"), 504, "timeout")
    else:
        assert_try_again(web.hand_over(), 504, "timeout")
    assert 0.9 < time.monotonic() - started < 5
    slow.delay_s = 0
    assert web.say("Hej").status_code == 200
    assert web.hand_over().status_code == 201


def test_those_who_wait_for_a_place_get_their_deadline_too(start_gateway: StartGateway, rasa: FakeRasa) -> None:
    web = start_gateway(TURN_DEADLINE_S="1", TURNS_IN_FLIGHT="1")
    rasa.delay_s = 30

    async def three() -> list[httpx.Response]:
        async with httpx.AsyncClient(base_url=web.url, trust_env=False) as client:
            body = {"text": "Hej"}
            return await asyncio.gather(*(client.post("/channels/web/messages", json=body) for _ in range(3)))

    started = time.monotonic()
    for response in asyncio.run(three()):
        assert_try_again(response, 504, "timeout")
    assert time.monotonic() - started < 5
    rasa.delay_s = 0
    assert web.say("Hej").status_code == 200


@pytest.mark.parametrize("status", [301, 307, 400, 401, 404, 429, 500, 502, 503])
def test_rasa_refuses_or_breaks(web: WebClient, rasa: FakeRasa, status: int) -> None:
    rasa.broken = JSONResponse([{"text": "ett inre fel"}], status, {"location": "/elsewhere"})
    response = web.say("Hej")
    assert_try_again(response)
    assert "inre fel" not in response.text


def test_an_empty_reply_of_rasa_is_a_failed_action(web: WebClient, rasa: FakeRasa) -> None:
    rasa.reply = []
    assert_try_again(web.say("Hej"))
    rasa.reply = None
    assert web.say("Hej").status_code == 200


@pytest.mark.parametrize("content", NONSENSE, ids=lambda content: repr(content[:40]))
def test_nonsense_from_rasa(web: WebClient, rasa: FakeRasa, content: bytes) -> None:
    rasa.broken = Response(content, media_type="application/json")
    assert_try_again(web.say("Hej"))
    rasa.broken = None
    assert web.say("Hej").status_code == 200


def test_a_silent_message_beside_an_answer_is_left_out(web: WebClient, rasa: FakeRasa) -> None:
    rasa.reply = [{"recipient_id": "x"}, {"text": None}, {"text": "Ett svar."}, {"text": ""}]
    assert web.say("Hej").json()["messages"] == [{"type": "text", "text": "Ett svar."}]


@pytest.mark.parametrize("first", [[], [{"text": "Ett ögonblick."}]])
def test_an_action_that_cannot_reach_knowledge(web: WebClient, rasa: FakeRasa, first: list[object]) -> None:
    rasa.reply = [*first, {"custom": {"type": "unavailable", "text": "Försök igen.", "text_en": "Try again."}}]
    assert_try_again(web.say("Hej"))


@pytest.mark.parametrize("status", [200, 302, 400, 401, 403, 429, 500, 502])
def test_knowledge_refuses_or_breaks(web: WebClient, knowledge: FakeKnowledge, status: int) -> None:
    token = web.started()
    knowledge.broken = JSONResponse({"detail": "ett inre fel"}, status, {"location": "/elsewhere"})
    for response in (web.hand_over(), web.give_feedback(token)):
        assert_try_again(response)
        assert "inre fel" not in response.text


@pytest.mark.parametrize("content", [b"", b"null", b"[]", b"7", b"<html>", b"\xff", b'{"reference": '])
def test_nonsense_from_knowledge(web: WebClient, knowledge: FakeKnowledge, content: bytes) -> None:
    token = web.started()
    knowledge.broken = Response(content, 201, media_type="application/json")
    assert_try_again(web.hand_over())
    assert_try_again(web.give_feedback(token))


def test_a_handover_without_a_reference_is_none(web: WebClient, knowledge: FakeKnowledge) -> None:
    knowledge.broken = JSONResponse({"handover_id": "handover-1"}, 201)
    assert_try_again(web.hand_over())


def test_a_proxy_of_the_environment_is_not_used(
    start_gateway: StartGateway, neighbours: Neighbours, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rasa and knowledge stand on an internal network; no proxy shall see the questions or the tokens."""
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    web = start_gateway()
    assert web.say("Hej").status_code == 200
    assert web.readiness()[0] == 200
