"""What refinement asks of the store and of answering."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Protocol

from .datatypes import Filters, LiveAnswer, Page, Person, RefinedAnswer

Change = Callable[[RefinedAnswer], RefinedAnswer]
PassageKey = tuple[str, str]  # id and version


class RefinedStore(Protocol):
    """Refined answers with all their versions. Each call is one transaction, with its entry in the audit log."""

    def get(self, key: str) -> RefinedAnswer:
        """Raises NotFound."""

    def page(self, filters: Filters, today: dt.date) -> Page: ...

    def add(self, answer: RefinedAnswer, person: Person, action: str) -> RefinedAnswer: ...

    def change(
        self, key: str, revision: int | None, change: Change, person: Person, action: str, detail: Mapping[str, object]
    ) -> RefinedAnswer:
        """Applies `change` to what is stored. Raises EditConflict where that is another revision than the named one."""


class LiveReader(Protocol):
    """What is live. `version` is cheap and grows with every change of it."""

    def version(self) -> int: ...

    def since(self, version: int, /) -> Mapping[str, LiveAnswer | None]:
        """What changed after that version: the answer as it is live now, or None where it is live no longer."""


class AskedLately(Protocol):
    def questions(self, limit: int) -> tuple[tuple[str, str], ...]:
        """Distinct questions of officials, newest first, each with the beginning of the answer that it got."""
