"""Whatever the gateway's description allows to be asked, and much that it does not: no fault, replies as declared."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi import FastAPI

from bot.gateway.app import create_app
from bot.gateway.settings import read_settings
from tests.described_routes import Told, ask_everything, described

from .conftest import KNOWLEDGE_TOKEN, Neighbours, settings_of_tests

EXAMPLES = 25
SLACK = {f"SLACK_{name}": "s" for name in ("SIGNING_SECRET", "CLIENT_ID", "CLIENT_SECRET", "ALLOWED_TEAMS")}
TEAMS = {f"TEAMS_{name}": "t" for name in ("CLIENT_ID", "CLIENT_SECRET", "TENANT_ID")}
ROUTES = {
    "POST /channels/web/messages",
    "POST /channels/web/feedback",
    "POST /channels/web/handovers",
    "POST /channels/web/replies",
    "POST /channels/previews",
    "POST /channels/slack/events",
    "GET /channels/slack/install",
    "GET /channels/slack/oauth_redirect",
    "POST /channels/teams/messages",
    "GET /healthz",
    "GET /readyz",
}


@pytest.fixture(scope="module")
def app(neighbours: Neighbours, tmp_path_factory: pytest.TempPathFactory) -> FastAPI:
    """With every channel there is."""
    neighbours.rasa.reset()
    neighbours.knowledge.reset()
    environment = settings_of_tests(neighbours, tmp_path_factory.mktemp("described"), **SLACK, **TEAMS)
    with pytest.MonkeyPatch.context() as patch:
        for name, value in environment.items():
            patch.setenv(name, value)
        return create_app(read_settings())


@pytest.fixture(scope="module")
def told(app: FastAPI) -> Iterator[Told]:
    with described(app, EXAMPLES, {"Authorization": f"Bearer {KNOWLEDGE_TOKEN}"}) as schema:
        yield ask_everything(schema)


def test_every_reply_is_as_described_and_none_is_a_fault(told: Told) -> None:
    assert not told.faults, "\n\n".join(told.faults)
    assert max(status for statuses in told.statuses.values() for status in statuses) < 500


def test_every_route_was_asked_well_and_badly(told: Told) -> None:
    """So that the test above is no empty one."""
    assert set(told.statuses) == ROUTES
    assert all(statuses.total() > 8 for statuses in told.statuses.values())
    for route in ("POST /channels/web/messages", "POST /channels/web/handovers", "POST /channels/previews"):
        assert any(status < 300 for status in told.statuses[route]), route
        assert told.statuses[route][400], route
