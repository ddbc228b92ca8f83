"""What the list of the audit log is narrowed to: it lives in the address."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from ...store.audit_log import AuditFilters
from ..numbers import number_in

PATH = "/console/audit"
PAGE_SIZE = 50
_FIELDS = ("actor", "action", "subject", "from", "to", "page")
_LONGEST = 200  # characters of a value
_LAST_PAGE = 100_000
_SWEDEN = ZoneInfo("Europe/Stockholm")
_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Asked:
    """`given` are the fields as they were written; `unread` those whose value means nothing, which let all through."""

    given: Mapping[str, str]
    filters: AuditFilters
    page: int
    unread: tuple[str, ...]

    def address(self, page: int) -> str:
        """Another page of the same list."""
        values = {name: value for name, value in self.given.items() if name != "page"}
        if page > 1:
            values["page"] = str(page)
        return f"{PATH}?{urlencode(values)}" if values else PATH


def asked(query: Mapping[str, str]) -> Asked:
    given = {name: query[name].strip()[:_LONGEST] for name in _FIELDS if query.get(name, "").strip()}
    days = {name: _day(given.get(name, "")) for name in ("from", "to")}
    until = days["to"]
    filters = AuditFilters(
        actor=given.get("actor", ""),
        action=given.get("action", ""),
        subject=given.get("subject", ""),
        since=days["from"],
        until=until and until + _DAY,
    )
    number = max(1, number_in(given.get("page", ""), at_most=_LAST_PAGE))
    return Asked(given, filters, number, tuple(name for name, day in days.items() if given.get(name) and day is None))


def _day(value: str) -> dt.datetime | None:
    """The beginning of a day in Sweden; None where it is none that a log could hold."""
    try:
        day = dt.date.fromisoformat(value)
    except ValueError:
        return None
    return dt.datetime.combine(day, dt.time(), _SWEDEN) if 1900 < day.year < dt.MAXYEAR else None
