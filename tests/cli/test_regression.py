"""`regression`, whole: what it says, and its exit status."""

from __future__ import annotations

import datetime as dt
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from knowledge import bootstrap
from knowledge.bootstrap import Knowledge
from knowledge.cli import app
from knowledge.refinement.datatypes import Content, Person, RefinedCitation, Wording
from knowledge.settings import PACKAGE, read_settings

EVA, ALI = Person("eva", "Eva Editor"), Person("ali", "Ali Approver")
QUESTION, DOCUMENT = "Betalar kommunen bussen hem?", "hemresa"


@pytest.fixture
def approved(build_knowledge: Callable[..., Knowledge], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Content:
    built = build_knowledge(tmp_path / "data")
    passage = built.documents[DOCUMENT].passages[0]
    content = Content(
        (Wording("sv", QUESTION, "Ja, när den avhjälper nöden [1]."),),
        (RefinedCitation(passage.id, passage.version, passage.sources[0].url, passage.text),),
        next_review=dt.date(2090, 1, 1),
    )
    answer = built.desk.draft(content, EVA)
    answer = built.desk.submit(answer.id, answer.revision, EVA)
    built.desk.approve(answer.id, answer.revision, ALI)
    built.engine.dispose()
    monkeypatch.setenv("RADGIVAREN_DATA", str(tmp_path / "data"))
    return content


def test_all_is_well(approved: Content) -> None:
    result = CliRunner().invoke(app, ["regression"])
    assert result.exit_code == 0
    assert "1 granskade svar, 0 brister." in result.stdout


def test_a_corpus_that_would_break_an_approved_answer_is_told_before_it_is_published(
    approved: Content, tmp_path: Path
) -> None:
    other = Path(shutil.copytree(PACKAGE / "corpus", tmp_path / "corpus"))
    file = other / f"{DOCUMENT}.md"
    passage = approved.citations[0].passage_id
    text = file.read_text(encoding="utf-8")
    changed = re.sub(rf"(id: {re.escape(passage)}.*?```\n\n\w+)", r"\1 numera", text, count=1, flags=re.DOTALL)
    assert changed != text
    file.write_text(changed, encoding="utf-8")
    result = CliRunner().invoke(app, ["regression", "--corpus", str(other), "--json"])
    told = json.loads(result.stdout)
    assert result.exit_code == 1
    assert [(one["question"], one["bad_citations"]) for one in told["broken"]] == [(QUESTION, [passage])]
    # Nothing of it was published.
    built = bootstrap.prepare_and_build(read_settings())
    assert " numera " not in built.documents[DOCUMENT].passages[0].text
    built.engine.dispose()
