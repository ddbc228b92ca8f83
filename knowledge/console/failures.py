"""Errors to pages, in one place: what happened, what is safe, what to do."""

from __future__ import annotations

import logging
from urllib.parse import urlencode

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse
from starlette.exceptions import HTTPException

from ..errors import IndexUnavailable, NotAdmitted, NotFound, NotPossible, StoreUnavailable
from .access.gate import Sent, enter
from .pages import address_of, page

log = logging.getLogger(__name__)
_BY_STATUS = {404: "not_found", 405: "method", 413: "too_long"}


def failed(request: Request, code: str, status: int) -> Response:
    """The page of a failure (`access.failures`)."""
    if code in _BY_STATUS.values() and not hasattr(request.state, "csrf"):
        enter(request)  # no route's gate was passed: nobody has asked yet who this is
    person = getattr(request.state, "person", None)
    return page(request, "failure.html", person, status, code=code)


def install(app: FastAPI) -> None:
    @app.exception_handler(NotAdmitted)
    def not_admitted(request: Request, error: NotAdmitted) -> Response:
        sent: Sent | None = getattr(request.state, "sent", None)
        if error.code == "sign_in" and request.method == "GET":
            return RedirectResponse(f"/console/sign-in?{urlencode({'next': address_of(request)})}", 303)
        if error.code == "permission" or sent is None:
            return failed(request, error.code, 403)
        status = 401 if error.code == "sign_in" else 403
        return page(request, "access/kept.html", request.state.person, status, code=error.code, sent=sent)

    @app.exception_handler(NotFound)
    def not_found(request: Request, _: NotFound) -> Response:
        return failed(request, "not_found", 404)

    @app.exception_handler(NotPossible)
    def not_possible(request: Request, _: NotPossible) -> Response:
        return failed(request, "conflict", 409)

    @app.exception_handler(RequestValidationError)
    def invalid(request: Request, error: RequestValidationError) -> Response:
        log.info("invalid request: %s", [(e["loc"], e["type"]) for e in error.errors()])
        return failed(request, "invalid", 422)

    @app.exception_handler(HTTPException)
    def http(request: Request, error: HTTPException) -> Response:
        return failed(request, _BY_STATUS.get(error.status_code, "invalid"), error.status_code)

    @app.exception_handler(StoreUnavailable)
    @app.exception_handler(IndexUnavailable)
    def unavailable(request: Request, error: Exception) -> Response:
        log.error("not available: %s", error)
        return failed(request, "unavailable", 503)

    @app.exception_handler(Exception)
    def unforeseen(request: Request, error: Exception) -> Response:
        log.exception("unforeseen", exc_info=error)
        return failed(request, "internal", 500)
