"""What the screen calls."""

from __future__ import annotations

from dataclasses import dataclass

from ...store.inbox_background import SqlInboxBackground
from ...store.inbox_lists import SqlInboxLists
from ...store.inbox_work import SqlInboxWork


@dataclass(frozen=True, slots=True)
class Inbox:
    lists: SqlInboxLists
    work: SqlInboxWork
    background: SqlInboxBackground
