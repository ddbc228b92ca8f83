"""Jobs that bring the library's index up to date: noted by one process, seen by all, taken up again after a crash."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from sqlalchemy import Engine, delete, insert, select, update

from ..errors import NotFound
from ..seams import Clock
from .engine import transaction
from .tables import index_jobs
from .times import utc

WAITING, RUNNING, DONE, FAILED = "waiting", "running", "done", "failed"
_KEPT = dt.timedelta(days=30)


@dataclass(frozen=True, slots=True)
class IndexJob:
    """`done` of `total` passages are written; `total` is 0 until that is known. Times are UTC."""

    id: str
    state: str
    asked_at: dt.datetime
    ended_at: dt.datetime | None
    done: int
    total: int
    error: str


class SqlIndexJobs:
    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine, self._clock = engine, clock

    def ask(self) -> IndexJob:
        """Notes a job; a job that has ended long ago goes."""
        job = IndexJob(uuid.uuid4().hex, WAITING, self._now(), None, 0, 0, "")
        with transaction(self._engine) as connection:
            connection.execute(delete(index_jobs).where(index_jobs.c.ended_at < job.asked_at - _KEPT))
            connection.execute(insert(index_jobs).values({name: getattr(job, name) for name in IndexJob.__slots__}))
        return job

    def get(self, key: str) -> IndexJob:
        with transaction(self._engine) as connection:
            row = connection.execute(select(index_jobs).where(index_jobs.c.id == key)).one_or_none()
        if row is None:
            raise NotFound("job", key)
        return IndexJob(*row)

    def recent(self, limit: int) -> tuple[IndexJob, ...]:
        """The last ones asked for, the newest first."""
        with transaction(self._engine) as connection:
            rows = connection.execute(select(index_jobs).order_by(index_jobs.c.asked_at.desc()).limit(limit))
            return tuple(IndexJob(*row) for row in rows)

    def unfinished(self) -> tuple[str, ...]:
        """The ids, oldest first. After a crash some are still said to run."""
        with transaction(self._engine) as connection:
            wanted = select(index_jobs.c.id).where(index_jobs.c.state.in_((WAITING, RUNNING)))
            return tuple(connection.execute(wanted.order_by(index_jobs.c.asked_at)).scalars())

    def report(self, keys: tuple[str, ...], done: int, total: int) -> None:
        self._update(keys, state=RUNNING, done=done, total=total)

    def end(self, keys: tuple[str, ...], indexed: int) -> None:
        self._update(keys, state=DONE, ended_at=self._now(), done=indexed, total=indexed)

    def fail(self, keys: tuple[str, ...], error: str) -> None:
        self._update(keys, state=FAILED, ended_at=self._now(), error=error)

    def _update(self, keys: tuple[str, ...], **values: object) -> None:
        """Of those that are not ended: another process may have done the same job."""
        unended = (index_jobs.c.id.in_(keys), index_jobs.c.ended_at.is_(None))
        with transaction(self._engine) as connection:
            connection.execute(update(index_jobs).where(*unended).values(**values))

    def _now(self) -> dt.datetime:
        return utc(self._clock.now())
