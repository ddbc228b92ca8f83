"""In: the widget's requests, verified, to a turn."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field, StrictBool, StringConstraints

from ...bootstrap import Gateway
from ...conversations import Conversation
from ...dialogue import ask
from ...errors import BadMessage, ForbiddenOrigin
from .rendering import render

CHANNEL = "web"
REPLIES_HOURS = 30 * 24  # an adviser may answer when nothing more can be asked in the conversation
router = APIRouter(prefix=f"/channels/{CHANNEL}")

Token = Annotated[str, StringConstraints(max_length=200)]
Short = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]
Long = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000)]


class MessageRequest(BaseModel):
    conversation_id: Token | None = None
    text: str
    language: Literal["sv", "en"] | None = None


class FeedbackRequest(BaseModel):
    conversation_id: Token
    answer_id: Short
    rating: Literal["up", "down"]
    reasons: Annotated[list[Short], Field(max_length=7)] = []
    comment: Long = ""


class HandoverRequest(BaseModel):
    conversation_id: Token | None = None
    answer_id: Short | None = None
    contact_way: Literal["email", "phone", "here"]
    contact: Short = ""
    municipality: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]
    consent: StrictBool
    message: Long = ""


class RepliesRequest(BaseModel):
    conversation_id: Token
    after: Annotated[int, Field(ge=0, le=2**31 - 1, strict=True)] = 0


@router.post("/messages")
async def messages(body: MessageRequest, request: Request) -> dict[str, Any]:
    """One turn of a conversation; without an id a new conversation begins."""
    gateway = _gateway(request)
    conversation = _resumed(gateway, body.conversation_id)
    gateway.rate_limit.check(_address(request, gateway), conversation.key if conversation else None)
    conversation = conversation or gateway.conversations.start(CHANNEL)
    said = await ask(gateway, conversation.key, body.text, CHANNEL, body.language)
    return {"conversation_id": conversation.token, "messages": render(said)}


@router.post("/feedback", status_code=201)
async def feedback(body: FeedbackRequest, request: Request) -> dict[str, str]:
    """What the official thought of an answer of this conversation."""
    gateway = _gateway(request)
    conversation = gateway.conversations.resume(CHANNEL, body.conversation_id)
    gateway.rate_limit.check(_address(request, gateway), conversation.key)
    values = body.model_dump() | {"conversation_id": conversation.key}
    return {"feedback_id": await gateway.knowledge.give_feedback(values)}


@router.post("/handovers", status_code=201)
async def handovers(body: HandoverRequest, request: Request) -> dict[str, str]:
    """The official wants a human adviser."""
    gateway = _gateway(request)
    if not body.consent:
        raise BadMessage("invalid")
    conversation = _resumed(gateway, body.conversation_id)
    gateway.rate_limit.check(_address(request, gateway), conversation.key if conversation else None)
    values = body.model_dump() | {"conversation_id": conversation.key if conversation else None}
    return {"reference": await gateway.knowledge.hand_over(values)}


@router.post("/replies")
async def replies(body: RepliesRequest, request: Request) -> dict[str, list[dict[str, Any]]]:
    """What advisers have answered to this conversation's hand-overs, after number `after`."""
    gateway = _gateway(request)
    conversation = gateway.conversations.resume(CHANNEL, body.conversation_id, REPLIES_HOURS)
    # Counted apart: the widget that asks every half minute takes no question away from its user.
    gateway.rate_limit.check(_address(request, gateway), f"{conversation.key} replies")
    return {"replies": await gateway.knowledge.replies(conversation.key, body.after)}


def _gateway(request: Request) -> Gateway:
    gateway: Gateway = request.app.state.gateway
    _check_origin(request, gateway)
    return gateway


def _check_origin(request: Request, gateway: Gateway) -> None:
    """A page elsewhere may use the channel only where WEB_ORIGINS names it. Programs send no Origin."""
    origin = request.headers.get("origin")
    if origin is None or origin in gateway.settings.origins:
        return
    if origin.partition("://")[2] != request.headers.get("host"):
        raise ForbiddenOrigin


def _resumed(gateway: Gateway, token: str | None) -> Conversation | None:
    return gateway.conversations.resume(CHANNEL, token) if token else None


def _address(request: Request, gateway: Gateway) -> str:
    if gateway.settings.trusted_proxy and (forwarded := request.headers.get("x-forwarded-for")):
        return forwarded.rpartition(",")[2].strip()  # the last one is what our own proxy saw
    return request.client.host if request.client else "unknown"
