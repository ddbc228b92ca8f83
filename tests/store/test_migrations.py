"""Migrations make exactly the tables that the code speaks to, all of them or none."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, event, inspect, text

from knowledge.errors import StoreUnavailable
from knowledge.store.engine import migrate, open_engine, transaction
from knowledge.store.tables import metadata


def test_migrated_tables_are_those_of_the_code(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "render_as_batch": True})
        assert compare_metadata(context, metadata) == []
    assert set(inspect(engine).get_table_names()) == {*metadata.tables, "alembic_version"}


def test_a_second_migration_does_nothing(engine: Engine) -> None:
    with transaction(engine) as connection:
        connection.execute(text("INSERT INTO conversations VALUES ('c', 'web', '2026-01-01', '2026-01-01')"))
    migrate(engine)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM conversations")).scalar() == 1


def test_a_migration_cut_short_leaves_nothing_and_the_next_one_succeeds(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'half.db'}")
    statements: list[str] = []

    class PowerCutError(Exception):
        pass

    @event.listens_for(engine, "before_cursor_execute")
    def cut(_c: object, _cursor: object, statement: str, *_: object) -> None:
        statements.append(statement)
        if statement.lstrip().startswith("CREATE TABLE answers"):
            raise PowerCutError

    with pytest.raises(PowerCutError):
        migrate(engine)
    assert any(statement.lstrip().startswith("CREATE TABLE conversations") for statement in statements)
    assert inspect(engine).get_table_names() == []
    event.remove(engine, "before_cursor_execute", cut)
    migrate(engine)
    assert "answers" in inspect(engine).get_table_names()
    engine.dispose()


def test_a_deleted_conversation_takes_its_answers_along(engine: Engine) -> None:
    """Foreign keys are off in SQLite unless asked for: erasing a conversation must erase what was said in it."""
    with transaction(engine) as connection:
        connection.execute(text("INSERT INTO conversations VALUES ('c', 'web', '2026-01-01', '2026-01-01')"))
        connection.execute(
            text(
                "INSERT INTO answers VALUES "
                "('a', 'c', 'web', '2026-01-01', 'Fråga', NULL, 'sv', 'answered', 'Svar', '2026-01-01', 1, '[]', '')"
            )
        )
        connection.execute(text("INSERT INTO feedback VALUES ('f', 'a', 'up', '[]', '', '2026-01-01')"))
        connection.execute(text("INSERT INTO answer_citations VALUES ('a', 1, 'p', 'v', 'u', 'q')"))
        connection.execute(text("DELETE FROM conversations"))
        for table in ("answers", "feedback", "answer_citations"):
            assert connection.execute(text(f"SELECT count(*) FROM {table}")).scalar() == 0, table


def test_a_commit_survives_a_power_cut_and_readers_go_on(engine: Engine) -> None:
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2  # FULL


def test_a_database_that_is_none_is_unavailable(tmp_path: Path) -> None:
    (tmp_path / "broken.db").write_bytes(b"this is no database" * 100)
    with pytest.raises(StoreUnavailable):
        migrate(open_engine(f"sqlite:///{tmp_path / 'broken.db'}"))
    (tmp_path / "folder.db").mkdir()
    with pytest.raises(StoreUnavailable):
        migrate(open_engine(f"sqlite:///{tmp_path / 'folder.db'}"))


def test_what_was_replaced_before_versions_had_days_gets_the_day_of_its_successor(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'earlier.db'}")
    migrate(engine, "0003")
    document = "INSERT INTO documents VALUES ('a', '{}', 0, 'T', '{{}}', {}, '{} 23:30:00', 'library')"
    passage = (
        "INSERT INTO passages VALUES ('a/{}', 'v', 'a', 0, '', '', NULL, NULL, '{{}}', {}, '2026-01-01', 'library')"
    )
    with transaction(engine) as connection:
        for values in (("old", 0, "2026-01-01"), ("new", 1, "2026-02-02")):
            connection.execute(text(document.format(*values)))
        for values in ((1, 0), (2, 1)):
            connection.execute(text(passage.format(*values)))
        lone = document.replace("'a'", "'gone'").format("old", 0, "2026-01-01")
        connection.execute(text(lone.replace("'library'", "'starter'")))
    migrate(engine)
    with transaction(engine) as connection:
        versions = connection.execute(text("SELECT content_hash, id, state, replaced_at FROM documents")).all()
        passages = connection.execute(text("SELECT id, replaced_at FROM passages")).all()
    assert sorted(map(tuple, versions)) == [
        ("new", "a", "live", None),
        ("old", "a", "replaced", "2026-02-02"),
        ("old", "gone", "replaced", None),
    ]
    assert sorted(map(tuple, passages)) == [("a/1", "2026-02-02"), ("a/2", None)]
    engine.dispose()
