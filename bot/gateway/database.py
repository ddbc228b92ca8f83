"""The gateway's own database: what came in and waits, where adviser's answers go, which of them have gone.

Only Slack and Teams need it. SQLite by default; GATEWAY_DATABASE_URL names a PostgreSQL that several gateways share.
Its contents live for days, so it has no migrations: a changed table gets a new name.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, MetaData, create_engine, event
from sqlalchemy.exc import SQLAlchemyError

from .errors import Unavailable

log = logging.getLogger(__name__)
metadata = MetaData()
_LOCK_WAIT_S = 5


def open_engine(url: str) -> Engine:
    """An engine; connects at first use. The folder of an SQLite file is made."""
    if not url.startswith("sqlite"):
        return create_engine(url, pool_pre_ping=True, hide_parameters=True)
    Path(url.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)
    # One connection: this process's writers stand in a line for it. SQLite itself lets some wait past every limit.
    engine = create_engine(
        url,
        pool_size=1,
        max_overflow=0,
        hide_parameters=True,
        connect_args={"timeout": _LOCK_WAIT_S, "check_same_thread": False},
    )
    event.listen(engine, "connect", _prepare_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # FULL: what has been acknowledged to Slack or Teams survives a power cut. secure_delete: erased is overwritten.
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")


def make_tables(engine: Engine) -> None:
    """Makes what is missing. Gateways that start at once may meet here: the second finds the tables made."""
    with transaction(engine) as connection:
        metadata.create_all(connection)


@contextmanager
def transaction(engine: Engine) -> Iterator[Connection]:
    """One transaction, alone among all writers. The database's own errors become Unavailable here, nowhere else."""
    try:
        with engine.begin() as connection:
            if connection.dialect.name == "sqlite":
                connection.exec_driver_sql(
                    "BEGIN IMMEDIATE"
                )  # the driver would begin at the first write, after the reads
            yield connection
    except SQLAlchemyError as error:
        log.error("gateway's database: %s", error)
        raise Unavailable from error
