"""The routes. Plain `def`: each request runs in a thread of its own, and the event loop stays free."""

from __future__ import annotations

import secrets
import uuid
from typing import Any

from fastapi import APIRouter, Request

from ..bootstrap import Knowledge
from ..datatypes import Question
from ..errors import QuestionRejected
from .rendering import answer_json, contact_json, search_json
from .requests import FeedbackRequest, HandoverRequest, QuestionRequest, SearchRequest

router = APIRouter(prefix="/api")
# No 0/O, 1/I: a reference is read out over the telephone.
_REFERENCE_SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


def _knowledge(request: Request) -> Knowledge:
    knowledge: Knowledge = request.app.state.knowledge
    return knowledge


@router.post("/answers")
def answers(body: QuestionRequest, request: Request) -> dict[str, Any]:
    """Answers one question."""
    knowledge = _knowledge(request)
    _check_length(body.question, knowledge)
    question = Question(
        text=body.question,
        conversation_id=body.conversation_id,
        channel=body.channel,
        municipality=body.municipality,
        county=body.county,
        as_of=body.as_of,
        language=body.language,
        history=tuple(body.history),
    )
    return answer_json(knowledge.answering.answer(question))


@router.post("/search")
def search(body: SearchRequest, request: Request) -> dict[str, Any]:
    """The passages nearest a question, with what was rejected and the time each part took."""
    knowledge = _knowledge(request)
    _check_length(body.question, knowledge)
    return search_json(knowledge.searching.search(body.question, body.k, body.as_of))


@router.post("/feedback", status_code=201)
def feedback(body: FeedbackRequest, request: Request) -> dict[str, str]:
    """What an official thought of an answer."""
    knowledge = _knowledge(request)
    key = uuid.uuid4().hex
    comment = knowledge.redactor.redact(body.comment).text
    values: dict[str, object] = {
        "answer_id": body.answer_id,
        "rating": body.rating,
        "reasons": list(body.reasons),
        "comment": comment,
    }
    knowledge.conversations.record_feedback(key, body.conversation_id, values)
    return {"feedback_id": key}


@router.post("/handovers", status_code=201)
def handovers(body: HandoverRequest, request: Request) -> dict[str, str]:
    """An official wants a human adviser. The contact way is kept as given: it is the official's own, with consent."""
    knowledge = _knowledge(request)
    if body.contact_way != "here" and not body.contact:
        raise QuestionRejected("contact_missing")
    key, reference = uuid.uuid4().hex, "R-" + "".join(secrets.choice(_REFERENCE_SIGNS) for _ in range(6))
    values = {
        "conversation_id": body.conversation_id,
        "answer_id": body.answer_id,
        "contact_way": body.contact_way,
        "contact": body.contact,
        "municipality": body.municipality,
        "message": knowledge.redactor.redact(body.message).text,
    }
    knowledge.conversations.record_handover(key, reference, values)
    return {"handover_id": key, "reference": reference}


@router.get("/contacts")
def contacts(request: Request, topic: str = "", place: str = "", text: str = "") -> dict[str, Any]:
    """Contacts for a topic (slug), a municipality or county, and words."""
    knowledge = _knowledge(request)
    directory = knowledge.contacts
    where = directory.place_named(place, place) if place else directory.place_in(text)
    found = directory.find([topic], where, text) if topic else directory.look_up((), where, text).contacts
    return {"contacts": [contact_json(contact) for contact in found]}


def _check_length(question: str, knowledge: Knowledge) -> None:
    if len(question) > knowledge.settings.question_limit:
        raise QuestionRejected("too_long")
