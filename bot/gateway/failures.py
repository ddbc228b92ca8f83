"""Errors to HTTP, in one place: a status, a code for programs and a text for people in both languages."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .errors import TurnRefused
from .texts import Texts

log = logging.getLogger(__name__)


class ErrorText(BaseModel):
    code: str
    text: str
    text_en: str


class ErrorBody(BaseModel):
    error: ErrorText


# What the API's own description says of every route beside its success. 422 stands there for FastAPI alone, which
# would else describe its own: ours is 400.
DECLARED: dict[int | str, dict[str, Any]] = {
    status: {"model": ErrorBody, "description": HTTPStatus(status).phrase}
    for status in (400, 401, 403, 404, 405, 413, 422, 429, 503, 504)
}
_BY_STATUS = {404: "not_found", 405: "method_not_allowed", 413: "too_long"}


def install(app: FastAPI, texts: Texts) -> None:
    def response(status: int, code: str, headers: dict[str, str] | None = None) -> JSONResponse:
        return JSONResponse({"error": texts.error(code)}, status, headers)

    @app.exception_handler(TurnRefused)
    def refused(_: Request, error: TurnRefused) -> JSONResponse:
        headers = {"Retry-After": str(error.retry_after_s)} if error.retry_after_s else None
        return response(error.status, error.code, headers)

    @app.exception_handler(RequestValidationError)
    def invalid(_: Request, error: RequestValidationError) -> JSONResponse:
        log.info("invalid request: %s", [(e["loc"], e["type"]) for e in error.errors()])
        return response(400, "invalid")

    @app.exception_handler(HTTPException)
    def http(_: Request, error: HTTPException) -> JSONResponse:
        return response(error.status_code, _BY_STATUS.get(error.status_code, "invalid"), dict(error.headers or {}))

    app.add_middleware(LastResort, response=response(503, "unavailable"))


class LastResort:
    """Turns what nobody foresaw into a reply. It stands innermost, so that the reply has the headers of any other."""

    def __init__(self, app: ASGIApp, response: Response) -> None:
        self._app, self._response = app, response

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        begun = False

        async def noted(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self._app(scope, receive, noted)
        except Exception:  # the edge of the process
            if scope["type"] != "http" or begun:
                raise
            log.exception("unforeseen")
            await self._response(scope, receive, send)
