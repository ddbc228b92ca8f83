"""Tables of refined answers. A change here needs a migration (CONTRIBUTING.md)."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Date, DateTime, ForeignKey, Index, Integer, String, Table, Text

from .tables import metadata

# One row an answer: what lists filter on, taken from its newest and its live version at every change.
refined_answers = Table(
    "refined_answers",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("revision", Integer, nullable=False),  # grows with every change: whoever saves names the one they read
    Column("question", Text, nullable=False),
    Column("words", Text, nullable=False),  # all that is searched for, in lower case
    Column("state", String(10), nullable=False),  # of the newest version
    Column("live_version", Integer),
    Column("valid_from", Date),  # of the live version, or of the newest where none is live; likewise below
    Column("valid_to", Date),
    Column("next_review", Date),
    Column("topics", JSON, nullable=False),
    Column("municipalities", JSON, nullable=False),
    Column("from_answer", String(40)),  # the answer that this one mends; no key: retention may erase that one
    Column("inbox_item", String(40)),
    Column("created_at", DateTime, nullable=False),
    Column("changed_at", DateTime, nullable=False),
    Column("changed_by", String(120), nullable=False),
    Index(None, "state", "changed_at"),
    Index(None, "live_version", "valid_to"),
    Index(None, "live_version", "next_review"),
    Index(None, "changed_at"),
)

refined_versions = Table(
    "refined_versions",
    metadata,
    Column("answer_id", String(40), ForeignKey("refined_answers.id"), primary_key=True),
    Column("n", Integer, primary_key=True),
    Column("state", String(10), nullable=False),
    Column("content", JSON, nullable=False),
    Column("written_by", String(80), nullable=False),
    Column("written_by_name", String(120), nullable=False),
    Column("written_at", DateTime, nullable=False),
    Column("editors", JSON, nullable=False),
    Column("decided_by", String(80)),
    Column("decided_by_name", String(120)),
    Column("decided_at", DateTime),
    Column("comment", Text, nullable=False),
    Column("reason_for_breaks", Text, nullable=False),
    Index(None, "state"),
)

# One row for each change of what is live. The highest number tells every process whether it has all of it.
refined_changes = Table(
    "refined_changes",
    metadata,
    Column("n", Integer, primary_key=True, autoincrement=True),
    Column("answer_id", String(40), nullable=False),
    Column("is_live", Boolean, nullable=False),
    Column("at", DateTime, nullable=False),
)

# Which approved version an answer was made from; its text is in `answers`, as it was given.
answer_refinements = Table(
    "answer_refinements",
    metadata,
    Column("answer_id", String(40), ForeignKey("answers.id", ondelete="CASCADE"), primary_key=True),
    Column("refined_id", String(40), nullable=False),
    Column("version", Integer, nullable=False),
    Index(None, "refined_id"),
)
