"""What was recorded before there were counts by day is counted by the migration, on the day that it was in Sweden."""

from __future__ import annotations

import json
from pathlib import Path

from sqlalchemy import text

from knowledge.store.engine import migrate, open_engine, transaction

ANSWER = (
    "INSERT INTO answers VALUES (:id, NULL, 'web', :at, 'Fråga', NULL, 'sv', :status, 'Svar', '2026-01-01', 1, '[]',"
    " '')"
)
PASSAGE = (
    "INSERT INTO passages VALUES ('skola/ratt', 'v1', 'skola', 0, 'R', 'T', NULL, NULL, :content, 1, '2026-01-01',"
    " 'starter', NULL)"
)


def test_the_migration_counts_what_is_there(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'earlier.db'}")
    migrate(engine, "0008")
    with transaction(engine) as connection:
        connection.execute(text(PASSAGE), {"content": json.dumps({"topics": ["skola", "barn"]})})
        for key, at, status in (
            ("a", "2026-06-30 21:30:00", "answered"),
            ("b", "2026-06-30 22:30:00", "answered"),  # half past midnight in Sweden
            ("c", "2026-07-01 10:00:00", "no_support"),
        ):
            connection.execute(text(ANSWER), {"id": key, "at": at, "status": status})
        for key, version in (("a", "v1"), ("b", "gone")):
            connection.execute(
                text("INSERT INTO answer_citations VALUES (:id, 1, 'skola/ratt', :version, 'u', 'q')"),
                {"id": key, "version": version},
            )
        connection.execute(text("INSERT INTO feedback VALUES ('f', 'a', 'up', '[]', '', '2026-07-02 10:00:00')"))
    migrate(engine)
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT measure, day, value, counted FROM daily_counts")).all()
    engine.dispose()
    assert sorted(map(tuple, rows)) == [
        ("rating", "2026-07-02", "up", 1),
        ("status", "2026-06-30", "answered", 1),
        ("status", "2026-07-01", "answered", 1),
        ("status", "2026-07-01", "no_support", 1),
        ("topic", "2026-06-30", "skola", 1),
    ]
