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

# What became of a document, in the row of its newest version; a row with a newer one is REPLACED. LIVE and GONE serve
# (`current`): GONE has vanished at its source and waits for a person to say what becomes of it.
LIVE, RETIRED, GONE, REPLACED = "live", "retired", "gone", "replaced"

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
    Column("state", String(10), nullable=False, server_default=LIVE),
    Column("replaced_at", Date),  # the day on which a newer version took its place
    Column("retired_at", DateTime),
    Column("retired_why", Text, nullable=False, server_default=""),
    Column("origin", Text, nullable=False, server_default=""),  # the file or the address that it was read from
    Column("passage_keys", JSON),  # of this version, in order: [id, version]; null for what was stored before 0004
    Index(None, "collection", "current"),
    Index(None, "collection", "state"),
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
    Column("replaced_at", Date),
    Index(None, "document_id", "collection", "current"),
    Index(None, "collection", "current"),
)

conversations = Table(
    "conversations",
    metadata,
    Column("id", String(80), primary_key=True),
    Column("channel", String(20), nullable=False),
    Column("started_at", DateTime, nullable=False),
    Column("last_at", DateTime, nullable=False),
    Index(None, "last_at"),
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
    Index(None, "given_at"),
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
    Index(None, "answer_id"),
    Index(None, "asked_at"),
)

# One row each time the library's index was to be brought up to date behind an upload.
index_jobs = Table(
    "index_jobs",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("state", String(10), nullable=False),
    Column("asked_at", DateTime, nullable=False),
    Column("ended_at", DateTime),
    Column("done", Integer, nullable=False),
    Column("total", Integer, nullable=False),
    Column("error", Text, nullable=False),
    Index(None, "state", "asked_at"),
)

# Whom to call. `kept` rows were changed or verified by staff: the file contacts.csv never overwrites them.
# `in_file` is the row as the file last gave it, so that a difference can be listed; null where the file lacks it.
contacts = Table(
    "contacts",
    metadata,
    Column("id", String(80), primary_key=True),
    Column("position", Integer, nullable=False),
    Column("organisation", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("role_en", Text, nullable=False),
    Column("scope", String(20), nullable=False),
    Column("places", JSON, nullable=False),
    Column("topics", JSON, nullable=False),
    Column("phone", String(60)),
    Column("email", String(200)),
    Column("hours", Text),
    Column("address", Text),
    Column("url", Text),
    Column("source_url", Text, nullable=False),
    Column("source_date", Text, nullable=False),
    Column("last_verified", Date),
    Column("verified_by", String(120)),
    Column("next_check", Date),
    Column("function_address", Boolean, nullable=False),
    Column("note", Text, nullable=False),
    Column("state", String(10), nullable=False),  # live, retired
    Column("kept", Boolean, nullable=False),
    Column("in_file", JSON),
    Column("updated_at", DateTime, nullable=False),
)

# Every change of a contact, as it was and as it became. The highest number is the version of the whole table.
contact_changes = Table(
    "contact_changes",
    metadata,
    Column("n", Integer, primary_key=True, autoincrement=True),
    Column("contact_id", String(80), nullable=False),
    Column("kind", String(20), nullable=False),  # file, import, verify, add, edit, retire, restore
    Column("by", String(120), nullable=False),
    Column("at", DateTime, nullable=False),
    Column("before", JSON),
    Column("after", JSON),
    Index(None, "contact_id"),
)

# What is known of an address that the corpus rests on: one row each, with the text that the next check compares with.
source_states = Table(
    "source_states",
    metadata,
    Column("address", Text, primary_key=True),
    Column("outcome", String(20), nullable=False),
    Column("reason", String(40), nullable=False),
    Column("detail", Text, nullable=False),
    Column("checked_at", DateTime, nullable=False),
    Column("since", DateTime, nullable=False),  # of the first check in a row that ended like this
    Column("next_check_at", DateTime, nullable=False),
    Column("failures", Integer, nullable=False),  # in a row
    Column("read_from", Text, nullable=False),  # where redirects led: what etag and last_modified are about
    Column("etag", Text, nullable=False),
    Column("last_modified", Text, nullable=False),
    Column("content_hash", String(64), nullable=False),  # of the text below; empty before the first success
    Column("text", Text, nullable=False),
    Column("moved_to", Text, nullable=False),
    Index(None, "next_check_at"),
)

# Every check that was made. `settled_at` is when a person, or the source's return, took it off the list of what to do.
source_checks = Table(
    "source_checks",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("run", String(40), nullable=False),
    Column("address", Text, nullable=False),
    Column("at", DateTime, nullable=False),
    Column("outcome", String(20), nullable=False),
    Column("reason", String(40), nullable=False),
    Column("detail", Text, nullable=False),
    Column("diff", Text, nullable=False),
    Column("needs_person", Boolean, nullable=False),
    Column("settled_at", DateTime),
    Index(None, "address", "id"),
    Index(None, "needs_person", "settled_at"),
    Index(None, "run"),
    Index(None, "at"),
)
