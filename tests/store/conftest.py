"""An empty database of its own for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from knowledge.store.engine import migrate, open_engine


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "store" / "radgivaren.db"


@pytest.fixture
def engine(database: Path) -> Iterator[Engine]:
    engine = open_engine(f"sqlite:///{database}")
    migrate(engine)
    yield engine
    engine.dispose()
