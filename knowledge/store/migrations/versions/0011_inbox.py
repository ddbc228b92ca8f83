"""the inbox and its history

Revision ID: 0011
Revises: 0010
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_INDEXES = (
    ("ix_inbox_items_subject_kind_subject_id", ["subject_kind", "subject_id"]),
    ("ix_inbox_items_answer_id", ["answer_id"]),
    ("ix_inbox_items_grouped_id", ["grouped", "id"]),
    ("ix_inbox_items_is_open_kind", ["is_open", "kind"]),
    ("ix_inbox_items_is_open_assignee", ["is_open", "assignee"]),
    (
        "ix_inbox_items_filters",
        ["is_open", "group_id", "id", "kind", "state", "assignee", "importance", "municipality", "topics", "answer_id"],
    ),
)


def upgrade() -> None:
    op.create_table(
        "inbox_items",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("subject_kind", sa.String(length=20), nullable=False),
        sa.Column("subject_id", sa.Text(), nullable=False),
        sa.Column("answer_id", sa.String(length=40), nullable=True),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=5), nullable=False),
        sa.Column("municipality", sa.String(length=60), nullable=True),
        sa.Column("topics", sa.Text(), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.Column("cause", sa.String(length=64), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("importance", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("assignee", sa.String(length=80), nullable=True),
        sa.Column("assignee_name", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("group_id", sa.String(length=32), nullable=False),
        sa.Column("grouped", sa.Boolean(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbox_items")),
    )
    op.create_index(
        "uq_inbox_items_open_subject",
        "inbox_items",
        ["kind", "subject_kind", "subject_id"],
        unique=True,
        sqlite_where=sa.text("is_open"),
        postgresql_where=sa.text("is_open"),
    )
    for name, columns in _INDEXES:
        op.create_index(name, "inbox_items", columns)
    op.create_table(
        "inbox_history",
        sa.Column("n", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("item_id", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by", sa.String(length=80), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("what", sa.String(length=20), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["inbox_items.id"], name=op.f("fk_inbox_history_item_id_inbox_items"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_inbox_history")),
    )
    op.create_index("ix_inbox_history_item_id_n", "inbox_history", ["item_id", "n"])
    op.create_index("ix_handovers_answer_id", "handovers", ["answer_id"])


def downgrade() -> None:
    op.drop_index("ix_handovers_answer_id", "handovers")
    op.drop_table("inbox_history")
    op.drop_table("inbox_items")
