"""The audit log: a chain of rows that the database itself refuses to change or delete. Counts by day for reports, and
the indexes by which retention finds what is old.
"""

from collections import Counter
from datetime import UTC
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

# A row is added behind the last one or not at all: INSERT OR REPLACE would otherwise slip past the DELETE trigger.
# The head moves by one row at a time and is never taken away.
_SQLITE = (
    """CREATE TRIGGER audit_log_appended BEFORE INSERT ON audit_log
       WHEN EXISTS (SELECT 1 FROM audit_log WHERE n >= NEW.n)
       BEGIN SELECT RAISE(ABORT, 'the audit log is only added to'); END""",
    """CREATE TRIGGER audit_log_unchanged BEFORE UPDATE ON audit_log
       BEGIN SELECT RAISE(ABORT, 'the audit log is only added to'); END""",
    """CREATE TRIGGER audit_log_kept BEFORE DELETE ON audit_log
       BEGIN SELECT RAISE(ABORT, 'the audit log is only added to'); END""",
    """CREATE TRIGGER audit_head_forward BEFORE UPDATE ON audit_head WHEN NEW.n <> OLD.n + 1 OR NEW.id <> OLD.id
       BEGIN SELECT RAISE(ABORT, 'the head of the audit log moves one row forward'); END""",
    """CREATE TRIGGER audit_head_kept BEFORE DELETE ON audit_head
       BEGIN SELECT RAISE(ABORT, 'the head of the audit log stays'); END""",
    """CREATE TRIGGER audit_head_single BEFORE INSERT ON audit_head WHEN EXISTS (SELECT 1 FROM audit_head)
       BEGIN SELECT RAISE(ABORT, 'the audit log has one head'); END""",
)
_POSTGRESQL = (
    """CREATE FUNCTION audit_refused() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN RAISE EXCEPTION 'the audit log is only added to'; END $$""",
    """CREATE TRIGGER audit_log_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_log
       FOR EACH STATEMENT EXECUTE FUNCTION audit_refused()""",
    """CREATE TRIGGER audit_head_kept BEFORE DELETE OR TRUNCATE ON audit_head
       FOR EACH STATEMENT EXECUTE FUNCTION audit_refused()""",
    """CREATE TRIGGER audit_head_forward BEFORE UPDATE ON audit_head FOR EACH ROW
       WHEN (NEW.n <> OLD.n + 1 OR NEW.id <> OLD.id) EXECUTE FUNCTION audit_refused()""",
)
_OLDEST = (
    ("ix_conversations_last_at", "conversations", ["last_at"]),
    ("ix_feedback_given_at", "feedback", ["given_at"]),
    ("ix_handovers_asked_at", "handovers", ["asked_at"]),
    ("ix_source_checks_at", "source_checks", ["at"]),
)


def upgrade() -> None:
    _audit()
    op.create_table(
        "daily_counts",
        sa.Column("measure", sa.String(length=10), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("value", sa.String(length=120), nullable=False),
        sa.Column("counted", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("measure", "day", "value", name=op.f("pk_daily_counts")),
    )
    _count_what_is_there()
    for index in _OLDEST:
        op.create_index(*index)


def _audit() -> None:
    # Everything that is hashed is text, kept to the byte: a database's own form of a date or of JSON could differ.
    op.create_table(
        "audit_log",
        sa.Column("n", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_audit_log")),
    )
    op.create_index("ix_audit_log_subject_n", "audit_log", ["subject", "n"])
    op.create_index("ix_audit_log_action_n", "audit_log", ["action", "n"])
    op.create_index("ix_audit_log_actor_n", "audit_log", ["actor", "n"])
    op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_head")),
    )
    op.execute("INSERT INTO audit_head (id, n, hash) VALUES (1, 0, '')")
    for statement in _SQLITE if op.get_bind().dialect.name == "sqlite" else _POSTGRESQL:
        op.execute(statement)


def _count_what_is_there() -> None:
    connection, sweden = op.get_bind(), ZoneInfo("Europe/Stockholm")
    columns = sa.table("daily_counts", *map(sa.column, ("measure", "value", "counted")), sa.column("day", sa.Date))
    answers = sa.table("answers", *map(sa.column, ("id", "status")), sa.column("asked_at", sa.DateTime))
    citations = sa.table("answer_citations", *map(sa.column, ("answer_id", "n", "passage_id", "passage_version")))
    passages = sa.table("passages", *map(sa.column, ("id", "version")), sa.column("content", sa.JSON))
    feedback = sa.table("feedback", sa.column("rating"), sa.column("given_at", sa.DateTime))

    first = sa.and_(citations.c.answer_id == answers.c.id, citations.c.n == 1)
    asked = sa.select(answers.c.asked_at, answers.c.status, citations.c.passage_id, citations.c.passage_version)
    topics = {
        (row.id, row.version): (row.content.get("topics") or [""])[0]
        for row in connection.execute(sa.select(passages.c.id, passages.c.version, passages.c.content))
    }
    counts = Counter()
    for row in connection.execute(asked.select_from(answers.outerjoin(citations, first))):
        day = row.asked_at.replace(tzinfo=UTC).astimezone(sweden).date()
        counts["status", day, row.status] += 1
        if topic := topics.get((row.passage_id, row.passage_version)):
            counts["topic", day, topic] += 1
    for row in connection.execute(sa.select(feedback.c.given_at, feedback.c.rating)):
        counts["rating", row.given_at.replace(tzinfo=UTC).astimezone(sweden).date(), row.rating] += 1
    if counts:
        rows = [dict(zip(("measure", "day", "value"), key), counted=counted) for key, counted in counts.items()]
        connection.execute(sa.insert(columns), rows)


def downgrade() -> None:
    for name, table, _ in reversed(_OLDEST):
        op.drop_index(name, table)
    op.drop_table("daily_counts")
    op.drop_table("audit_head")  # its triggers go with it
    op.drop_table("audit_log")
    if op.get_bind().dialect.name != "sqlite":
        op.execute("DROP FUNCTION audit_refused()")
