"""The library's documents and passages: many, taken in by the batch, fetched by key. Never read as a whole."""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any, NamedTuple

from sqlalchemy import Connection, Engine, bindparam, func, insert, select, tuple_, update

from ..datatypes import Document, Passage, Validity, ValidityStatus
from ..seams import Clock
from .audit import AuditEntry, append
from .codec import passage_from_json
from .documents import document_row, keys_of, passage_row
from .engine import library_transaction, transaction
from .tables import LIBRARY, LIVE, REPLACED, RETIRED, documents, passages
from .times import utc

PassageKey = tuple[str, str]  # id and version

_KEYS_AT_ONCE, _FETCHED_AT_ONCE = 10_000, 400
PASSAGE_COLUMNS = passages.c["id", "version", "heading", "text", "content", "current", "replaced_at"]
_STATUTE = "sfs-"  # before a statute's number, in its document's key
_REPLACED_NOTE = "Ersatt av en nyare version den {:%Y-%m-%d}."
_IN_COLUMNS = ("text", "heading")  # not a second time in `content`: a third of the library's size


class LibrarySize(NamedTuple):
    documents: int
    passages: int


class SqlLibraryStore:
    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine, self._clock = engine, clock

    def known_documents(self) -> dict[str, str]:
        """The newest versions, the retired ones too, by content hash: what need not be read again, and whose it is."""
        wanted = select(documents.c.content_hash, documents.c.id).where(
            documents.c.collection == LIBRARY, documents.c.state != REPLACED
        )
        with transaction(self._engine) as connection:
            return {row.content_hash: row.id for row in connection.execute(wanted)}

    def put(self, batch: Sequence[Document], by: str = "") -> None:
        """Makes these the newest versions of their documents, in one transaction; no two with the same id.

        A few hundred at a time. What they replace stays, with the day on which it was replaced, so that an answer given
        from it can still be shown. A document that was retired stays so in its new version. `by` is who sent them:
        the audit log then tells of each.
        """
        now = utc(self._clock.now())
        with library_transaction(self._engine) as connection:
            versions, retired = _known_versions(connection, [document.id for document in batch])
            earlier = sorted({key for key, _ in versions})
            known = _known_passages(connection, earlier)
            if earlier:
                _replace(connection, earlier, self._clock.today())
            _put_documents(connection, batch, versions, retired, now)
            _put_passages(connection, batch, known, retired, now)
            for document in batch if by else ():
                entry = AuditEntry(by, "document.uploaded", document.id, {"version": document.content_hash})
                append(connection, entry, self._clock.now())

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

    def statuses(self, keys: Iterable[PassageKey], at_once: int = _FETCHED_AT_ONCE) -> Iterator[ValidityStatus]:
        """Whether what each passage says applies, in the order of the keys."""
        status = passages.c.content["validity"]["status"].as_string().label("status")
        waiting = iter(keys)
        while some := list(islice(waiting, at_once)):
            found = {
                (row.id, row.version): row.status
                for row in self._fetch(select(passages.c.id, passages.c.version, status), some)
            }
            yield from (ValidityStatus(found[key]) for key in some)

    def passages_of(self, keys: Sequence[PassageKey]) -> dict[PassageKey, Passage]:
        """These passages, current or not; without those that are not there. For what was answered from them.

        One that was replaced says so: it holds to the day when its successor came.
        """
        return self._passages_of(keys, serving_only=False)

    def serving_passages_of(self, keys: Sequence[PassageKey]) -> dict[PassageKey, Passage]:
        """The same without those of retired documents: what a search may show. An index may be older than the store."""
        return self._passages_of(keys, serving_only=True)

    def _passages_of(self, keys: Sequence[PassageKey], *, serving_only: bool) -> dict[PassageKey, Passage]:
        wanted = frozenset(keys)
        if not wanted:
            return {}
        return {
            (row.id, row.version): stored_passage(row)
            for row in self._fetch(select(*PASSAGE_COLUMNS), keys)
            if (row.id, row.version) in wanted and (not serving_only or row.current or row.replaced_at is not None)
        }

    def statutes(self) -> frozenset[str]:
        """The numbers of the statutes that it holds: "1977:67", "1904:48-s-1"."""
        wanted = select(documents.c.id).where(
            documents.c.collection == LIBRARY, documents.c.current, documents.c.id.like(f"{_STATUTE}%")
        )
        with transaction(self._engine) as connection:
            keys = connection.execute(wanted).scalars().all()
        return frozenset(key.removeprefix(_STATUTE).replace("-", ":", 1) for key in keys)

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


def stored_passage(row: Any) -> Passage:
    """Of a row with PASSAGE_COLUMNS, in either collection."""
    passage = passage_from_json({**row.content, "text": row.text, "heading": row.heading})
    if row.replaced_at is None:
        return passage
    validity = passage.validity
    until = min(row.replaced_at, validity.valid_to or row.replaced_at)
    note = f"{validity.note} {_REPLACED_NOTE.format(row.replaced_at)}".strip()
    return replace(passage, validity=Validity(ValidityStatus.SUPERSEDED, note, validity.valid_from, until))


class _Versions(NamedTuple):
    known: set[tuple[str, str]]  # id and content hash
    retired: dict[str, tuple[dt.datetime | None, str]]  # by id: when and why


def _known_versions(connection: Connection, ids: Sequence[str]) -> _Versions:
    rows = connection.execute(
        select(*documents.c["id", "content_hash", "state", "retired_at", "retired_why"]).where(documents.c.id.in_(ids))
    ).all()
    retired = {row.id: (row.retired_at, row.retired_why) for row in rows if row.state == RETIRED}
    return _Versions({(row.id, row.content_hash) for row in rows}, retired)


def _replace(connection: Connection, ids: Sequence[str], today: dt.date) -> None:
    """Whatever of these is current or retired is now an earlier version; what the batch holds is made current again."""
    newest = (documents.c.id.in_(ids), documents.c.state != REPLACED)
    connection.execute(update(documents).where(*newest).values(current=False, state=REPLACED, replaced_at=today))
    newest_passages = (passages.c.document_id.in_(ids), passages.c.replaced_at.is_(None))
    connection.execute(update(passages).where(*newest_passages).values(current=False, replaced_at=today))


def _known_passages(connection: Connection, ids: Sequence[str]) -> set[PassageKey]:
    if not ids:
        return set()
    known = select(passages.c.id, passages.c.version).where(passages.c.document_id.in_(ids))
    return {(row.id, row.version) for row in connection.execute(known)}


def _put_documents(
    connection: Connection,
    batch: Sequence[Document],
    known: set[tuple[str, str]],
    retired: Mapping[str, tuple[dt.datetime | None, str]],
    now: dt.datetime,
) -> None:
    again, new = [], []
    for document in batch:
        when, why = retired.get(document.id, (None, ""))
        newest = {
            "state": RETIRED if document.id in retired else LIVE,
            "current": document.id not in retired,
            "retired_at": when,
            "retired_why": why,
            "origin": document.origin or _address_of(document),
            "passage_keys": keys_of(document),
        }
        if (document.id, document.content_hash) in known:
            again.append(newest | {"key": document.id, "digest": document.content_hash, "replaced_at": None})
        else:
            row = document_row(replace(document, passages=()), 0)
            new.append(row | newest | {"collection": LIBRARY, "stored_at": now})
    if again:
        chosen = (documents.c.id == bindparam("key"), documents.c.content_hash == bindparam("digest"))
        connection.execute(update(documents).where(*chosen), again)
    if new:
        connection.execute(insert(documents), new)


def _address_of(document: Document) -> str:
    return next((source.url for passage in document.passages for source in passage.sources), "")


def _put_passages(
    connection: Connection, batch: Sequence[Document], known: set[PassageKey], retired: Container[str], now: dt.datetime
) -> None:
    again, new = [], []
    for document in batch:
        current = document.id not in retired
        for number, passage in enumerate(document.passages):
            if (passage.id, passage.version) in known:
                newest = {"position": number, "current": current, "replaced_at": None}
                again.append(newest | {"key": passage.id, "digest": passage.version})
            else:
                new.append(_row(passage, number, now) | {"current": current})
    if again:
        chosen = (passages.c.id == bindparam("key"), passages.c.version == bindparam("digest"))
        connection.execute(update(passages).where(*chosen), again)
    if new:
        connection.execute(insert(passages), new)


def _row(passage: Passage, number: int, now: dt.datetime) -> dict[str, Any]:
    row: dict[str, Any] = passage_row(passage, number) | {"collection": LIBRARY, "stored_at": now}
    for name in _IN_COLUMNS:
        del row["content"][name]
    return row
