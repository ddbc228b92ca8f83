"""`serve`: the HTTP process. Brings tables, corpus and index up to date first: a start is one load of the model."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

from .. import bootstrap
from ..settings import Settings, read_settings
from .logs import log_to_stderr

if TYPE_CHECKING:
    from fastapi import FastAPI

NAME = "serve"
_ANSWERS_WITHIN_S = 60  # a worker that does not say for so long that it lives is started anew; loading takes seconds


def command() -> None:
    """Startar kunskapstjänsten. / Starts the knowledge process."""
    # Here, since no other command needs them: a fourth of the time that any of them takes to start.
    import uvicorn

    from ..app import create_app

    settings = read_settings()
    if settings.workers > 1:
        _serve_by_workers(settings)
        return
    app = create_app(bootstrap.prepare_and_build(settings))
    uvicorn.run(app, host=settings.host, port=settings.port, log_level="warning")


def _serve_by_workers(settings: Settings) -> None:
    """This process prepares and keeps the others alive; they share the port and the database."""
    import uvicorn

    # In a process of its own, so that the model is not kept by one that answers nothing.
    prepared = subprocess.run([sys.executable, "-m", "knowledge", "prepare"], check=False)
    if prepared.returncode:
        raise SystemExit(prepared.returncode)
    uvicorn.run(
        f"{__name__}:worker",
        factory=True,
        workers=settings.workers,
        host=settings.host,
        port=settings.port,
        log_level="warning",
        timeout_worker_healthcheck=_ANSWERS_WITHIN_S,
    )


def worker() -> FastAPI:
    """The app of one of several processes: uvicorn's factory."""
    from ..app import create_app

    log_to_stderr()
    threading.Thread(target=_end_with_parent, name="parent", daemon=True).start()
    return create_app()


def _end_with_parent() -> None:
    """Where the parent was killed nobody else would end its workers, and they would keep the port."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)
