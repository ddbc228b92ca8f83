"""What Teams sends: recorded activities (recorded/), addressed to a bot on this machine and signed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import httpx

from bot.gateway.settings import TeamsSettings

from .bot_connector import PREFIX
from .identity import Identity

RECORDED = Path(__file__).parent / "recorded"
TENANT = "11111111-2222-4333-8444-555555555555"
CLIENT_ID = "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee"
SETTINGS = {"TEAMS_CLIENT_ID": CLIENT_ID, "TEAMS_CLIENT_SECRET": "secret-of-the-bot", "TEAMS_TENANT_ID": TENANT}
TEAMS = TeamsSettings(CLIENT_ID, SETTINGS["TEAMS_CLIENT_SECRET"], TENANT)
Activity = dict[str, Any]


def recorded(name: str, **changes: Any) -> Activity:
    """A recorded activity; `changes` replace its top-level fields, `None` takes one away. `from_` is `from`."""
    activity: Activity = json.loads((RECORDED / f"{name}.json").read_text(encoding="utf-8"))
    activity |= {key.rstrip("_"): value for key, value in changes.items()}
    return {key: value for key, value in activity.items() if value is not None}


class Teams:
    """Posts to a gateway as Microsoft does. `service_url` is where the fake connector listens."""

    def __init__(self, gateway_url: str, connector_url: str, identity: Identity) -> None:
        self.http = httpx.Client(base_url=gateway_url, timeout=30)
        self.service_url, self.identity = f"{connector_url}{PREFIX}/", identity

    def token(self, **claims: Any) -> str:
        return self.identity.token(CLIENT_ID, self.service_url, **claims)

    def send(self, activity: Activity, *, token: str | None = None) -> httpx.Response:
        """The gateway's reply to the activity, which is addressed to come from our connector."""
        return self.post(activity | {"serviceUrl": self.service_url}, token=self.token() if token is None else token)

    def post(self, activity: Activity | str | bytes, *, token: str) -> httpx.Response:
        """Nothing is changed or added but the token; empty: none."""
        content = activity if isinstance(activity, (str, bytes)) else json.dumps(activity)
        headers = {"content-type": "application/json; charset=utf-8"}
        if token:
            headers["authorization"] = f"Bearer {token}"
        return self.http.post("/channels/teams/messages", content=content, headers=headers)
