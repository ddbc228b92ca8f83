"""Documents: the list, one with its passages and versions, and what is taken out of use and put back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Form, Request, Response

from ...datatypes import Passage
from ...errors import NotPossible
from ...store.document_catalogue import STATES, DocumentEntry
from ...store.index_jobs import DONE
from ...store.tables import GONE, LIBRARY, LIVE, RETIRED
from ..access.permissions import Person
from ..numbers import number_in
from ..pages import page, redirect
from ..previews.markup import openable
from . import uploading
from .address import COLLECTIONS, PATH, read
from .uploading import Editor, Reader

if TYPE_CHECKING:
    from ...bootstrap import Knowledge

router = APIRouter(prefix=PATH)
router.include_router(uploading.router)
_PAGE = 50
_PASSAGES = 50
_WHY_LONGEST = 1000  # characters


@router.get("")
def documents(request: Request, person: Reader) -> Response:
    knowledge, address = _knowledge(request), read(request.query_params)
    found = knowledge.document_catalogue.listed(
        collection=address.collection or None,
        state=address.state or None,
        search=address.words,
        limit=_PAGE,
        after=address.after,
    )
    counts = knowledge.document_catalogue.counts()
    newest = next(iter(knowledge.upkeep.recent_jobs(1)), None)
    return page(
        request,
        "documents/list.html",
        person,
        address=address,
        found=found,
        collections=COLLECTIONS,
        states=STATES,
        counts={name: _of_collection(counts, name) for name in COLLECTIONS}
        | {state: _of_state(counts, state) for state in (GONE, RETIRED)},
        job=newest if newest and newest.state != DONE else None,
        next_page=address.page_after(found.entries[-1].id) if found.more else "",
        first_page=address.page_after("") if address.after else "",
    )


@router.get("/{key}")
def document(request: Request, person: Reader, key: str) -> Response:
    """`version` shows the passages of an earlier one, `page` the next of very many."""
    knowledge = _knowledge(request)
    versions = knowledge.document_catalogue.versions(key)
    asked = request.query_params.get("version", "")
    shown = next((one for one in versions if one.version == asked), versions[0])
    passages = knowledge.document_catalogue.passages_of(key, shown.version)
    pages = max(1, -(-len(passages) // _PASSAGES))
    number = max(1, number_in(request.query_params.get("page", ""), at_most=pages))
    return page(
        request,
        "documents/show.html",
        person,
        document=versions[0],
        shown=shown,
        versions=versions,
        passages=passages[(number - 1) * _PASSAGES : number * _PASSAGES],
        urls=_urls(passages),
        number=number,
        pages=pages,
        citing=knowledge.citing_answers.of(key),
        retirable=_is_retirable(versions[0]),
    )


@router.get("/{key}/retire")
def confirm(request: Request, person: Editor, key: str) -> Response:
    """Asks once, in words that say what will happen."""
    return _confirm(request, person, key)


@router.post("/{key}/retire")
def retire(request: Request, person: Editor, key: str, why: Annotated[str, Form()] = "") -> Response:
    knowledge = _knowledge(request)
    why = why.replace("\0", "").strip()
    if len(why) > _WHY_LONGEST:
        return _confirm(request, person, key, 422, problem="why_too_long", why=why)
    try:
        knowledge.document_catalogue.retire(key, why, by=person.id)
    except NotPossible as error:
        return _confirm(request, person, key, 422 if error.code == "why_missing" else 409, problem=error.code, why=why)
    knowledge.upkeep.ask()
    return redirect(request, f"{PATH}/{key}", flash="documents.retired")


@router.post("/{key}/restore")
def restore(request: Request, person: Editor, key: str) -> Response:
    knowledge = _knowledge(request)
    try:
        knowledge.document_catalogue.restore(key, by=person.id)
    except NotPossible as error:
        return redirect(request, f"{PATH}/{key}", flash=f"documents.problems.{error.code}")
    knowledge.upkeep.ask()
    return redirect(request, f"{PATH}/{key}", flash="documents.restored")


def _confirm(
    request: Request, person: Person, key: str, status: int = 200, *, problem: str = "", why: str = ""
) -> Response:
    knowledge = _knowledge(request)
    newest = knowledge.document_catalogue.versions(key)[0]
    if not _is_retirable(newest):
        problem, status = problem or ("already_retired" if newest.state == RETIRED else "starter_document"), 409
    return page(
        request,
        "documents/retire.html",
        person,
        status,
        document=newest,
        citing=knowledge.citing_answers.of(key),
        retirable=_is_retirable(newest),
        problem=problem,
        why=why,
        why_longest=_WHY_LONGEST,
    )


def _is_retirable(newest: DocumentEntry) -> bool:
    """The curated ones are changed in their files."""
    return newest.collection == LIBRARY and newest.state != RETIRED


def _urls(passages: tuple[Passage, ...]) -> list[str]:
    """Where the text stands, each address once and without the place in the page."""
    found = (source.url.split("#")[0] for passage in passages for source in passage.sources)
    return list(dict.fromkeys(url for url in found if openable(url)))[:10]


def _of_collection(counts: dict[tuple[str, str], int], collection: str) -> int:
    """In use: what has vanished at its source serves on."""
    return counts.get((collection, LIVE), 0) + counts.get((collection, GONE), 0)


def _of_state(counts: dict[tuple[str, str], int], state: str) -> int:
    return sum(n for (_, one), n in counts.items() if one == state)


def _knowledge(request: Request) -> Knowledge:
    knowledge: Knowledge = request.app.state.knowledge
    return knowledge
