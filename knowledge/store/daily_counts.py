"""Counts by day, kept up in the transaction of what is counted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection
from sqlalchemy.dialects import postgresql, sqlite

from ..clock import day_in_sweden
from .tables_reports import RATING, STATUS, TOPIC, daily_counts

_HANDED_OVER = "handed_over"


@dataclass(frozen=True, slots=True, order=True)
class _Counted:
    measure: str
    value: str
    by: int


def count_answer(connection: Connection, at: dt.datetime, status: str, topic: str) -> None:
    """`at` is UTC; `topic` is the first source's, empty where there is none."""
    counted = [_Counted(STATUS, status, 1)]
    _add(connection, at, [*counted, _Counted(TOPIC, topic, 1)] if topic else counted)


def count_hand_over(connection: Connection, asked_at: dt.datetime, status_before: str) -> None:
    """The answer, of the day on which it was asked for, is now one that was handed over."""
    if status_before != _HANDED_OVER:
        _add(connection, asked_at, [_Counted(STATUS, status_before, -1), _Counted(STATUS, _HANDED_OVER, 1)])


def count_rating(connection: Connection, at: dt.datetime, rating: str) -> None:
    _add(connection, at, [_Counted(RATING, rating, 1)])


def _add(connection: Connection, at: dt.datetime, counted: Iterable[_Counted]) -> None:
    kind = sqlite if connection.dialect.name == "sqlite" else postgresql
    day = day_in_sweden(at)
    for one in sorted(counted):  # in one order everywhere: two transactions never wait for each other's row
        row = kind.insert(daily_counts).values(measure=one.measure, day=day, value=one.value, counted=one.by)
        more = {"counted": daily_counts.c.counted + one.by}
        key = [daily_counts.c.measure, daily_counts.c.day, daily_counts.c.value]
        connection.execute(row.on_conflict_do_update(index_elements=key, set_=more))
