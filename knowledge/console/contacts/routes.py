"""Contacts: the list, one with its history, and what staff make of them."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response

from ...contacts.sheet import COLUMNS
from ...datatypes import Contact, Verification
from ...errors import EditConflict
from ...store.contacts import SqlContactStore
from ..access.gate import allowed
from ..access.permissions import Permission, Person
from ..answers.views import municipalities_of, topics_of
from ..pages import page, redirect
from . import sheets
from .address import PAGE_SIZE, PATH, Check, dated, fitting, read
from .form import ContactForm, Problem, Seen, VerifyForm, cells_for, checked, named, verified
from .views import contact_page, differences, edit_page, knowledge_of, say_to

router = APIRouter(prefix=PATH)
Reader = Annotated[Person, Depends(allowed(Permission.READ_CONTACTS))]
Editor = Annotated[Person, Depends(allowed(Permission.MANAGE_CONTACTS))]
_NEW_ID = "ny"  # until it has one of its own


@router.get("")
def contacts(request: Request, person: Reader) -> Response:
    knowledge, address = knowledge_of(request), read(request.query_params)
    everything = dated(knowledge.contact_store.all(), knowledge.clock.today())
    differing = {ours.id for ours, _ in knowledge.contact_store.kept_otherwise()}
    name = address.given.get("place", "")
    place = knowledge.contacts.place_named(name, name) if name else None
    found = fitting(everything, address, place, differing)
    pages = max(1, -(-len(found) // PAGE_SIZE))
    number = min(address.page, pages)
    live = [contact for contact in everything if not contact.retired]
    return page(
        request,
        "contacts/list.html",
        person,
        address=address,
        unknown_place=bool(name) and place is None,
        found=found[(number - 1) * PAGE_SIZE : number * PAGE_SIZE],
        total=len(found),
        live=len(live),
        needed=sum(contact.verification is not Verification.VERIFIED for contact in live),
        differing=len(differing),
        checks=tuple(Check),
        topics=topics_of(request),
        municipalities=municipalities_of(request),
        number=number,
        pages=pages,
    )


@router.get("/new")
def new(request: Request, person: Editor) -> Response:
    seen = knowledge_of(request).contact_store.version()
    return edit_page(request, person, None, dict.fromkeys(COLUMNS, ""), seen)


@router.post("/new")
def add(request: Request, person: Editor, form: Annotated[ContactForm, Form()]) -> Response:
    knowledge, cells = knowledge_of(request), form.cells()
    result = checked(knowledge.contact_rules, _NEW_ID, cells, None, say_to(request))
    if result.contact is None:
        return edit_page(request, person, None, _shown(cells), form.seen, 422, result.problems)
    seen = knowledge.contact_store.version()  # before the ids: whoever takes the same one meanwhile changes it since
    taken = {contact.id for contact in knowledge.contact_store.all()}
    contact = named(result.contact, taken)
    try:
        _save(knowledge.contact_store, contact, person, "add", seen)
    except EditConflict:
        twice = {"organisation": (Problem(say_to(request)("contacts.problems.just_added")),)}
        return edit_page(request, person, None, _shown(cells), seen, 409, twice)
    return redirect(request, f"{PATH}/{contact.id}", flash="contacts.added")


# Before what a contact's id may be taken for.
router.include_router(sheets.router)


@router.get("/{key}")
def contact(request: Request, person: Reader, key: str) -> Response:
    return contact_page(request, person, key)


@router.post("/{key}/verify")
def verify(request: Request, person: Editor, key: str, form: Annotated[VerifyForm, Form()]) -> Response:
    """Someone has called, written or read it today, and it holds."""
    knowledge = knowledge_of(request)
    store, today = knowledge.contact_store, knowledge.clock.today()
    result = verified(knowledge.contact_rules, store.get(key), form, today, say_to(request))
    if result.contact is None:
        return contact_page(request, person, key, 422, problems=result.problems, form=form)
    try:
        _save(store, result.contact, person, "verify", form.seen)
    except EditConflict:
        return contact_page(request, person, key, 409, problem="contacts.changed_before_verified", form=form)
    return redirect(request, f"{PATH}/{key}", flash="contacts.verified")


@router.get("/{key}/edit")
def edit(request: Request, person: Editor, key: str) -> Response:
    store = knowledge_of(request).contact_store
    seen = store.version()
    known = store.get(key)
    return edit_page(request, person, known, cells_for(known), seen)


@router.post("/{key}/edit")
def save(request: Request, person: Editor, key: str, form: Annotated[ContactForm, Form()]) -> Response:
    """Of two people at once, the second sees what the first has made of it, and loses nothing."""
    knowledge, cells = knowledge_of(request), form.cells()
    store = knowledge.contact_store
    seen, known = store.version(), store.get(key)
    result = checked(knowledge.contact_rules, key, cells, known, say_to(request))
    if result.contact is None:
        return edit_page(request, person, known, _shown(cells), form.seen, 422, result.problems)
    try:
        changed = _save(store, result.contact, person, "edit", form.seen)
    except EditConflict:
        mine, theirs = differences(known, result.contact), store.history(key)[-1]
        return edit_page(request, person, known, _shown(cells), seen, 409, conflict=mine, theirs=theirs)
    if not changed:
        return redirect(request, f"{PATH}/{key}", flash="contacts.unchanged")
    lapsed = known.last_verified is not None and result.contact.last_verified is None
    return redirect(request, f"{PATH}/{key}", flash="contacts.saved_unverified" if lapsed else "contacts.saved")


@router.get("/{key}/retire")
def confirm(request: Request, person: Editor, key: str) -> Response:
    """Asks once, in words that say what will happen."""
    store = knowledge_of(request).contact_store
    seen = store.version()
    return page(request, "contacts/retire.html", person, contact=store.get(key), seen=seen)


@router.post("/{key}/retire")
def retire(request: Request, person: Editor, key: str, seen: Annotated[Seen, Form()] = 0) -> Response:
    return _turn(request, person, key, seen, retired=True)


@router.post("/{key}/restore")
def restore(request: Request, person: Editor, key: str, seen: Annotated[Seen, Form()] = 0) -> Response:
    return _turn(request, person, key, seen, retired=False)


def _turn(request: Request, person: Person, key: str, seen: int, *, retired: bool) -> Response:
    store = knowledge_of(request).contact_store
    kind = "retire" if retired else "restore"
    try:
        changed = _save(store, replace(store.get(key), retired=retired), person, kind, seen)
    except EditConflict:
        return contact_page(request, person, key, 409, problem="contacts.changed_before")
    return redirect(request, f"{PATH}/{key}", flash=f"contacts.{kind}d" if changed else "contacts.unchanged")


def _save(store: SqlContactStore, contact: Contact, person: Person, kind: str, seen: int) -> int:
    return store.save([contact], by=person.name, kind=kind, actor=person.id, seen=seen)


def _shown(cells: dict[str, str]) -> dict[str, str]:
    """What was written, in the fields of the form."""
    return dict.fromkeys(COLUMNS, "") | cells
