"""PostgreSQL takes no NUL in a text: what holds one is kept without it, and looked for without it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Column, Engine, MetaData, String, Table, insert, select

from knowledge.store.engine import open_engine, transaction
from tests.gateway.postgres import can_run, running

pytestmark = pytest.mark.skipif(not can_run(), reason="PostgreSQL is not installed")
notes = Table("notes", MetaData(), Column("text", String(40)))


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    with running() as url:
        engine = open_engine(url)
        notes.create(engine)
        yield engine
        engine.dispose()


def test_a_nul_is_left_out(engine: Engine) -> None:
    with transaction(engine) as connection:
        connection.execute(insert(notes).values(text="får\0 hon"))
        connection.execute(insert(notes), [{"text": "\0"}, {"text": "två\0"}])
        found = connection.execute(select(notes.c.text).where(notes.c.text.in_(["får\0 hon", "två", "\0"]))).scalars()
        assert sorted(found) == ["", "får hon", "två"]
