"""Tables, as SQLAlchemy Core. A change here needs a migration (CONTRIBUTING.md)."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# Which of the two corpora a row belongs to: the curated one, replaced as one, or the library, taken in file by file.
STARTER, LIBRARY = "starter", "library"

# A document's and a passage's earlier versions stay: an answer names the version that it was made from.
documents = Table(
    "documents",
    metadata,
    Column("id", String(120), primary_key=True),
    Column("content_hash", String(64), primary_key=True),
    Column("position", Integer, nullable=False),
    Column("title", Text, nullable=False),
    Column("content", JSON, nullable=False),
    Column("current", Boolean, nullable=False),
    Column("stored_at", DateTime, nullable=False),
    Column("collection", String(20), nullable=False, server_default=STARTER),
    Index(None, "collection", "current"),
)

passages = Table(
    "passages",
    metadata,
    Column("id", String(200), primary_key=True),
    Column("version", String(64), primary_key=True),
    Column("document_id", String(120), nullable=False),
    Column("position", Integer, nullable=False),
    Column("heading", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("valid_from", Date),
    Column("valid_to", Date),
    Column("content", JSON, nullable=False),
    Column("current", Boolean, nullable=False),
    Column("stored_at", DateTime, nullable=False),
    Column("collection", String(20), nullable=False, server_default=STARTER),
    Index(None, "document_id"),
    Index(None, "collection", "current"),
)

conversations = Table(
    "conversations",
    metadata,
    Column("id", String(80), primary_key=True),
    Column("channel", String(20), nullable=False),
    Column("started_at", DateTime, nullable=False),
    Column("last_at", DateTime, nullable=False),
)

# The question is the redacted one: the other is never stored.
answers = Table(
    "answers",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("conversation_id", String(80), ForeignKey("conversations.id", ondelete="CASCADE")),
    Column("channel", String(20), nullable=False),
    Column("asked_at", DateTime, nullable=False),
    Column("question", Text, nullable=False),
    Column("municipality", String(60)),
    Column("language", String(5), nullable=False),
    Column("status", String(20), nullable=False),
    Column("text", Text, nullable=False),
    Column("as_of", Date, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("notices", JSON, nullable=False),
    Column("reason", String(40), nullable=False, server_default=""),  # why it was refused
    Index(None, "conversation_id", "asked_at"),
    Index(None, "status", "asked_at"),
)

answer_citations = Table(
    "answer_citations",
    metadata,
    Column("answer_id", String(40), ForeignKey("answers.id", ondelete="CASCADE"), primary_key=True),
    Column("n", Integer, primary_key=True),
    Column("passage_id", String(200), nullable=False),
    Column("passage_version", String(64), nullable=False),
    Column("url", Text, nullable=False),
    Column("quote", Text, nullable=False),
)

feedback = Table(
    "feedback",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("answer_id", String(40), ForeignKey("answers.id", ondelete="CASCADE"), nullable=False),
    Column("rating", String(10), nullable=False),
    Column("reasons", JSON, nullable=False),
    Column("comment", Text, nullable=False),
    Column("given_at", DateTime, nullable=False),
    Index(None, "answer_id"),
)

# `contact` is what the official wants to be reached by: kept apart from the conversation and erased with the matter.
handovers = Table(
    "handovers",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("reference", String(20), nullable=False, unique=True),
    Column("conversation_id", String(80)),
    Column("answer_id", String(40)),
    Column("contact_way", String(10), nullable=False),
    Column("contact", Text, nullable=False),
    Column("municipality", String(60), nullable=False),
    Column("message", Text, nullable=False),
    Column("state", String(20), nullable=False),
    Column("asked_at", DateTime, nullable=False),
    Index(None, "state", "asked_at"),
)
