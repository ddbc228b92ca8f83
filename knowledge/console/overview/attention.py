"""What needs attention, as far as the reader may see and do something about it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...datatypes import Verification
from ...inbox.datatypes import Kind
from ...refinement.datatypes import Filters
from ..access.permissions import Permission, Person

if TYPE_CHECKING:
    from ...bootstrap import Knowledge


@dataclass(frozen=True, slots=True)
class Waiting:
    """`key` names its text (`overview.waiting`). `since` is when the oldest came, where that is known."""

    key: str
    count: int
    path: str
    since: dt.datetime | None = None


def waiting(knowledge: Knowledge, person: Person) -> tuple[Waiting, ...]:
    """What there is none of is left out. Nothing is counted twice: a hand-over stands in one line."""
    found = [*_handed_over(knowledge, person), *_inbox(knowledge, person), *_drafts(knowledge, person)]
    found += _contacts(knowledge, person)
    return tuple(one for one in found if one.count)


def mine(knowledge: Knowledge, person: Person) -> int:
    """Inbox items that this person has taken on."""
    return knowledge.inbox.lists.waiting(person.id).mine if person.may(Permission.READ_INBOX) else 0


def _handed_over(knowledge: Knowledge, person: Person) -> Iterator[Waiting]:
    if person.may(Permission.READ_HANDOVERS):
        handovers = knowledge.attention.handovers_waiting()
        yield Waiting("handovers", handovers.count, "/console/handovers", handovers.since)


def _inbox(knowledge: Knowledge, person: Person) -> Iterator[Waiting]:
    if not person.may(Permission.READ_INBOX):
        return
    by_kind = knowledge.inbox.lists.waiting(person.id).by_kind
    for kind in Kind:
        if kind is not Kind.HANDED_OVER or not person.may(Permission.READ_HANDOVERS):
            yield Waiting(kind.value, by_kind.get(kind, 0), f"/console/inbox?kind={kind.value}")


def _drafts(knowledge: Knowledge, person: Person) -> Iterator[Waiting]:
    if person.may(Permission.APPROVE_ANSWERS):
        found = knowledge.desk.page(Filters(state="review", page_size=1))
        yield Waiting("review", found.total, "/console/answers?state=review")


def _contacts(knowledge: Knowledge, person: Person) -> Iterator[Waiting]:
    if person.may(Permission.READ_CONTACTS):
        overdue = sum(one.verification is Verification.OVERDUE for one in knowledge.contacts.all())
        yield Waiting("contacts", overdue, "/console/contacts?verification=overdue")
