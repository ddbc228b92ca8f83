"""What staff do with refined answers. Each call is stored with its entry in the audit log, or not at all."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import replace

from ..errors import BreaksApproved, ContentRejected
from ..seams import Clock
from . import transitions
from .checks import ContentChecks
from .datatypes import (
    Content,
    Filters,
    Page,
    Person,
    RefinedAnswer,
    Regression,
    Similar,
    State,
)
from .matching import LiveAnswers
from .regression import RegressionCheck
from .seams import RefinedStore

_ALIKE = 0.5  # from here on a person is shown an approved answer as similar to what they write


class RefinementDesk:
    """The edges (console, command line) call this, and nothing below it."""

    def __init__(
        self, store: RefinedStore, live: LiveAnswers, checks: ContentChecks, regression: RegressionCheck, clock: Clock
    ) -> None:
        self._store, self._live, self._checks = store, live, checks
        self._regression, self._clock = regression, clock

    def page(self, filters: Filters) -> Page:
        return self._store.page(filters, self._clock.today())

    def get(self, key: str) -> RefinedAnswer:
        """Raises NotFound."""
        return self._store.get(key)

    def draft(
        self, content: Content, person: Person, from_answer: str | None = None, inbox_item: str | None = None
    ) -> RefinedAnswer:
        """A new answer. Raises ContentRejected where not even a draft can be kept."""
        self._reject(self._checks.draft(content))
        made = transitions.begun(uuid.uuid4().hex, content, person, self._now())
        made = replace(made, from_answer=from_answer, inbox_item=inbox_item)
        return self._store.add(made, person, "drafted")

    def save(self, key: str, revision: int, content: Content, person: Person) -> RefinedAnswer:
        """Keeps what was written. Raises EditConflict where someone else changed it meanwhile, ContentRejected."""
        self._reject(self._checks.draft(content))
        change = transitions.written(content, person, self._now())
        return self._store.change(key, revision, change, person, "written", {})

    def submit(self, key: str, revision: int, person: Person) -> RefinedAnswer:
        """Sends it for review. Raises ContentRejected naming all that is missing, EditConflict, NotPossible."""
        self._reject(self._checks.review(self.get(key).newest.content))
        return self._store.change(key, revision, transitions.submitted, person, "submitted", {})

    def withdraw(self, key: str, revision: int, person: Person) -> RefinedAnswer:
        return self._store.change(key, revision, transitions.withdrawn, person, "withdrawn", {})

    def approve(
        self, key: str, revision: int, person: Person, comment: str = "", reason_for_breaks: str = ""
    ) -> RefinedAnswer:
        """Makes it live. Raises OwnAnswer, EditConflict, NotPossible, ContentRejected where it can't stand any longer,

        and BreaksApproved where approved answers would lose questions, or it would not be reached by its own, and no
        reason is written.
        """
        content = self.get(key).newest.content
        self._reject(self._checks.review(content))
        found = self.check(content, key)
        if not found.is_clean and not reason_for_breaks.strip():
            raise BreaksApproved(found)
        change = transitions.approved(person, self._now(), comment, reason_for_breaks.strip())
        detail = {"breaks": sorted({one.before_id for one in found.breaks if one.before_id})} if found.breaks else {}
        return self._store.change(key, revision, change, person, "approved", detail)

    def reject(self, key: str, revision: int, person: Person, comment: str) -> RefinedAnswer:
        """Back to the editor with what is to be mended. Raises OwnAnswer, EditConflict, NotPossible."""
        change = transitions.rejected(person, self._now(), comment.strip())
        return self._store.change(key, revision, change, person, "rejected", {})

    def retire(self, key: str, revision: int | None, person: Person, why: str) -> RefinedAnswer:
        """Takes it out of answers; it stays with its history."""
        return self._store.change(key, revision, transitions.retired, person, "retired", {"why": why})

    def roll_back(self, key: str, revision: int | None, person: Person, why: str) -> RefinedAnswer:
        """The version approved before is live again; without one, the corpus answers again.

        Raises ContentRejected where that version can't stand any longer.
        """
        before = self.get(key).before_live
        if before is not None:
            problems = self._checks.review(before.content)
            self._reject({field: codes for field, codes in problems.items() if field != "next_review"})
        return self._store.change(key, revision, transitions.rolled_back, person, "rolled_back", {"why": why})

    def similar(self, text: str, k: int = 5, without: str = "") -> tuple[Similar, ...]:
        """Approved answers whose phrasings come near a text, best first."""
        if not text.strip():
            return ()
        found = [one for language in ("sv", "en") for one in self._live.nearest(text, language, None, k + 1)]
        near = {one.answer.id: one for one in sorted(found, key=lambda one: one.score)}
        return tuple(
            Similar(one.answer.id, one.answer.content.question, one.phrasing, one.score)
            for one in sorted(near.values(), key=lambda one: -one.score)
            if one.score >= _ALIKE and one.answer.id != without
        )[:k]

    def check(self, content: Content, key: str = "new") -> Regression:
        """What approving the content would change."""
        return self._regression.of_change(content, key)

    def problems(self, content: Content) -> dict[str, tuple[str, ...]]:
        """What stands in the way of a review: field -> codes."""
        return self._checks.review(content)

    @staticmethod
    def can_approve(answer: RefinedAnswer, person_id: str) -> bool:
        """Whether it waits for a decision that this person may take: nobody approves what they wrote in."""
        newest = answer.newest
        return newest.state is State.REVIEW and person_id not in newest.editors

    def _reject(self, problems: dict[str, tuple[str, ...]]) -> None:
        if problems:
            raise ContentRejected(problems)

    def _now(self) -> dt.datetime:
        return self._clock.now()
