"""The database connection: SQLite by default, PostgreSQL where DATABASE_URL says so."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, create_engine, event, func, select
from sqlalchemy.exc import SQLAlchemyError

from ..errors import StoreUnavailable

_MIGRATIONS = Path(__file__).parent / "migrations"
_LOCK_WAIT_S = 5
_LIBRARY_LOCK = 4_517_001  # PostgreSQL's advisory lock of who changes the library


def open_engine(url: str) -> Engine:
    """An engine; connects at first use. The folder of an SQLite file is made, or StoreUnavailable raised."""
    if not url.startswith("sqlite"):
        engine = create_engine(url, pool_pre_ping=True, hide_parameters=True)
        event.listen(engine, "before_cursor_execute", _without_nul, retval=True)
        return engine
    if path := url.removeprefix("sqlite:///"):
        try:
            Path(path).parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreUnavailable(f"the folder of {path} cannot be made: {error}") from error
    # hide_parameters: an error's text goes to the log, and what was asked must not.
    engine = create_engine(
        url, hide_parameters=True, connect_args={"timeout": _LOCK_WAIT_S, "check_same_thread": False}
    )
    event.listen(engine, "connect", _prepare_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # WAL lets readers go on while one writes; FULL makes a commit survive a power cut, not only a crash.
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")
    # SQLite's own knows A to Z only: a search for "överklagan" must find "Överklagan".
    connection.create_function("lower", 1, _lower, deterministic=True)


def _without_nul(
    _connection: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, executemany: bool
) -> tuple[str, Any]:
    """PostgreSQL takes no NUL in a text, and refused the whole question, form or address that held one."""
    rows = parameters if executemany else [parameters]
    clean = [{name: _bare(value) for name, value in row.items()} if isinstance(row, dict) else row for row in rows]
    return statement, clean if executemany else clean[0]


def _bare(value: object) -> object:
    return value.replace("\0", "") if isinstance(value, str) else value


def _lower(value: object) -> object:
    return value.lower() if isinstance(value, str) else value


def migrate(engine: Engine, to: str = "head") -> None:
    """Brings the tables up to date, all of them or none. Does nothing where they are."""
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    with transaction(engine) as connection:
        if engine.dialect.name == "sqlite":
            # Python's driver begins at the first INSERT only: tables made before a crash would stay, half of them.
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        config.attributes["connection"] = connection
        command.upgrade(config, to)


@contextmanager
def transaction(engine: Engine) -> Iterator[Connection]:
    """One transaction: all of it or nothing. The database's own errors become StoreUnavailable here, nowhere else."""
    try:
        with engine.begin() as connection:
            yield connection
    except SQLAlchemyError as error:
        raise StoreUnavailable(str(error)) from error


@contextmanager
def library_transaction(engine: Engine) -> Iterator[Connection]:
    """A transaction that reads what is there and then changes it: alone among all who do so, in every process."""
    with transaction(engine) as connection:
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("BEGIN IMMEDIATE")  # the driver would begin at the first write, after the reads
        else:
            connection.execute(select(func.pg_advisory_xact_lock(_LIBRARY_LOCK)))
        yield connection
