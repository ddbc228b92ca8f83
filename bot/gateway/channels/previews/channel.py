"""In: an Answer, out: what each channel would post of it. Nothing is asked, stored or sent."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from typing import Any

from fastapi import APIRouter, Request
from pydantic import BaseModel

from ...bootstrap import Gateway
from ...errors import Unauthorized
from ...presentation.datatypes import ShownAnswer
from ...presentation.parsing import parse_answer
from ...presentation.words import Words
from ..slack.rendering import preview as slack_preview
from ..teams.rendering import preview as teams_preview

router = APIRouter(prefix="/channels/previews")

# A channel's rendering.preview: pure, needs no settings of the channel.
Preview = Callable[[ShownAnswer, Words], dict[str, Any]]
PREVIEWS: dict[str, Preview] = {"slack": slack_preview, "teams": teams_preview}


class PreviewRequest(BaseModel):
    answer: dict[str, Any]


@router.post("")
def previews(body: PreviewRequest, request: Request) -> dict[str, Any]:
    """The payload of each channel, whether the channel is configured or not."""
    gateway: Gateway = request.app.state.gateway
    _check_token(request, gateway.settings.knowledge_token)
    shown = parse_answer(body.answer, gateway.catalogue)
    words = gateway.catalogue.words(shown.language)
    return {name: preview(shown, words) for name, preview in PREVIEWS.items()}


def _check_token(request: Request, token: str) -> None:
    sent = request.headers.get("authorization", "")
    if token and not hmac.compare_digest(sent.encode(), f"Bearer {token}".encode()):
        raise Unauthorized
