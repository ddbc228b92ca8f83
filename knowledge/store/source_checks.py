"""What is known of the sources that are watched, every check of them, and the documents that rest on them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Container, Iterable, Iterator
from dataclasses import asdict, dataclass
from itertools import chain
from typing import Any

from sqlalchemy import Connection, Engine, Row, delete, func, insert, select, update

from ..inbox.datatypes import Kind, SubjectKind
from ..seams import Clock
from ..source_checks import Outcome, RestingContact, RestingDocument, SourceCheck, SourceState
from .engine import transaction
from .inbox import settle as settle_items
from .inbox_causes import follow_source
from .tables import LIBRARY, LIVE, REPLACED, STARTER, contacts, documents, passages, source_checks, source_states
from .times import aware, utc

_CHECK = source_checks.c["address", "run", "at", "outcome", "reason", "detail", "diff", "needs_person"]


@dataclass(frozen=True, slots=True)
class RunCounts:
    """How the latest run ended, so far."""

    run: str
    began: dt.datetime
    ended: dt.datetime
    outcomes: dict[Outcome, int]


class SqlSourceStore:
    """Times come in and go out in UTC, without a zone in the tables as everywhere."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine, self._clock = engine, clock

    def states(self) -> dict[str, SourceState]:
        with transaction(self._engine) as connection:
            return {row.address: _state(row) for row in connection.execute(select(source_states))}

    def record(self, state: SourceState, check: SourceCheck) -> None:
        """Keeps a check and what is known after it, in one transaction.

        A source that gives content again settles what was open about its absence.
        """
        with transaction(self._engine) as connection:
            if check.outcome.has_content or (check.outcome is Outcome.MOVED and not check.reason):
                absent = (Outcome.GONE, Outcome.UNREACHABLE, Outcome.REFUSED)
                _settle(connection, [check.address], check.at, absent)
            connection.execute(delete(source_states).where(source_states.c.address == state.address))
            connection.execute(insert(source_states).values(_naive(asdict(state))))
            connection.execute(insert(source_checks).values(_naive(asdict(check))))
            follow_source(connection, state, check)

    def open_checks(self) -> tuple[SourceCheck, ...]:
        """What waits for a person, the oldest first."""
        wanted = select(*_CHECK).where(source_checks.c.needs_person, source_checks.c.settled_at.is_(None))
        with transaction(self._engine) as connection:
            return tuple(_check(row) for row in connection.execute(wanted.order_by(source_checks.c.id)))

    def settle(self, addresses: Collection[str]) -> int:
        """A person has dealt with these. Returns how many checks were open."""
        now = self._clock.now()
        with transaction(self._engine) as connection:
            settle_items(connection, Kind.GONE_SOURCE, SubjectKind.SOURCE, addresses, "source_settled", now)
            return _settle(connection, addresses, now, tuple(Outcome))

    def checks_of(self, run: str) -> tuple[SourceCheck, ...]:
        wanted = select(*_CHECK).where(source_checks.c.run == run).order_by(source_checks.c.id)
        with transaction(self._engine) as connection:
            return tuple(_check(row) for row in connection.execute(wanted))

    def latest_run(self) -> RunCounts | None:
        latest = select(source_checks.c.run).order_by(source_checks.c.id.desc()).limit(1)
        counted = select(
            source_checks.c.outcome,
            func.count().label("checks"),
            func.min(source_checks.c.at).label("began"),
            func.max(source_checks.c.at).label("ended"),
        ).group_by(source_checks.c.outcome)
        with transaction(self._engine) as connection:
            run = connection.execute(latest).scalar_one_or_none()
            rows = connection.execute(counted.where(source_checks.c.run == run)).all()
        if run is None:
            return None
        began, ended = min(row.began for row in rows), max(row.ended for row in rows)
        outcomes = {Outcome(row.outcome): int(row.checks) for row in rows}
        return RunCounts(run, aware(began), aware(ended), outcomes)

    def resting_on(self, addresses: Iterable[str]) -> dict[str, tuple[RestingDocument, ...]]:
        """The current documents that rest on each address: the starter corpus by its passages' sources, the library by
        the address that a document was read from or gives as its own."""
        spelled = _spelled(addresses)
        found: dict[str, dict[str, RestingDocument]] = {address: {} for of in spelled.values() for address in of}
        with transaction(self._engine) as connection:
            for url, document in chain(_starter(connection), _library(connection, spelled)):
                for address in spelled.get(_bare(url), ()):
                    found[address][document.id] = document
        return {address: tuple(resting.values()) for address, resting in found.items()}

    def contacts_on(self, addresses: Iterable[str]) -> dict[str, tuple[RestingContact, ...]]:
        """The contacts in use that were found on each address."""
        spelled = _spelled(addresses)
        found: dict[str, list[RestingContact]] = {address: [] for of in spelled.values() for address in of}
        wanted = select(*contacts.c["id", "organisation", "role", "source_url"]).where(contacts.c.state == LIVE)
        with transaction(self._engine) as connection:
            for row in connection.execute(wanted.order_by(contacts.c.position)):
                for address in spelled.get(_bare(row.source_url), ()):
                    found[address].append(RestingContact(row.id, row.organisation, row.role))
        return {address: tuple(resting) for address, resting in found.items()}


def _starter(connection: Connection) -> Iterator[tuple[str, RestingDocument]]:
    rows = connection.execute(
        select(passages.c.document_id, passages.c.content)
        .where(passages.c.collection == STARTER, passages.c.current)
        .order_by(passages.c.position)
    )
    for row in rows:
        document = RestingDocument(row.document_id, row.content["title"], STARTER)
        yield from ((source["url"], document) for source in row.content["sources"])


def _library(connection: Connection, spelled: Container[str]) -> Iterator[tuple[str, RestingDocument]]:
    # The first passage tells the source of all. Its address may end with "#page=1", so SQL does not compare.
    url = passages.c.content["sources", 0, "url"].as_string()
    by_source = select(url.label("url"), passages.c.document_id).where(
        passages.c.collection == LIBRARY, passages.c.current, passages.c.position == 0
    )
    newest = (documents.c.collection == LIBRARY, documents.c.state != REPLACED)
    by_origin = select(documents.c.origin.label("url"), documents.c.id.label("document_id")).where(*newest)
    rows = chain(connection.execute(by_source), connection.execute(by_origin))
    resting = [(row.document_id, row.url) for row in rows if row.url and _bare(row.url) in spelled]
    titled = select(documents.c.id, documents.c.title).where(*newest, documents.c.id.in_({key for key, _ in resting}))
    titles = {row.id: row.title for row in connection.execute(titled)}
    for key, found_at in resting:
        if key in titles:
            yield found_at, RestingDocument(key, titles[key], LIBRARY)


def _spelled(addresses: Iterable[str]) -> dict[str, list[str]]:
    """The addresses by each spelling that documents may have: the other scheme, with or without a closing slash."""
    spelled: dict[str, list[str]] = {}
    for address in addresses:
        rest = _bare(address).partition("://")[2].rstrip("/")
        for spelling in (f"{scheme}://{rest}{end}" for scheme in ("http", "https") for end in ("", "/")):
            spelled.setdefault(spelling, []).append(address)
    return spelled


def _bare(url: str) -> str:
    return url.partition("#")[0]


def _settle(connection: Connection, addresses: Collection[str], now: dt.datetime, outcomes: Collection[Outcome]) -> int:
    settled = connection.execute(
        update(source_checks)
        .where(
            source_checks.c.address.in_(addresses),
            source_checks.c.outcome.in_([outcome.value for outcome in outcomes]),
            source_checks.c.needs_person,
            source_checks.c.settled_at.is_(None),
        )
        .values(settled_at=utc(now))
    )
    return int(settled.rowcount)


def _naive(values: dict[str, Any]) -> dict[str, Any]:
    return {name: utc(value) if isinstance(value, dt.datetime) else value for name, value in values.items()}


def _state(row: Row[Any]) -> SourceState:
    values = dict(row._mapping)
    times = {name: aware(values[name]) for name in ("checked_at", "since", "next_check_at")}
    return SourceState(**{**values, **times, "outcome": Outcome(values["outcome"])})


def _check(row: Row[Any]) -> SourceCheck:
    return SourceCheck(**{**row._mapping, "at": aware(row.at), "outcome": Outcome(row.outcome)})
