"""Advisers' answers, for the gateway: what it brings to Slack and Teams, and what a widget asks for itself."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response

from ..bootstrap import Knowledge
from ..handover.datatypes import Delivery
from .requests import ClaimRequest, DeliveryRequest

router = APIRouter(prefix="/api")
Number = Annotated[int, Path(ge=1, le=2**31 - 1)]
Conversation = Annotated[str, Path(pattern=r"^[A-Za-z0-9_.:-]{1,80}$")]


@router.post("/deliveries/claim")
def claim(body: ClaimRequest, request: Request) -> dict[str, Any]:
    """Answers that wait to be brought, for the caller alone during 60 s."""
    found = _knowledge(request).deliveries.claim(body.channels, body.limit)
    return {"deliveries": [_delivery(one) for one in found]}


@router.post("/deliveries/{delivery_id}", status_code=204)
def end(delivery_id: Number, body: DeliveryRequest, request: Request) -> Response:
    """How it went. What the gateway calls failed is so for good: it has made its attempts."""
    delivered = body.outcome == "delivered"
    _knowledge(request).deliveries.end(delivery_id, delivered=delivered, detail=body.detail)
    return Response(status_code=204)


@router.get("/conversations/{conversation_id}/replies")
def replies(
    conversation_id: Conversation, request: Request, after: Annotated[int, Query(ge=0, le=2**31 - 1)] = 0
) -> dict[str, Any]:
    """The answers of a conversation after the one named."""
    found = _knowledge(request).deliveries.replies(conversation_id, after)
    return {
        "replies": [
            {"n": one.n, "reference": one.reference, "text": one.text, "answered_at": one.answered_at.isoformat()}
            for one in found
        ]
    }


def _delivery(one: Delivery) -> dict[str, Any]:
    return {
        "delivery_id": str(one.n),
        "conversation_id": one.conversation_id,
        "channel": one.channel,
        "reference": one.reference,
        "text": one.text,
        "language": one.language,
        "answered_at": one.answered_at.isoformat(),
    }


def _knowledge(request: Request) -> Knowledge:
    knowledge: Knowledge = request.app.state.knowledge
    return knowledge
