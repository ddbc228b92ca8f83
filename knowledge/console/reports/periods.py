"""The periods of reports: calendar years and quarters, made of whole weeks that are over.

A week belongs to the quarter of its Thursday, as ISO 8601 gives it to a year: no week is in two periods.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

_WEEK = dt.timedelta(days=7)
_NAMED = re.compile(r"(20\d\d)(?:-Q([1-4]))?")


@dataclass(frozen=True, slots=True)
class Period:
    """`quarter` is None for a whole year. `key` is what stands in the address: "2026-Q4" or "2026"."""

    year: int
    quarter: int | None = None

    @property
    def key(self) -> str:
        return f"{self.year}-Q{self.quarter}" if self.quarter else str(self.year)

    @property
    def quarters(self) -> tuple[Period, ...]:
        return (self,) if self.quarter else tuple(Period(self.year, quarter) for quarter in (1, 2, 3, 4))

    def weeks(self, today: dt.date) -> tuple[dt.date, ...]:
        """The Mondays of its weeks that are over."""
        first, last = self._months()
        monday = _first_thursday(dt.date(self.year, first, 1)) - dt.timedelta(days=3)
        ends_before = _first_thursday(_month_after(dt.date(self.year, last, 1))) - dt.timedelta(days=3)
        over = min(ends_before, _monday(today))
        return tuple(monday + _WEEK * n for n in range(max(0, (over - monday) // _WEEK)))

    def months(self, today: dt.date) -> tuple[dt.date, ...]:
        """The first days of its months that are over."""
        first, last = self._months()
        starts = (dt.date(self.year, month, 1) for month in range(first, last + 1))
        return tuple(start for start in starts if _month_after(start) <= today)

    def _months(self) -> tuple[int, int]:
        return (3 * self.quarter - 2, 3 * self.quarter) if self.quarter else (1, 12)


def period_named(key: str) -> Period | None:
    """The period of a key; None where it names none."""
    found = _NAMED.fullmatch(key)
    return Period(int(found[1]), int(found[2]) if found[2] else None) if found else None


def periods_since(first: dt.date, today: dt.date) -> tuple[Period, ...]:
    """All that can be chosen, the newest first: each year before its quarters."""
    oldest, newest = quarter_of(first), newest_quarter(today)
    found: list[Period] = []
    for year in range(newest.year, oldest.year - 1, -1):
        quarters = [Period(year, quarter) for quarter in (4, 3, 2, 1)]
        inside = [one for one in quarters if oldest.key <= one.key <= newest.key]
        found += [Period(year), *inside]
    return tuple(found)


def newest_quarter(today: dt.date) -> Period:
    """The quarter of the last week that is over."""
    return quarter_of(_monday(today) - _WEEK)


def quarter_of(day: dt.date) -> Period:
    thursday = _monday(day) + dt.timedelta(days=3)
    return Period(thursday.year, (thursday.month + 2) // 3)


def last_weeks(today: dt.date, count: int) -> tuple[dt.date, ...]:
    """The Mondays of so many weeks that are over, the oldest first."""
    return tuple(_monday(today) - _WEEK * n for n in range(count, 0, -1))


def _monday(day: dt.date) -> dt.date:
    return day - dt.timedelta(days=day.weekday())


def _first_thursday(day: dt.date) -> dt.date:
    """The first Thursday on or after the day."""
    return day + dt.timedelta(days=(3 - day.weekday()) % 7)


def _month_after(day: dt.date) -> dt.date:
    return (day.replace(day=28) + dt.timedelta(days=4)).replace(day=1)
