"""which of the two corpora a document and a passage belong to

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op


revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ('documents', 'passages'):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.add_column(
                sa.Column('collection', sa.String(length=20), nullable=False, server_default='starter')
            )
            batch_op.create_index(batch_op.f(f'ix_{table}_collection_current'), ['collection', 'current'], unique=False)


def downgrade() -> None:
    for table in ('passages', 'documents'):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_index(batch_op.f(f'ix_{table}_collection_current'))
            batch_op.drop_column('collection')
