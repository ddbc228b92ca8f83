"""The second person's part: reading what waits, deciding it, and taking back what was decided."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from ...errors import BreaksApproved, ContentRejected, EditConflict, NotFound, NotPossible
from ...inbox import datatypes as inbox
from ...inbox.datatypes import Change, ItemState, Seen
from ...refinement.datatypes import RefinedAnswer, Regression
from ..access.gate import allowed
from ..access.permissions import Permission, Person
from ..numbers import number_in
from ..pages import page, redirect
from .differences import differences
from .sheet import error_keys
from .views import cited, described, drawing, knowledge_of, signed, topics_of
from .writing import Editor, Sent

log = logging.getLogger(__name__)
router = APIRouter()
Approver = Annotated[Person, Depends(allowed(Permission.APPROVE_ANSWERS))]
_REASONS = ("own_answer", "comment_missing", "not_in_review", "not_in_draft", "not_live")


@dataclass(frozen=True, slots=True)
class Decision:
    """What stands in the form of a decision. `wrong` names the field with what is wrong about it."""

    revision: int = 0
    comment: str = ""
    reason: str = ""
    why: str = ""
    wrong: tuple[str, str] = ("", "")
    effect: Regression | None = None


@router.post("/{key}/withdraw")
def withdraw(request: Request, person: Editor, key: str, form: Sent) -> Response:
    decision = _read(form)
    try:
        knowledge_of(request).desk.withdraw(key, decision.revision, signed(person))
    except (EditConflict, NotPossible) as error:
        return redirect(request, f"/console/answers/{key}", f"answers.error.{_code(error)}")
    return redirect(request, f"/console/answers/{key}", "answers.done.withdrawn")


@router.get("/{key}/review")
def review(request: Request, person: Approver, key: str) -> Response:
    answer = knowledge_of(request).desk.get(key)
    return _review_page(request, person, answer, Decision(answer.revision))


@router.post("/{key}/approve")
def approve(request: Request, person: Approver, key: str, form: Sent) -> Response:
    desk, decision = knowledge_of(request).desk, _read(form)
    try:
        answer = desk.approve(key, decision.revision, signed(person), decision.comment, decision.reason)
    except BreaksApproved:
        return _refused(request, person, key, decision, "reason", "reason_missing")
    except (EditConflict, NotPossible) as error:
        return _refused(request, person, key, decision, "decision", _code(error))
    except ContentRejected:
        return _refused(request, person, key, decision, "decision", "not_ready")
    if answer.inbox_item:
        _settle(request, person, answer.inbox_item)
    return redirect(request, f"/console/answers/{key}", "answers.done.approved")


@router.post("/{key}/reject")
def reject(request: Request, person: Approver, key: str, form: Sent) -> Response:
    desk, decision = knowledge_of(request).desk, _read(form)
    try:
        desk.reject(key, decision.revision, signed(person), decision.comment)
    except (EditConflict, NotPossible) as error:
        code = _code(error)
        return _refused(request, person, key, decision, "comment" if code == "comment_missing" else "decision", code)
    return redirect(request, f"/console/answers/{key}", "answers.done.rejected")


@router.get("/{key}/retire")
def ask_to_retire(request: Request, person: Approver, key: str) -> Response:
    answer = knowledge_of(request).desk.get(key)
    return _confirm_page(request, person, answer, "retire", Decision(answer.revision))


@router.post("/{key}/retire")
def retire(request: Request, person: Approver, key: str, form: Sent) -> Response:
    desk, decision = knowledge_of(request).desk, _read(form)
    if not decision.why:
        return _confirm_page(request, person, desk.get(key), "retire", decision, "why_missing")
    try:
        desk.retire(key, decision.revision, signed(person), decision.why)
    except (EditConflict, NotPossible) as error:
        return _confirm_page(request, person, desk.get(key), "retire", decision, _code(error))
    return redirect(request, f"/console/answers/{key}", "answers.done.retired")


@router.get("/{key}/roll-back")
def ask_to_roll_back(request: Request, person: Approver, key: str) -> Response:
    answer = knowledge_of(request).desk.get(key)
    return _confirm_page(request, person, answer, "roll_back", Decision(answer.revision))


@router.post("/{key}/roll-back")
def roll_back(request: Request, person: Approver, key: str, form: Sent) -> Response:
    desk, decision = knowledge_of(request).desk, _read(form)
    if not decision.why:
        return _confirm_page(request, person, desk.get(key), "roll_back", decision, "why_missing")
    try:
        answer = desk.roll_back(key, decision.revision, signed(person), decision.why)
    except (EditConflict, NotPossible) as error:
        return _confirm_page(request, person, desk.get(key), "roll_back", decision, _code(error))
    except ContentRejected:
        return _confirm_page(request, person, desk.get(key), "roll_back", decision, "not_ready_again")
    if answer.live is None:
        return redirect(request, f"/console/answers/{key}", "answers.done.rolled_back_none")
    return redirect(request, f"/console/answers/{key}", "answers.done.rolled_back", number=answer.live.n)


def _settle(request: Request, person: Person, key: str) -> None:
    """The matter in the inbox that the answer came from is done, with all that is about the same given answer.

    The answer is live whatever becomes of this: someone may have changed or erased the item meanwhile.
    """
    work = knowledge_of(request).inbox.work
    try:
        item = work.get(key)
        seen = [Seen(one.id, one.revision) for one in (item, *work.same(item)) if one.state.is_open]
        work.change(seen, [], Change(state=ItemState.DONE), inbox.Person(person.id, person.name))
    except (EditConflict, NotFound) as error:
        log.warning("inbox item %s stays as it is: %s", key, error)


def _read(form: Sent) -> Decision:
    def one(name: str) -> str:
        value = form.get(name)
        return value.strip() if isinstance(value, str) else ""

    return Decision(number_in(one("revision")), one("comment"), one("reason"), one("why"))


def _code(error: EditConflict | NotPossible) -> str:
    if isinstance(error, EditConflict):
        return "changed"
    return error.code if error.code in _REASONS else "not_possible"


def _refused(request: Request, person: Person, key: str, decision: Decision, field: str, code: str) -> Response:
    """The page again, as things stand now, with what was typed."""
    answer = knowledge_of(request).desk.get(key)
    decided = Decision(answer.revision, decision.comment, decision.reason, wrong=(field, code))
    return _review_page(request, person, answer, decided, 409 if code == "changed" else 422)


def _review_page(
    request: Request, person: Person, answer: RefinedAnswer, decision: Decision, status_code: int = 200
) -> Response:
    knowledge, version, live = knowledge_of(request), answer.newest, answer.live
    query = request.query_params
    language, place = query.get("language", "sv"), query.get("place", "")
    lines = described(request, version.content, *([live.content] if live else ()))
    return page(
        request,
        "answers/review.html",
        person,
        status_code,
        answer=answer,
        version=version,
        decision=decision,
        can_approve=knowledge.desk.can_approve(answer, person.id),
        cited=cited(request, version.content.citations),
        differences=differences(live.content, version.content, lines.__getitem__) if live else (),
        effect=knowledge.desk.check(version.content, answer.id),
        errors=error_keys(request, knowledge.desk.problems(version.content)),
        topics=topics_of(request),
        preview=knowledge.answer_previews.of(version.content, language, place),
        preview_language=language,
        preview_place=place,
        draw=drawing(request),
    )


def _confirm_page(
    request: Request, person: Person, answer: RefinedAnswer, what: str, decision: Decision, wrong: str = ""
) -> Response:
    status = 200 if not wrong else 409 if wrong == "changed" else 422
    return page(
        request,
        "answers/confirm.html",
        person,
        status,
        answer=answer,
        live=answer.live,
        before=answer.before_live,
        what=what,
        why=decision.why,
        wrong=wrong,
    )
