"""action_answer_question: everything that may be a question."""

from __future__ import annotations

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.answering import give_answer
from actions.knowledge_client import KnowledgeClient


class AnswerQuestion(Action):
    def __init__(self, knowledge: KnowledgeClient) -> None:
        self._knowledge = knowledge

    def name(self) -> str:
        return "action_answer_question"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, _domain: DomainDict) -> list[EventType]:
        return await give_answer(self._knowledge, dispatcher, tracker)
