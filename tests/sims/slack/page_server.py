"""The page of the simulator: one sees what a member of the workspace sees, and acts as that member."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from fastapi import FastAPI
from fastapi.responses import FileResponse
from fastapi.staticfiles import StaticFiles
from pydantic import BaseModel

from .person import Person
from .workspace import Workspace

PAGE = Path(__file__).parent / "page"


class Act(BaseModel):
    """What the person did. Each kind of act uses some of the fields."""

    user: str
    kind: str
    channel: str = ""
    ts: str = ""
    text: str = ""
    thread: str = ""
    action_id: str = ""
    value: str = ""
    entered: dict[str, Any] = {}


def page_app(people: dict[str, Person], workspace: Workspace) -> FastAPI:
    app = FastAPI()
    acts = _Acts(people, workspace)

    @app.get("/")
    def page() -> FileResponse:
        return FileResponse(PAGE / "index.html")

    @app.get("/state")
    def state(user: str) -> dict[str, Any]:
        return _seen_by(user, workspace)

    @app.post("/acts")
    def act(body: Act) -> Any:
        return getattr(acts, body.kind)(people[body.user], body)

    app.mount("/", StaticFiles(directory=PAGE))
    return app


def _seen_by(user: str, workspace: Workspace) -> dict[str, Any]:
    with workspace.lock:
        own = workspace.members[user].im
        shown = [channel for channel in workspace.channels.values() if channel.id == own or channel.id.startswith("C")]
        return {
            "members": {member.id: member.name for member in workspace.members.values()},
            "channels": [
                {
                    "id": channel.id,
                    "name": "Rådgivaren" if channel.id == own else f"#{channel.name}",
                    "messages": [m for m in channel.messages if not m.get("is_ephemeral") or m["seen_by"] == user],
                }
                for channel in shown
            ],
            "home": workspace.homes.get(user),
            "view": workspace.views.get(user),
        }


class _Acts:
    """One method a kind of act."""

    def __init__(self, people: dict[str, Person], workspace: Workspace) -> None:
        self._people, self._workspace = people, workspace

    def say(self, person: Person, act: Act) -> None:
        if act.text.startswith("/radgivaren"):
            person.commands(act.text.removeprefix("/radgivaren").strip(), act.channel)
        else:
            person.says(act.text, act.channel, thread=act.thread)

    def press(self, person: Person, act: Act) -> None:
        person.presses(act.channel, self._workspace.find(act.channel, act.ts), act.action_id)

    def shortcut(self, person: Person, act: Act) -> None:
        person.asks_about(act.channel, self._workspace.find(act.channel, act.ts))

    def home(self, person: Person, _act: Act) -> None:
        person.opens_home()

    def home_press(self, person: Person, act: Act) -> None:
        person.presses_at_home(act.action_id)

    def home_choose(self, person: Person, act: Act) -> None:
        person.chooses_at_home(act.action_id, act.value)

    def submit(self, person: Person, act: Act) -> Any:
        response = person.submits(**act.entered)
        return response.json() if response.content else {}

    def close(self, person: Person, _act: Act) -> None:
        self._workspace.views.pop(person.member.id, None)
