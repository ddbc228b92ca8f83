"""The table in benchmarks/README.md is that of the latest result."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks import report
from benchmarks.run import RESULTS
from benchmarks.turns import QUESTIONS, Turns, ask_all, percentiles, questions

DEV = Path(__file__).parents[3] / "shared" / "questions" / "dev.jsonl"
OF_THE_SERVICE = "2*.json"  # named for the day; other kinds of result begin with their kind


def latest() -> Path:
    return sorted(RESULTS.glob(OF_THE_SERVICE))[-1]


def test_the_readme_shows_the_latest_result() -> None:
    assert report.shown(latest()) in report.README.read_text(encoding="utf-8")


def test_every_result_says_how_and_where() -> None:
    for file in RESULTS.glob(OF_THE_SERVICE):
        result = json.loads(file.read_text(encoding="utf-8"))
        assert result["command"].startswith("python -m benchmarks.run")
        assert {"cores", "memory_gib", "python", "load_before"} <= result["machine"].keys()
        assert file.name.startswith(result["taken"])


def test_a_table_of_turns_alone() -> None:
    turns = Turns(clients=1, seconds=2.0, durations_ms=[10.0] * 99 + [1000.0])
    result = json.loads(latest().read_text(encoding="utf-8"))
    shown = report.table(result | {"figures": {"one_client": turns.figures(), "many_clients": turns.figures()}})
    assert "| 1 client: p50 / p95 | 10.0 / 10.0 ms |" in shown
    assert "| 1 client: turns a second | 50.0 |" in shown
    assert "resident" not in shown


def test_percentiles() -> None:
    assert percentiles(range(101)) == (50, 95)


def test_the_questions_are_many_and_go_round() -> None:
    listed = questions(60)
    assert len(set(listed)) == len(listed)
    assert questions(1000)[:60] == listed


def test_a_service_that_is_not_there_is_a_failure_and_no_crash() -> None:
    turns = ask_all("http://127.0.0.1:9", turns=3, clients=2)
    assert len(turns.failures) == 3


def test_no_question_is_one_that_the_answers_are_judged_by() -> None:
    if not DEV.exists():
        pytest.skip("the question set is not beside this checkout")
    judged = {json.loads(line)["question"].casefold() for line in DEV.read_text(encoding="utf-8").splitlines()}
    own = [*QUESTIONS.read_text(encoding="utf-8").splitlines()]
    own += (Path(__file__).parents[1] / "system" / "parity_questions.txt").read_text(encoding="utf-8").splitlines()
    assert [question for question in own if question.casefold() in judged] == []
