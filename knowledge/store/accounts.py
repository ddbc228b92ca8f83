"""The accounts of the console: those made here, and those that a provider vouches for.

Every change is in the audit log. Whoever is disabled, or gets other roles or another password, is signed out
everywhere in the same transaction.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, delete, insert, select, update

from ..errors import NotFound, NotPossible
from ..seams import Clock
from .audit import AuditEntry, append, audited_transaction
from .engine import transaction
from .tables_access import accounts, sessions
from .times import utc

LOCAL = ""  # the issuer of an account that was made here


@dataclass(frozen=True, slots=True)
class Account:
    """`subject` is what its issuer calls it; for a local account its sign-in name."""

    id: str
    issuer: str
    subject: str
    sign_in_name: str
    name: str
    roles: tuple[str, ...]
    active: bool
    made_at: dt.datetime
    signed_in_at: dt.datetime | None

    @property
    def local(self) -> bool:
        return self.issuer == LOCAL


@dataclass(frozen=True, slots=True)
class Vouched:
    """What a provider says of a person, with the roles that its claims give here."""

    issuer: str
    subject: str
    sign_in_name: str
    name: str
    roles: tuple[str, ...]


class SqlAccounts:
    """Each call is one transaction. `by` is the id of the account that does it, or the name of a command."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine, self._clock = engine, clock

    def all(self) -> tuple[Account, ...]:
        """By name; those in use first."""
        with transaction(self._engine) as connection:
            rows = connection.execute(select(accounts).order_by(accounts.c.active.desc(), accounts.c.name)).all()
        return tuple(_account(row) for row in rows)

    def get(self, key: str) -> Account:
        with transaction(self._engine) as connection:
            return _get(connection, key)

    def any_local(self) -> bool:
        """Whether an account was ever made here."""
        with transaction(self._engine) as connection:
            made = select(accounts.c.id).where(accounts.c.issuer == LOCAL).limit(1)
            return connection.execute(made).first() is not None

    def local(self, sign_in_name: str) -> tuple[Account, str] | None:
        """A local account with the hash of its password."""
        with transaction(self._engine) as connection:
            row = connection.execute(_found(LOCAL, folded(sign_in_name))).one_or_none()
        return (_account(row), row.password_hash) if row else None

    def add_local(self, sign_in_name: str, name: str, roles: Sequence[str], password_hash: str, by: str) -> Account:
        """Raises NotPossible where the name is taken."""
        vouched = Vouched(LOCAL, folded(sign_in_name), sign_in_name.strip(), name.strip(), tuple(roles))
        with audited_transaction(self._engine) as connection:
            if connection.execute(_found(LOCAL, vouched.subject)).one_or_none():
                raise NotPossible("account_exists")
            return self._make(connection, vouched, password_hash, by)

    def take_vouched(self, vouched: Vouched) -> Account:
        """The account of whom a provider vouches for, made or brought up to date. Raises NotPossible where disabled."""
        with audited_transaction(self._engine) as connection:
            row = connection.execute(_found(vouched.issuer, vouched.subject)).one_or_none()
            if row is None:
                return self._make(connection, vouched, None, vouched.issuer)
            known = _account(row)
            if not known.active:
                raise NotPossible("account_disabled")
            values = {"sign_in_name": vouched.sign_in_name, "name": vouched.name}
            connection.execute(update(accounts).where(accounts.c.id == known.id).values(values))
            if set(known.roles) != set(vouched.roles):
                self._change_roles(connection, known, vouched.roles, vouched.issuer)
            return _get(connection, known.id)

    def set_roles(self, key: str, roles: Sequence[str], by: str) -> None:
        """Raises NotPossible for roles that a provider gives, and where no administrator would be left."""
        with audited_transaction(self._engine) as connection:
            account = _get(connection, key)
            if not account.local:
                raise NotPossible("roles_from_provider")
            if set(account.roles) != set(roles):
                self._change_roles(connection, account, roles, by)
                _require_administrator(connection, account)

    def set_password(self, key: str, password_hash: str, by: str) -> None:
        with audited_transaction(self._engine) as connection:
            account = _get(connection, key)
            if not account.local:
                raise NotPossible("password_at_provider")
            connection.execute(update(accounts).where(accounts.c.id == key).values(password_hash=password_hash))
            self._tell(connection, by, "account.changed", account, password="changed")
            _sign_out(connection, key)

    def renew_hash(self, key: str, password_hash: str) -> None:
        """The same password, hashed as is now thought safe: nobody has to know."""
        with transaction(self._engine) as connection:
            connection.execute(update(accounts).where(accounts.c.id == key).values(password_hash=password_hash))

    def disable(self, key: str, by: str) -> None:
        """Raises NotPossible where no administrator would be left. Does nothing where it is disabled."""
        with audited_transaction(self._engine) as connection:
            account = _get(connection, key)
            if account.active:
                connection.execute(update(accounts).where(accounts.c.id == key).values(active=False))
                _sign_out(connection, key)
                self._tell(connection, by, "account.disabled", account)
                _require_administrator(connection, account)

    def enable(self, key: str, by: str) -> None:
        with audited_transaction(self._engine) as connection:
            account = _get(connection, key)
            if not account.active:
                connection.execute(update(accounts).where(accounts.c.id == key).values(active=True))
                self._tell(connection, by, "account.enabled", account)

    def _make(self, connection: Connection, vouched: Vouched, password_hash: str | None, by: str) -> Account:
        key = uuid.uuid4().hex
        values: dict[str, Any] = {
            "id": key,
            "issuer": vouched.issuer,
            "subject": vouched.subject,
            "sign_in_name": vouched.sign_in_name,
            "name": vouched.name,
            "roles": sorted(vouched.roles),
            "password_hash": password_hash,
            "active": True,
            "made_at": self._now(),
        }
        connection.execute(insert(accounts).values(values))
        account = _get(connection, key)
        self._tell(connection, by, "account.made", account, roles=sorted(vouched.roles))
        return account

    def _change_roles(self, connection: Connection, account: Account, roles: Sequence[str], by: str) -> None:
        connection.execute(update(accounts).where(accounts.c.id == account.id).values(roles=sorted(roles)))
        changed = {"before": sorted(account.roles), "after": sorted(roles)}
        self._tell(connection, by, "account.changed", account, roles=changed)
        _sign_out(connection, account.id)

    def _tell(self, connection: Connection, by: str, action: str, account: Account, **detail: object) -> None:
        entry = AuditEntry(by, action, account.id, {"sign_in_name": account.sign_in_name, **detail})
        append(connection, entry, self._clock.now())

    def _now(self) -> dt.datetime:
        return utc(self._clock.now())


def folded(sign_in_name: str) -> str:
    """Case and blanks around it make no other name."""
    return sign_in_name.strip().casefold()


def _found(issuer: str, subject: str) -> Any:
    return select(accounts).where(accounts.c.issuer == issuer, accounts.c.subject == subject)


def _get(connection: Connection, key: str) -> Account:
    row = connection.execute(select(accounts).where(accounts.c.id == key)).one_or_none()
    if row is None:
        raise NotFound("account", key)
    return _account(row)


def _sign_out(connection: Connection, key: str) -> None:
    connection.execute(delete(sessions).where(sessions.c.account_id == key))


def _require_administrator(connection: Connection, changed: Account) -> None:
    """Someone must be able to let others in. Only who was an administrator can have been the last one."""
    if "administrator" not in changed.roles:
        return
    left = connection.execute(select(accounts.c.roles).where(accounts.c.active)).scalars()
    if not any("administrator" in roles for roles in left):
        raise NotPossible("last_administrator")


def _account(row: Any) -> Account:
    return Account(
        id=row.id,
        issuer=row.issuer,
        subject=row.subject,
        sign_in_name=row.sign_in_name,
        name=row.name,
        roles=tuple(row.roles),
        active=row.active,
        made_at=row.made_at,
        signed_in_at=row.signed_in_at,
    )
