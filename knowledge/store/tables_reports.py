"""Table of what reports count. It holds no text and no id, and outlives the answers that it counts."""

from __future__ import annotations

from sqlalchemy import Column, Date, Integer, String, Table

from .tables import metadata

STATUS, TOPIC, RATING = "status", "topic", "rating"  # the measures: of answers, of their first source, of feedback

# By day as it was in Sweden. Kept up in the transaction of what is counted: a report of two years reads a few thousand
# rows instead of every answer (counting 100,000 answers by topic took 1.1 s in SQLite).
daily_counts = Table(
    "daily_counts",
    metadata,
    Column("measure", String(10), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("value", String(120), primary_key=True),
    Column("counted", Integer, nullable=False),
)
