"""An intranet page with a strict policy, of another origin than the gateway's, and styles that touch everything."""

from __future__ import annotations

from fastapi import FastAPI
from fastapi.responses import HTMLResponse, Response

# What a grown intranet may have; nothing of it may reach into the widget.
STYLES = "* { font: 9px cursive !important } button { display: none !important } iframe { border: 0 }"
PAGE = """<!doctype html>
<html lang="sv">
<head><meta charset="utf-8"><title>Intranätet</title><link rel="stylesheet" href="/styles.css"></head>
<body><h1>Intranätet</h1><p>Välkommen.</p>
{snippet}
</body>
</html>"""


class Intranet:
    """Serves one page: a snippet under a content security policy."""

    def __init__(self) -> None:
        self.snippet = self.policy = ""

    def app(self) -> FastAPI:
        app = FastAPI()

        @app.get("/")
        def page() -> Response:
            return HTMLResponse(PAGE.format(snippet=self.snippet), headers={"content-security-policy": self.policy})

        @app.get("/styles.css")
        def styles() -> Response:
            return Response(STYLES, media_type="text/css")

        return app
