"""The console: pages for staff under /console, beside the API in the same process."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from fastapi import FastAPI, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.staticfiles import StaticFiles
from starlette.routing import BaseRoute, Match
from starlette.types import Receive, Scope, Send

from . import failures
from .access.gate import Sent, enter
from .access.permissions import Permission
from .documents.uploading import UPLOADS
from .pages import Pages, page
from .router import ROUTERS
from .texts import Texts

if TYPE_CHECKING:
    from ..bootstrap import Knowledge

_BODY_LIMIT = 1_000_000  # bytes; a route that takes files has its own
_LONG_FORMS = {UPLOADS: Permission.MANAGE_DOCUMENTS}  # the routes that have, and who may send to them
_STATIC = Path(__file__).parent / "static"
# Nothing from elsewhere, no script or style in a page's text, no page in a frame.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action {form_action}; base-uri 'none'; frame-ancestors 'none'"
)


def create_console(knowledge: Knowledge) -> FastAPI:
    """An app of its own: its errors are pages, and the API's description does not hold it."""
    console = FastAPI(openapi_url=None)
    console.state.knowledge = knowledge
    console.state.pages = Pages(Texts(), knowledge.clock)
    for router in ROUTERS:
        console.include_router(router, max_body_size=_BODY_LIMIT)
    console.mount("/console/static", StaticFiles(directory=_STATIC), name="static")
    failures.install(console)
    _only_staff_send_much(console)
    _headers(console)
    return console


class ConsoleRoute(BaseRoute):
    """Hands every request below /console to the console as it is: a mount would take the path's beginning away."""

    def __init__(self, console: FastAPI) -> None:
        self.console = console

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        mine = scope["type"] == "http" and is_console(scope["path"])
        return (Match.FULL if mine else Match.NONE), {}

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.console(scope, receive, send)


def is_console(path: str) -> bool:
    return path == "/console" or path.startswith("/console/")


def _headers(console: FastAPI) -> None:
    knowledge: Knowledge = console.state.knowledge
    provider = knowledge.settings.provider
    # A form's way is checked to its end: signing out leads on to the provider.
    policy = _POLICY.format(form_action=f"'self' {_origin(provider.issuer)}" if provider else "'self'")

    @console.middleware("http")
    async def headers(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
        response = await call_next(request)
        response.headers["Content-Security-Policy"] = policy
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "same-origin"
        response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
        fixed = request.url.path.startswith("/console/static/")
        response.headers.setdefault("Cache-Control", "max-age=3600" if fixed else "no-store")
        return response


def _only_staff_send_much(console: FastAPI) -> None:
    """A long body is not read before it is known whose it is: FastAPI reads a form before the gate is asked."""

    @console.middleware("http")
    async def check(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
        length = request.headers.get("content-length", "0" if request.method in ("GET", "HEAD") else "")
        much = not length.isdecimal() or int(length) > _BODY_LIMIT
        if much and (refused := await run_in_threadpool(_refused_unread, request)):
            return refused
        response = await call_next(request)
        if response.status_code == 413:  # the framework's own reply is no page
            return await run_in_threadpool(failures.failed, request, "too_long", 413)
        return response


def _refused_unread(request: Request) -> Response | None:
    """The reply to a long body of who may not send one; nothing of it is read."""
    person = enter(request)
    permission = _LONG_FORMS.get(request.url.path)
    if permission is None:
        return None if person else failures.failed(request, "too_long", 413)
    if person is None:
        return page(request, "access/kept.html", None, 401, code="sign_in", sent=Sent(files=True))
    return None if person.may(permission) else failures.failed(request, "permission", 403)


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"
