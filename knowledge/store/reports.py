"""What was counted by day, summed for reports. Small counts are as they are here: the console hides them."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable

from sqlalchemy import Engine, func, select

from .engine import transaction
from .tables_reports import RATING, STATUS, TOPIC, daily_counts

DayCounts = dict[dt.date, Counter[str]]  # by the day, or by the first day of a week or month


class SqlReports:
    """The days that are given are included, both of them."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def first_day(self) -> dt.date | None:
        """The day of the first question."""
        with transaction(self._engine) as connection:
            wanted = select(func.min(daily_counts.c.day)).where(daily_counts.c.measure == STATUS)
            first: dt.date | None = connection.execute(wanted).scalar_one()
        return first

    def statuses_by_week(self, first: dt.date, last: dt.date) -> DayCounts:
        """By the Monday of each week."""
        return _summed(self._by_day(STATUS, first, last), lambda day: day - dt.timedelta(days=day.weekday()))

    def ratings_by_month(self, first: dt.date, last: dt.date) -> DayCounts:
        """By the first of each month."""
        return _summed(self._by_day(RATING, first, last), lambda day: day.replace(day=1))

    def topics(self, first: dt.date, last: dt.date) -> Counter[str]:
        table = daily_counts.c
        counted = func.sum(table.counted).label("counted")
        wanted = select(table.value, counted).where(table.measure == TOPIC, table.day.between(first, last))
        with transaction(self._engine) as connection:
            rows = connection.execute(wanted.group_by(table.value)).all()
        return Counter({row.value: int(row.counted) for row in rows})

    def _by_day(self, measure: str, first: dt.date, last: dt.date) -> list[tuple[dt.date, str, int]]:
        table = daily_counts.c
        wanted = select(table.day, table.value, table.counted)
        with transaction(self._engine) as connection:
            rows = connection.execute(wanted.where(table.measure == measure, table.day.between(first, last)))
            return [(row.day, row.value, row.counted) for row in rows]


def _summed(rows: Iterable[tuple[dt.date, str, int]], start_of: Callable[[dt.date], dt.date]) -> DayCounts:
    summed: DayCounts = {}
    for day, value, counted in rows:
        summed.setdefault(start_of(day), Counter())[value] += counted
    return summed
