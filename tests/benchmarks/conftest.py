"""A corpus of two topics, for runs of a whole measurement."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

CORPUS = Path(__file__).parents[2] / "knowledge" / "corpus"


@pytest.fixture
def small_corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "corpus"
    (folder / "phrasings").mkdir(parents=True)
    topics = [name for slug in ("hemresa", "akut-nodsituation") for name in (f"{slug}.md", f"phrasings/{slug}.yml")]
    for name in (*topics, "contacts.csv", "places.csv", "regions.csv"):
        shutil.copy(CORPUS / name, folder / name)
    monkeypatch.setenv("KNOWLEDGE_CORPUS", str(folder))
