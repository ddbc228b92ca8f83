"""The measures of `knowledge evaluate`, question by question, so that each gets an interval."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knowledge import evaluation
from knowledge.answering.answer import Answering
from knowledge.datatypes import Question
from knowledge.evaluation import Outcome

from ..distorted import DISTORTIONS
from ..intervals import Figure, figure

MEASURES = tuple(name for name in evaluation.measures([]) if name != "questions")
MORE_IS_BETTER = {"hit@1": True, "hit@3": True, "wrongly_refused": False, "complete": True}
"""What distorted questions are compared by."""


@dataclass(frozen=True)
class Judged:
    """A question and its value for each measure; None where it doesn't count in it."""

    asked: dict[str, Any]
    values: dict[str, float | None]

    @property
    def group(self) -> str:
        """Questions with one answer are right or wrong together."""
        return str(self.asked.get("answer_group") or f"question {self.asked['id']}")


def figures_of_file(answering: Answering, file: Path, rounds: int) -> dict[str, Any]:
    questions = evaluation.read_questions(file)
    judged = judge(evaluation.ask_all(answering, questions))
    return {
        "file": file.name,
        "questions": len(questions),
        "groups": {name: figures_of(some, rounds) for name, some in grouped(judged).items()},
        "follow_ups": follow_ups(answering, questions, rounds),
        "robustness": robustness(answering, judged, rounds),
    }


def judge(outcomes: Sequence[Outcome]) -> list[Judged]:
    """Each measure is a mean over questions, so that of one question alone is its share of it."""
    return [Judged(outcome.asked, dict(evaluation.measures([outcome]))) for outcome in outcomes]


def grouped(judged: Sequence[Judged]) -> dict[str, list[Judged]]:
    """All, by language and by style."""
    groups: dict[str, list[Judged]] = {"all": list(judged)}
    keys: tuple[Callable[[dict[str, Any]], str], ...] = (
        lambda asked: f"lang={asked['lang']}",
        lambda asked: f"style={asked['style']}",
    )
    for key in keys:
        for one in judged:
            groups.setdefault(key(one.asked), []).append(one)
    return groups


def figures_of(judged: Sequence[Judged], rounds: int) -> dict[str, Figure | None]:
    return {name: _mean(judged, [one.values[name] for one in judged], rounds) for name in MEASURES}


def _mean(judged: Sequence[Judged], values: Sequence[float | None], rounds: int) -> Figure | None:
    counted = [(one.group, value) for one, value in zip(judged, values, strict=True) if value is not None]
    return figure([value for _, value in counted], [group for group, _ in counted], rounds)


def follow_ups(answering: Answering, questions: Sequence[dict[str, Any]], rounds: int) -> Figure | None:
    """Questions that lean on an earlier one: the share whose first citation is of a right topic ("cited rightly")."""
    leaning = [asked for asked in questions if asked.get("history") and asked["label"] == "in_scope"]
    return figure([float(cited_rightly(answering, asked)) for asked in leaning], rounds=rounds)


def cited_rightly(answering: Answering, asked: dict[str, Any]) -> bool:
    as_of = dt.date.fromisoformat(asked["as_of"]) if asked.get("as_of") else None
    question = Question(asked["question"], channel="evaluation", as_of=as_of, history=tuple(asked["history"]))
    citations = answering.answer(question).citations
    return bool(citations) and bool(set(citations[0].passage.topics) & set(asked["topics"]))


def robustness(answering: Answering, judged: Sequence[Judged], rounds: int) -> dict[str, dict[str, Any]]:
    """What distorting costs the Swedish questions in scope: positive is worse, question against question."""
    before = [one for one in judged if one.asked["label"] == "in_scope" and one.asked["lang"] == "sv"]
    found: dict[str, dict[str, Any]] = {}
    for name, distorted in DISTORTIONS.items():
        questions = [one.asked | {"question": distorted(one.asked["question"])} for one in before]
        after = judge(evaluation.ask_all(answering, questions))
        found[name] = {
            measure: {
                "after": _mean(after, [one.values[measure] for one in after], rounds),
                "cost": _mean(before, costs(before, after, measure), rounds),
            }
            for measure in MORE_IS_BETTER
        }
    return found


def costs(before: Sequence[Judged], after: Sequence[Judged], measure: str) -> list[float | None]:
    sign = 1 if MORE_IS_BETTER[measure] else -1
    pairs = [(one.values[measure], other.values[measure]) for one, other in zip(before, after, strict=True)]
    return [None if old is None or new is None else sign * (old - new) for old, new in pairs]
