"""An adviser's answer to a hand-over, on its way to the conversation that it came from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AdviserReply:
    delivery_id: str
    reference: str
    text: str
    language: str
    answered_at: str  # ISO 8601, UTC
