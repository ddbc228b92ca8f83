"""The inbox: the list, an item, and what staff make of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Depends, Form, Request, Response

from ...errors import EditConflict, NotPossible
from ...inbox.datatypes import Change, Item
from ...inbox.datatypes import Person as Worker
from ..access.gate import allowed
from ..access.permissions import Permission, Person
from ..pages import Pages, language_of, page, redirect
from . import forms
from .address import PATH, Address, read
from .views import assignees, item_values, list_values

if TYPE_CHECKING:
    from ...bootstrap import Knowledge

router = APIRouter(prefix=PATH)
Reader = Annotated[Person, Depends(allowed(Permission.READ_INBOX))]
Editor = Annotated[Person, Depends(allowed(Permission.WORK_INBOX))]


@router.get("")
def inbox(request: Request, person: Reader) -> Response:
    return _list(request, person, read(request.query_params, person.id))


@router.post("/changes")
def change_marked(request: Request, person: Editor, form: Annotated[forms.MarkedForm, Form()]) -> Response:
    """Of the list: what is marked becomes what is chosen. The address is that of the list."""
    address = read(request.query_params, person.id)
    knowledge = _knowledge(request)
    worker = Worker(person.id, person.name)
    chosen = forms.change_of("", form.assignee, form.importance, None, worker, assignees(knowledge).get)
    change = replace(chosen, state=forms.state_of(form.state))
    marked = frozenset([*form.item, *form.group])
    if not marked:
        return _list(request, person, address, 422, problem="inbox.none_marked")
    if change == Change():
        return _list(request, person, address, 422, problem="inbox.nothing_chosen", marked=marked)
    items, groups = forms.seen_items(form.item), forms.seen_groups(form.group)
    try:
        changed = knowledge.inbox.work.change(items, groups, change, worker)
    except EditConflict as error:
        return _list(request, person, address, 409, problem="inbox.marked_conflict", conflicts=_items(error))
    except NotPossible:
        return _list(request, person, address, 409, problem="inbox.open_elsewhere", marked=marked)
    return redirect(request, f"{PATH}{address.query}", flash="inbox.changed", n=changed)


@router.get("/{key}")
def item(request: Request, key: str, person: Reader) -> Response:
    knowledge = _knowledge(request)
    return _item(request, person, knowledge.inbox.work.get(key))


@router.post("/{key}")
def change_item(request: Request, key: str, person: Editor, form: Annotated[forms.ItemForm, Form()]) -> Response:
    """Of an item: saves what is written, and does what the button says, to its whole group where that is marked."""
    knowledge = _knowledge(request)
    shown = knowledge.inbox.work.get(key)
    note = form.note.replace("\r\n", "\n").strip()
    if len(note) > forms.NOTE_LONGEST:
        return _item(request, person, shown, 422, problem="inbox.note_too_long", mine=form)
    kept = knowledge.redactor.redact(note).text
    worker = Worker(person.id, person.name)
    change = forms.change_of(form.do, form.assignee, form.importance, kept, worker, assignees(knowledge).get)
    named = [one for one in forms.seen_items([form.seen]) if one.id == key]
    groups = forms.seen_groups([form.whole_group]) if form.whole_group else []
    try:
        changed = knowledge.inbox.work.change(named, groups, change, worker)
    except EditConflict:
        now = knowledge.inbox.work.get(key)
        return _item(request, person, now, 409, problem="inbox.conflict", mine=form)
    except NotPossible:
        return _item(request, person, shown, 409, problem="inbox.open_elsewhere", mine=form)
    address = read(request.query_params, person.id)
    onward = PATH if form.do in (forms.DONE, forms.DISMISS) else f"{PATH}/{key}"
    flash = "inbox.changed" if changed else "inbox.unchanged"
    return redirect(request, f"{onward}{address.query}", flash=flash, n=changed)


def _list(request: Request, person: Person, address: Address, status: int = 200, **told: Any) -> Response:
    values = list_values(_knowledge(request), address, person, language_of(request))
    values |= {"problem": "", "conflicts": (), "marked": frozenset()} | told
    return page(request, "inbox/list.html", person, status, **values)


def _item(request: Request, person: Person, shown: Item, status: int = 200, **told: Any) -> Response:
    pages: Pages = request.app.state.pages
    values = item_values(_knowledge(request), shown, pages.texts, language_of(request))
    address = read(request.query_params, person.id)
    values |= {"problem": "", "mine": None, "note_longest": forms.NOTE_LONGEST, "address": address} | told
    return page(request, "inbox/item.html", person, status, **values)


def _items(error: EditConflict) -> tuple[Item, ...]:
    return error.theirs if isinstance(error.theirs, tuple) else ()


def _knowledge(request: Request) -> Knowledge:
    knowledge: Knowledge = request.app.state.knowledge
    return knowledge
