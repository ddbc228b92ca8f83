"""The audit log: a list, a check that it is whole, a file of it, and the proof of one answer."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse, StreamingResponse

from ...store.audit_chain import Verdict
from ...store.audit_log import LoggedEntry
from ..access.gate import allowed
from ..access.permissions import Permission, Person
from ..pages import Pages, language_of, page
from ..previews.markup import web_lines
from ..texts import Texts
from .filters import PAGE_SIZE, PATH, asked

if TYPE_CHECKING:
    from ...bootstrap import Knowledge

router = APIRouter(prefix=PATH)
Reader = Annotated[Person, Depends(allowed(Permission.READ_AUDIT))]


@router.get("")
def entries(request: Request, person: Reader) -> Response:
    return _list(request, person)


@router.post("/verify")
def verify(request: Request, person: Reader) -> Response:
    """Reads the whole log: some seconds where there are very many rows, so only when somebody asks for it."""
    return _list(request, person, verdict=_knowledge(request).audit_log.verify())


@router.post("/export")
def export(request: Request, person: Reader) -> Response:
    """The whole log as NDJSON: it can be verified without this service's database."""
    log, name = _knowledge(request).audit_log, "granskningslogg.ndjson"
    rows = log.export(person.id, name)
    lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    named = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingResponse(lines, media_type="application/x-ndjson", headers=named)


@router.get("/answers", dependencies=[Depends(allowed(Permission.READ_AUDIT))])
def find_answer(id: str = "") -> Response:
    """From the field of the list to the page of the answer."""
    return RedirectResponse(f"{PATH}/answers/{quote(id.strip(), safe='')}" if id.strip() else PATH, 303)


@router.get("/answers/{key}")
def answer(request: Request, person: Reader, key: str) -> Response:
    record = _knowledge(request).answer_records.get(key)
    numbers = frozenset(cited.n for cited in record.citations)
    return page(request, "audit/answer.html", person, record=record, answer_lines=web_lines(record.text, numbers))


def _knowledge(request: Request) -> Knowledge:
    knowledge: Knowledge = request.app.state.knowledge
    return knowledge


def _list(request: Request, person: Person, verdict: Verdict | None = None) -> Response:
    log, wanted = _knowledge(request).audit_log, asked(request.query_params)
    total = log.count(wanted.filters)
    found = log.entries(wanted.filters, PAGE_SIZE, (wanted.page - 1) * PAGE_SIZE)
    pages: Pages = request.app.state.pages
    return page(
        request,
        "audit/list.html",
        person,
        asked=wanted,
        total=total,
        head=log.head(),
        rows=[(entry, _details(entry)) for entry in found],
        actions=log.actions(),
        label_of=partial(_label, pages.texts, language_of(request)),
        pages=max(1, -(-total // PAGE_SIZE)),
        verdict=verdict,
    )


def _details(entry: LoggedEntry) -> list[tuple[str, str]]:
    """What the entry tells beside, a line of text each."""
    return [line for name, value in entry.told().items() for line in _told(name, value)]


def _told(name: str, value: object) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for inner, one in value.items():
            yield from _told(f"{name}.{inner}", one)
    elif isinstance(value, list):
        yield name, ", ".join(str(one) for one in value)
    else:
        yield name, "–" if value is None else str(value)


def _label(texts: Texts, language: str, action: str) -> str:
    """What an action is called; one without a text of its own keeps its name."""
    key = f"audit.actions.{action.replace('.', '_')}"
    return texts(language, key) if texts.has(key) else action
