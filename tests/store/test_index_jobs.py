"""Jobs of the index: noted, reported on, ended once."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import Engine

from knowledge.clock import FixedClock
from knowledge.errors import NotFound
from knowledge.store.index_jobs import SqlIndexJobs

START = dt.datetime(2026, 3, 1, 12, 0, tzinfo=dt.UTC)


def jobs_at(engine: Engine, minutes: float = 0) -> SqlIndexJobs:
    return SqlIndexJobs(engine, FixedClock(START + dt.timedelta(minutes=minutes)))


def test_a_job_goes_from_waiting_to_done(engine: Engine) -> None:
    job = jobs_at(engine).ask()
    assert (job.state, job.asked_at, job.ended_at) == ("waiting", dt.datetime(2026, 3, 1, 12, 0), None)
    other = jobs_at(engine, 1).ask()
    assert jobs_at(engine).unfinished() == (job.id, other.id)
    jobs_at(engine, 2).report((job.id,), 5, 20)
    assert jobs_at(engine).get(job.id).state == "running"
    assert (jobs_at(engine).get(job.id).done, jobs_at(engine).get(job.id).total) == (5, 20)
    jobs_at(engine, 3).end((job.id, other.id), 20)
    ended = jobs_at(engine).get(job.id)
    assert (ended.state, ended.done, ended.total) == ("done", 20, 20)
    assert ended.ended_at == dt.datetime(2026, 3, 1, 12, 3)
    assert jobs_at(engine).unfinished() == ()


def test_what_has_ended_does_not_run_again(engine: Engine) -> None:
    """Two processes may do the same job."""
    job = jobs_at(engine).ask()
    jobs_at(engine, 1).end((job.id,), 3)
    jobs_at(engine, 2).report((job.id,), 1, 3)
    jobs_at(engine, 2).fail((job.id,), "OSError")
    assert jobs_at(engine).get(job.id).state == "done"


def test_a_failed_job_says_why(engine: Engine) -> None:
    job = jobs_at(engine).ask()
    jobs_at(engine).fail((job.id,), "OSError")
    failed = jobs_at(engine).get(job.id)
    assert (failed.state, failed.error) == ("failed", "OSError")


def test_an_unknown_job_is_not_found_and_old_ones_go(engine: Engine) -> None:
    job = jobs_at(engine).ask()
    jobs_at(engine).end((job.id,), 0)
    jobs_at(engine, 29 * 24 * 60).ask()
    assert jobs_at(engine).get(job.id)
    jobs_at(engine, 31 * 24 * 60).ask()
    with pytest.raises(NotFound):
        jobs_at(engine).get(job.id)
