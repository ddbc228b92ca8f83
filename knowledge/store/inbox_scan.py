"""What a scan found, taken into the inbox; what it finds no longer leaves it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence

from sqlalchemy import Engine

from ..inbox.datatypes import Kind, NewItem, SubjectKind
from .engine import transaction
from .inbox import open_item, open_subjects, settle

_AT_ONCE = 50  # items of one transaction: others write meanwhile


class SqlInboxScan:
    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def take(self, found: Sequence[NewItem], kinds: Collection[Kind], at: dt.datetime) -> tuple[int, int]:
        """Opens what is found and closes the open items of these kinds that are not. Returns how many were found and
        closed. Cut short, the next scan completes it."""
        for start in range(0, len(found), _AT_ONCE):
            with transaction(self._engine) as connection:
                for new in found[start : start + _AT_ONCE]:
                    open_item(connection, new, at)
        closed = 0
        with transaction(self._engine) as connection:
            for kind in kinds:
                for about in SubjectKind:
                    still = {new.subject_id for new in found if (new.kind, new.subject_kind) == (kind, about)}
                    gone = open_subjects(connection, kind, about) - still
                    closed += settle(connection, kind, about, sorted(gone), "not_found_again", at)
        return len(found), closed
