"""Whatever the API's description allows to be asked, and much that it does not: no fault, every reply as declared."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from knowledge.app import create_app
from knowledge.bootstrap import Knowledge
from tests.described_routes import Told, ask_everything, described

EXAMPLES = 12
ROUTES = 16


@pytest.fixture(scope="module")
def told(build_knowledge: Callable[..., Knowledge], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Told]:
    app = create_app(build_knowledge(tmp_path_factory.mktemp("described")))
    with described(app, EXAMPLES) as schema:
        yield ask_everything(schema)


def test_every_reply_is_as_described_and_none_is_a_fault(told: Told) -> None:
    assert not told.faults, "\n\n".join(told.faults)
    assert max(status for statuses in told.statuses.values() for status in statuses) < 500


def test_every_route_was_asked_well_and_badly(told: Told) -> None:
    """So that the test above is no empty one."""
    assert len(told.statuses) == ROUTES
    assert all(statuses.total() > 8 for statuses in told.statuses.values())
    for route in ("POST /api/answers", "POST /api/search", "POST /api/handovers", "GET /api/documents"):
        assert any(status < 300 for status in told.statuses[route]), route
        assert told.statuses[route][422], route
