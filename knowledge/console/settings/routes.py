"""Settings, to be read: the environment sets them. And erasing on request, which asks once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Depends, Form, Request, Response

from ...errors import NotFound
from ..access.gate import allowed
from ..access.permissions import PERMISSIONS, Permission, Person
from ..pages import page, redirect
from .state import service_state

if TYPE_CHECKING:
    from ...bootstrap import Knowledge

PATH = "/console/settings"
router = APIRouter(prefix=PATH)
Administrator = Annotated[Person, Depends(allowed(Permission.ERASE))]
_LONGEST = 200  # characters of a key


@router.get("")
def settings(request: Request, person: Administrator) -> Response:
    state = service_state(_knowledge(request))
    return page(
        request, "settings/settings.html", person, state=state, permissions=tuple(Permission), granted=PERMISSIONS
    )


@router.get("/erase")
def ask(request: Request, person: Administrator, key: str = "") -> Response:
    """What would go, before anything does."""
    return _erase_page(request, person, key.strip()[:_LONGEST])


@router.post("/erase")
def erase(request: Request, person: Administrator, key: Annotated[str, Form()] = "") -> Response:
    try:
        erased = _knowledge(request).erasure.erase(key[:_LONGEST], person.id)
    except NotFound:  # by somebody else meanwhile, or by retention
        return _erase_page(request, person, key.strip()[:_LONGEST])
    return redirect(request, f"{PATH}/erase", f"settings.erased_{erased.kind.value}")


def _erase_page(request: Request, person: Person, key: str) -> Response:
    found, status = None, 200
    if key:
        try:
            found = _knowledge(request).erasure.find(key)
        except NotFound:
            status = 404
    return page(request, "settings/erase.html", person, status_code=status, key=key, found=found)


def _knowledge(request: Request) -> Knowledge:
    knowledge: Knowledge = request.app.state.knowledge
    return knowledge
