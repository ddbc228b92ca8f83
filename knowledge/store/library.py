"""The library's documents and passages: many, taken in by the batch, fetched by key. Never read as a whole."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any, NamedTuple

from sqlalchemy import Connection, Engine, bindparam, func, insert, select, tuple_, update

from ..datatypes import Document, Passage
from ..seams import Clock
from .codec import passage_from_json
from .documents import document_row, passage_row
from .engine import transaction
from .tables import LIBRARY, documents, passages

PassageKey = tuple[str, str]  # id and version

_KEYS_AT_ONCE, _FETCHED_AT_ONCE = 10_000, 400
_IN_COLUMNS = ("text", "heading")  # not a second time in `content`: a third of the library's size


class LibrarySize(NamedTuple):
    documents: int
    passages: int


class SqlLibraryStore:
    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine, self._clock = engine, clock

    def known_hashes(self) -> set[str]:
        """The content hashes of the current documents: what need not be read again."""
        wanted = select(documents.c.content_hash).where(documents.c.collection == LIBRARY, documents.c.current)
        with transaction(self._engine) as connection:
            return set(connection.execute(wanted).scalars())

    def put(self, batch: Sequence[Document]) -> None:
        """Makes these the current versions of their documents, in one transaction; no two with the same id.

        A few hundred at a time. What they replace stays, so that an answer given from it can still be shown.
        """
        now = self._clock.now().astimezone(dt.UTC).replace(tzinfo=None)
        ids = [document.id for document in batch]
        with transaction(self._engine) as connection:
            known = select(documents.c.id, documents.c.content_hash).where(documents.c.id.in_(ids))
            versions = {(row.id, row.content_hash) for row in connection.execute(known)}
            earlier = sorted({key for key, _ in versions})
            if earlier:
                _retire(connection, earlier)
            _put_documents(connection, batch, versions, now)
            _put_passages(connection, batch, _known_passages(connection, earlier), now)

    def keys(self, at_once: int = _KEYS_AT_ONCE) -> Iterator[PassageKey]:
        """The keys of the current passages, by id. Each page is read in a transaction of its own."""
        key = (passages.c.id, passages.c.version)
        page = select(*key).where(passages.c.collection == LIBRARY, passages.c.current)
        page = page.order_by(*key).limit(at_once)
        after: PassageKey = ("", "")
        while True:
            with transaction(self._engine) as connection:
                found = [(row.id, row.version) for row in connection.execute(page.where(tuple_(*key) > after))]
            yield from found
            if len(found) < at_once:
                return
            after = found[-1]

    def texts(self, keys: Iterable[PassageKey], at_once: int = _FETCHED_AT_ONCE) -> Iterator[str]:
        """What each passage is found by, in the order of the keys: its document's title, its heading, its text."""
        title = passages.c.content["title"].as_string().label("title")
        wanted = select(passages.c.id, passages.c.version, title, passages.c.heading, passages.c.text)
        waiting = iter(keys)
        while some := list(islice(waiting, at_once)):
            found = {(row.id, row.version): row for row in self._fetch(wanted, some)}
            for key in some:
                row = found[key]
                heading = "" if row.heading == row.title else row.heading
                yield "\n".join(part for part in (row.title, heading, row.text) if part)

    def passages_of(self, keys: Sequence[PassageKey]) -> dict[PassageKey, Passage]:
        """These passages, current or not; without those that are not there."""
        wanted = frozenset(keys)
        if not wanted:
            return {}
        columns = (passages.c.id, passages.c.version, passages.c.heading, passages.c.text, passages.c.content)
        return {
            (row.id, row.version): passage_from_json({**row.content, "text": row.text, "heading": row.heading})
            for row in self._fetch(select(*columns), keys)
            if (row.id, row.version) in wanted
        }

    def count(self) -> LibrarySize:
        with transaction(self._engine) as connection:
            return LibrarySize(
                *(
                    int(connection.execute(counted).scalar_one())
                    for table in (documents, passages)
                    for counted in [
                        select(func.count()).select_from(table).where(table.c.collection == LIBRARY, table.c.current)
                    ]
                )
            )

    def _fetch(self, wanted: Any, keys: Sequence[PassageKey]) -> Sequence[Any]:
        """Rows by id: every version of it, since SQLite uses no index for pairs."""
        with transaction(self._engine) as connection:
            return connection.execute(wanted.where(passages.c.id.in_({key for key, _ in keys}))).all()


def _retire(connection: Connection, ids: Sequence[str]) -> None:
    connection.execute(update(documents).where(documents.c.id.in_(ids)).values(current=False))
    connection.execute(update(passages).where(passages.c.document_id.in_(ids)).values(current=False))


def _known_passages(connection: Connection, ids: Sequence[str]) -> set[PassageKey]:
    if not ids:
        return set()
    known = select(passages.c.id, passages.c.version).where(passages.c.document_id.in_(ids))
    return {(row.id, row.version) for row in connection.execute(known)}


def _put_documents(
    connection: Connection, batch: Sequence[Document], known: set[tuple[str, str]], now: dt.datetime
) -> None:
    again = [{"key": d.id, "digest": d.content_hash} for d in batch if (d.id, d.content_hash) in known]
    new = [
        document_row(replace(d, passages=()), 0) | {"collection": LIBRARY, "stored_at": now}
        for d in batch
        if (d.id, d.content_hash) not in known
    ]
    if again:
        chosen = (documents.c.id == bindparam("key"), documents.c.content_hash == bindparam("digest"))
        connection.execute(update(documents).where(*chosen).values(current=True), again)
    if new:
        connection.execute(insert(documents), new)


def _put_passages(connection: Connection, batch: Sequence[Document], known: set[PassageKey], now: dt.datetime) -> None:
    numbered = [(number, passage) for document in batch for number, passage in enumerate(document.passages)]
    again = [{"key": p.id, "digest": p.version, "place": n} for n, p in numbered if (p.id, p.version) in known]
    new = [_row(passage, number, now) for number, passage in numbered if (passage.id, passage.version) not in known]
    if again:
        chosen = (passages.c.id == bindparam("key"), passages.c.version == bindparam("digest"))
        connection.execute(update(passages).where(*chosen).values(current=True, position=bindparam("place")), again)
    if new:
        connection.execute(insert(passages), new)


def _row(passage: Passage, number: int, now: dt.datetime) -> dict[str, Any]:
    row: dict[str, Any] = passage_row(passage, number) | {"collection": LIBRARY, "stored_at": now}
    for name in _IN_COLUMNS:
        del row["content"][name]
    return row
