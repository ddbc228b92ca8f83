"""refined answers, their versions, and what changed of what is live

Revision ID: 0010
Revises: 0009
"""

import sqlalchemy as sa
from alembic import op


revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'refined_answers',
        sa.Column('id', sa.String(length=40), nullable=False),
        sa.Column('revision', sa.Integer(), nullable=False),
        sa.Column('question', sa.Text(), nullable=False),
        sa.Column('words', sa.Text(), nullable=False),
        sa.Column('state', sa.String(length=10), nullable=False),
        sa.Column('live_version', sa.Integer(), nullable=True),
        sa.Column('valid_from', sa.Date(), nullable=True),
        sa.Column('valid_to', sa.Date(), nullable=True),
        sa.Column('next_review', sa.Date(), nullable=True),
        sa.Column('topics', sa.JSON(), nullable=False),
        sa.Column('municipalities', sa.JSON(), nullable=False),
        sa.Column('from_answer', sa.String(length=40), nullable=True),
        sa.Column('inbox_item', sa.String(length=40), nullable=True),
        sa.Column('created_at', sa.DateTime(), nullable=False),
        sa.Column('changed_at', sa.DateTime(), nullable=False),
        sa.Column('changed_by', sa.String(length=120), nullable=False),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_refined_answers')),
    )
    for columns in (['state', 'changed_at'], ['live_version', 'valid_to'], ['live_version', 'next_review']):
        op.create_index(op.f('ix_refined_answers_' + '_'.join(columns)), 'refined_answers', columns)
    op.create_index(op.f('ix_refined_answers_changed_at'), 'refined_answers', ['changed_at'])
    op.create_table(
        'refined_versions',
        sa.Column('answer_id', sa.String(length=40), nullable=False),
        sa.Column('n', sa.Integer(), nullable=False),
        sa.Column('state', sa.String(length=10), nullable=False),
        sa.Column('content', sa.JSON(), nullable=False),
        sa.Column('written_by', sa.String(length=80), nullable=False),
        sa.Column('written_by_name', sa.String(length=120), nullable=False),
        sa.Column('written_at', sa.DateTime(), nullable=False),
        sa.Column('editors', sa.JSON(), nullable=False),
        sa.Column('decided_by', sa.String(length=80), nullable=True),
        sa.Column('decided_by_name', sa.String(length=120), nullable=True),
        sa.Column('decided_at', sa.DateTime(), nullable=True),
        sa.Column('comment', sa.Text(), nullable=False),
        sa.Column('reason_for_breaks', sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ['answer_id'], ['refined_answers.id'], name=op.f('fk_refined_versions_answer_id_refined_answers')
        ),
        sa.PrimaryKeyConstraint('answer_id', 'n', name=op.f('pk_refined_versions')),
    )
    op.create_index(op.f('ix_refined_versions_state'), 'refined_versions', ['state'])
    op.create_table(
        'refined_changes',
        sa.Column('n', sa.Integer(), autoincrement=True, nullable=False),
        sa.Column('answer_id', sa.String(length=40), nullable=False),
        sa.Column('is_live', sa.Boolean(), nullable=False),
        sa.Column('at', sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint('n', name=op.f('pk_refined_changes')),
    )
    op.create_table(
        'answer_refinements',
        sa.Column('answer_id', sa.String(length=40), nullable=False),
        sa.Column('refined_id', sa.String(length=40), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ['answer_id'], ['answers.id'], name=op.f('fk_answer_refinements_answer_id_answers'), ondelete='CASCADE'
        ),
        sa.PrimaryKeyConstraint('answer_id', name=op.f('pk_answer_refinements')),
    )
    op.create_index(op.f('ix_answer_refinements_refined_id'), 'answer_refinements', ['refined_id'])


def downgrade() -> None:
    for table in ('answer_refinements', 'refined_changes', 'refined_versions', 'refined_answers'):
        op.drop_table(table)
