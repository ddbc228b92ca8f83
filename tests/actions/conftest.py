"""The actions as Rasa sees them: run with a tracker, against a little knowledge over real HTTP on loopback."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.bootstrap import build_actions
from actions.fake_knowledge import FakeKnowledge, serving
from actions.knowledge_client import KnowledgeClient, open_http_for
from actions.settings import ActionSettings

DEADLINE_SECONDS = 2.0
DOMAIN = {
    "forms": {"handover_form": {"required_slots": ["contact_way", "contact", "handover_municipality", "consent"]}},
}


@dataclass
class Outcome:
    """What an action said, and the slots as they are after it."""

    messages: list[dict[str, Any]]
    slots: dict[str, Any]

    @property
    def texts(self) -> list[str]:
        return [message["text"] for message in self.messages if message.get("text")]

    @property
    def payload(self) -> dict[str, Any]:
        """The one message that carries an answer or an error."""
        (payload,) = [message["custom"] for message in self.messages if message.get("custom")]
        return payload

    def titles(self) -> list[str]:
        return [button["title"] for message in self.messages for button in message.get("buttons") or []]


@dataclass
class Conversation:
    """Anna, an official, in one conversation."""

    knowledge_url: str
    slots: dict[str, Any] = field(default_factory=dict)
    events: list[dict[str, Any]] = field(default_factory=list)
    metadata: dict[str, Any] = field(default_factory=lambda: {"channel": "web", "conversation_id": "c-anna"})

    def run(
        self, action_name: str, said: str = "", intent: str = "question", entities: list[dict[str, Any]] | None = None
    ) -> Outcome:
        return asyncio.run(self._run(action_name, said, intent, entities or []))

    async def _run(self, action_name: str, said: str, intent: str, entities: list[dict[str, Any]]) -> Outcome:
        settings = ActionSettings("127.0.0.1", 0, self.knowledge_url, "hemlig", DEADLINE_SECONDS)
        clients: list[Any] = []

        def open_http() -> Any:
            clients.append(open_http_for(settings)())
            return clients[-1]

        actions = {action.name(): action for action in build_actions(KnowledgeClient(open_http, DEADLINE_SECONDS))}
        message = {"text": said, "intent": {"name": intent}, "entities": entities, "metadata": self.metadata}
        events = [*self.events, {"event": "user", "text": said}]
        tracker = Tracker("sender", dict(self.slots), message, events, False, None, {}, "action_listen")
        dispatcher = CollectingDispatcher()
        try:
            happened = await actions[action_name].run(dispatcher, tracker, DOMAIN)
        finally:
            for client in clients:
                await client.aclose()
        self.events = events
        self.slots |= {event["name"]: event["value"] for event in happened if event["event"] == "slot"}
        return Outcome(dispatcher.messages, self.slots)


@pytest.fixture
def knowledge() -> Iterator[FakeKnowledge]:
    with serving(FakeKnowledge()) as fake:
        yield fake


@pytest.fixture
def anna(knowledge: FakeKnowledge) -> Conversation:
    return Conversation(knowledge.url)
