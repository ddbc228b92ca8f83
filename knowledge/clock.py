"""The time, as a part that can be exchanged: an answer depends on the day."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

_SWEDEN = ZoneInfo("Europe/Stockholm")


class SystemClock:
    def today(self) -> dt.date:
        return self.now().date()

    def now(self) -> dt.datetime:
        return dt.datetime.now(_SWEDEN)


def in_sweden(time: dt.datetime) -> dt.datetime:
    """A time as it is told in Sweden; one without a zone is UTC, as the store keeps it."""
    return (time.replace(tzinfo=dt.UTC) if time.tzinfo is None else time).astimezone(_SWEDEN)


def day_in_sweden(utc: dt.datetime) -> dt.date:
    """The day of a time as the store keeps it: UTC, without saying so."""
    return in_sweden(utc).date()


def start_of_day(day: dt.date) -> dt.datetime:
    """The midnight with which a day begins in Sweden."""
    return dt.datetime.combine(day, dt.time(), _SWEDEN)


class FixedClock:
    """A fake that stands still."""

    def __init__(self, now: dt.datetime) -> None:
        self._now = now

    def today(self) -> dt.date:
        return self._now.date()

    def now(self) -> dt.datetime:
        return self._now
