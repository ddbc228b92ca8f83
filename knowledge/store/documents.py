"""Documents and their passages, with the versions that earlier answers rest on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from sqlalchemy import Connection, Engine, insert, select, update

from ..datatypes import Document, Passage
from ..seams import Clock
from .codec import document_from_json, document_to_json, passage_from_json, passage_to_json
from .engine import transaction
from .tables import LIVE, REPLACED, STARTER, documents, passages
from .times import utc

_OURS, _OURS_OF_PASSAGES = documents.c.collection == STARTER, passages.c.collection == STARTER


class SqlDocumentStore:
    """The starter corpus. The library's rows (library.py) lie in the same tables and are left alone."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine, self._clock = engine, clock

    def replace_corpus(self, corpus: Iterable[Document]) -> bool:
        """Makes these the current documents, in one transaction. Returns whether anything changed.

        What is no longer current stays, so that an answer given from it can still be shown.
        """
        wanted = list(corpus)
        passage_rows = {(p.id, p.version): (number, p) for number, p in enumerate(_passages_of(wanted))}
        document_rows = {(d.id, d.content_hash): (number, d) for number, d in enumerate(wanted)}
        now = utc(self._clock.now())
        gone = {"current": False, "replaced_at": self._clock.today()}
        with transaction(self._engine) as connection:
            passage_keys = select(passages.c.id, passages.c.version, passages.c.current).where(_OURS_OF_PASSAGES)
            known_passages = {(row.id, row.version): row.current for row in connection.execute(passage_keys)}
            document_keys = select(documents.c.id, documents.c.content_hash, documents.c.current).where(_OURS)
            known_documents = {(row.id, row.content_hash): row.current for row in connection.execute(document_keys)}
            # Passages too: a newer reader may make other ones of an unchanged file.
            if _current(known_documents) == set(document_rows) and _current(known_passages) == set(passage_rows):
                return False
            connection.execute(update(documents).where(_OURS, documents.c.current).values(state=REPLACED, **gone))
            connection.execute(update(passages).where(_OURS_OF_PASSAGES, passages.c.current).values(**gone))
            for key, (number, document) in document_rows.items():
                _write_document(connection, document, number, now, known=key in known_documents)
            for key, (number, passage) in passage_rows.items():
                _write_passage(connection, passage, number, now, known=key in known_passages)
        return True

    def documents(self) -> tuple[Document, ...]:
        """The current documents with their passages, in corpus order."""
        with transaction(self._engine) as connection:
            document_rows = connection.execute(
                select(documents.c.content).where(_OURS, documents.c.current).order_by(documents.c.position)
            ).all()
            passage_rows = connection.execute(
                select(passages.c.content).where(_OURS_OF_PASSAGES, passages.c.current).order_by(passages.c.position)
            ).all()
        by_document: dict[str, list[Passage]] = {}
        for row in passage_rows:
            passage = passage_from_json(row.content)
            by_document.setdefault(passage.document_id, []).append(passage)
        return tuple(
            document_from_json(row.content, tuple(by_document.get(row.content["id"], ()))) for row in document_rows
        )


def _write_document(connection: Connection, document: Document, number: int, now: dt.datetime, *, known: bool) -> None:
    """Makes it current, at its place in the corpus. One that was current before is taken up again."""
    if not known:
        connection.execute(insert(documents).values(document_row(document, number) | {"stored_at": now}))
        return
    again = {"current": True, "position": number, "state": LIVE, "replaced_at": None}
    this = (documents.c.id == document.id, documents.c.content_hash == document.content_hash)
    connection.execute(update(documents).where(*this).values(**again, passage_keys=keys_of(document)))


def _write_passage(connection: Connection, passage: Passage, number: int, now: dt.datetime, *, known: bool) -> None:
    if not known:
        connection.execute(insert(passages).values(passage_row(passage, number) | {"stored_at": now}))
        return
    this = (passages.c.id == passage.id, passages.c.version == passage.version)
    connection.execute(update(passages).where(*this).values(current=True, position=number, replaced_at=None))


def _current(known: dict[tuple[str, str], bool]) -> set[tuple[str, str]]:
    return {key for key, current in known.items() if current}


def _passages_of(corpus: Iterable[Document]) -> Iterable[Passage]:
    return (passage for document in corpus for passage in document.passages)


def document_row(document: Document, position: int) -> dict[str, object]:
    return {
        "id": document.id,
        "content_hash": document.content_hash,
        "position": position,
        "title": document.title,
        "content": document_to_json(document),
        "current": True,
        "passage_keys": keys_of(document),
    }


def keys_of(document: Document) -> list[list[str]]:
    """Which passages a version of a document is made of, in its order."""
    return [[passage.id, passage.version] for passage in document.passages]


def passage_row(passage: Passage, position: int) -> dict[str, object]:
    return {
        "id": passage.id,
        "version": passage.version,
        "document_id": passage.document_id,
        "position": position,
        "heading": passage.heading,
        "text": passage.text,
        "valid_from": passage.validity.valid_from,
        "valid_to": passage.validity.valid_to,
        "content": passage_to_json(passage),
        "current": True,
    }
