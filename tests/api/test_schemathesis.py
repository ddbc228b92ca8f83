"""Requests of every shape, made from the OpenAPI description itself: none ends in a fault, every reply is as declared."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis import Case
from schemathesis.config import GenerationConfig, ProjectConfig, ProjectsConfig, SchemathesisConfig
from schemathesis.schemas import BaseSchema

from knowledge.app import create_app
from knowledge.bootstrap import Knowledge

EXAMPLES = 12  # of each route, beside the edge cases that schemathesis makes of each field
SEED = 20261127


@pytest.fixture(scope="module")
def description(build_knowledge: Callable[..., Knowledge], tmp_path_factory: pytest.TempPathFactory) -> BaseSchema:
    built = build_knowledge(tmp_path_factory.mktemp("shapes"))
    generation = GenerationConfig(max_examples=EXAMPLES, deterministic=True, database="none")
    projects = ProjectsConfig(default=ProjectConfig(generation=generation))
    return schemathesis.openapi.from_asgi("/openapi.json", create_app(built), config=SchemathesisConfig(seed=SEED, projects=projects))


schema = schemathesis.pytest.from_fixture("description")


@schema.parametrize()
@settings(deadline=None, suppress_health_check=list(HealthCheck))
def test_no_request_ends_in_a_fault(case: Case) -> None:
    case.call_and_validate()
