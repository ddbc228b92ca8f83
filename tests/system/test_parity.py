"""Rasa never swallows or bends a question: through the gateway comes what knowledge itself would say."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import httpx
import pytest

from benchmarks.running_service import RunningService

from .conftest import HERE
from .official import Official

OWN = HERE / "parity_questions.txt"
DEV = Path(__file__).parents[3] / "shared" / "questions" / "dev.jsonl"


class Outcome(NamedTuple):
    status: str
    citations: tuple[tuple[str, str], ...]
    notices: tuple[str, ...]

    @classmethod
    def of(cls, answer: dict[str, Any]) -> Outcome:
        citations = tuple((citation["passage_id"], citation["url"]) for citation in answer["citations"])
        return cls(answer["status"], citations, tuple(notice["kind"] for notice in answer["notices"]))


@pytest.fixture(scope="module")
def knowledge(service: RunningService) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=service.url("knowledge"), timeout=30, trust_env=False) as made:
        yield made


def directly(knowledge: httpx.Client, question: str, history: list[str]) -> Outcome:
    response = knowledge.post("/api/answers", json={"question": question, "history": history})
    assert response.status_code == 200, response.text
    return Outcome.of(response.json())


def through_the_gateway(client: httpx.Client, question: str, history: list[str]) -> Outcome | str:
    """The outcome, or what was said in place of an answer."""
    official = Official(client)
    for earlier in history:
        official.say(earlier)
    reply = official.say(question)
    answers = [message for message in reply.messages if message["type"] == "answer"]
    return Outcome.of(answers[0]) if len(answers) == len(reply.messages) == 1 else reply.text


def test_our_own_questions(client: httpx.Client, knowledge: httpx.Client) -> None:
    questions = OWN.read_text(encoding="utf-8").splitlines()
    assert len(set(questions)) == 40
    differing = {}
    for question in questions:
        expected, got = directly(knowledge, question, []), through_the_gateway(client, question, [])
        if got != expected:
            differing[question] = (expected, got)
    assert differing == {}


def test_the_dev_questions(client: httpx.Client, knowledge: httpx.Client, capsys: pytest.CaptureFixture[str]) -> None:
    if not DEV.exists():
        pytest.skip("the question set is not beside this checkout")
    questions = [json.loads(line) for line in DEV.read_text(encoding="utf-8").splitlines()]
    same: dict[str, bool] = {}
    for asked in questions:
        history = asked.get("history") or []
        expected = directly(knowledge, asked["question"], history)
        got = through_the_gateway(client, asked["question"], history)
        # The notices go by the whole conversation here and by the history there: not compared.
        same[asked["id"]] = not isinstance(got, str) and got[:2] == expected[:2]
    inside = [same[asked["id"]] for asked in questions if asked["label"] == "in_scope"]
    differing = [key for key, is_same in same.items() if not is_same]
    of_all, of_inside = sum(same.values()) / len(same), sum(inside) / len(inside)
    with capsys.disabled():
        sys.stdout.write(
            f"\nthe same through the gateway as from knowledge: {of_inside:.3f} of {len(inside)} in scope, "
            f"{of_all:.3f} of {len(same)} in all; differing: {differing}\n"
        )
    assert of_inside >= 0.98
    assert of_all >= 0.96
