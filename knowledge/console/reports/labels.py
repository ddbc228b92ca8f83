"""What stands below the bars of a plot."""

from __future__ import annotations

import datetime as dt


def week_label(monday: dt.date) -> str:
    """The number of a week, as weeks are named in Sweden."""
    return str(monday.isocalendar().week)


def month_label(first: dt.date) -> str:
    return f"{first:%Y-%m}"
