"""Signing in, signing out, and the language: the pages that nobody has to be signed in for."""

from __future__ import annotations

import logging
import math
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.responses import RedirectResponse

from ...errors import SignInFailed
from ..pages import page, redirect
from ..texts import LANGUAGES
from .cookies import LANGUAGE, SESSION, VISIT, VISITOR, delete_cookie, set_cookie
from .entrance import Entrance, Refused
from .gate import anyone
from .permissions import Person
from .provider import AFTER_SIGN_OUT, RETURN

log = logging.getLogger(__name__)
router = APIRouter(prefix="/console", dependencies=[Depends(anyone)])
Anyone = Annotated[Person | None, Depends(anyone)]
Text = Annotated[str, Form()]
_HOME, _SIGN_IN = "/console/", "/console/sign-in"
_A_YEAR_S, _VISIT_S = 365 * 24 * 3600, 600
_NOT_ANSWERING = {"unreachable", "metadata"}  # the provider's fault, or of what stands between: 503


@router.get("")
def console(request: Request) -> Response:
    """Without the slash; by a path alone, since behind a proxy we may not know how we are addressed."""
    return redirect(request, _HOME)


@router.get("/sign-in")
def sign_in_page(request: Request, person: Anyone, next: str = _HOME) -> Response:
    return redirect(request, safe_next(next)) if person else _sign_in_page(request, next)


@router.post("/sign-in")
def sign_in(request: Request, name: Text = "", password: Text = "", next: Text = _HOME) -> Response:
    address = request.client.host if request.client else ""
    outcome = _entrance(request).sign_in(name, password, address, request.cookies.get(SESSION, ""))
    if isinstance(outcome, Refused):
        wait = math.ceil(outcome.wait.total_seconds() / 60) if outcome.wait else 0
        return _sign_in_page(request, next, 429 if wait else 401, name=name, refused="local", wait_minutes=wait)
    return _entered(request, outcome.token, next)


@router.get("/sign-in/provider")
def depart(request: Request, next: str = _HOME) -> Response:
    """Off to the provider."""
    try:
        departure = _entrance(request).depart(safe_next(next))
    except SignInFailed as error:
        return _provider_failed(request, error, next)
    response = RedirectResponse(departure.url, 303)
    set_cookie(request, response, VISIT, departure.token, _VISIT_S)
    return response


@router.get(RETURN.removeprefix("/console"))
def arrive(request: Request) -> Response:
    """Back from the provider."""
    visit, before = request.cookies.get(VISIT, ""), request.cookies.get(SESSION, "")
    try:
        entered = _entrance(request).arrive(request.query_params, visit, before)
    except SignInFailed as error:
        response = _provider_failed(request, error)
    else:
        response = _entered(request, entered.token, entered.next)
    delete_cookie(request, response, VISIT)
    return response


@router.post("/sign-out")
def sign_out(request: Request) -> Response:
    farewell = _entrance(request).sign_out(request.cookies.get(SESSION, ""))
    response = RedirectResponse(farewell or AFTER_SIGN_OUT, 303)
    delete_cookie(request, response, SESSION)
    return response


@router.get(AFTER_SIGN_OUT.removeprefix("/console"))
def signed_out(request: Request, person: Anyone) -> Response:
    return redirect(request, _SIGN_IN, flash="" if person else "access.signed_out")


@router.post("/stay")
def stay(person: Anyone) -> Response:
    """Somebody is still there: passing the gate has told the session so."""
    return Response(status_code=204 if person else 401)


@router.post("/language")
def language(request: Request, language: Text = LANGUAGES[0], next: Text = _HOME) -> Response:
    response = redirect(request, safe_next(next))
    if language in LANGUAGES:
        set_cookie(request, response, LANGUAGE, language, _A_YEAR_S)
    return response


def safe_next(address: str) -> str:
    """Back to a page of ours, wherever the address came from."""
    inside = address.startswith("/console/") and address.isprintable() and "\\" not in address
    return address if inside else _HOME


def _entered(request: Request, token: str, next: str) -> Response:
    response = redirect(request, safe_next(next))
    set_cookie(request, response, SESSION, token)
    delete_cookie(request, response, VISITOR)
    return response


def _provider_failed(request: Request, error: SignInFailed, next: str = _HOME) -> Response:
    log.warning("sign-in at the provider failed: %s (%s)", error.code, error.__cause__)
    status = 503 if error.code in _NOT_ANSWERING else 403
    return _sign_in_page(request, next, status, refused=f"provider.{error.code}")


def _sign_in_page(request: Request, next: str, status: int = 200, **said: object) -> Response:
    entrance = _entrance(request)
    values = {
        "next": safe_next(next),
        "name": "",
        "refused": "",
        "wait_minutes": 0,
        "provided": entrance.provider is not None,
        "any_local": entrance.accounts.any_local(),
        "sent_here": safe_next(next) != _HOME,
    }
    return page(request, "access/sign_in.html", None, status, **values | said)


def _entrance(request: Request) -> Entrance:
    entrance: Entrance = request.app.state.knowledge.entrance
    return entrance
