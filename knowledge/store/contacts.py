"""Contacts in the database: filled from a file, kept by staff, every change written down.

The rule where file and staff disagree: what staff changed or verified stays, whole row by whole row, and the difference
is listed (`kept_otherwise`). All other rows follow the file.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Engine, func, insert, select, update

from ..datatypes import Contact, a_year_after
from ..errors import EditConflict, NotFound
from ..seams import Clock
from .audit import AuditEntry, append, audited_transaction
from .contact_rows import from_json, from_row, to_json, to_row
from .engine import transaction
from .tables import LIVE, contact_changes, contacts
from .times import utc

_FILE = "contacts.csv"
_SERVICE = "service"  # as the audit log names who is nobody
_ACTIONS = {  # of the audit log, by the kind of a change
    "import": "contact.imported",
    "verify": "contact.verified",
    "add": "contact.added",
    "edit": "contact.changed",
    "retire": "contact.retired",
    "restore": "contact.restored",
}


@dataclass(frozen=True, slots=True)
class ContactChange:
    """One line of a contact's history. `before` is None for a new contact."""

    kind: str
    by: str
    at: dt.datetime
    before: Contact | None
    after: Contact


@dataclass(frozen=True, slots=True)
class FileTaken:
    """What taking in the file did: identifiers."""

    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    retired: tuple[str, ...] = ()


class SqlContactStore:
    """Each call is one transaction."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine, self._clock = engine, clock

    def version(self) -> int:
        """Grows with every change of any contact."""
        with transaction(self._engine) as connection:
            return int(connection.execute(select(func.max(contact_changes.c.n))).scalar() or 0)

    def live(self) -> tuple[Contact, ...]:
        with transaction(self._engine) as connection:
            query = select(contacts).where(contacts.c.state == LIVE).order_by(contacts.c.position, contacts.c.id)
            return tuple(from_row(row._asdict()) for row in connection.execute(query))

    def all(self) -> tuple[Contact, ...]:
        """With the retired ones."""
        with transaction(self._engine) as connection:
            rows = connection.execute(select(contacts).order_by(contacts.c.position, contacts.c.id))
            return tuple(from_row(row._asdict()) for row in rows)

    def get(self, key: str) -> Contact:
        with transaction(self._engine) as connection:
            return from_row(_required(connection, key))

    def history(self, key: str) -> tuple[ContactChange, ...]:
        """Oldest first."""
        query = select(contact_changes).where(contact_changes.c.contact_id == key).order_by(contact_changes.c.n)
        with transaction(self._engine) as connection:
            return tuple(
                ContactChange(row.kind, row.by, row.at, row.before and from_json(row.before), from_json(row.after))
                for row in connection.execute(query)
            )

    def kept_otherwise(self) -> tuple[tuple[Contact, Contact], ...]:
        """What staff keep otherwise than the file has it, each with the file's row."""
        query = select(contacts).where(contacts.c.kept).order_by(contacts.c.position, contacts.c.id)
        with transaction(self._engine) as connection:
            rows = connection.execute(query).all()
        pairs = [(from_row(row._asdict()), row.in_file and from_json(row.in_file)) for row in rows]
        return tuple((ours, filed) for ours, filed in pairs if filed is not None and ours != filed)

    def take_file(self, rows: Sequence[Contact]) -> FileTaken:
        """Makes the table follow the file, but for what staff changed or verified."""
        new, changed, retired = [], [], []
        with transaction(self._engine) as connection:
            known = {row.id: row for row in connection.execute(select(contacts))}
            for position, filed in enumerate(rows):
                row = known.pop(filed.id, None)
                if row is None:
                    self._write(connection, None, filed, kind="file", by=_FILE, position=position, in_file=filed)
                    new.append(filed.id)
                    continue
                ours = from_row(row._asdict())
                if not row.kept and ours != filed:
                    self._write(connection, ours, filed, kind="file", by=_FILE, position=position, in_file=filed)
                    changed.append(filed.id)
                elif row.position != position or row.in_file != to_json(filed):
                    _update(connection, filed.id, position=position, in_file=to_json(filed))
            for row in known.values():
                ours = from_row(row._asdict())
                if row.kept and row.in_file is not None:
                    _update(connection, row.id, in_file=None)
                elif not row.kept and not ours.retired:
                    gone = replace(ours, retired=True)
                    self._write(connection, ours, gone, kind="file", by=_FILE, position=row.position, in_file=None)
                    retired.append(ours.id)
        return FileTaken(tuple(new), tuple(changed), tuple(retired))

    def save(
        self,
        changed: Collection[Contact],
        *,
        by: str,
        kind: str = "import",
        actor: str = _SERVICE,
        seen: int | None = None,
    ) -> int:
        """Staff's word: these rows are so from now on. All of them or none; returns how many differ from before.

        `actor` is who the audit log names. `seen` is the version of the table that it was made of: raises EditConflict,
        with what they are now, where some of these rows have changed since.
        """
        written = 0
        with audited_transaction(self._engine) as connection:
            if seen is not None:
                _check_unchanged(connection, [contact.id for contact in changed], seen)
            end = int(connection.execute(select(func.count()).select_from(contacts)).scalar() or 0)
            for contact in changed:
                row = connection.execute(select(contacts).where(contacts.c.id == contact.id)).one_or_none()
                ours = from_row(row._asdict()) if row is not None else None
                if ours == contact:
                    continue
                self._write(
                    connection,
                    ours,
                    contact,
                    kind=kind,
                    by=by,
                    position=row.position if row is not None else end + written,
                    kept=True,
                )
                self._tell(connection, ours, contact, kind, actor)
                written += 1
        return written

    def verify(self, key: str, *, by: str, next_check: dt.date | None = None, actor: str = _SERVICE) -> Contact:
        """Someone has called or written today and it holds. Without a day for the next check it counts for a year."""
        with audited_transaction(self._engine) as connection:
            row, today = _required(connection, key), self._clock.today()
            ours = from_row(row)
            checked = replace(ours, last_verified=today, verified_by=by, next_check=next_check or a_year_after(today))
            self._write(connection, ours, checked, kind="verify", by=by, position=row["position"], kept=True)
            self._tell(connection, ours, checked, "verify", actor)
        return checked

    def _tell(self, connection: Connection, before: Contact | None, after: Contact, kind: str, actor: str) -> None:
        """Which columns, not what stands in them: that is in the contact's history."""
        old = to_json(before) if before else {}
        columns = [name for name, value in to_json(after).items() if value != old.get(name)]
        append(connection, AuditEntry(actor, _ACTIONS[kind], after.id, {"columns": columns}), self._clock.now())

    def _write(
        self,
        connection: Connection,
        before: Contact | None,
        after: Contact,
        *,
        kind: str,
        by: str,
        **columns: Any,
    ) -> None:
        now = utc(self._clock.now())
        if isinstance(columns.get("in_file"), Contact):
            columns["in_file"] = to_json(columns["in_file"])
        if before is None:
            connection.execute(
                insert(contacts).values(**{"kept": False} | to_row(after) | columns | {"updated_at": now})
            )
        else:
            _update(connection, after.id, **to_row(after) | columns | {"updated_at": now})
        connection.execute(
            insert(contact_changes).values(
                contact_id=after.id, kind=kind, by=by, at=now, before=before and to_json(before), after=to_json(after)
            )
        )


def _check_unchanged(connection: Connection, keys: Collection[str], seen: int) -> None:
    newer = select(contact_changes.c.contact_id).where(contact_changes.c.n > seen).distinct()
    changed = sorted(set(connection.execute(newer).scalars()) & set(keys))
    if changed:
        raise EditConflict(tuple(from_row(_required(connection, key)) for key in changed))


def _update(connection: Connection, key: str, **values: Any) -> None:
    connection.execute(update(contacts).where(contacts.c.id == key).values(**values))


def _required(connection: Connection, key: str) -> dict[str, Any]:
    row = connection.execute(select(contacts).where(contacts.c.id == key)).one_or_none()
    if row is None:
        raise NotFound("contact", key)
    return row._asdict()
