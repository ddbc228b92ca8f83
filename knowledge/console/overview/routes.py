"""The front page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Depends, Request, Response

from ..access.gate import allowed
from ..access.permissions import Permission, Person
from ..pages import page
from ..reports.drawing import outcomes_plot
from ..reports.labels import week_label
from ..reports.periods import last_weeks
from ..reports.report import OUTCOMES, questions
from .attention import mine, waiting

if TYPE_CHECKING:
    from ...bootstrap import Knowledge

router = APIRouter(prefix="/console")
Reader = Annotated[Person, Depends(allowed(Permission.READ_REPORTS))]
_WEEKS = 13


@router.get("/")
def overview(request: Request, person: Reader) -> Response:
    knowledge: Knowledge = request.app.state.knowledge
    found = waiting(knowledge, person)
    weeks = questions(knowledge.reports, last_weeks(knowledge.clock.today(), _WEEKS))
    return page(
        request,
        "overview/overview.html",
        person,
        waiting=found,
        count=sum(one.count for one in found),
        mine=mine(knowledge, person),
        weeks=weeks,
        outcomes=tuple(OUTCOMES),
        plot=outcomes_plot(weeks, week_label),
    )
