"""The knowledge process: FastAPI over what bootstrap builds. `create_app` is uvicorn's factory."""

from __future__ import annotations

import hmac
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse
from sqlalchemy import text

from . import bootstrap
from .api import failures
from .api.delivery_routes import router as delivery_router
from .api.document_routes import UPLOADS
from .api.document_routes import router as document_router
from .api.routes import router
from .console.app import ConsoleRoute, create_console, is_console
from .errors import StoreUnavailable
from .settings import read_settings
from .store.engine import transaction
from .uploads import TOGETHER_AT_MOST

_BODY_LIMIT = 100_000  # bytes; the longest question in JSON is far below
_LAST_WORK_S = 5  # given to the index at the end; what is left of a job is done at the next start


def create_app(knowledge: bootstrap.Knowledge | None = None) -> FastAPI:
    """The app; builds everything from the environment where nothing built is handed in."""
    built = knowledge or bootstrap.build(read_settings())

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        # The first search loads code and pages in the index: do it before anyone waits for it.
        built.retriever.search("uppvärmning", 1)
        built.live_answers.all()
        built.watch.start()
        built.upkeep.resume()
        built.retention_upkeep.start()
        built.inbox_upkeep.start()
        built.outbox.start()
        yield
        built.watch.stop()
        built.retention_upkeep.stop(_LAST_WORK_S)
        built.inbox_upkeep.stop()
        built.outbox.stop(_LAST_WORK_S)
        built.upkeep.wait(_LAST_WORK_S)
        built.engine.dispose()

    app = FastAPI(title="Rådgivaren knowledge", version="1", lifespan=lifespan, responses=failures.DECLARED)
    app.state.knowledge = built
    app.include_router(router)
    app.include_router(document_router)
    app.include_router(delivery_router)
    app.router.routes.append(ConsoleRoute(create_console(built)))
    failures.install(app, built.catalogue)
    _guard(app, built)
    _health(app, built)
    return app


def _guard(app: FastAPI, built: bootstrap.Knowledge) -> None:
    expected = f"Bearer {built.settings.token}"
    open_paths = {"/healthz", "/readyz"}

    @app.middleware("http")
    async def guard(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
        if is_console(request.url.path):  # has sessions and limits of its own
            return await call_next(request)
        given = request.headers.get("authorization", "").encode("latin-1")  # the bytes as they came
        guarded = built.settings.token and request.url.path not in open_paths
        if guarded and not hmac.compare_digest(given, expected.encode()):
            return failures.render(built.catalogue, failures.Failure(401, "unauthorized"))
        refused = _refused_by_length(request)
        return failures.render(built.catalogue, refused) if refused else await call_next(request)


def _refused_by_length(request: Request) -> failures.Failure | None:
    """By what the request says of itself: the server holds it to that."""
    uploads = request.method == "POST" and request.url.path == UPLOADS
    given = request.headers.get("content-length")
    if uploads and given is None:
        return failures.Failure(411, "length_required")
    length = given or "0"
    if length.isdecimal() and int(length) <= (TOGETHER_AT_MOST if uploads else _BODY_LIMIT):
        return None
    return failures.Failure(413, "uploads_too_large" if uploads else "too_long")


def _health(app: FastAPI, built: bootstrap.Knowledge) -> None:
    @app.get("/healthz")
    def healthz() -> dict[str, str]:
        return {"status": "alive"}

    @app.get("/readyz", responses={503: {"description": "It cannot do its job now."}})
    def readyz() -> JSONResponse:
        checks = {"index": built.retriever.generation is not None, "store": _store_answers(built)}
        ready = all(checks.values())
        return JSONResponse({"ready": ready, "checks": checks}, 200 if ready else 503)


def _store_answers(built: bootstrap.Knowledge) -> bool:
    try:
        with transaction(built.engine) as connection:
            connection.execute(text("SELECT 1"))
    except StoreUnavailable:
        return False
    return True
