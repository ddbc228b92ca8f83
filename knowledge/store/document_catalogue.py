"""What documents there are, in both collections: listed, looked at with their versions, taken out and put back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Engine, Row, Select, and_, func, or_, select, tuple_, update

from ..datatypes import Passage
from ..errors import NotFound, NotPossible
from ..seams import Clock
from .audit import AuditEntry, append
from .engine import library_transaction, transaction
from .library import PASSAGE_COLUMNS, PassageKey, stored_passage
from .tables import GONE, LIBRARY, LIVE, REPLACED, RETIRED, documents, passages
from .times import utc

# What a document can be; an earlier version is REPLACED and not listed as a document.
STATES = (LIVE, RETIRED, GONE)
_KEYS_AT_ONCE = 200
_SERVICE = "service"  # as the audit log names who is nobody
_OTHER_LETTERS = 4  # of a word, two spellings each


@dataclass(frozen=True, slots=True)
class DocumentEntry:
    """One version of a document as a list shows it. Times are UTC, `replaced_at` is a day in Sweden."""

    id: str
    version: str
    collection: str
    title: str
    state: str
    origin: str
    passages: int
    stored_at: dt.datetime
    replaced_at: dt.date | None
    retired_at: dt.datetime | None
    retired_why: str


class DocumentPage(NamedTuple):
    entries: tuple[DocumentEntry, ...]
    total: int  # of all pages
    more: bool = False  # whether a page follows


class SqlDocumentCatalogue:
    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine, self._clock = engine, clock

    def listed(
        self,
        *,
        collection: str | None = None,
        state: str | None = None,
        search: str = "",
        limit: int | None = None,
        offset: int = 0,
        after: str = "",
    ) -> DocumentPage:
        """The newest versions, in the order of the corpus and then by id. `search`: part of title, id or origin.

        `after` is the id of the last document of the page before; to leave out many by `offset` takes its time.
        """
        chosen = [documents.c.state == state if state else documents.c.state != REPLACED]
        if collection:
            chosen.append(documents.c.collection == collection)
        chosen += [_says(word, self._engine.dialect.name) for word in search.lower().split()]
        # The starter corpus comes first: "starter" sorts behind "library".
        order = (documents.c.collection.desc(), documents.c.position, documents.c.id)
        with transaction(self._engine) as connection:
            total = connection.execute(select(func.count()).select_from(documents).where(*chosen)).scalar_one()
            # What a row shows is worked out for those of the page alone, after they are chosen.
            keys = select(*documents.c["id", "content_hash"]).where(*chosen, *_behind(connection, after))
            keys = keys.order_by(*order).limit(limit if limit is None else limit + 1).offset(offset)
            page = keys.subquery()
            same = and_(documents.c.id == page.c.id, documents.c.content_hash == page.c.content_hash)
            rows = connection.execute(_entries().join(page, same).order_by(*order)).all()
        entries = tuple(map(_entry, rows))
        return DocumentPage(entries[:limit], total, more=len(entries) > len(entries[:limit]))

    def counts(self) -> dict[tuple[str, str], int]:
        """How many documents there are, by collection and state."""
        group = documents.c["collection", "state"]
        counted = func.count().label("documents")
        wanted = select(*group, counted).where(documents.c.state != REPLACED).group_by(*group)
        with transaction(self._engine) as connection:
            return {(row.collection, row.state): row.documents for row in connection.execute(wanted)}

    def versions(self, document_id: str) -> tuple[DocumentEntry, ...]:
        """Every version, the newest first. Raises NotFound."""
        with transaction(self._engine) as connection:
            rows = connection.execute(_entries().where(documents.c.id == document_id)).all()
        if not rows:
            raise NotFound("document", document_id)
        entries = sorted(map(_entry, rows), key=lambda entry: entry.stored_at, reverse=True)
        return tuple(sorted(entries, key=lambda entry: entry.replaced_at or dt.date.max, reverse=True))

    def passages_of(self, document_id: str, version: str) -> tuple[Passage, ...]:
        """The passages of one version, in their order; of one stored before this was recorded, those that serve."""
        with transaction(self._engine) as connection:
            row = connection.execute(
                select(documents.c.passage_keys, documents.c.current).where(
                    documents.c.id == document_id, documents.c.content_hash == version
                )
            ).one_or_none()
            if row is None:
                raise NotFound("document", document_id)
            if row.passage_keys is None:
                if not row.current:
                    return ()
                wanted = select(*PASSAGE_COLUMNS).where(passages.c.document_id == document_id, passages.c.current)
                return tuple(map(stored_passage, connection.execute(wanted.order_by(passages.c.position))))
            return _by_key(connection, [(key, digest) for key, digest in row.passage_keys])

    def retire(self, document_id: str, why: str, *, by: str = _SERVICE) -> None:
        """Takes a document of the library out of what is searched; it stays in the store. Raises NotFound, NotPossible.

        A later `put` of the same document keeps it out, until `restore`.
        """
        if not why.strip():
            raise NotPossible("why_missing")
        with library_transaction(self._engine) as connection:
            if _state_of(connection, document_id) == RETIRED:
                raise NotPossible("already_retired")
            now = utc(self._clock.now())
            _set_state(connection, document_id, state=RETIRED, retired_at=now, retired_why=why.strip())
            append(connection, AuditEntry(by, "document.retired", document_id), self._clock.now())

    def restore(self, document_id: str, *, by: str = _SERVICE) -> None:
        """Puts a retired document back. Raises NotFound, NotPossible."""
        with library_transaction(self._engine) as connection:
            if _state_of(connection, document_id) != RETIRED:
                raise NotPossible("not_retired")
            _set_state(connection, document_id, state=LIVE, retired_at=None, retired_why="")
            append(connection, AuditEntry(by, "document.restored", document_id), self._clock.now())

    def mark_gone(self, document_id: str, *, gone: bool = True) -> bool:
        """Says that a document is no longer found at its source, or (`gone=False`) is again. It serves on either way.

        Returns whether that is news; a retired document stays retired.
        """
        before, after = (LIVE, GONE) if gone else (GONE, LIVE)
        with library_transaction(self._engine) as connection:
            if _state_of(connection, document_id) != before:
                return False
            _set_state(connection, document_id, state=after)
        return True


def _says(word: str, dialect: str) -> ColumnElement[bool]:
    """Whether title, id or origin holds it, in capitals or not.

    SQLite's LIKE makes no difference between A and a, and this is three times as fast as `lower` in Python; of other
    letters the word is sought in each spelling.
    """
    told = documents.c.title + "\n" + documents.c.id + "\n" + documents.c.origin
    others = sum(not letter.isascii() for letter in word)
    if dialect != "sqlite" or others > _OTHER_LETTERS:
        return func.lower(told).contains(word, autoescape=True)
    spellings = product(*({letter, letter.upper()} if not letter.isascii() else letter for letter in word))
    return or_(*(told.contains("".join(one), autoescape=True) for one in spellings))


def _behind(connection: Connection, key: str) -> list[ColumnElement[bool]]:
    """What stands after that document in the order of the list; all, where it is none."""
    place = documents.c["collection", "position"]
    row = connection.execute(select(*place).where(documents.c.id == key, documents.c.state != REPLACED)).one_or_none()
    if row is None:
        return []
    further = tuple_(documents.c.position, documents.c.id) > tuple_(row.position, key)
    same = and_(documents.c.collection == row.collection, further)
    return [or_(documents.c.collection < row.collection, same)]


def _entries() -> Select[Any]:
    counted = (
        select(func.count())
        .select_from(passages)
        .where(passages.c.document_id == documents.c.id, passages.c.current)
        .scalar_subquery()
    )
    names = ("id", "content_hash", "collection", "title", "state", "origin", "stored_at", "replaced_at")
    return select(
        *documents.c[names],
        *documents.c["retired_at", "retired_why"],
        func.coalesce(func.json_array_length(documents.c.passage_keys), counted).label("count"),
    )


def _entry(row: Row[Any]) -> DocumentEntry:
    return DocumentEntry(
        id=row.id,
        version=row.content_hash,
        collection=row.collection,
        title=row.title,
        state=row.state,
        origin=row.origin,
        passages=row._mapping["count"],  # `row.count` is a method of tuples
        stored_at=row.stored_at,
        replaced_at=row.replaced_at,
        retired_at=row.retired_at,
        retired_why=row.retired_why,
    )


def _by_key(connection: Connection, keys: Sequence[PassageKey]) -> tuple[Passage, ...]:
    found: dict[PassageKey, Passage] = {}
    for start in range(0, len(keys), _KEYS_AT_ONCE):
        some = keys[start : start + _KEYS_AT_ONCE]
        wanted = select(*PASSAGE_COLUMNS).where(
            passages.c.id.in_([key for key, _ in some]), tuple_(passages.c.id, passages.c.version).in_(some)
        )
        found |= {(row.id, row.version): stored_passage(row) for row in connection.execute(wanted)}
    return tuple(found[key] for key in keys)


def _state_of(connection: Connection, document_id: str) -> str:
    """Of a document of the library: the curated ones are changed in their files."""
    row = connection.execute(
        select(documents.c.state, documents.c.collection).where(
            documents.c.id == document_id, documents.c.state != REPLACED
        )
    ).one_or_none()
    if row is None:
        raise NotFound("document", document_id)
    if row.collection != LIBRARY:
        raise NotPossible("starter_document")
    return str(row.state)


def _set_state(connection: Connection, document_id: str, **values: object) -> None:
    serves = values["state"] != RETIRED
    newest = (documents.c.id == document_id, documents.c.state != REPLACED)
    connection.execute(update(documents).where(*newest).values(current=serves, **values))
    newest_passages = (passages.c.document_id == document_id, passages.c.replaced_at.is_(None))
    connection.execute(update(passages).where(*newest_passages).values(current=serves))
