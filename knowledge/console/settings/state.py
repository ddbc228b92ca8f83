"""The state of the service in a few facts, without a secret among them."""

from __future__ import annotations

import datetime as dt
import platform
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...bootstrap import library_folder
from ...retrieval import publication
from ...store.service_facts import ServiceFacts

if TYPE_CHECKING:
    from ...bootstrap import Knowledge

_DATABASES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


@dataclass(frozen=True, slots=True)
class ServiceState:
    """`starter` and `library` are the generations of the indexes that serve; empty where there is none."""

    encoder: str
    reranker: str
    starter: str
    library: str
    documents: int
    passages: int
    facts: ServiceFacts
    days: Mapping[str, int]
    last_retention: dt.datetime | None
    python: str
    question_limit: int

    @property
    def database(self) -> str:
        return _DATABASES.get(self.facts.database, self.facts.database)


def service_state(knowledge: Knowledge) -> ServiceState:
    documents = tuple(knowledge.documents.values())
    return ServiceState(
        encoder=knowledge.settings.encoder,
        reranker=knowledge.settings.reranker,
        starter=knowledge.retriever.generation or "",
        library=publication.current_name(library_folder(knowledge.settings)) or "",
        documents=len(documents),
        passages=sum(len(document.passages) for document in documents),
        facts=knowledge.service_facts.read(),
        days=knowledge.retention.days,
        last_retention=knowledge.retention.last_run(),
        python=platform.python_version(),
        question_limit=knowledge.settings.question_limit,
    )
