"""The process: who may call it, how it fares without its database, and its smaller routes."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import event

from knowledge.app import create_app
from knowledge.bootstrap import Knowledge
from knowledge.errors import ConfigurationError
from knowledge.settings import read_settings

ASKED = {"question": "Får barnet gå i skola fast föräldrarna saknar uppehållsrätt?"}


@pytest.fixture(scope="module")
def guarded(build_knowledge: Callable[..., Knowledge], tmp_path_factory: pytest.TempPathFactory) -> Any:
    built = build_knowledge(tmp_path_factory.mktemp("guarded"), KNOWLEDGE_TOKEN="hemligt-åäö")
    with TestClient(create_app(built)) as client:
        yield client
    built.engine.dispose()


@pytest.mark.parametrize(
    "header",
    [None, "", "hemligt-åäö", "Bearer", "Bearer ", "Bearer hemligt", "bearer hemligt-åäö", "Basic aGVtbGlndA=="],
)
def test_without_the_token_nothing_is_told(guarded: TestClient, header: str | None) -> None:
    headers = {} if header is None else {"authorization": header.encode()}
    for method, path in (
        ("POST", "/api/answers"),
        ("POST", "/api/search"),
        ("GET", "/api/contacts"),
        ("GET", "/nowhere"),
    ):
        response = guarded.request(method, path, json=ASKED, headers=headers)
        assert (response.status_code, response.json()["error"]["code"]) == (401, "unauthorized")
    for path in ("/docs", "/openapi.json"):
        assert guarded.get(path, headers=headers).status_code == 401


def test_with_the_token_it_answers_and_health_needs_none(guarded: TestClient) -> None:
    token = {"authorization": "Bearer hemligt-åäö".encode()}
    assert guarded.post("/api/answers", json=ASKED, headers=token).status_code == 200
    assert guarded.get("/healthz").json() == {"status": "alive"}
    assert guarded.get("/readyz").json() == {"ready": True, "checks": {"index": True, "store": True}}


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.4", "kunskap.internal", ""])
def test_outside_loopback_without_a_token_it_refuses_to_start(host: str) -> None:
    with pytest.raises(ConfigurationError) as raised:
        read_settings({"KNOWLEDGE_HOST": host, "KNOWLEDGE_TOKEN": ""})
    assert raised.value.setting == "KNOWLEDGE_TOKEN"
    assert read_settings({"KNOWLEDGE_HOST": host, "KNOWLEDGE_TOKEN": "t"}).host == host


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "::1", "localhost"])
def test_on_loopback_none_is_needed(host: str) -> None:
    assert read_settings({"KNOWLEDGE_HOST": host, "KNOWLEDGE_TOKEN": ""}).host == host


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("KNOWLEDGE_PORT", "eighty"),
        ("KNOWLEDGE_PORT", "0"),
        ("KNOWLEDGE_PORT", "70000"),
        ("KNOWLEDGE_PORT", "²"),
        ("KNOWLEDGE_WORKERS", "0"),
        ("QUESTION_LIMIT", "0"),
        ("QUESTION_LIMIT", ""),
        ("ENCODER_WEIGHT", "1.5"),
        ("ENCODER_WEIGHT", "nan"),
        ("ENCODER_WEIGHT", "much"),
    ],
)
def test_a_wrong_value_is_named_with_its_setting(setting: str, value: str) -> None:
    with pytest.raises(ConfigurationError) as raised:
        read_settings({setting: value})
    assert raised.value.setting == setting
    assert repr(value) in str(raised.value)


def test_a_secret_may_stand_in_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "token").write_text("hemligt\n")
    monkeypatch.setenv("KNOWLEDGE_TOKEN_FILE", str(tmp_path / "token"))
    assert read_settings().token == "hemligt"
    monkeypatch.setenv("KNOWLEDGE_TOKEN_FILE", str(tmp_path / "nowhere"))
    with pytest.raises(ConfigurationError, match="KNOWLEDGE_TOKEN"):
        read_settings()


@pytest.fixture
def losing(build_knowledge: Callable[..., Knowledge], tmp_path: Path) -> Iterator[Knowledge]:
    """A build whose database comes to harm."""
    built = build_knowledge(tmp_path / "data")
    yield built
    built.engine.dispose()


@pytest.fixture
def losing_client(losing: Knowledge) -> Iterator[TestClient]:
    with TestClient(create_app(losing)) as client:
        yield client


def test_a_lost_database_is_said_and_heals_by_itself(losing: Knowledge, losing_client: TestClient) -> None:
    data = losing.settings.data
    data.rename(data.with_name("away"))
    data.write_text("no folder")
    losing.engine.dispose()  # now: before it, work in the background could open one more connection that still serves

    for path, body in (
        ("/api/answers", ASKED),
        ("/api/answers", ASKED | {"conversation_id": "c-1"}),
        ("/api/feedback", {"answer_id": "a", "rating": "up"}),
        ("/api/handovers", {"contact_way": "here", "municipality": "Malmö", "consent": True}),
    ):
        response = losing_client.post(path, json=body)
        assert (response.status_code, response.json()["error"]["code"]) == (503, "unavailable")
        assert response.headers["retry-after"] == "5"
        assert "Försök igen" in response.json()["error"]["text"]
    ready = losing_client.get("/readyz")
    assert (ready.status_code, ready.json()) == (503, {"ready": False, "checks": {"index": True, "store": False}})
    assert losing_client.get("/healthz").status_code == 200
    assert losing_client.post("/api/search", json=ASKED).status_code == 200  # the index is in memory

    data.unlink()
    data.with_name("away").rename(data)
    assert losing_client.post("/api/answers", json=ASKED).status_code == 200
    assert losing_client.get("/readyz").json()["ready"] is True


def test_what_cannot_be_recorded_is_not_said(losing: Knowledge, losing_client: TestClient) -> None:
    """Reading goes on, writing fails: as on a full disk."""
    event.listen(losing.engine, "checkout", lambda connection, *_: connection.execute("PRAGMA query_only=ON"))
    response = losing_client.post("/api/answers", json=ASKED)
    assert response.status_code == 503
    assert "text" in response.json()["error"] and "citations" not in response.text


def test_many_ask_at_once(own_client: TestClient) -> None:
    statuses: list[int] = []

    def ask(number: int) -> None:
        for turn in range(5):
            body = ASKED | {"conversation_id": f"c-{number % 3}"}
            statuses.append(own_client.post("/api/answers", json=body | {"channel": f"t{turn}"}).status_code)

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses == [200] * 40


def test_search_gives_passages_with_what_was_rejected_and_how_long_it_took(client: TestClient) -> None:
    found = client.post("/api/search", json={"question": "akut tandvård", "k": 3}).json()
    assert set(found) == {"passages", "rejected", "timings_ms"}
    assert len(found["passages"]) == 3
    best = found["passages"][0]
    assert {"document_id", "topics", "score", "heading", "text", "sources", "validity", "valid_from"} <= set(best)
    assert best["topics"] == ["tandvard"]
    assert all(value >= 0 for value in found["timings_ms"].values()) and found["timings_ms"]
    scores = [passage["score"] for passage in found["passages"]]
    assert scores == sorted(scores, reverse=True)


def test_search_as_of_sets_aside_what_did_not_hold_then(client: TestClient) -> None:
    question = {"question": "skyldighet att göra orosanmälan enligt nya socialtjänstlagen", "k": 10}
    now = client.post("/api/search", json=question | {"as_of": "2026-11-23"}).json()
    then = client.post("/api/search", json=question | {"as_of": "2020-01-01"}).json()
    assert all((p["valid_from"] or "") <= "2020-01-01" for p in then["passages"])
    late = {p["passage_id"] for p in now["passages"] if (p["valid_from"] or "") > "2020-01-01"}
    assert late
    reasons = {p["passage_id"]: p["reason"] for p in then["rejected"]}
    assert {reasons[key] for key in late} == {"not valid on the date"}


@pytest.mark.parametrize("k", [0, 101, -1, "många", 1.5])
def test_search_takes_a_sensible_number(client: TestClient, k: object) -> None:
    response = client.post("/api/search", json={"question": "skola", "k": k})
    assert (response.status_code, response.json()["error"]["code"]) == (422, "invalid")


def test_contacts_by_topic_place_and_words(client: TestClient) -> None:
    def ids(**asked: str) -> list[str]:
        return [contact["id"] for contact in client.get("/api/contacts", params=asked).json()["contacts"]]

    assert "sos-alarm-112" in ids(topic="akuta-larm")
    assert "uppsala-kommun-socialforvaltningen" in ids(text="socialförvaltningen", place="Uppsala")
    assert "uppsala-kommun-socialforvaltningen" in ids(text="socialförvaltningen", place="Uppsala kommun")
    assert "uppsala-kommun-socialforvaltningen" not in ids(text="socialförvaltningen", place="Malmö")
    assert ids(text="vem ringer jag i Lund om människohandel")[0] == "malmo-evonhuset-regionkoordinatorer"
    assert ids(text="vem ringer jag i Kiruna om människohandel")[0] == "jamstalldhetsmyndigheten-nspm"
    assert ids() == ids(topic="okänt") == []
