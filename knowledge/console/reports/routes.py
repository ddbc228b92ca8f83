"""Reports: one period at a time, named in the address; the same as a CSV file."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Depends, Form, Request, Response

from ...datatypes import Document
from ...store.audit import AuditEntry
from ..access.gate import allowed
from ..access.permissions import Permission, Person
from ..pages import Pages, language_of, page
from .csv_file import csv_file
from .drawing import outcomes_plot, questions_plot, satisfaction_plot
from .labels import month_label, week_label
from .periods import newest_quarter, period_named, periods_since
from .report import OUTCOMES, RATINGS, report

if TYPE_CHECKING:
    from ...bootstrap import Knowledge

router = APIRouter(prefix="/console/reports")
Reader = Annotated[Person, Depends(allowed(Permission.READ_REPORTS))]


@router.get("")
def show(request: Request, person: Reader, period: str = "") -> Response:
    knowledge: Knowledge = request.app.state.knowledge
    today = knowledge.clock.today()
    asked = period_named(period) if period else newest_quarter(today)
    found = report(knowledge.reports, asked or newest_quarter(today), today)
    return page(
        request,
        "reports/report.html",
        person,
        status_code=200 if asked else 400,
        report=found,
        is_known=asked is not None,
        periods=periods_since(knowledge.reports.first_day() or today, today),
        outcomes=tuple(OUTCOMES),
        ratings=RATINGS,
        title_of=partial(_title, knowledge.documents, language_of(request)),
        questions_plot=questions_plot(found.weeks, week_label),
        outcomes_plot=outcomes_plot(found.weeks, week_label),
        satisfaction_plot=satisfaction_plot(found, month_label),
    )


@router.post("/export")
def export(request: Request, person: Reader, period: Annotated[str, Form()] = "") -> Response:
    """The file of a period. Who took it is in the audit log."""
    knowledge: Knowledge = request.app.state.knowledge
    today = knowledge.clock.today()
    found = report(knowledge.reports, period_named(period) or newest_quarter(today), today)
    pages: Pages = request.app.state.pages
    language = language_of(request)
    content = csv_file(found, partial(pages.texts, language), partial(_title, knowledge.documents, language))
    knowledge.audit_log.append(AuditEntry(person.id, "report.exported", found.period.key))
    named = {"Content-Disposition": f'attachment; filename="radgivaren-{found.period.key}.csv"'}
    return Response(content, media_type="text/csv; charset=utf-8", headers=named)


def _title(documents: dict[str, Document], language: str, topic: str) -> str:
    """A topic's title; one that is no longer in the corpus is called by its key."""
    document = documents.get(topic)
    if document is None:
        return topic
    return document.title if language == "sv" else document.title_en or document.title
