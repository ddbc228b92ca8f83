"""Whatever is sent: a clear reply in both languages, never a 500, never a trace."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx import Response

JSON = {"content-type": "application/json"}


def _error(response: Response, status: int, code: str) -> dict[str, str]:
    assert response.status_code == status, response.text
    error: dict[str, str] = response.json()["error"]
    assert set(response.json()) == {"error"} and set(error) == {"code", "text", "text_en"}
    assert error["code"] == code
    assert len(error["text"]) > 10 and len(error["text_en"]) > 10 and error["text"] != error["text_en"]
    return error


def test_the_longest_question_is_taken(ask: Any) -> None:
    assert ask("a" * 2000)["text"]
    assert ask("Får barnet gå i skola? " * 86)["text"]


@pytest.mark.parametrize("length", [2001, 10_000, 90_000])
def test_too_long_is_said_to_be(client: TestClient, length: int) -> None:
    for path in ("/api/answers", "/api/search"):
        error = _error(client.post(path, json={"question": "ö" * length}), 413, "too_long")
        assert "2 000" in error["text"]


def test_a_body_beyond_all_measure_is_not_read(client: TestClient) -> None:
    _error(client.post("/api/answers", content=b"x" * 100_001, headers=JSON), 413, "too_long")
    _error(client.post("/api/answers", content=b"{}", headers=JSON | {"content-length": b"\xb2"}), 413, "too_long")


@pytest.mark.parametrize("question", ["", " ", "\n\t\r", "\u00a0\u2003"])
def test_an_empty_question_is_said_to_be(client: TestClient, question: str) -> None:
    _error(client.post("/api/answers", json={"question": question}), 422, "empty")


@pytest.mark.parametrize(
    "question",
    [
        "\x00",
        "\x00\x07\x1b[31mFår barnet gå i skola?\x7f\u202e",
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)> Får barnet gå i skola?",
        "'; DROP TABLE answers; --",
        "{0} {question} %s %(x)s ${jndi:ldap://a}",
        "😀🎉👩‍👩‍👧",
        "???",
        "/restart",
        '/intent{"a": 1}',
        "\ufeff\u200b",
        "Unde găsesc un medic pentru tatăl meu? Nu avem asigurare.",
        "Къде мога да намеря лекар?",
        "أين الطبيب",
        "hejhejhej" * 100,
        "a\u0308" * 500,
    ],
    ids=range(16),
)
def test_strange_words_get_a_plain_answer(ask: Any, question: str) -> None:
    answer = ask(question, conversation_id="strange")
    assert answer["status"] in {"answered", "out_of_scope", "no_support", "clarify"}
    assert len(answer["text"]) > 20
    assert "<script" not in answer["text"] and "onerror" not in answer["text"]
    assert "Traceback" not in answer["text"]


def test_another_language_is_answered_in_ours_with_a_line_in_theirs(ask: Any) -> None:
    answer = ask("Unde găsesc un medic pentru tatăl meu? Nu avem asigurare.")
    assert answer["status"] == "out_of_scope"
    assert "suedeză" in answer["text"] and "112" in answer["text"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not json",
        b"[]",
        b"null",
        b'"question"',
        b"{}",
        b'{"question": null}',
        b'{"question": 7}',
        b'{"question": ["a"]}',
        b'{"question": {"a": "b"}}',
        b'{"question": "\\ud800"}',
        b'{"question": "a", "municipality": "\\ud800"}',
        b'{"question": "a", "channel": "\\ud800"}',
        b'{"question": "a", "history": ["\\ud800"]}',
        b'{"question": "a", "history": "a"}',
        b'{"question": "a", "history": [1]}',
        b'{"question": "a", "as_of": "yesterday"}',
        b'{"question": "a", "as_of": "2026-02-30"}',
        b'{"question": "a", "language": "ro"}',
        b'{"question": "a", "conversation_id": "../../etc/passwd"}',
        b'{"question": "a", "conversation_id": ""}',
        b'{"question": "a", "channel": "' + b"x" * 21 + b'"}',
        b'{"question": "a", "municipality": "' + b"x" * 61 + b'"}',
        b'{"question": "\xff\xfe"}',
        b"[" * 50_000,
        b'{"question": NaN}',
    ],
    ids=range(26),
)
def test_a_body_that_is_none_is_invalid(client: TestClient, content: bytes) -> None:
    response = client.post("/api/answers", content=content, headers=JSON)
    assert response.status_code in (400, 422)
    _error(response, response.status_code, "invalid")


def test_a_body_of_another_type_is_invalid(client: TestClient) -> None:
    _error(client.post("/api/answers", data={"question": "Får barnet gå i skola?"}), 422, "invalid")


def test_an_unknown_field_is_ignored(ask: Any) -> None:
    assert ask("Får barnet gå i skola?", colour="blue")["status"] == "answered"


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_any_day_of_the_calendar_is_taken(ask: Any, day: str) -> None:
    assert ask("Får barnet gå i skola?", as_of=day)["as_of"] == day


def test_other_addresses_and_methods(client: TestClient) -> None:
    _error(client.get("/nowhere"), 404, "not_found")
    response = client.get("/api/answers")
    _error(response, 405, "method_not_allowed")
    assert response.headers["allow"] == "POST"
