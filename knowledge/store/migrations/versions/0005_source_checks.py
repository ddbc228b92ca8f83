"""what is known of the addresses that the corpus rests on, and every check of them

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op


revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'source_states',
        sa.Column('address', sa.Text(), nullable=False),
        sa.Column('outcome', sa.String(length=20), nullable=False),
        sa.Column('reason', sa.String(length=40), nullable=False),
        sa.Column('detail', sa.Text(), nullable=False),
        sa.Column('checked_at', sa.DateTime(), nullable=False),
        sa.Column('since', sa.DateTime(), nullable=False),
        sa.Column('next_check_at', sa.DateTime(), nullable=False),
        sa.Column('failures', sa.Integer(), nullable=False),
        sa.Column('read_from', sa.Text(), nullable=False),
        sa.Column('etag', sa.Text(), nullable=False),
        sa.Column('last_modified', sa.Text(), nullable=False),
        sa.Column('content_hash', sa.String(length=64), nullable=False),
        sa.Column('text', sa.Text(), nullable=False),
        sa.Column('moved_to', sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint('address', name=op.f('pk_source_states')),
    )
    with op.batch_alter_table('source_states', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_source_states_next_check_at'), ['next_check_at'], unique=False)
    op.create_table(
        'source_checks',
        sa.Column('id', sa.Integer(), autoincrement=True, nullable=False),
        sa.Column('run', sa.String(length=40), nullable=False),
        sa.Column('address', sa.Text(), nullable=False),
        sa.Column('at', sa.DateTime(), nullable=False),
        sa.Column('outcome', sa.String(length=20), nullable=False),
        sa.Column('reason', sa.String(length=40), nullable=False),
        sa.Column('detail', sa.Text(), nullable=False),
        sa.Column('diff', sa.Text(), nullable=False),
        sa.Column('needs_person', sa.Boolean(), nullable=False),
        sa.Column('settled_at', sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_source_checks')),
    )
    with op.batch_alter_table('source_checks', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_source_checks_address_id'), ['address', 'id'], unique=False)
        batch_op.create_index(
            batch_op.f('ix_source_checks_needs_person_settled_at'), ['needs_person', 'settled_at'], unique=False
        )
        batch_op.create_index(batch_op.f('ix_source_checks_run'), ['run'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('source_checks', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_source_checks_run'))
        batch_op.drop_index(batch_op.f('ix_source_checks_needs_person_settled_at'))
        batch_op.drop_index(batch_op.f('ix_source_checks_address_id'))
    op.drop_table('source_checks')
    with op.batch_alter_table('source_states', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_source_states_next_check_at'))
    op.drop_table('source_states')
