"""Requests of every shape, made by schemathesis from an app's own OpenAPI description, in the test's process.

Its engine is used as its command line uses it: its pytest plugin does not work with pytest 9.2.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from fastapi import FastAPI
from schemathesis import engine, openapi
from schemathesis.config import ChecksConfig, GenerationConfig, ProjectConfig, ProjectsConfig, SchemathesisConfig
from schemathesis.config._checks import NegativeDataRejectionConfig, PositiveDataAcceptanceConfig, SimpleCheckConfig
from schemathesis.engine.events import EngineFinished, FatalError, NonFatalError, ScenarioFinished
from schemathesis.engine.recorder import ScenarioRecorder
from schemathesis.python.asgi import shutdown_lifespans
from schemathesis.schemas import BaseSchema

SEED = 20261127


@dataclass(slots=True)
class Told:
    """What came of the requests: the statuses of each route, and what is not as described."""

    statuses: dict[str, Counter[int]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def note(self, scenario: ScenarioRecorder) -> None:
        replies = [one.response for one in scenario.interactions.values() if one.response is not None]
        self.statuses.setdefault(scenario.label, Counter()).update(reply.status_code for reply in replies)
        for checks in scenario.checks.values():
            for failed in filter(None, (check.failure_info for check in checks)):
                shown = (failed.failure.title, failed.failure.message, failed.code_sample)
                self.faults.append("\n".join((scenario.label, *shown)))


@contextmanager
def described(app: FastAPI, examples: int, headers: dict[str, str] | None = None) -> Iterator[BaseSchema]:
    """The app as it describes itself, running. `examples` of each route, beside the edge cases of each field."""
    project = ProjectConfig(
        headers=headers,
        max_redirects=0,
        checks=ChecksConfig(
            # Ours is more than a field's type: a contact where one is needed, a question with a word in it.
            positive_data_acceptance=PositiveDataAcceptanceConfig(enabled=False),
            # "10" is taken for 10.
            negative_data_rejection=NegativeDataRejectionConfig(enabled=False),
            # Starlette names the methods of the first route at an address, where two share it.
            allow_header_conformance=SimpleCheckConfig(enabled=False),
        ),
        generation=GenerationConfig(max_examples=examples, deterministic=True, database="none"),
    )
    project.phases.stateful.enabled = False
    config = SchemathesisConfig(seed=SEED, projects=ProjectsConfig(default=project))
    try:
        yield openapi.from_asgi("/openapi.json", app, config=config)
    finally:
        shutdown_lifespans()


def ask_everything(schema: BaseSchema) -> Told:
    told = Told()
    for event in engine.from_schema(schema).execute():
        if isinstance(event, FatalError):
            raise event.exception
        if isinstance(event, NonFatalError):
            told.faults.append(f"{event.label}\n{event.info}")
        if isinstance(event, ScenarioFinished):
            told.note(event.recorder)
        if isinstance(event, EngineFinished):
            assert event.stop_reason == engine.StopReason.COMPLETED
    return told
