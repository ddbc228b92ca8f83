"""What time does to what is live: law that changes under it, a last day that passes, a review that falls due.

Every day all of it is looked through; what was found before and is found no longer leaves the inbox again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from ..datatypes import Passage, Validity, ValidityStatus
from ..law.register import Register, name_of
from ..law.report import Citing, Finding, citing_passage, findings
from ..refinement.datatypes import LiveAnswer
from .datatypes import Importance, Kind, NewItem, SubjectKind

_PASSAGE, _REFINED = SubjectKind.PASSAGE.value, SubjectKind.REFINED_ANSWER.value


@dataclass(frozen=True, slots=True)
class Subject:
    """What an item of a scan is about, where findings name only its id."""

    question: str
    topics: tuple[str, ...]


def due(live: Iterable[LiveAnswer], day: dt.date) -> Iterator[NewItem]:
    """Refined answers that are answered no longer, and those that someone is to look at again."""
    for answer in live:
        content = answer.content
        if content.valid_to is not None and content.valid_to < day:
            yield _of_answer(Kind.EXPIRED_ANSWER, answer, Importance.HIGH, {"valid_to": content.valid_to.isoformat()})
        elif content.next_review is not None and content.next_review <= day:
            yield _of_answer(Kind.REVIEW_DUE, answer, Importance.NORMAL, {"due": content.next_review.isoformat()})


def unsound(
    live: Collection[LiveAnswer],
    cited: Mapping[tuple[str, str], Passage],
    current: Mapping[str, str],
    curated: Collection[Passage],
    register: Register,
    day: dt.date,
) -> Iterator[NewItem]:
    """What rests on a repealed or amended section without saying so, and refined answers whose passages have changed.

    `cited` holds the passages that refined answers name, `current` the versions that serve now.
    """
    about = {(_PASSAGE, one.id): Subject(one.heading, one.topics) for one in curated}
    about |= {(_REFINED, one.id): Subject(one.content.question, one.content.topics) for one in live}
    citing = [citing_passage(passage, _PASSAGE) for passage in curated]
    citing += [_citing_answer(answer, cited) for answer in live]
    changed = {answer.id: _changed_passages(answer, current) for answer in live}
    silent = (one for one in findings(citing, register, day) if not one.says_so)
    told = {key: list(some) for key, some in groupby(silent, key=lambda one: (one.citing.kind, one.citing.id))}
    for key, subject in about.items():
        kind, subject_id = key
        passages = changed.get(subject_id, []) if kind == _REFINED else []
        if key not in told and not passages:
            continue
        detail = {"sections": [_section(one) for one in told.get(key, ())], "changed_passages": passages}
        importance = Importance.HIGH if kind == _REFINED else Importance.NORMAL
        yield NewItem(
            Kind.VALIDITY,
            SubjectKind(kind),
            subject_id,
            subject.question,
            topics=subject.topics,
            importance=importance,
            detail=detail,
        )


def _of_answer(kind: Kind, answer: LiveAnswer, importance: Importance, detail: dict[str, Any]) -> NewItem:
    question, topics = answer.content.question, answer.content.topics
    return NewItem(
        kind, SubjectKind.REFINED_ANSWER, answer.id, question, topics=topics, importance=importance, detail=detail
    )


def _citing_answer(answer: LiveAnswer, cited: Mapping[tuple[str, str], Passage]) -> Citing:
    """With the laws of its passages. Whoever approved it knew the law of that day: what changed later counts."""
    content = answer.content
    texts = [one.text for one in content.wordings] + [one.text for one in content.additions]
    rests_on = (cited.get((one.passage_id, one.passage_version)) for one in content.citations)
    laws = tuple(dict.fromkeys(law for passage in rests_on if passage is not None for law in passage.laws))
    validity = Validity(ValidityStatus.CURRENT, "", answer.approved_at.date(), content.valid_to)
    return Citing(_REFINED, answer.id, answer.id, content.question, content.question, "\n".join(texts), laws, validity)


def _changed_passages(answer: LiveAnswer, current: Mapping[str, str]) -> list[str]:
    """The passages that it quotes in a version that serves no longer."""
    named = {one.passage_id: one.passage_version for one in answer.content.citations}
    return sorted(key for key, version in named.items() if current.get(key) != version)


def _section(finding: Finding) -> dict[str, Any]:
    """As staff read it: the address, what happened to it, and where its equivalent stands."""
    return {
        "section": f"{finding.reference.address} {finding.statute}".strip(),
        "repealed": finding.repealed.isoformat() if finding.repealed else None,
        "amended": [{"since": one.since.isoformat(), "by": one.by} for one in finding.amendments],
        "successors": [f"{link.new.address} {name_of(link.new.number)}" for link in finding.links],
        "replaced_by": name_of(finding.replaced_by) if finding.replaced_by else "",
    }
