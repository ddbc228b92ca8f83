"""Notices, in the order in which they are shown: danger, child, changed law, personal data."""

from __future__ import annotations

import datetime as dt

from ...datatypes import Notice, NoticeKind, Status, ValidityStatus
from ..draft import Draft, Parts

NEW_ACT = dt.date(2025, 7, 1)  # SoL (2025:400) in force
_OLD_ACT = "2001:453"
_WITH_CONTENT = (Status.ANSWERED, Status.URGENT)


def run(draft: Draft, parts: Parts) -> None:
    def add(kind: NoticeKind, key: str, **values: object) -> None:
        draft.notices.append(Notice(kind, parts.catalogue(draft.language, f"notice.{key}", **values)))

    if draft.danger is not None and draft.danger.level != "none":
        add(NoticeKind.URGENT, "urgent")
    if draft.concerns_child or (
        draft.status in _WITH_CONTENT and any(c.passage.concerns_child for c in draft.citations)
    ):
        add(NoticeKind.CHILD, "child")
    if draft.citations:
        if draft.as_of < NEW_ACT:
            add(NoticeKind.SUPERSEDED_LAW, "superseded_law_then")
        elif _rests_on_old_law(draft):
            add(NoticeKind.SUPERSEDED_LAW, "superseded_law")
    if draft.removed:
        add(NoticeKind.PRIVACY, "privacy", kinds=_kinds(draft, parts))


def _rests_on_old_law(draft: Draft) -> bool:
    """Cited as the older act says it, not merely naming it beside the new one."""
    return any(
        citation.passage.validity.status is ValidityStatus.SUPERSEDED
        and any(_OLD_ACT in law for law in citation.passage.laws)
        for citation in draft.citations
    )


def _kinds(draft: Draft, parts: Parts) -> str:
    names = []
    for kind in draft.removed:
        key = f"privacy_kinds.{kind}"
        names.append(parts.catalogue(draft.language, key if parts.catalogue.has(key) else "privacy_kinds.other"))
    unique = list(dict.fromkeys(names))
    if len(unique) == 1:
        return unique[0]
    return ", ".join(unique[:-1]) + f" {parts.catalogue(draft.language, 'join.and')} " + unique[-1]
