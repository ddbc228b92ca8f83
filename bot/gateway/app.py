"""The gateway process. `create_app` is uvicorn's factory."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware
from fastapi.responses import FileResponse, JSONResponse
from fastapi.staticfiles import StaticFiles

from . import bootstrap, failures
from .background import Background
from .channels.port import BuildChannel
from .channels.previews import channel as previews
from .channels.slack import channel as slack
from .channels.teams import build as teams
from .channels.web import channel as web
from .headers import BodyLimit, SecurityHeaders, content_security_policy
from .pace import Pace
from .settings import Settings, read_settings

WIDGET = Path(__file__).parent / "widget"


# The channels with durable work (channels/port.py). One without settings builds None, and its addresses are 404.
CHANNELS: tuple[BuildChannel, ...] = (slack.build, teams.build)


def create_app(
    settings: Settings | None = None, channels: Sequence[BuildChannel] = CHANNELS, pace: Pace | None = None
) -> FastAPI:
    """The app; reads the environment where no settings are handed in."""
    gateway = bootstrap.build(settings or read_settings(), pace)
    background = Background(gateway, [channel for build in channels if (channel := build(gateway))])

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        await background.start()
        yield
        await background.stop()
        await gateway.close()

    # No /docs: its page loads scripts from elsewhere.
    app = FastAPI(
        title="Rådgivaren gateway",
        version="1",
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        responses=failures.DECLARED,
    )
    app.state.gateway = gateway
    app.include_router(web.router)
    app.include_router(previews.router)
    for channel in background.channels:
        app.include_router(channel.router)
    failures.install(app, gateway.texts)
    _health(app, gateway)

    _pages(app, content_security_policy(gateway.settings.origins))
    app.mount("/widget", StaticFiles(directory=WIDGET), name="widget")
    _around(app, gateway.settings.origins)
    return app


def _around(app: FastAPI, origins: Sequence[str]) -> None:
    """What stands around every request, the innermost first."""
    app.add_middleware(BodyLimit)
    if origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=list(origins),
            allow_methods=["GET", "POST"],
            allow_headers=["content-type"],
            expose_headers=["Retry-After"],
        )
    app.add_middleware(SecurityHeaders)


def _pages(app: FastAPI, policy_in_a_frame: str) -> None:
    @app.get("/", include_in_schema=False)
    def demo() -> FileResponse:
        return FileResponse(WIDGET / "index.html")

    @app.get("/embed", include_in_schema=False)
    def embed() -> FileResponse:
        """For a frame on the pages that WEB_ORIGINS names: where a site lets in no script of others."""
        return FileResponse(WIDGET / "embed.html", headers={"content-security-policy": policy_in_a_frame})


def _health(app: FastAPI, gateway: bootstrap.Gateway) -> None:
    @app.get("/healthz")
    def healthz() -> dict[str, str]:
        return {"status": "alive"}

    @app.get("/readyz", responses={503: {"description": "It cannot do its job now."}})
    async def readyz() -> JSONResponse:
        rasa, knowledge = await asyncio.gather(gateway.rasa.ready(), gateway.knowledge.ready())
        checks = {"rasa": rasa, "knowledge": knowledge}
        ready = all(checks.values())
        return JSONResponse({"ready": ready, "checks": checks}, 200 if ready else 503)
