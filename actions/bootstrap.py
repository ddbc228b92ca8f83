"""Builds the action server from its settings: every client once, every action with what it needs."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action
from rasa_sdk.endpoint import create_app
from rasa_sdk.executor import ActionExecutor
from sanic import Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, json

from actions.answer_question import AnswerQuestion
from actions.ask_handover import AskHandover
from actions.change_language import ChangeLanguage
from actions.hand_over import FORM_SLOTS, HandOver
from actions.knowledge_client import KnowledgeClient, open_http_for
from actions.places import read_municipalities
from actions.record_feedback import RecordFeedback
from actions.settings import ActionSettings
from actions.small_talk import SmallTalk
from actions.validate_handover_form import ValidateHandoverForm


def build_actions(knowledge: KnowledgeClient) -> list[Action]:
    """Every action of domain.yml."""
    return [
        AnswerQuestion(knowledge),
        SmallTalk(),
        ChangeLanguage(),
        RecordFeedback(knowledge),
        HandOver(knowledge),
        *(AskHandover(slot) for slot in FORM_SLOTS),
        ValidateHandoverForm(read_municipalities()),
    ]


def build_app(settings: ActionSettings) -> Sanic[Any, Any]:
    """The server: POST /webhook and GET /actions from rasa_sdk, and our health addresses."""
    knowledge = KnowledgeClient(open_http_for(settings), settings.knowledge_timeout_seconds)
    executor = ActionExecutor()
    for action in build_actions(knowledge):
        executor.register_action(action)
    app: Sanic[Any, Any] = create_app(executor, cors_origins=[])

    async def healthz(_: Request) -> HTTPResponse:
        return json({"status": "ok"})

    async def readyz(_: Request) -> HTTPResponse:
        return json({"ready": bool(executor.actions)})

    app.add_route(healthz, "/healthz")
    app.add_route(readyz, "/readyz")
    return app
