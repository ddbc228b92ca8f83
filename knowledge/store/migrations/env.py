"""Alembic's entry: runs on the connection that store.engine.migrate hands over."""

from alembic import context

from knowledge.store import tables_access, tables_audit, tables_inbox, tables_refined, tables_reports  # noqa: F401  (they add their tables to metadata)
from knowledge.store.tables import metadata

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
