"""The same question, the same answer: what counts as the same, and the paraphrases."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from benchmarks import consistency, result_files
from benchmarks.consistency import Asked, Core
from benchmarks.result_files import between
from knowledge.datatypes import Answer, Status

CORPUS = Path(__file__).parents[2] / "knowledge" / "corpus"
DEV = Path(__file__).parents[3] / "shared" / "questions" / "dev.jsonl"
JUDGED = [consistency.QUESTIONS / f"{name}.jsonl" for name in ("independent", "answerable")]


def paraphrases(name: str) -> list[dict[str, Any]]:
    lines = (consistency.QUESTIONS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def test_the_readme_shows_the_latest_result() -> None:
    latest = result_files.latest("consistency")
    if latest is None:
        pytest.skip("no result is kept yet")
    result = json.loads(latest.read_text(encoding="utf-8"))
    assert result["command"].startswith("python -m benchmarks.consistency")
    assert between(consistency.README, "consistency") == consistency.in_readme(result)


@pytest.mark.parametrize(("name", "groups"), list(zip(consistency.SETS, (40, 82, 85), strict=True)))
def test_groups_of_five_over_many_topics(name: str, groups: int) -> None:
    rows = paraphrases(name)
    assert set(Counter(row["group"] for row in rows).values()) == {5}
    assert len({row["group"] for row in rows}) == groups
    topics = {topic for row in rows for topic in row["topics"]}
    assert len(topics) >= 30
    assert topics <= {file.stem for file in CORPUS.glob("*.md")}


def test_no_question_stands_twice() -> None:
    asked = Counter(row["question"].casefold() for name in consistency.SETS for row in paraphrases(name))
    assert [question for question, times in asked.items() if times > 1] == []


def test_no_paraphrase_is_a_question_that_the_answers_are_judged_by() -> None:
    if not DEV.exists():
        pytest.skip("the question set is not beside this checkout")
    lines = [line for file in (DEV, *JUDGED) for line in file.read_text(encoding="utf-8").splitlines()]
    judged = {json.loads(line)["question"].casefold() for line in lines}
    asked = {row["question"].casefold() for name in consistency.SETS for row in paraphrases(name)}
    assert asked & judged == set()


@pytest.mark.usefixtures("small_corpus")
def test_what_differs_among_the_unseen_is_not_shown(tmp_path: Path) -> None:
    rows = [
        {"group": "g", "question": asked, "topics": []}
        for asked in ("Betalas hemresan?", "Vilken kommun ansvarar för den akuta hjälpen?")
    ]
    file, result = tmp_path / f"{consistency.NEVER_SHOWN}.jsonl", tmp_path / "result.json"
    file.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    assert consistency.main(["--paraphrases", str(file), "--bootstrap", "50", "--json", str(result)]) == 0
    found = json.loads(result.read_text(encoding="utf-8"))["sets"][consistency.NEVER_SHOWN]
    assert found["same_core_of_groups"]["value"] == 0.0
    assert found["differ_by_wording"] == {}


def test_the_core_has_no_citation_marks() -> None:
    answer = Answer("1", Status.ANSWERED, "sv", "**Ja** [1][2]. Det gäller alla [1].", dt.date(2026, 1, 1), 0.9)
    assert consistency.core_of(answer) == Core("answered", (), "**Ja**. Det gäller alla.")


def asked(group: str, leading: str, question: str = "Vad gäller?", **fields: Any) -> Asked:
    core = Core("answered", (leading, "other"), "text")
    return Asked(group, question, ["t"], core, fields.get("cited", ["t"]), fields.get("differing", []))


def test_what_is_counted() -> None:
    some = [asked("g", "a"), asked("g", "a"), asked("g", "b", cited=["u"])]
    some += [asked("h", "c"), asked("h", "c"), asked("h", "c", "Vem ska jag ringa?", differing=["Malmö, web"])]
    found = consistency.figures_of(some, 50)
    assert found["same_core_of_pairs"]["value"] == pytest.approx(4 / 6, abs=1e-3)
    assert found["same_core_as_most"]["value"] == pytest.approx(5 / 6, abs=1e-3)
    assert found["same_core_of_groups"]["value"] == 0.5
    assert found["led_by_a_right_topic"]["value"] == pytest.approx(5 / 6, abs=1e-3)
    assert list(found["differ_by_wording"]) == ["g"]
    assert found["same_everywhere"] == {"value": 1.0, "low": 1.0, "high": 1.0, "n": 5}
    assert [one["asks_for_contact"] for one in found["differ_by_place_or_channel"]] == [True]


@pytest.mark.usefixtures("small_corpus")
def test_a_whole_run_on_two_questions(tmp_path: Path) -> None:
    rows = paraphrases("paraphrases")[:2]
    file, result = tmp_path / "p.jsonl", tmp_path / "result.json"
    file.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    arguments = ["--paraphrases", str(file), "--bootstrap", "50", "--json", str(result)]
    assert consistency.main(arguments) == 0
    found = json.loads(result.read_text(encoding="utf-8"))
    assert found["sets"]["p"]["questions"] == 2
    assert "2 questions, 4 places, 3 channels" in consistency.in_readme(found)
