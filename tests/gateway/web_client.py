"""A program that speaks to the web channel, and what every refusal must look like."""

from __future__ import annotations

from typing import Any

import httpx

ANSWER: dict[str, Any] = {
    "type": "answer",
    "answer_id": "answer-1",
    "status": "answered",
    "language": "sv",
    "text": 'Ja, ansökan ska tas emot [1].\n\nBeslutet ska vara skriftligt [1]. <b>å</b> & "citat"',
    "as_of": "2026-11-22",
    "confidence": 0.93,
    "validity_line": "Gäller per 22 november 2026",
    "citations": [{"n": 1, "document_id": "exempel", "topics": ["exempel"], "quote": "Påhittat.", "valid_to": None}],
    "notices": [{"kind": "child", "text": "Ett påhittat påpekande."}],
    "contacts": [],
    "follow_ups": ["Och om det är helg?"],
    "refined_answer": None,
    "a_field_of_tomorrow": {"nested": [1, 2.5, True]},
}
SECURITY_HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
}


class WebClient:
    """What the widget does, without the widget."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.http = httpx.Client(base_url=url, trust_env=False, timeout=10)

    def say(self, text: object, conversation_id: object = None, **more: object) -> httpx.Response:
        known = {} if conversation_id is None else {"conversation_id": conversation_id}
        return self.http.post("/channels/web/messages", json={"text": text, **known, **more})

    def started(self, text: str = "Hej") -> str:
        """A new conversation's id."""
        response = self.say(text)
        assert response.status_code == 200, response.text
        conversation_id: str = response.json()["conversation_id"]
        return conversation_id

    def send(self, content: bytes, path: str = "/channels/web/messages", **headers: str) -> httpx.Response:
        """The very bytes given, said to be JSON."""
        return self.http.post(path, content=content, headers={"content-type": "application/json", **headers})

    def give_feedback(self, conversation_id: object, **more: object) -> httpx.Response:
        body = {"conversation_id": conversation_id, "answer_id": "answer-1", "rating": "up", "reasons": []}
        return self.http.post("/channels/web/feedback", json=body | more)

    def hand_over(self, **more: object) -> httpx.Response:
        body = {"contact_way": "email", "contact": "maria@example.se", "municipality": "Lund", "consent": True}
        return self.http.post("/channels/web/handovers", json=body | more)

    def readiness(self) -> tuple[int, dict[str, bool]]:
        response = self.http.get("/readyz")
        assert response.json()["ready"] is (response.status_code == 200)
        checks: dict[str, bool] = response.json()["checks"]
        return response.status_code, checks


def assert_guarded(response: httpx.Response) -> None:
    """The headers that every response carries."""
    for name, value in SECURITY_HEADERS.items():
        assert response.headers.get(name) == value, name
    policy = response.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe-" not in policy
    assert "*" not in policy


def assert_refused(response: httpx.Response, status: int, code: str) -> None:
    """The status, a code for programs and a text for people in both languages; nothing of the inside."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/json"
    error = response.json()["error"]
    assert response.json().keys() == {"error"}
    assert error["code"] == code
    assert error.keys() == {"code", "text", "text_en"}
    assert len(error["text"]) > 15
    assert len(error["text_en"]) > 15
    assert error["text"] != error["text_en"]
    assert not any(word in response.text for word in ("Traceback", "Error", "Exception", ".py"))
    assert_guarded(response)
