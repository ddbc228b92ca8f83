"""Counts as questions leave them behind, so many a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from knowledge.bootstrap import Knowledge
from knowledge.store.daily_counts import count_answer, count_rating
from knowledge.store.engine import transaction
from knowledge.store.tables_reports import daily_counts

Count = Callable[..., None]


@pytest.fixture
def count(knowledge: Knowledge) -> Count:
    """`count("2026-11-02", answered=12, no_support=3, up=7, topic="skola")`, with nothing else counted before."""
    with transaction(knowledge.engine) as connection:
        connection.execute(daily_counts.delete())

    def count(day: str, topic: str = "", **counts: int) -> None:
        at = dt.datetime.fromisoformat(f"{day}T12:00")
        with transaction(knowledge.engine) as connection:
            for name, number in counts.items():
                for _ in range(number):
                    if name in ("up", "down"):
                        count_rating(connection, at, name)
                    else:
                        count_answer(connection, at, name, topic)

    return count
