"""Hand-overs: the list, one with its conversation, the answer, and a draft made of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Depends, Form, Request, Response

from ...errors import ContentRejected, EditConflict, NotPossible
from ...handover.datatypes import CitedSource, Handover, HandoverState, Way
from ...handover.desk import TEXT_LIMIT, draft_of
from ...refinement.datatypes import Person as Writer
from ..access.gate import allowed
from ..access.permissions import Permission, Person
from ..pages import page, redirect
from ..previews.markup import Line, openable, web_lines

if TYPE_CHECKING:
    from ...bootstrap import Knowledge

PATH = "/console/handovers"
router = APIRouter(prefix=PATH)
Reader = Annotated[Person, Depends(allowed(Permission.READ_HANDOVERS))]
Adviser = Annotated[Person, Depends(allowed(Permission.ANSWER_HANDOVERS))]
Editor = Annotated[Person, Depends(allowed(Permission.WRITE_ANSWERS))]
_PAGE = 25


@router.get("")
def handovers(request: Request, person: Reader) -> Response:
    """`state` is that of the hand-overs shown; `all` shows every one."""
    asked = request.query_params.get("state", "")
    state = None if asked == "all" else next((one for one in HandoverState if one == asked), HandoverState.WAITING)
    number = _number(request.query_params.get("page", ""))
    found = _knowledge(request).handovers.page(state, number, _PAGE)
    return page(
        request,
        "handovers/list.html",
        person,
        found=found,
        states=HandoverState,
        state=state.value if state else "all",
        number=number,
        pages=max(1, -(-found.total // _PAGE)),
    )


@router.get("/{key}")
def handover(request: Request, person: Reader, key: str) -> Response:
    return _shown(request, person, _knowledge(request).handovers.get(key))


@router.post("/{key}/reply")
def reply(
    request: Request, person: Adviser, key: str, text: Annotated[str, Form()] = "", seen: Annotated[int, Form()] = 0
) -> Response:
    """Sends what is written. Whatever goes wrong, the text is shown again."""
    desk = _knowledge(request).handovers
    try:
        desk.reply(key, seen, text, person.id, person.name)
    except ContentRejected as error:
        code = error.reasons["text"][0]
        return _shown(request, person, desk.get(key), 422, problem=f"handovers.{code}", written=text)
    except EditConflict:
        return _shown(request, person, desk.get(key), 409, problem="handovers.conflict", written=text)
    except NotPossible as error:
        return _shown(request, person, desk.get(key), 409, problem=f"handovers.{error.code}", written=text)
    return redirect(request, f"{PATH}/{key}", flash="handovers.sent")


@router.post("/{key}/close")
def close(request: Request, person: Adviser, key: str) -> Response:
    desk = _knowledge(request).handovers
    try:
        desk.close(key, person.id)
    except NotPossible as error:
        return _shown(request, person, desk.get(key), 409, problem=f"handovers.{error.code}")
    return redirect(request, PATH, flash="handovers.closed")


@router.post("/{key}/draft")
def draft(request: Request, person: Editor, key: str) -> Response:
    """One click: the question, the adviser's answer and the sources become a draft of a refined answer."""
    knowledge = _knowledge(request)
    found = knowledge.handovers.get(key)
    about = found.about.answer_id if found.about else None
    made = knowledge.desk.draft(draft_of(found), Writer(person.id, person.name), from_answer=about)
    return redirect(request, f"/console/answers/{made.id}/edit", flash="handovers.drafted")


def _shown(request: Request, person: Person, found: Handover, status: int = 200, **told: Any) -> Response:
    values: dict[str, Any] = {"problem": "", "written": ""} | told
    knowledge = _knowledge(request)
    return page(
        request,
        "handovers/show.html",
        person,
        status,
        handover=found,
        ways=Way,
        lines=_lines,
        openable=openable,
        text_limit=TEXT_LIMIT,
        mail_waits=found.way is Way.EMAIL and not knowledge.outbox.is_configured,
        **values,
    )


def _lines(text: str, cited: tuple[CitedSource, ...] = ()) -> tuple[Line, ...]:
    return web_lines(text, frozenset(one.n for one in cited))


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and 0 < len(text) < 6 and int(text) else 1


def _knowledge(request: Request) -> Knowledge:
    knowledge: Knowledge = request.app.state.knowledge
    return knowledge
