"""Errors to HTTP, in one place: a status, a code for programs and a text for people in both languages."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import Any, NamedTuple

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from ..answering.texts import Catalogue
from ..errors import IndexUnavailable, NotFound, NotPossible, QuestionRejected, StoreUnavailable

log = logging.getLogger(__name__)


class Failure(NamedTuple):
    status: int
    code: str


class ErrorText(BaseModel):
    code: str
    text: str
    text_en: str


class ErrorBody(BaseModel):
    error: ErrorText


# What the API's own description says of every route beside its success.
DECLARED: dict[int | str, dict[str, Any]] = {
    status: {"model": ErrorBody, "description": HTTPStatus(status).phrase}
    for status in (401, 404, 405, 409, 411, 413, 422, 500, 503)
}
_REJECTED = {
    "empty": Failure(422, "empty"),
    "too_long": Failure(413, "too_long"),
    "contact_missing": Failure(422, "contact_missing"),
}
_BY_STATUS = {401: "unauthorized", 404: "not_found", 405: "method_not_allowed", 413: "too_long"}


def render(catalogue: Catalogue, failure: Failure, **headers: str) -> JSONResponse:
    """One failure as every route gives it."""
    texts = {key: catalogue(language, f"error.{failure.code}") for key, language in (("text", "sv"), ("text_en", "en"))}
    return JSONResponse({"error": {"code": failure.code, **texts}}, failure.status, headers)


def install(app: FastAPI, catalogue: Catalogue) -> None:
    def response(failure: Failure, **headers: str) -> JSONResponse:
        return render(catalogue, failure, **headers)

    @app.exception_handler(QuestionRejected)
    def rejected(_: Request, error: QuestionRejected) -> JSONResponse:
        return response(_REJECTED[error.code])

    @app.exception_handler(NotFound)
    def not_found(_: Request, error: NotFound) -> JSONResponse:
        return response(Failure(404, f"unknown_{error.kind}"))

    @app.exception_handler(NotPossible)
    def not_possible(_: Request, error: NotPossible) -> JSONResponse:
        return response(Failure(422 if error.code == "why_missing" else 409, error.code))

    @app.exception_handler(RequestValidationError)
    def invalid(_: Request, error: RequestValidationError) -> JSONResponse:
        log.info("invalid request: %s", [(e["loc"], e["type"]) for e in error.errors()])
        return response(Failure(422, "invalid"))

    @app.exception_handler(HTTPException)
    def http(_: Request, error: HTTPException) -> JSONResponse:
        status = 422 if error.status_code == 400 else error.status_code  # FastAPI's 400: a body that is no UTF-8
        return response(Failure(status, _BY_STATUS.get(status, "invalid")), **dict(error.headers or {}))

    @app.exception_handler(StoreUnavailable)
    @app.exception_handler(IndexUnavailable)
    def unavailable(_: Request, error: Exception) -> JSONResponse:
        log.error("not available: %s", error)
        return response(Failure(503, "unavailable"), **{"Retry-After": "5"})

    @app.exception_handler(Exception)
    def unforeseen(_: Request, error: Exception) -> JSONResponse:
        log.exception("unforeseen", exc_info=error)
        return response(Failure(500, "internal"))
