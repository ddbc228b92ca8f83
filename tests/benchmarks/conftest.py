"""A corpus of two topics, for runs of a whole measurement."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

CORPUS = Path(__file__).parents[2] / "knowledge" / "corpus"


@pytest.fixture
def small_corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "corpus"
    folder.mkdir()
    for name in ("hemresa.md", "akut-nodsituation.md", "contacts.csv", "places.csv", "regions.csv"):
        shutil.copy(CORPUS / name, folder)
    monkeypatch.setenv("KNOWLEDGE_CORPUS", str(folder))
