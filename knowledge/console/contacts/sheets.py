"""The table of contacts as a file: taken out for a spreadsheet program, and back in after a look at what changes."""

from __future__ import annotations

import base64
import binascii
from typing import Annotated

from fastapi import APIRouter, Depends, File, Form, Request, Response, UploadFile

from ...contacts.checks import lapse
from ...contacts.sheet import read_sheet, write_sheet
from ...datatypes import Contact
from ...errors import ContactsRejected, EditConflict, RowProblem
from ...store.audit import AuditEntry
from ..access.gate import allowed
from ..access.permissions import Permission, Person
from ..pages import page, redirect
from .address import PATH
from .form import Seen
from .views import differences, knowledge_of

router = APIRouter()
Reader = Annotated[Person, Depends(allowed(Permission.READ_CONTACTS))]
Editor = Annotated[Person, Depends(allowed(Permission.MANAGE_CONTACTS))]
_FILE = "kontakter.csv"
_AT_MOST = 500_000  # bytes; some thousand contacts. The page sends them a second time, a third longer


@router.post("/export")
def export(request: Request, person: Reader) -> Response:
    """All of them, the retired ones too. Who took the file is in the audit log."""
    knowledge = knowledge_of(request)
    content = write_sheet(knowledge.contact_store.all())
    knowledge.audit_log.append(AuditEntry(person.id, "contacts.exported", _FILE))
    named = {"Content-Disposition": f'attachment; filename="{_FILE}"'}
    return Response(content, media_type="text/csv; charset=utf-8", headers=named)


@router.get("/import")
def form(request: Request, person: Editor) -> Response:
    return _form(request, person)


@router.post("/import")
def preview(request: Request, person: Editor, file: Annotated[UploadFile | None, File()] = None) -> Response:
    """What the file would change. Nothing is changed yet."""
    content = file.file.read(_AT_MOST + 1) if file else b""
    if not content:
        return _form(request, person, 422, problem="contacts.sheet.none_chosen")
    if len(content) > _AT_MOST:
        return _form(request, person, 422, problem="contacts.sheet.too_large")
    return _preview(request, person, content)


@router.post("/import/apply")
def apply(
    request: Request, person: Editor, sheet: Annotated[str, Form()] = "", seen: Annotated[Seen, Form()] = 0
) -> Response:
    """Takes what was shown: all of it or nothing. What has changed since then is shown anew."""
    try:
        content = base64.b64decode(sheet, validate=True)
    except (binascii.Error, ValueError):
        content = b""
    if not content or len(content) > _AT_MOST:
        return _form(request, person, 422, problem="contacts.sheet.none_chosen")
    try:
        changed, _ = _read(request, content)
        saved = knowledge_of(request).contact_store.save(
            [after for _, after in changed], by=person.name, actor=person.id, seen=seen
        )
    except ContactsRejected as error:
        return _form(request, person, 422, problems=error.problems)
    except EditConflict:
        return _preview(request, person, content, 409, conflict=True)
    return redirect(request, PATH, flash="contacts.sheet.taken", n=saved)


def _preview(
    request: Request, person: Person, content: bytes, status: int = 200, *, conflict: bool = False
) -> Response:
    seen = knowledge_of(request).contact_store.version()
    try:
        changed, unchanged = _read(request, content)
    except ContactsRejected as error:
        return _form(request, person, 422, problems=error.problems)
    return page(
        request,
        "contacts/preview.html",
        person,
        status,
        rows=[(before, after, differences(before, after)) for before, after in changed],
        new=sum(before is None for before, _ in changed),
        unchanged=unchanged,
        sheet=base64.b64encode(content).decode(),
        seen=seen,
        conflict=conflict,
    )


def _read(request: Request, content: bytes) -> tuple[list[tuple[Contact | None, Contact]], int]:
    """What the file would change, each as it is and as it would be, and how many rows say what is so already."""
    knowledge = knowledge_of(request)
    known = {contact.id: contact for contact in knowledge.contact_store.all()}
    rows = [lapse(known.get(row.id), row) for row in knowledge.contact_rules.contacts(read_sheet(content), known)]
    changed = [(known.get(row.id), row) for row in rows if row != known.get(row.id)]
    return changed, len(rows) - len(changed)


def _form(
    request: Request, person: Person, status: int = 200, problem: str = "", problems: tuple[RowProblem, ...] = ()
) -> Response:
    return page(request, "contacts/import.html", person, status, problem=problem, problems=problems)
