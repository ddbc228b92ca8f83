"""The gateway process. `create_app` is uvicorn's factory."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware
from fastapi.responses import FileResponse, JSONResponse
from fastapi.staticfiles import StaticFiles

from . import bootstrap, failures
from .channels.web import channel as web
from .headers import BodyLimit, SecurityHeaders
from .settings import Settings, read_settings

WIDGET = Path(__file__).parent / "widget"


def create_app(settings: Settings | None = None) -> FastAPI:
    """The app; reads the environment where no settings are handed in."""
    gateway = bootstrap.build(settings or read_settings())

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        await gateway.close()

    # No /docs: its page loads scripts from elsewhere.
    app = FastAPI(title="Rådgivaren gateway", version="1", lifespan=lifespan, docs_url=None, redoc_url=None)
    app.state.gateway = gateway
    app.include_router(web.router)
    failures.install(app, gateway.texts)
    _health(app, gateway)

    @app.get("/", include_in_schema=False)
    def demo() -> FileResponse:
        return FileResponse(WIDGET / "index.html")

    app.mount("/widget", StaticFiles(directory=WIDGET), name="widget")
    app.add_middleware(BodyLimit)
    if gateway.settings.origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=list(gateway.settings.origins),
            allow_methods=["GET", "POST"],
            allow_headers=["content-type"],
            expose_headers=["Retry-After"],
        )
    app.add_middleware(SecurityHeaders)
    return app


def _health(app: FastAPI, gateway: bootstrap.Gateway) -> None:
    @app.get("/healthz")
    def healthz() -> dict[str, str]:
        return {"status": "alive"}

    @app.get("/readyz")
    async def readyz() -> JSONResponse:
        rasa, knowledge = await asyncio.gather(gateway.rasa.ready(), gateway.knowledge.ready())
        checks = {"rasa": rasa, "knowledge": knowledge}
        ready = all(checks.values())
        return JSONResponse({"ready": ready, "checks": checks}, 200 if ready else 503)
