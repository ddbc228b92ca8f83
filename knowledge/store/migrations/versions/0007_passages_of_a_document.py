"""The current passages of one document, found without reading those of all others."""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

# SQLite takes the index with the most columns that are asked for: with (collection, current) beside (document_id)
# alone, it read the whole library for one statute.
_NEW, _OLD = "ix_passages_document_id_collection_current", "ix_passages_document_id"


def upgrade() -> None:
    op.create_index(_NEW, "passages", ["document_id", "collection", "current"])
    op.drop_index(_OLD, "passages")


def downgrade() -> None:
    op.create_index(_OLD, "passages", ["document_id"])
    op.drop_index(_NEW, "passages")
