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


def day_in_sweden(utc: dt.datetime) -> dt.date:
    """The day of a time as the store keeps it: UTC, without saying so."""
    return utc.replace(tzinfo=dt.UTC).astimezone(_SWEDEN).date()


class FixedClock:
    """A fake that stands still."""

    def __init__(self, now: dt.datetime) -> None:
        self._now = now

    def today(self) -> dt.date:
        return self._now.date()

    def now(self) -> dt.datetime:
        return self._now
