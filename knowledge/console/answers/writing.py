"""Writing an answer: every button of the form brings all of it along, so the page works without a script."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from starlette.datastructures import FormData

from ...errors import ContentRejected, EditConflict, NotFound
from ...refinement.datatypes import Content, RefinedAnswer, RefinedCitation, Wording
from ..access.gate import allowed
from ..access.permissions import Permission, Person
from ..numbers import number_in
from ..pages import page, redirect
from . import editing
from .differences import differences
from .form import Written, content_of, written_of
from .sheet import Sheet, fingerprint, read_sheet, sheet_page, tried
from .views import cited, described, knowledge_of, signed, topics_of

router = APIRouter()
Editor = Annotated[Person, Depends(allowed(Permission.WRITE_ANSWERS))]
_REVIEW_EVERY = dt.timedelta(days=365)


async def _sent(request: Request) -> FormData:
    return await request.form()


Sent = Annotated[FormData, Depends(_sent)]


@router.get("/new")
def new(request: Request, person: Editor) -> Response:
    query = request.query_params
    item = query.get("item", "")
    sheet = Sheet(_first_written(request), inbox_item=item)
    if key := query.get("from_answer", ""):
        sheet = _from_answer(request, sheet, key)
    return sheet_page(request, person, sheet)


@router.post("/new")
def write_new(request: Request, person: Editor, form: Sent) -> Response:
    return _written(request, person, read_sheet(form, None), str(form.get("do", "")))


@router.get("/{key}/edit")
def edit(request: Request, person: Editor, key: str) -> Response:
    answer = knowledge_of(request).desk.get(key)
    version = answer.open or answer.live or answer.newest
    query = request.query_params
    if n := query.get("version", ""):
        version = next((one for one in answer.versions if str(one.n) == n), version)
    sheet = Sheet(
        written_of(version.content), answer, answer.revision, answer.from_answer or "", answer.inbox_item or ""
    )
    if "version" in query:
        sheet = replace(sheet, notice="from_version")
    return sheet_page(request, person, tried(request, sheet) if "check" in query else sheet)


@router.post("/{key}/edit")
def write(request: Request, person: Editor, key: str, form: Sent) -> Response:
    answer = knowledge_of(request).desk.get(key)
    return _written(request, person, read_sheet(form, answer), str(form.get("do", "")))


def _written(request: Request, person: Person, sheet: Sheet, do: str) -> Response:
    """What the pressed button does. Enter in a field searches where there are new words to search for."""
    verb, _, what = do.partition(" ")
    if verb == "enter":
        verb = "search" if sheet.words and sheet.words != sheet.searched else "check"
    match verb:
        case "save":
            return _save(request, person, sheet)
        case "submit":
            return _submit(request, person, sheet)
        case "check":
            return sheet_page(request, person, tried(request, replace(sheet, searched="")))
        case "search":
            return sheet_page(request, person, replace(sheet, searched=sheet.words))
        case "merge":
            return sheet_page(request, person, replace(sheet, merging=True))
    return sheet_page(request, person, replace(sheet, written=_edited(request, sheet.written, verb, what)))


def _edited(request: Request, written: Written, verb: str, what: str) -> Written:
    n = number_in(what)
    match verb:
        case "cite":
            key, _, version = what.rpartition(" ")
            passage = knowledge_of(request).cited_passages.of([(key, version)]).get((key, version))
            return editing.with_citation(written, passage) if passage else written
        case "drop":
            return editing.without_citation(written, n)
        case "up":
            return editing.with_citation_up(written, n)
        case "add_addition":
            return editing.with_addition(written)
        case "drop_addition":
            return editing.without_addition(written, n)
    return written


def _save(request: Request, person: Person, sheet: Sheet) -> Response:
    try:
        saved = _stored(request, person, sheet, content_of(sheet.written))
    except ContentRejected as error:
        return sheet_page(request, person, replace(sheet, problems=error.reasons), 422)
    except EditConflict as error:
        return _conflict_page(request, person, sheet, error)
    return redirect(request, f"/console/answers/{saved.id}/edit", "answers.done.saved")


def _submit(request: Request, person: Person, sheet: Sheet) -> Response:
    """Only what was tried on other questions is sent: whoever sends it has seen what it does."""
    sheet = tried(request, sheet)
    if sheet.problems:
        return sheet_page(request, person, sheet, 422)
    content = content_of(sheet.written)
    if fingerprint(content) != sheet.checked:
        return sheet_page(request, person, replace(sheet, changed_since=True))
    desk = knowledge_of(request).desk
    try:
        saved = _stored(request, person, sheet, content)
        sheet = replace(sheet, answer=saved, revision=saved.revision)
        desk.submit(saved.id, saved.revision, signed(person))
    except ContentRejected as error:
        return sheet_page(request, person, replace(sheet, problems=error.reasons), 422)
    except EditConflict as error:
        return _conflict_page(request, person, sheet, error)
    return redirect(request, f"/console/answers/{saved.id}", "answers.done.submitted")


def _stored(request: Request, person: Person, sheet: Sheet, content: Content) -> RefinedAnswer:
    desk = knowledge_of(request).desk
    if sheet.answer is None:
        return desk.draft(content, signed(person), sheet.from_answer or None, sheet.inbox_item or None)
    return desk.save(sheet.answer.id, sheet.revision, content, signed(person))


def _conflict_page(request: Request, person: Person, sheet: Sheet, error: EditConflict) -> Response:
    """Both texts side by side. The writer's own stays in the form, on top of what the other one saved."""
    theirs = error.theirs
    assert isinstance(theirs, RefinedAnswer)
    newest, mine = theirs.newest, content_of(sheet.written)
    lines = described(request, newest.content, mine)
    return page(
        request,
        "answers/conflict.html",
        person,
        409,
        sheet=replace(sheet, answer=theirs, revision=theirs.revision),
        written=sheet.written,
        theirs=newest,
        mine=mine,
        cited_theirs=cited(request, newest.content.citations),
        cited_mine=cited(request, mine.citations),
        differences=differences(newest.content, mine, lines.__getitem__),
        topics=topics_of(request),
    )


def _first_written(request: Request) -> Written:
    """An empty form; a year from now is when it should be looked at again, unless the writer says otherwise."""
    written = Written()
    review = knowledge_of(request).clock.today() + _REVIEW_EVERY
    return replace(written, days=dict(written.days) | {"next_review": review.isoformat()})


def _from_answer(request: Request, sheet: Sheet, key: str) -> Sheet:
    """The question, its sources and its text as a start. Without sources the text was a refusal: nothing to mend."""
    try:
        given = knowledge_of(request).answer_records.get(key)
    except NotFound:
        return replace(sheet, notice="from_gone")
    text = given.text if given.citations else ""
    citations = tuple(RefinedCitation(one.passage_id, one.version, one.url, one.quote) for one in given.citations)
    content = Content((Wording(given.language, given.question, text),), citations)
    written = replace(written_of(content), days=sheet.written.days)
    passages = (one.passage for one in cited(request, citations))
    topics = dict.fromkeys(topic for passage in passages if passage for topic in passage.topics)
    return replace(sheet, written=replace(written, topics=tuple(topics)), from_answer=key, notice="from_answer")
