"""What is stored, in numbers: for whoever looks after the service."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Engine, Table, func, select, text

from .engine import transaction
from .tables import LIBRARY, conversations, documents, feedback, handovers, passages, source_checks
from .tables_inbox import inbox_items

# How many there are of each kind of retention (retention.KINDS), and since when.
_STORED = {
    "conversations": select(func.count(), func.min(conversations.c.last_at)).select_from(conversations),
    "feedback": select(func.count(), func.min(feedback.c.given_at)).select_from(feedback),
    "handovers": select(func.count(), func.min(handovers.c.asked_at)).select_from(handovers),
    "inbox": select(func.count(), func.min(inbox_items.c.changed_at)).where(~inbox_items.c.is_open),
    "source_checks": select(func.count(), func.min(source_checks.c.at)).select_from(source_checks),
}


@dataclass(frozen=True, slots=True)
class Stored:
    """`since` is the time of the oldest, in UTC."""

    count: int
    since: dt.datetime | None


@dataclass(frozen=True, slots=True)
class ServiceFacts:
    """`schema` is the number of the newest migration."""

    database: str
    schema: str
    library_documents: int
    library_passages: int
    stored: Mapping[str, Stored]


class SqlServiceFacts:
    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def read(self) -> ServiceFacts:
        with transaction(self._engine) as connection:

            def in_library(table: Table) -> int:
                counted = select(func.count()).where(table.c.collection == LIBRARY, table.c.current)
                return int(connection.execute(counted).scalar_one())

            return ServiceFacts(
                database=self._engine.dialect.name,
                schema=str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one()),
                library_documents=in_library(documents),
                library_passages=in_library(passages),
                stored={kind: Stored(*connection.execute(wanted).one()) for kind, wanted in _STORED.items()},
            )
