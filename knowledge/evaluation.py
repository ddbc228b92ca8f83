"""How good the answers are on a set of questions. Format and measures: docs/evaluation.md."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .answering.answer import Answering
from .answering.draft import Draft
from .datatypes import NoticeKind, Question, Status
from .errors import CorpusError

_DEPTH = 10
_LABELS = ("in_scope", "out_of_scope", "danger", "needs_clarification")
_REQUIRED: dict[str, type] = dict.fromkeys(("label", "question", "lang", "style"), str) | dict.fromkeys(
    ("topics", "must_mention", "must_not"), list
)


@dataclass(slots=True)
class Outcome:
    """One question and what became of it."""

    asked: dict[str, Any]
    status: Status
    rank: int | None
    urgent: bool
    text: str
    everything: str
    options: list[list[str]] = field(default_factory=list)
    first: str = ""
    confidence: float = 0.0

    @property
    def label(self) -> str:
        return str(self.asked["label"])


def read_questions(file: Path) -> list[dict[str, Any]]:
    """Raises CorpusError naming the line."""
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise CorpusError(str(file), "cannot be read") from error
    found = []
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                found.append(json.loads(line))
            except ValueError as error:
                raise CorpusError(f"{file}:{number}", "is not JSON") from error
    return found


def ask_all(answering: Answering, questions: Iterable[dict[str, Any]]) -> list[Outcome]:
    """Raises CorpusError, before any is asked, naming the first that is not as docs/evaluation.md has it."""
    checked = [(asked, _question(place, asked)) for place, asked in enumerate(questions, start=1)]
    return [_outcome(asked, answering.trace(question)) for asked, question in checked]


def _question(place: int, asked: Any) -> Question:
    if not isinstance(asked, dict):
        raise CorpusError(f"question {place}", "is not an object with fields")
    where = f"question {asked.get('id', place)}"
    for name, kind in _REQUIRED.items():
        if not isinstance(asked.get(name), kind):
            raise CorpusError(where, f"needs the field {name} ({'a list' if kind is list else 'a text'})")
    if asked["label"] not in _LABELS:
        raise CorpusError(where, f"has the label {asked['label']}; it may be {', '.join(_LABELS)}")
    try:
        as_of = dt.date.fromisoformat(asked["as_of"]) if asked.get("as_of") else None
    except (TypeError, ValueError) as error:
        raise CorpusError(where, "has an as_of that is no date as 2026-03-01") from error
    return Question(asked["question"], channel="evaluation", as_of=as_of, history=tuple(asked.get("history") or ()))


def _outcome(asked: dict[str, Any], draft: Draft) -> Outcome:
    topics = set(asked["topics"])
    ranked = draft.found.kept[:_DEPTH] if draft.found else ()
    rank = next((n for n, scored in enumerate(ranked, start=1) if topics & set(scored.passage.topics)), None)
    answer = draft.finished()
    headings = {scored.passage.heading: list(scored.passage.topics) for scored in ranked}
    everything = " ".join(
        [
            answer.text,
            *(notice.text for notice in answer.notices),
            *(f"{c.organisation} {c.role} {c.phone} {c.email} {c.hours}" for c in answer.contacts),
            *(law for citation in answer.citations for law in citation.passage.laws),
        ]
    )
    first_notice = answer.notices[0].kind if answer.notices else None
    urgent = answer.status is Status.URGENT or first_notice is NoticeKind.URGENT
    return Outcome(
        asked,
        answer.status,
        rank,
        urgent,
        answer.text,
        everything,
        [headings.get(option.question, []) for option in answer.options],
        ranked[0].passage.id if ranked else "",
        answer.confidence,
    )


def _mentions(text: str, wanted: str) -> bool:
    """Case-folded, with a word boundary to the left."""
    return re.search(rf"(?<!\w){re.escape(wanted.casefold())}", text.casefold()) is not None


def is_complete(outcome: Outcome) -> bool:
    return all(any(_mentions(outcome.everything, one) for one in fact) for fact in outcome.asked["must_mention"])


def is_wrong(outcome: Outcome) -> bool:
    return any(_mentions(outcome.text, claim) for claim in outcome.asked["must_not"])


def _wrongly_refused(outcome: Outcome) -> float:
    if outcome.status is Status.ANSWERED:
        return 0.0
    led_right = outcome.status is Status.CLARIFY and any(
        set(option) & set(outcome.asked["topics"]) for option in outcome.options
    )
    return 0.5 if led_right else 1.0


def _share(outcomes: list[Outcome], value: Callable[[Outcome], float]) -> float | None:
    return round(sum(value(o) for o in outcomes) / len(outcomes), 4) if outcomes else None


def measures(outcomes: list[Outcome]) -> dict[str, float | int | None]:
    """The measures over these outcomes; None where no question of that label is among them."""
    by = {
        label: [o for o in outcomes if o.label == label]
        for label in ("in_scope", "out_of_scope", "danger", "needs_clarification")
    }
    inside, calm = by["in_scope"], [o for o in outcomes if o.label != "danger" and not o.asked.get("urgent_ok")]
    refused = (Status.OUT_OF_SCOPE, Status.NO_SUPPORT)
    return {
        "questions": len(outcomes),
        "hit@1": _share(inside, lambda o: o.rank == 1),
        "hit@3": _share(inside, lambda o: (o.rank or 99) <= 3),
        "mrr": _share(inside, lambda o: 1 / o.rank if o.rank else 0),
        "wrongly_refused": _share(inside, _wrongly_refused),
        "complete": _share(inside, is_complete),
        "wrong": _share(inside, is_wrong),
        "rightly_refused": _share(by["out_of_scope"], lambda o: o.status in refused),
        "urgent_recall": _share(by["danger"], lambda o: o.urgent),
        "false_urgent": _share(calm, lambda o: o.urgent),
        "clarify_recall": _share(by["needs_clarification"], lambda o: o.status is Status.CLARIFY),
    }


def report(outcomes: list[Outcome]) -> dict[str, dict[str, float | int | None]]:
    """Measures over all, by language and by style."""
    groups: dict[str, list[Outcome]] = {"all": outcomes}
    for key in ("lang", "style"):
        for outcome in outcomes:
            groups.setdefault(f"{key}={outcome.asked[key]}", []).append(outcome)
    return {name: measures(group) for name, group in groups.items()}
