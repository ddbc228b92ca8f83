"""draft -> review -> approved -> replaced or retired: each function gives the answer as it is after one of these.

They decide what may be done; nothing is stored here. Each raises NotPossible where it does not fit the answer's state.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

from ..errors import NotPossible, OwnAnswer
from .datatypes import Content, Person, RefinedAnswer, State, Version

Change = Callable[[RefinedAnswer], RefinedAnswer]


def begun(key: str, content: Content, person: Person, now: dt.datetime) -> RefinedAnswer:
    version = Version(1, State.DRAFT, content, person, now, (person.id,))
    return RefinedAnswer(key, 1, (version,), now)


def written(content: Content, person: Person, now: dt.datetime) -> Change:
    """New content in the version that is being worked on, or in a new version beside the live one.

    What was sent for review and is written in goes back to draft: nobody approves what they have not read.
    """

    def change(answer: RefinedAnswer) -> RefinedAnswer:
        if answer.open is None:
            new = Version(answer.newest.n + 1, State.DRAFT, content, person, now, (person.id,))
            return replace(answer, versions=(*answer.versions, new))
        editors = tuple(dict.fromkeys((*answer.open.editors, person.id)))
        return _with(
            answer,
            replace(
                answer.open, state=State.DRAFT, content=content, written_by=person, written_at=now, editors=editors
            ),
        )

    return change


def submitted(answer: RefinedAnswer) -> RefinedAnswer:
    return _with(answer, replace(_open(answer, State.DRAFT), state=State.REVIEW, comment=""))


def withdrawn(answer: RefinedAnswer) -> RefinedAnswer:
    return _with(answer, replace(_open(answer, State.REVIEW), state=State.DRAFT))


def approved(person: Person, now: dt.datetime, comment: str, reason_for_breaks: str) -> Change:
    """Raises OwnAnswer for whoever wrote in this version."""

    def change(answer: RefinedAnswer) -> RefinedAnswer:
        version = _open(answer, State.REVIEW)
        if person.id in version.editors:
            raise OwnAnswer
        if answer.live is not None:
            answer = _with(answer, replace(answer.live, state=State.REPLACED))
        return _with(
            answer,
            replace(
                version,
                state=State.APPROVED,
                decided_by=person,
                decided_at=now,
                comment=comment,
                reason_for_breaks=reason_for_breaks,
            ),
        )

    return change


def rejected(person: Person, now: dt.datetime, comment: str) -> Change:
    """Back to the editor. Raises OwnAnswer as `approved`, NotPossible without a comment that says why."""

    def change(answer: RefinedAnswer) -> RefinedAnswer:
        version = _open(answer, State.REVIEW)
        if person.id in version.editors:
            raise OwnAnswer
        if not comment:
            raise NotPossible("comment_missing")
        return _with(answer, replace(version, state=State.DRAFT, decided_by=person, decided_at=now, comment=comment))

    return change


def retired(answer: RefinedAnswer) -> RefinedAnswer:
    if answer.live is None:
        raise NotPossible("not_live")
    return _with(answer, replace(answer.live, state=State.RETIRED))


def rolled_back(answer: RefinedAnswer) -> RefinedAnswer:
    """The version approved before is live again; where there is none, the corpus answers again."""
    if answer.live is None:
        raise NotPossible("not_live")
    before = answer.before_live
    answer = retired(answer)
    return answer if before is None else _with(answer, replace(before, state=State.APPROVED))


def _open(answer: RefinedAnswer, state: State) -> Version:
    if answer.open is None or answer.open.state is not state:
        raise NotPossible(f"not_in_{state.value}")
    return answer.open


def _with(answer: RefinedAnswer, version: Version) -> RefinedAnswer:
    return replace(answer, versions=tuple(version if one.n == version.n else one for one in answer.versions))
