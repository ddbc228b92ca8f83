"""what became of a document's versions, and the jobs that bring the library's index up to date

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op


revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('documents', schema=None) as batch_op:
        batch_op.add_column(sa.Column('state', sa.String(length=10), nullable=False, server_default='live'))
        batch_op.add_column(sa.Column('replaced_at', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('retired_at', sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column('retired_why', sa.Text(), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('origin', sa.Text(), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('passage_keys', sa.JSON(), nullable=True))
        batch_op.create_index(batch_op.f('ix_documents_collection_state'), ['collection', 'state'], unique=False)
    with op.batch_alter_table('passages', schema=None) as batch_op:
        batch_op.add_column(sa.Column('replaced_at', sa.Date(), nullable=True))
    op.create_table(
        'index_jobs',
        sa.Column('id', sa.String(length=40), nullable=False),
        sa.Column('state', sa.String(length=10), nullable=False),
        sa.Column('asked_at', sa.DateTime(), nullable=False),
        sa.Column('ended_at', sa.DateTime(), nullable=True),
        sa.Column('done', sa.Integer(), nullable=False),
        sa.Column('total', sa.Integer(), nullable=False),
        sa.Column('error', sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_index_jobs')),
    )
    with op.batch_alter_table('index_jobs', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_index_jobs_state_asked_at'), ['state', 'asked_at'], unique=False)
    _say_what_became_of_earlier_versions()


def _say_what_became_of_earlier_versions() -> None:
    """What was no longer current had been replaced, on the day when its successor was stored; where there is none,
    the day stays open."""
    documents = sa.table(
        'documents',
        *map(sa.column, ('id', 'current', 'state', 'stored_at', 'replaced_at')),
    )
    passages = sa.table('passages', *map(sa.column, ('id', 'document_id', 'current', 'replaced_at')))
    successor = documents.alias('successor')
    day = sa.func.date(sa.func.max(successor.c.stored_at))  # a function of both databases
    replaced = sa.select(day).where(successor.c.current == sa.true())
    op.execute(
        documents.update()
        .where(documents.c.current == sa.false())
        .values(
            state='replaced',
            replaced_at=replaced.where(successor.c.id == documents.c.id).correlate(documents).scalar_subquery(),
        )
    )
    op.execute(
        passages.update()
        .where(passages.c.current == sa.false())
        .values(
            replaced_at=replaced.where(successor.c.id == passages.c.document_id).correlate(passages).scalar_subquery()
        )
    )


def downgrade() -> None:
    op.drop_table('index_jobs')
    with op.batch_alter_table('passages', schema=None) as batch_op:
        batch_op.drop_column('replaced_at')
    with op.batch_alter_table('documents', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_documents_collection_state'))
        for name in ('passage_keys', 'origin', 'retired_why', 'retired_at', 'replaced_at', 'state'):
            batch_op.drop_column(name)
