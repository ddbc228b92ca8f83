"""The plots of a report."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence

from .plots import Plot, bars
from .report import Report, Rows
from .suppression import Count, Row

LabelOf = Callable[[dt.date], str]
_HUNDREDTHS = (0, 25, 50, 75, 100)


def questions_plot(weeks: Rows, label_of: LabelOf) -> Plot:
    """How many a week."""
    return _drawn({week: {"questions": row.total} for week, row in weeks.rows.items()}, label_of)


def outcomes_plot(weeks: Rows, label_of: LabelOf) -> Plot:
    """How they ended, week by week."""
    return _drawn({week: row.cells for week, row in weeks.rows.items()}, label_of)


def satisfaction_plot(report: Report, label_of: LabelOf) -> Plot:
    """How many of a hundred an answer helped, month by month."""
    drawn = {month: {"helped": _helped(row, report.satisfaction[month])} for month, row in report.months.rows.items()}
    return _drawn(drawn, label_of, _HUNDREDTHS)


def _helped(row: Row, share: int | None) -> Count:
    """Nothing is drawn where nobody said anything."""
    return Count(share) if share is not None else Count(0, at_least=row.total.at_least)


def _drawn(stacks: Mapping[dt.date, Mapping[str, Count]], label_of: LabelOf, scale: Sequence[int] = ()) -> Plot:
    return bars([(start.isoformat(), label_of(start), stack) for start, stack in stacks.items()], scale)
