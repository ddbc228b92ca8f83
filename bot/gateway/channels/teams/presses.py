"""What was filled in on a card, checked: the same rules as the forms of the web."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from ...presentation.choices import REASONS, WAYS
from .controls import COMMENT_LIMIT, CONTACT_LIMIT, HAND_OVER, MUNICIPALITY_LIMIT, RATE

_ANSWER_ID_LIMIT = 200


@dataclass(frozen=True, slots=True)
class Rating:
    answer_id: str
    rating: str
    reasons: list[str]
    comment: str

    def values(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Handover:
    answer_id: str
    contact_way: str
    contact: str
    municipality: str
    message: str
    consent: bool = True

    def values(self) -> dict[str, Any]:
        return asdict(self) | {"answer_id": self.answer_id or None}


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with it, as a key of the words."""

    key: str


def read(data: Mapping[str, Any]) -> Rating | Handover | Problem:
    """The values of a pressed button and of the fields beside it."""
    verb = data.get("verb")
    if verb == RATE:
        return _rating(data)
    if verb == HAND_OVER:
        return _handover(data)
    return Problem("unknown_button")


def _rating(data: Mapping[str, Any]) -> Rating | Problem:
    answer_id, rating = _text(data, "answer_id"), _text(data, "rating")
    if not 0 < len(answer_id) <= _ANSWER_ID_LIMIT or rating not in ("up", "down"):
        return Problem("unknown_button")
    reasons = [one for one in _text(data, "reasons").split(",") if one in REASONS]
    comment = _text(data, "comment")[:COMMENT_LIMIT]
    if rating == "up":
        return Rating(answer_id, rating, [], "")
    return Rating(answer_id, rating, reasons, comment) if reasons or comment else Problem("reason_missing")


def _handover(data: Mapping[str, Any]) -> Handover | Problem:
    answer_id, way, contact = _text(data, "answer_id"), _text(data, "contact_way"), _text(data, "contact")
    municipality = _text(data, "municipality")
    if way not in WAYS or len(answer_id) > _ANSWER_ID_LIMIT:
        return Problem("unknown_button")
    if way != "here" and not 0 < len(contact) <= CONTACT_LIMIT:
        return Problem(f"contact_missing.{way}")
    if not 0 < len(municipality) <= MUNICIPALITY_LIMIT:
        return Problem("municipality_missing")
    if _text(data, "consent") != "true":
        return Problem("consent_missing")
    return Handover(answer_id, way, contact[:CONTACT_LIMIT], municipality, _text(data, "message")[:COMMENT_LIMIT])


def _text(data: Mapping[str, Any], key: str) -> str:
    value = data.get(key)
    return value.strip() if isinstance(value, str) else ""
