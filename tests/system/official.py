"""An official in the web channel: says something, and reads what comes back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import httpx

TURN_WITHIN_S = 30.0  # longer than the gateway's own deadline: that one must come first


@dataclass(frozen=True)
class Reply:
    messages: list[dict[str, Any]]

    @property
    def answer(self) -> dict[str, Any]:
        """The answer among the messages."""
        answers = [message for message in self.messages if message["type"] == "answer"]
        assert answers, f"no answer, but {self.text!r}"
        return answers[0]

    @property
    def status(self) -> str:
        return str(self.answer["status"])

    @property
    def notices(self) -> list[str]:
        return [notice["kind"] for notice in self.answer["notices"]]

    @property
    def topics(self) -> set[str]:
        """The documents that the answer cites."""
        return {citation["document_id"] for citation in self.answer["citations"]}

    @property
    def text(self) -> str:
        return "\n".join(message["text"] for message in self.messages)

    @property
    def buttons(self) -> list[str]:
        """What each button would send."""
        return [button["payload"] for message in self.messages for button in message.get("buttons", [])]


class Official:
    """One conversation. `language` is what the widget was set to."""

    def __init__(self, client: httpx.Client, language: str | None = None) -> None:
        self._client, self._language = client, language
        self.conversation_id: str | None = None

    def send(self, text: str) -> httpx.Response:
        """The response as it came, whatever it is."""
        body = {"text": text, "conversation_id": self.conversation_id, "language": self._language}
        sent = {name: value for name, value in body.items() if value is not None}
        return self._client.post("/channels/web/messages", json=sent, timeout=TURN_WITHIN_S)

    def say(self, text: str) -> Reply:
        response = self.send(text)
        assert response.status_code == 200, f"{text!r}: {response.status_code} {response.text}"
        body = response.json()
        assert self.conversation_id in (None, body["conversation_id"])
        self.conversation_id = body["conversation_id"]
        return Reply(body["messages"])

    def judge(self, answer_id: str, **values: Any) -> httpx.Response:
        body = {"conversation_id": self.conversation_id, "answer_id": answer_id, **values}
        return self._client.post("/channels/web/feedback", json=body)

    def hand_over(self, **values: Any) -> httpx.Response:
        body = {"conversation_id": self.conversation_id, **values}
        return self._client.post("/channels/web/handovers", json=body)
