"""`serve`: the HTTP process. Brings tables, corpus and index up to date first: a start is one load of the model."""

from __future__ import annotations

from .. import bootstrap
from ..settings import read_settings

NAME = "serve"


def command() -> None:
    """Startar kunskapstjänsten. / Starts the knowledge process."""
    # Here, since no other command needs them: a fourth of the time that any of them takes to start.
    import uvicorn

    from ..app import create_app

    settings = read_settings()
    app = create_app(bootstrap.prepare_and_build(settings))
    uvicorn.run(app, host=settings.host, port=settings.port, log_level="warning")
