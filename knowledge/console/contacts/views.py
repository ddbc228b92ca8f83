"""What the templates of the contacts are given."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from fastapi import Request, Response

from ...contacts.sheet import COLUMNS, SCOPES, cells_of
from ...datatypes import Contact, a_year_after
from ..access.permissions import Person
from ..answers.views import municipalities_of, topics_of
from ..pages import Pages, language_of, page
from ..previews.markup import openable
from .form import SOURCE, TEXTS, Problems, Say, VerifyForm

if TYPE_CHECKING:
    from ...bootstrap import Knowledge

Difference = tuple[str, str, str]  # the column, before, after


def knowledge_of(request: Request) -> Knowledge:
    knowledge: Knowledge = request.app.state.knowledge
    return knowledge


def say_to(request: Request) -> Say:
    pages: Pages = request.app.state.pages
    return partial(pages.texts, language_of(request))


def differences(before: Contact | None, after: Contact) -> list[Difference]:
    """Column by column; of a new contact what it holds."""
    old = cells_of(before) if before else dict.fromkeys(COLUMNS, "")
    return [(name, old[name], value) for name, value in cells_of(after).items() if value != old[name] and name != "id"]


def contact_page(request: Request, person: Person, key: str, status: int = 200, **told: Any) -> Response:
    """One contact with its history, and the form to say that it has been checked."""
    knowledge = knowledge_of(request)
    seen, today = knowledge.contact_store.version(), knowledge.clock.today()
    contact = knowledge.contact_store.get(key)
    history = knowledge.contact_store.history(key)
    filed = {ours.id: filed for ours, filed in knowledge.contact_store.kept_otherwise()}.get(key)
    form = VerifyForm(
        how="",
        source_url=contact.source_url,
        verified_by=contact.verified_by or person.name,
        next_check=a_year_after(today).isoformat(),
    )
    values: dict[str, Any] = {"problems": {}, "problem": "", "form": form, "conflict": None} | told
    return page(
        request,
        "contacts/show.html",
        person,
        status,
        contact=contact,
        verification=contact.verified_on(today).value,
        seen=seen,
        history=[(change, differences(change.before, change.after)) for change in reversed(history)],
        filed=differences(contact, filed) if filed else [],
        topics=topics_of(request),
        openable=openable,
        **values,
    )


def edit_page(
    request: Request,
    person: Person,
    contact: Contact | None,
    cells: dict[str, str],
    seen: int,
    status: int = 200,
    problems: Problems | None = None,
    **told: Any,
) -> Response:
    """`contact` is None for a new one. `cells` is what the fields show: what was written is never lost."""
    chosen = [topic.strip() for topic in cells.get("topics", "").split(";") if topic.strip()]
    topics = topics_of(request)
    values: dict[str, Any] = {"conflict": [], "theirs": None} | told
    return page(
        request,
        "contacts/edit.html",
        person,
        status,
        contact=contact,
        cells=cells,
        seen=seen,
        problems=problems or {},
        texts=TEXTS,
        source=SOURCE,
        scopes=tuple(SCOPES),
        topics=topics | {one: one for one in chosen if one not in topics},
        chosen=chosen,
        municipalities=municipalities_of(request),
        **values,
    )
