"""kill -9 while answers are being approved: each is approved or not, never half, and the audit log tells the same."""

from __future__ import annotations

import datetime as dt
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import Engine

from knowledge.clock import SystemClock
from knowledge.refinement import transitions
from knowledge.refinement.datatypes import Content, RefinedCitation, State, Wording
from knowledge.store.engine import migrate, open_engine
from knowledge.store.refined import SqlRefinedStore

from .conftest import EVA

KILLS, WAITING = 20, 800
REPOSITORY = Path(__file__).parents[2]
pytestmark = pytest.mark.timeout(600)


def test_an_approval_that_is_killed_is_whole_or_not_at_all(tmp_path: Path) -> None:
    url, clock = f"sqlite:///{tmp_path / 'radgivaren.db'}", SystemClock()
    engine = open_engine(url)
    migrate(engine)
    store = SqlRefinedStore(engine, clock)
    for number in range(WAITING):
        content = Content(
            (Wording("sv", f"Fråga {number}?", "Svar [1]."),),
            (RefinedCitation("a/b", "v1", "https://kommun.example/", "Ord."),),
            next_review=dt.date(2030, 1, 1),
        )
        store.add(transitions.submitted(transitions.begun(f"r{number:04}", content, EVA, clock.now())), EVA, "drafted")
    chance = random.Random(11)
    killed_at_work = 0
    for _ in range(KILLS):
        before = store.version()
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.refinement.approving", url],
            cwd=REPOSITORY,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdout is not None and process.stdout.readline() == "ready\n"
        time.sleep(chance.uniform(0.0, 0.15))
        killed_at_work += process.poll() is None
        process.kill()
        process.communicate()
        _check(store, engine)
        assert store.version() >= before
    assert killed_at_work == KILLS  # none had run out of work: each was killed in the midst of it
    assert 0 < store.version() < WAITING
    engine.dispose()


def _check(store: SqlRefinedStore, engine: Engine) -> None:
    """The versions, the list, what is live and the audit log tell the same."""
    with engine.connect() as connection:
        rows = connection.exec_driver_sql(
            "SELECT a.id, a.state AS listed, a.live_version, v.state, v.decided_by FROM refined_answers a"
            " JOIN refined_versions v ON v.answer_id = a.id"
        ).all()
        told = connection.exec_driver_sql("SELECT subject FROM audit_log WHERE action = 'refined.approved'").scalars()
        approved = {row.id for row in rows if row.state == State.APPROVED.value}
        assert sorted(told) == sorted(approved)
    assert len(rows) == WAITING
    for row in rows:
        assert row.listed == row.state in (State.REVIEW.value, State.APPROVED.value)
        assert (row.live_version is not None) is (row.decided_by is not None) is (row.id in approved)
    assert {key for key, live in store.since(0).items() if live} == approved
