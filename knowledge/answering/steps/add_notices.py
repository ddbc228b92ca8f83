"""Notices, in the order in which they are shown: danger, child, changed law, personal data."""

from __future__ import annotations

from ...datatypes import Notice, NoticeKind, Status
from ..draft import Draft, Parts
from ..law_notices import law_notice

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
    if law := law_notice(draft, parts):
        draft.notices.append(Notice(NoticeKind.SUPERSEDED_LAW, law))
    if draft.removed:
        add(NoticeKind.PRIVACY, "privacy", kinds=_kinds(draft, parts))


def _kinds(draft: Draft, parts: Parts) -> str:
    names = []
    for kind in draft.removed:
        key = f"privacy_kinds.{kind}"
        names.append(parts.catalogue(draft.language, key if parts.catalogue.has(key) else "privacy_kinds.other"))
    unique = list(dict.fromkeys(names))
    if len(unique) == 1:
        return unique[0]
    return ", ".join(unique[:-1]) + f" {parts.catalogue(draft.language, 'join.and')} " + unique[-1]
