"""Payloads in the shape in which Slack sends them, one a file, with ids of our own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from tests.sims.slack.traffic import FORM, JSON, Delivery, interaction

FOLDER = Path(__file__).parent / "payloads"
NAMES = sorted(file.stem for file in FOLDER.glob("*.json"))


def payload(name: str) -> dict[str, Any]:
    body: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return body


def recorded(name: str, **changes: Any) -> Delivery:
    """The request that carries it: JSON for events, a form for commands and interactions."""
    body = payload(name) | changes
    if "command" in body:
        return Delivery(urlencode(body).encode(), FORM)
    if body["type"] in ("event_callback", "url_verification"):
        return Delivery(json.dumps(body).encode(), JSON)
    return interaction(body)
