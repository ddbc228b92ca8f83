"""The page: what stands in the conversations, and what the person in front of it writes and presses."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from fastapi import FastAPI
from fastapi.responses import FileResponse, JSONResponse
from fastapi.staticfiles import StaticFiles
from pydantic import BaseModel

from .bot_connector import BotConnector
from .person import BY_NAME, PLACES, Person

PAGE = Path(__file__).parent / "page"


class Written(BaseModel):
    place: str
    text: str
    locale: str


class Pressed(BaseModel):
    place: str
    message_id: str
    action: dict[str, Any]
    locale: str


def page_app(person: Person, connector: BotConnector, libraries: Path) -> FastAPI:
    """`libraries` is the folder with the npm packages adaptivecards and markdown-it."""
    app = FastAPI()

    @app.get("/")
    def index() -> FileResponse:
        return FileResponse(PAGE / "index.html")

    @app.get("/conversations")
    def conversations() -> list[dict[str, Any]]:
        return [
            {
                "name": place.name,
                "title": place.title,
                "mention": place.mention,
                "messages": [
                    {"id": one.id, "by_bot": one.by_bot, "changed": one.changed, "activity": one.activity}
                    for one in connector.in_conversation(place.conversation_id)
                ],
            }
            for place in PLACES
        ]

    @app.post("/writes")
    def writes(body: Written) -> JSONResponse:
        return _told(person.writes(BY_NAME[body.place], body.text, body.locale))

    @app.post("/presses")
    def presses(body: Pressed) -> JSONResponse:
        return _told(person.presses(BY_NAME[body.place], body.message_id, body.action, body.locale))

    app.mount("/libraries", StaticFiles(directory=libraries))
    app.mount("/page", StaticFiles(directory=PAGE))
    return app


def _told(response: Any) -> JSONResponse:
    """How the gateway took it: the page shows a refusal, and the reply to a press."""
    body = response.json() if response.content else None
    return JSONResponse({"status": response.status_code, "body": body})
