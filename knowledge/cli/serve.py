"""`serve`: the HTTP process. Brings tables, corpus and index up to date first: a start is one load of the model."""

from __future__ import annotations

import logging

import uvicorn

from .. import bootstrap
from ..app import create_app
from ..settings import read_settings

NAME = "serve"
log = logging.getLogger(__name__)


def command() -> None:
    """Startar kunskapstjänsten. / Starts the knowledge process."""
    settings = read_settings()
    app = create_app(bootstrap.prepare_and_build(settings))
    uvicorn.run(app, host=settings.host, port=settings.port, log_level="warning")
