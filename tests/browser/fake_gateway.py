"""A gateway of canned answers: the widget's real files and the real content security policy, and nothing behind them.

What comes back depends on a word in the question (canned.REPLIES). `python -m tests.browser.fake_gateway` serves it.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import FileResponse, JSONResponse, Response
from fastapi.staticfiles import StaticFiles

from . import canned

WIDGET = Path(__file__).parents[2] / "bot" / "gateway" / "widget"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src 'self' data:; base-uri 'none'; form-action 'none'"
)
SLOW_S = 1.2


class Ledger:
    """What the widget sent, and the faults that a test has ordered for the next requests."""

    def __init__(self) -> None:
        self.messages: list[dict[str, Any]] = []
        self.feedback: list[dict[str, Any]] = []
        self.handovers: list[dict[str, Any]] = []
        self.replies: list[dict[str, Any]] = []
        self.looks: list[dict[str, Any]] = []
        self.faults: list[tuple[int, dict[str, str]]] = []
        self.conversations = 0

    def clear(self) -> None:
        self.__init__()  # type: ignore[misc]

    def next_fault(self) -> Response | None:
        if not self.faults:
            return None
        status, headers = self.faults.pop(0)
        code = {404: "unknown_conversation", 429: "rate_limited", 503: "unavailable", 504: "timeout"}[status]
        error = {"code": code, "text": "Försök igen.", "text_en": "Try again."}
        return JSONResponse({"error": error}, status_code=status, headers=headers)


def create_app(ledger: Ledger) -> FastAPI:
    """The widget, its demo page and the calls of the web channel."""
    app = FastAPI()
    _pages(app)
    _channel(app, ledger)
    return app


def _pages(app: FastAPI) -> None:
    @app.middleware("http")
    async def with_policy(request: Request, call_next: Any) -> Response:
        response: Response = await call_next(request)
        response.headers["Content-Security-Policy"] = POLICY
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response

    @app.get("/")
    def demo_page() -> FileResponse:
        return FileResponse(WIDGET / "index.html")

    app.mount("/widget", StaticFiles(directory=WIDGET), name="widget")


def _channel(app: FastAPI, ledger: Ledger) -> None:
    @app.post("/channels/web/messages")
    def message(body: dict[str, Any]) -> Response:
        ledger.messages.append(body)
        if fault := ledger.next_fault():
            return fault
        if "långsamt" in body["text"]:
            time.sleep(SLOW_S)
        if not body.get("conversation_id"):
            ledger.conversations += 1
        conversation_id = body.get("conversation_id") or f"conversation-{ledger.conversations}"
        return JSONResponse({"conversation_id": conversation_id, "messages": canned.reply(body["text"])})

    @app.post("/channels/web/feedback", status_code=201)
    def feedback(body: dict[str, Any]) -> Response:
        if fault := ledger.next_fault():
            return fault
        ledger.feedback.append(body)
        return JSONResponse({"feedback_id": "f-1"}, status_code=201)

    @app.post("/channels/web/handovers", status_code=201)
    def handover(body: dict[str, Any]) -> Response:
        if fault := ledger.next_fault():
            return fault
        ledger.handovers.append(body)
        return JSONResponse({"reference": "R-2026-0042"}, status_code=201)

    _replies(app, ledger)


def _replies(app: FastAPI, ledger: Ledger) -> None:
    @app.post("/channels/web/replies")
    def replies(body: dict[str, Any]) -> Response:
        ledger.looks.append(body)
        if fault := ledger.next_fault():
            return fault
        return JSONResponse({"replies": [one for one in ledger.replies if one["n"] > body["after"]]})


if __name__ == "__main__":
    import uvicorn

    uvicorn.run(create_app(Ledger()), port=8090)
