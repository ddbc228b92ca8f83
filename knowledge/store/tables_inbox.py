"""Tables of the inbox: what waits for staff, and all that became of it. Changes need a migration (CONTRIBUTING.md)."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, DateTime, ForeignKey, Index, Integer, String, Table, Text, text

from .tables import metadata

# `id` begins with the time: what came last has the highest. `topics` is " slug slug ", `words` what is searched for, in
# lower case. `group_id` is the id of the first of the questions that are alike; before that is looked into (`grouped`),
# an item is its own group. `cause` tells one cause from the next of the same subject.
inbox_items = Table(
    "inbox_items",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("subject_kind", String(20), nullable=False),
    Column("subject_id", Text, nullable=False),
    Column("answer_id", String(40)),  # the answer that it is about; no key: retention may erase that one
    Column("question", Text, nullable=False),
    Column("words", Text, nullable=False),
    Column("language", String(5), nullable=False),
    Column("municipality", String(60)),
    Column("topics", Text, nullable=False),
    Column("detail", JSON, nullable=False),
    Column("cause", String(64), nullable=False),
    Column("times", Integer, nullable=False),
    Column("importance", Integer, nullable=False),
    Column("state", String(12), nullable=False),
    Column("is_open", Boolean, nullable=False),
    Column("assignee", String(80)),
    Column("assignee_name", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("group_id", String(32), nullable=False),
    Column("grouped", Boolean, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("opened_at", DateTime, nullable=False),
    Column("changed_at", DateTime, nullable=False),
    # One open item a subject and kind. A closed one stays as it was closed: the next cause opens another.
    Index(
        "uq_inbox_items_open_subject",
        "kind",
        "subject_kind",
        "subject_id",
        unique=True,
        sqlite_where=text("is_open"),
        postgresql_where=text("is_open"),
    ),
    Index(None, "subject_kind", "subject_id"),
    Index(None, "answer_id"),
    Index(None, "grouped", "id"),
    Index(None, "is_open", "kind"),
    Index(None, "is_open", "assignee"),
    # All that a list groups, filters and sorts by: of 100,000 rows it reads this index alone, in 40 ms. An index that
    # begins with the group would be taken in its stead, and cost 500 ms.
    Index(
        "ix_inbox_items_filters",
        "is_open",
        "group_id",
        "id",
        "kind",
        "state",
        "assignee",
        "importance",
        "municipality",
        "topics",
        "answer_id",
    ),
)

# Each cause and each change, oldest first. `by` is an account; empty where the service itself did it.
inbox_history = Table(
    "inbox_history",
    metadata,
    Column("n", Integer, primary_key=True, autoincrement=True),
    Column("item_id", String(32), ForeignKey("inbox_items.id", ondelete="CASCADE"), nullable=False),
    Column("at", DateTime, nullable=False),
    Column("by", String(80), nullable=False),
    Column("by_name", Text, nullable=False),
    Column("what", String(20), nullable=False),
    Column("detail", JSON, nullable=False),
    Index(None, "item_id", "n"),
)
