"""What advisers answered to what was handed over, and how it reached the official. Changes need a migration."""

from __future__ import annotations

from sqlalchemy import Column, DateTime, ForeignKey, Index, Integer, String, Table, Text

from .tables import metadata

# `n` grows: a widget asks for the replies of its conversation after the last one that it has shown.
# `leased_until` is how long whoever is bringing it has it to themselves.
handover_replies = Table(
    "handover_replies",
    metadata,
    Column("n", Integer, primary_key=True, autoincrement=True),
    Column("handover_id", String(40), ForeignKey("handovers.id", ondelete="CASCADE"), nullable=False),
    Column("conversation_id", String(80)),
    Column("channel", String(20), nullable=False),
    Column("language", String(5), nullable=False),
    Column("way", String(10), nullable=False),  # here, email, phone: as the official wanted to be reached
    Column("text", Text, nullable=False),
    Column("by", String(80), nullable=False),
    Column("by_name", String(120), nullable=False),
    Column("answered_at", DateTime, nullable=False),
    Column("state", String(10), nullable=False),  # waiting, delivered, failed
    Column("attempts", Integer, nullable=False),
    Column("leased_until", DateTime),
    Column("ended_at", DateTime),
    Column("detail", Text, nullable=False),
    Index(None, "handover_id"),
    Index(None, "conversation_id", "n"),
    Index(None, "state", "way", "channel"),
)
