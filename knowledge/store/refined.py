"""Refined answers with their versions, and what of them is live."""

from __future__ import annotations

import datetime as dt
import json
import textwrap
from collections.abc import Iterable, Mapping
from dataclasses import replace

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    and_,
    cast,
    func,
    insert,
    or_,
    select,
    true,
    update,
)
from sqlalchemy.types import Text

from ..datatypes import Passage
from ..errors import EditConflict, NotFound
from ..refinement.datatypes import Filters, LiveAnswer, Page, Person, RefinedAnswer, State
from ..refinement.seams import Change, PassageKey
from ..seams import Clock
from .audit import AuditEntry, append, audited_transaction
from .codec import passage_from_json
from .engine import transaction
from .inbox_causes import follow_refined
from .refined_rows import head_row, list_row, live_from, version_from, version_row
from .tables import answers, passages
from .tables_refined import refined_answers, refined_changes, refined_versions
from .times import aware, utc

_KEYS_AT_ONCE = 300
_DUE_DAYS = 14  # before its day for review, an answer is listed as due
_BEGINNING = 160  # signs of an answer, where a person compares before and after
_ROWS_LOOKED_AT = 4  # recent answers a wanted distinct question: people ask the same


class SqlRefinedStore:
    """Keeps the contract of `refinement.seams.RefinedStore` and `LiveReader`."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine, self._clock = engine, clock

    def get(self, key: str) -> RefinedAnswer:
        """Raises NotFound."""
        with transaction(self._engine) as connection:
            return _read(connection, key)

    def add(self, answer: RefinedAnswer, person: Person, action: str) -> RefinedAnswer:
        now = self._clock.now()
        with audited_transaction(self._engine) as connection:
            connection.execute(insert(refined_answers).values(head_row(answer, person.name, now)))
            rows = [version_row(answer.id, version) for version in answer.versions]
            connection.execute(insert(refined_versions), rows)
            self._tell(connection, answer, answer, person, action, {})
        return answer

    def change(
        self, key: str, revision: int | None, change: Change, person: Person, action: str, detail: Mapping[str, object]
    ) -> RefinedAnswer:
        """Applies `change` to what is stored, in one transaction with its entry in the audit log.

        Raises NotFound, EditConflict where it is another revision than the named one, and what `change` raises.
        """
        with audited_transaction(self._engine) as connection:
            before = _read(connection, key)
            if revision is not None and revision != before.revision:
                raise EditConflict(before)
            after = replace(change(before), revision=before.revision + 1)
            head = head_row(after, person.name, self._clock.now())
            connection.execute(update(refined_answers).where(refined_answers.c.id == key).values(head))
            _write_versions(connection, before, after)
            if after.live != before.live:
                row = {"answer_id": key, "is_live": after.live is not None, "at": utc(self._clock.now())}
                connection.execute(insert(refined_changes).values(row))
                is_live, now = after.live is not None, self._clock.now()
                follow_refined(connection, key, is_live=is_live, inbox_item=after.inbox_item, at=now)
            self._tell(connection, before, after, person, action, detail)
        return after

    def page(self, filters: Filters, today: dt.date) -> Page:
        """Newest changed first."""
        where = and_(true(), *_conditions(filters, today))
        rows = (
            select(refined_answers)
            .where(where)
            .order_by(refined_answers.c.changed_at.desc(), refined_answers.c.id)
            .limit(filters.page_size)
            .offset((filters.page - 1) * filters.page_size)
        )
        with transaction(self._engine) as connection:
            total = connection.execute(select(func.count()).select_from(refined_answers).where(where)).scalar_one()
            live = connection.execute(
                select(func.count()).select_from(refined_answers).where(*_is_answered(today))
            ).scalar_one()
            return Page(tuple(list_row(row) for row in connection.execute(rows).mappings()), total, live)

    def version(self) -> int:
        with transaction(self._engine) as connection:
            newest: int = connection.execute(select(func.coalesce(func.max(refined_changes.c.n), 0))).scalar_one()
            return newest

    def since(self, version: int, /) -> dict[str, LiveAnswer | None]:
        """What changed after that version, as it is now."""
        changed = select(refined_changes.c.answer_id).where(refined_changes.c.n > version).distinct()
        live = select(refined_versions).where(
            refined_versions.c.state == State.APPROVED.value, refined_versions.c.answer_id.in_(changed)
        )
        with transaction(self._engine) as connection:
            found: dict[str, LiveAnswer | None] = dict.fromkeys(connection.execute(changed).scalars())
            return found | {row["answer_id"]: live_from(row) for row in connection.execute(live).mappings()}

    def _tell(
        self,
        connection: Connection,
        before: RefinedAnswer,
        after: RefinedAnswer,
        person: Person,
        action: str,
        detail: Mapping[str, object],
    ) -> None:
        told = {
            "version": after.newest.n,
            "revision": after.revision,
            "live_before": before.live and before.live.n,
            "live": after.live and after.live.n,
            **detail,
        }
        append(connection, AuditEntry(person.id, f"refined.{action}", after.id, told), self._clock.now())


class SqlCitedPassages:
    """Passages by key, of both corpora, in every version that is kept."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def of(self, keys: Iterable[PassageKey]) -> dict[PassageKey, Passage]:
        wanted = list(dict.fromkeys(keys))
        found: dict[PassageKey, Passage] = {}
        with transaction(self._engine) as connection:
            for start in range(0, len(wanted), _KEYS_AT_ONCE):
                some = wanted[start : start + _KEYS_AT_ONCE]
                either = or_(*(and_(passages.c.id == key, passages.c.version == version) for key, version in some))
                for row in connection.execute(select(passages.c.content).where(either)):
                    passage = passage_from_json(row.content)
                    found[passage.id, passage.version] = passage
        return found

    def current_versions(self, ids: Iterable[str]) -> dict[str, str]:
        wanted = list(dict.fromkeys(ids))
        found: dict[str, str] = {}
        with transaction(self._engine) as connection:
            for start in range(0, len(wanted), _KEYS_AT_ONCE):
                some = wanted[start : start + _KEYS_AT_ONCE]
                query = select(passages.c.id, passages.c.version).where(passages.c.id.in_(some), passages.c.current)
                found |= {row.id: row.version for row in connection.execute(query)}
        return found


class SqlAskedLately:
    """What officials asked lately, redacted as it is stored."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def questions(self, limit: int) -> tuple[tuple[str, str], ...]:
        query = (
            select(answers.c.question, answers.c.text)
            .order_by(answers.c.asked_at.desc())
            .limit(limit * _ROWS_LOOKED_AT)
        )
        with transaction(self._engine) as connection:
            found: dict[str, str] = {}
            for row in connection.execute(query):
                found.setdefault(row.question, textwrap.shorten(row.text, _BEGINNING, placeholder=" …"))
        return tuple(found.items())[:limit]


def _read(connection: Connection, key: str) -> RefinedAnswer:
    head = connection.execute(select(refined_answers).where(refined_answers.c.id == key)).mappings().first()
    if head is None:
        raise NotFound("refined answer", key)
    versions = select(refined_versions).where(refined_versions.c.answer_id == key).order_by(refined_versions.c.n)
    return RefinedAnswer(
        id=key,
        revision=head["revision"],
        versions=tuple(version_from(row) for row in connection.execute(versions).mappings()),
        created_at=aware(head["created_at"]),
        from_answer=head["from_answer"],
        inbox_item=head["inbox_item"],
    )


def _write_versions(connection: Connection, before: RefinedAnswer, after: RefinedAnswer) -> None:
    known = {version.n: version for version in before.versions}
    for version in after.versions:
        row = version_row(after.id, version)
        if version.n not in known:
            connection.execute(insert(refined_versions).values(row))
        elif version != known[version.n]:
            here = (refined_versions.c.answer_id == after.id, refined_versions.c.n == version.n)
            connection.execute(update(refined_versions).where(*here).values(row))


def _is_answered(today: dt.date) -> tuple[ColumnElement[bool], ...]:
    head = refined_answers.c
    return (
        head.live_version.is_not(None),
        or_(head.valid_to.is_(None), head.valid_to >= today),
        or_(head.valid_from.is_(None), head.valid_from <= today),
    )


def _conditions(filters: Filters, today: dt.date) -> list[ColumnElement[bool]]:
    head = refined_answers.c
    conditions: list[ColumnElement[bool]] = []
    if filters.state == "live":
        conditions += _is_answered(today)
    elif filters.state == "due":
        conditions += [head.live_version.is_not(None), head.next_review <= today + dt.timedelta(days=_DUE_DAYS)]
    elif filters.state == "expired":
        conditions += [head.live_version.is_not(None), head.valid_to < today]
    elif filters.state:
        conditions.append(head.state == filters.state)
    if filters.topic:
        conditions.append(_holds(head.topics, filters.topic))
    if filters.municipality:
        conditions.append(_holds(head.municipalities, filters.municipality))
    # Each word anywhere: "akut tandvård" finds "Får hen tandvård som är akut?".
    conditions += [head.words.contains(word, autoescape=True) for word in filters.words.lower().split()]
    return conditions


def _holds(column: ColumnElement[object], value: str) -> ColumnElement[bool]:
    """A list of words, as JSON text, that has this one; SQLite and PostgreSQL escape å alike only through `dumps`."""
    return cast(column, Text).contains(json.dumps(value), autoescape=True)
