"""Reading refined answers: the list, one answer, its history, and what is similar to a text."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from ...refinement.datatypes import RefinedAnswer, Version
from ..access.gate import allowed
from ..access.permissions import Permission, Person
from ..pages import page
from . import deciding, writing
from .differences import differences
from .listing import CHOICES, address, filters_of, pages_of
from .views import cited, described, drawing, knowledge_of, municipalities_of, topics_of

router = APIRouter(prefix="/console/answers")
Reader = Annotated[Person, Depends(allowed(Permission.READ_ANSWERS))]
_SIMILAR_LIMIT = 2_000  # characters of a text that is being written


@router.get("")
def answers(request: Request, person: Reader) -> Response:
    filters = filters_of(request.query_params)
    found = knowledge_of(request).desk.page(filters)
    pages = pages_of(found.total, filters)
    return page(
        request,
        "answers/list.html",
        person,
        found=found,
        filters=filters,
        choices=CHOICES,
        topics=topics_of(request),
        municipalities=municipalities_of(request),
        pages=pages,
        previous=address(filters, min(filters.page - 1, pages)) if filters.page > 1 else "",
        next=address(filters, filters.page + 1) if filters.page < pages else "",
    )


@router.get("/similar")
def similar(request: Request, person: Reader) -> Response:
    """A part of a page, for the script that shows similar answers while someone writes."""
    text = request.query_params.get("text", "")[:_SIMILAR_LIMIT]
    found = knowledge_of(request).desk.similar(text, without=request.query_params.get("without", ""))
    return page(request, "answers/similar.html", person, similar=found)


router.include_router(writing.router)
router.include_router(deciding.router)


@router.get("/{key}")
def answer(request: Request, person: Reader, key: str) -> Response:
    found = knowledge_of(request).desk.get(key)
    chosen = _chosen(found, request.query_params.get("version", ""))
    language, place = request.query_params.get("language", "sv"), request.query_params.get("place", "")
    return page(
        request,
        "answers/show.html",
        person,
        answer=found,
        version=chosen,
        cited=cited(request, chosen.content.citations),
        topics=topics_of(request),
        preview=knowledge_of(request).answer_previews.of(chosen.content, language, place, chosen.decided_at),
        preview_language=language,
        preview_place=place,
        draw=drawing(request),
    )


@router.get("/{key}/history")
def history(request: Request, person: Reader, key: str) -> Response:
    found = knowledge_of(request).desk.get(key)
    new = _chosen(found, request.query_params.get("to", ""), found.versions[-1])
    old = _chosen(found, request.query_params.get("from", ""), found.versions[max(0, len(found.versions) - 2)])
    lines = described(request, old.content, new.content)
    return page(
        request,
        "answers/history.html",
        person,
        answer=found,
        old=old,
        new=new,
        differences=differences(old.content, new.content, lines.__getitem__),
        topics=topics_of(request),
    )


def _chosen(answer: RefinedAnswer, n: str, otherwise: Version | None = None) -> Version:
    """The version of that number; without one the one that a person would expect: what is worked on, or is live."""
    named = next((version for version in answer.versions if str(version.n) == n), None)
    return named or otherwise or answer.open or answer.live or answer.newest
