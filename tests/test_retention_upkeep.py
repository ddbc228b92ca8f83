"""A service erases what is old by itself, once a day, whichever of its processes comes first."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from knowledge.clock import FixedClock
from knowledge.retention_upkeep import BY, RetentionUpkeep
from knowledge.settings import RetentionDays
from knowledge.store.audit_log import AuditFilters, SqlAuditLog
from knowledge.store.engine import migrate, open_engine, transaction
from knowledge.store.retention import SqlRetention

DAYS = RetentionDays(conversations=1, feedback=1, handovers=1, inbox=1, source_checks=1)


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = open_engine(f"sqlite:///{tmp_path / 'radgivaren.db'}")
    migrate(engine)
    yield engine
    engine.dispose()


def upkeep(engine: Engine, clock: FixedClock) -> RetentionUpkeep:
    return RetentionUpkeep(SqlRetention(engine, clock, DAYS), SqlAuditLog(engine, clock), first_after_s=0)


def test_it_runs_after_the_start_and_no_second_time_that_day(engine: Engine, clock: FixedClock) -> None:
    old = clock.now().astimezone(dt.UTC).replace(tzinfo=None) - dt.timedelta(days=2)
    with transaction(engine) as connection:
        connection.execute(text("INSERT INTO conversations VALUES ('c', 'web', :at, :at)"), {"at": old})
    log, ran = SqlAuditLog(engine, clock), AuditFilters(actor=BY, action="retention.ran")
    first, second = upkeep(engine, clock), upkeep(engine, clock)
    first.start()
    ends = time.monotonic() + 60
    while not log.count(ran) and time.monotonic() < ends:
        time.sleep(0.02)
    second.start()
    first.stop(60)
    second.stop(60)
    assert log.count(ran) == 1
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM conversations")).scalar_one() == 0


def test_a_stop_before_its_time_erases_nothing(engine: Engine, clock: FixedClock) -> None:
    waiting = RetentionUpkeep(SqlRetention(engine, clock, DAYS), SqlAuditLog(engine, clock), first_after_s=3600)
    waiting.start()
    waiting.stop(60)
    assert SqlAuditLog(engine, clock).count(AuditFilters()) == 0
