"""what advisers answered to what was handed over

Revision ID: 0012
Revises: 0011
"""

import sqlalchemy as sa
from alembic import op


revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'handover_replies',
        sa.Column('n', sa.Integer(), autoincrement=True, nullable=False),
        sa.Column('handover_id', sa.String(length=40), nullable=False),
        sa.Column('conversation_id', sa.String(length=80), nullable=True),
        sa.Column('channel', sa.String(length=20), nullable=False),
        sa.Column('language', sa.String(length=5), nullable=False),
        sa.Column('way', sa.String(length=10), nullable=False),
        sa.Column('text', sa.Text(), nullable=False),
        sa.Column('by', sa.String(length=80), nullable=False),
        sa.Column('by_name', sa.String(length=120), nullable=False),
        sa.Column('answered_at', sa.DateTime(), nullable=False),
        sa.Column('state', sa.String(length=10), nullable=False),
        sa.Column('attempts', sa.Integer(), nullable=False),
        sa.Column('leased_until', sa.DateTime(), nullable=True),
        sa.Column('ended_at', sa.DateTime(), nullable=True),
        sa.Column('detail', sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ['handover_id'],
            ['handovers.id'],
            name=op.f('fk_handover_replies_handover_id_handovers'),
            ondelete='CASCADE',
        ),
        sa.PrimaryKeyConstraint('n', name=op.f('pk_handover_replies')),
    )
    op.create_index(op.f('ix_handover_replies_handover_id'), 'handover_replies', ['handover_id'])
    op.create_index(op.f('ix_handover_replies_conversation_id_n'), 'handover_replies', ['conversation_id', 'n'])
    op.create_index(
        op.f('ix_handover_replies_state_way_channel'), 'handover_replies', ['state', 'way', 'channel']
    )


def downgrade() -> None:
    op.drop_table('handover_replies')
