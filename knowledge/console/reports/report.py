"""A report: what was counted, as far as it may be told."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ...datatypes import Status
from ...store.reports import SqlReports
from .periods import Period
from .suppression import Count, Row, row, share, shown, total

# How a question ended, in the order in which it is shown: a cry for help is answered as well.
OUTCOMES: Mapping[str, tuple[Status, ...]] = {
    "answered": (Status.ANSWERED, Status.URGENT),
    "clarify": (Status.CLARIFY,),
    "no_support": (Status.NO_SUPPORT,),
    "out_of_scope": (Status.OUT_OF_SCOPE,),
    "handed_over": (Status.HANDED_OVER,),
}
RATINGS = ("up", "down")
_WEEK = dt.timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Rows:
    """By week or month, each with its first day; `sums` are of the columns, `total` of the totals."""

    rows: Mapping[dt.date, Row]
    sums: Mapping[str, Count]
    total: Count

    @property
    def is_empty(self) -> bool:
        return self.total == Count(0)


@dataclass(frozen=True, slots=True)
class TopicCount:
    topic: str
    count: Count


@dataclass(frozen=True, slots=True)
class Report:
    """`hidden_topics` is how many topics have too few questions to be told."""

    period: Period
    weeks: Rows
    topics: tuple[TopicCount, ...]
    hidden_topics: int
    months: Rows
    satisfaction: Mapping[dt.date, int | None]  # how many of a hundred it helped, by month

    @property
    def last_day(self) -> dt.date | None:
        """The last day that is counted."""
        return max(self.weeks.rows) + dt.timedelta(days=6) if self.weeks.rows else None


def report(reports: SqlReports, period: Period, today: dt.date) -> Report:
    months = _months(reports, period.months(today))
    topics, hidden = _topics(reports, period, today)
    return Report(
        period,
        questions(reports, period.weeks(today)),
        topics,
        hidden,
        months,
        {start: share(found.cells["up"], found.cells["down"]) for start, found in months.rows.items()},
    )


def questions(reports: SqlReports, weeks: Sequence[dt.date]) -> Rows:
    """How the questions of these weeks ended. `weeks` are Mondays, one after the other."""
    counted = reports.statuses_by_week(weeks[0], weeks[-1] + _WEEK - dt.timedelta(days=1)) if weeks else {}
    found = {week: counted.get(week, Counter()) for week in weeks}
    return _rows({week: _outcomes(counts) for week, counts in found.items()}, OUTCOMES)


def _outcomes(counts: Counter[str]) -> dict[str, int]:
    return {name: sum(counts[status] for status in statuses) for name, statuses in OUTCOMES.items()}


def _months(reports: SqlReports, months: Sequence[dt.date]) -> Rows:
    counted = reports.ratings_by_month(months[0], months[-1].replace(day=28) + _WEEK) if months else {}
    found = {month: counted.get(month, Counter()) for month in months}
    return _rows({month: {name: counts[name] for name in RATINGS} for month, counts in found.items()}, RATINGS)


def _rows(counted: Mapping[dt.date, Mapping[str, int]], columns: Iterable[str]) -> Rows:
    rows = {start: row(counts) for start, counts in counted.items()}
    sums = {name: total(one.cells[name] for one in rows.values()) for name in columns}
    return Rows(rows, sums, total(one.total for one in rows.values()))


def _topics(reports: SqlReports, period: Period, today: dt.date) -> tuple[tuple[TopicCount, ...], int]:
    """Quarter by quarter: a week has too few questions of most topics. A year is the sum of what they show."""
    by_topic: dict[str, list[Count]] = {}
    for quarter in period.quarters:
        if weeks := quarter.weeks(today):
            for topic, count in reports.topics(weeks[0], weeks[-1] + dt.timedelta(days=6)).items():
                by_topic.setdefault(topic, []).append(shown(count))
    sums = {topic: total(counts) for topic, counts in by_topic.items()}
    told = [TopicCount(topic, count) for topic, count in sums.items() if count.is_told]
    told.sort(key=lambda one: (-one.count.value, one.topic))
    return tuple(told), len(sums) - len(told)
