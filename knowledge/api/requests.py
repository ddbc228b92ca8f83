"""What callers send. Unknown fields are ignored, so that a caller may be newer than this process."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import BaseModel, Field, StringConstraints, field_validator

_MUNICIPALITY = 60
Reason = Literal[
    "outdated", "mixed_up", "quote_mismatch", "missing_source", "missing_information", "partly_wrong", "other"
]
ShortText = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]
LongText = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000)]
Key = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_.:-]{1,80}$")]


class Body(BaseModel):
    @field_validator("*", mode="before")
    @classmethod
    def _has_whole_characters(cls, value: object) -> object:
        """JSON can hold half a character (`"\\ud800"`), which no database takes. The error is a ValueError: 422."""
        for text in value if isinstance(value, list) else [value]:
            if isinstance(text, str):
                text.encode()
        return value


class QuestionRequest(Body):
    question: str
    conversation_id: Key | None = None
    channel: Annotated[str, StringConstraints(max_length=20)] = "api"
    municipality: Annotated[str, StringConstraints(max_length=_MUNICIPALITY)] | None = None
    county: Annotated[str, StringConstraints(max_length=_MUNICIPALITY)] | None = None
    as_of: dt.date | None = None
    language: Literal["sv", "en"] | None = None
    history: Annotated[list[LongText], Field(max_length=20)] = []


class SearchRequest(Body):
    question: str
    k: Annotated[int, Field(ge=1, le=100)] = 10
    as_of: dt.date | None = None


class FeedbackRequest(Body):
    conversation_id: Key | None = None
    answer_id: Key
    rating: Literal["up", "down"]
    reasons: Annotated[list[Reason], Field(max_length=7)] = []
    comment: LongText = ""


class HandoverRequest(Body):
    conversation_id: Key | None = None
    answer_id: Key | None = None
    contact_way: Literal["email", "phone", "here"]
    contact: ShortText = ""
    municipality: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=_MUNICIPALITY)]
    consent: Literal[True]
    message: LongText = ""


class ClaimRequest(Body):
    channels: Annotated[list[Annotated[str, StringConstraints(max_length=20)]], Field(min_length=1, max_length=10)]
    limit: Annotated[int, Field(ge=1, le=100)] = 20


class DeliveryRequest(Body):
    outcome: Literal["delivered", "failed"]
    detail: ShortText = ""
