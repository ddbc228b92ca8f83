"""A report as a CSV file, as Excel opens it in Sweden: semicolons, and a mark that it is UTF-8."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable

from .report import Report
from .suppression import Count

Say = Callable[..., str]
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what Excel would work out


def csv_file(report: Report, say: Say, title_of: Callable[[str], str]) -> bytes:
    """The same cells as the page, hidden ones included. `say` gives the texts."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(
        [say("reports.csv.measure"), say("reports.csv.when"), say("reports.csv.what"), say("reports.csv.count")]
    )
    for row in _rows(report, say, title_of):
        writer.writerow([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in row])
    return out.getvalue().encode("utf-8-sig")


def _rows(report: Report, say: Say, title_of: Callable[[str], str]) -> Iterable[list[str]]:
    for week, row in report.weeks.rows.items():
        when = f"{week:%G}-W{week:%V}"
        for outcome, count in row.cells.items():
            yield [say("reports.questions"), when, say(f"reports.outcomes.{outcome}"), told(count, say)]
        yield [say("reports.questions"), when, say("reports.total"), told(row.total, say)]
    for one in report.topics:
        yield [say("reports.topics"), report.period.key, title_of(one.topic), told(one.count, say)]
    for month, row in report.months.rows.items():
        for rating, count in row.cells.items():
            yield [say("reports.satisfaction"), f"{month:%Y-%m}", say(f"reports.ratings.{rating}"), told(count, say)]


def told(count: Count, say: Say) -> str:
    if count.few:
        return say("reports.few")
    if not count.is_told:
        return say("reports.not_told")
    return say("reports.at_least", count=count.value) if count.at_least else str(count.value)
