"""The way in: what signing in, the gate and the accounts screen call."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cryptography.fernet import Fernet

from ...errors import NotPossible, SignInFailed
from ...store.accounts import SqlAccounts, folded
from ...store.provider_visits import SqlProviderVisits
from ...store.sessions import SqlSessions, new_token
from ...store.sign_in_attempts import SqlSignInAttempts
from .passwords import Passwords
from .permissions import Person, roles_of

if TYPE_CHECKING:
    from .provider import Provider

PER_ACCOUNT = 10  # attempts in fifteen minutes
PER_ADDRESS = 50  # a whole office may stand behind one


@dataclass(frozen=True, slots=True)
class Entered:
    """A new session, and the page to go to."""

    token: str
    next: str = ""


@dataclass(frozen=True, slots=True)
class Refused:
    """`wait` is how long no attempt is taken. Nothing of it tells whether the account exists."""

    wait: dt.timedelta | None = None


@dataclass(frozen=True, slots=True)
class Departure:
    """To the provider at `url`; the browser keeps `token` until it is back."""

    url: str
    token: str


@dataclass(frozen=True, slots=True)
class Entrance:
    """`provider` is None where staff sign in with local accounts only."""

    accounts: SqlAccounts
    sessions: SqlSessions
    attempts: SqlSignInAttempts
    visits: SqlProviderVisits
    passwords: Passwords
    provider: Provider | None

    def who(self, token: str) -> Person | None:
        """Who is signed in with this token."""
        session = self.sessions.find(token) if token else None
        return Person(session.account_id, session.name, roles_of(session.roles)) if session else None

    def sign_in(self, name: str, password: str, address: str, instead_of: str = "") -> Entered | Refused:
        """With a local account. An unknown name takes as long, and is told the same, as a wrong password."""
        of_account = f"account:{folded(name)}"
        wait = self.attempts.take({of_account: PER_ACCOUNT, f"address:{address}": PER_ADDRESS})
        if wait is not None:
            return Refused(wait)
        found = self.accounts.local(name)
        fits = self.passwords.fit(found[1] if found else None, password)
        if not found or not fits or not found[0].active:
            why = "unknown_account" if not found else "wrong_password" if not fits else "disabled"
            self.attempts.tell_refused(found[0].id if found else "", why)
            return Refused()
        account, known = found
        self.attempts.forgive(of_account)
        if self.passwords.outdated(known):
            self.accounts.renew_hash(account.id, self.passwords.hash(password))
        token = new_token()
        self.sessions.start(account.id, token, instead_of=instead_of)
        return Entered(token)

    def depart(self, next_page: str) -> Departure:
        """Raises SignInFailed where there is no provider, or it does not answer."""
        if self.provider is None:
            raise SignInFailed("none")
        url, visit = self.provider.departure(next_page)
        token = new_token()
        self.visits.begin(token, visit)
        return Departure(url, token)

    def arrive(self, given: Mapping[str, str], visit_token: str, instead_of: str = "") -> Entered:
        """Back from the provider. Raises SignInFailed; why is in the audit log."""
        try:
            return self._arrive(given, visit_token, instead_of)
        except SignInFailed as error:
            self.attempts.tell_refused("", f"provider_{error.code}")
            raise

    def _arrive(self, given: Mapping[str, str], visit_token: str, instead_of: str) -> Entered:
        visit = self.visits.end(visit_token) if visit_token else None
        if self.provider is None or visit is None:
            raise SignInFailed("too_late")
        arrival = self.provider.arrival(given, visit)
        if not arrival.vouched.roles:
            raise SignInFailed("no_role")
        try:
            account = self.accounts.take_vouched(arrival.vouched)
        except NotPossible as error:
            raise SignInFailed("disabled") from error
        token = new_token()
        self.sessions.start(account.id, token, _seal(token).encrypt(arrival.id_token.encode()).decode(), instead_of)
        return Entered(token, visit.next)

    def sign_out(self, token: str) -> str | None:
        """Ends the session. Gives the provider's address to be signed out at too, where one vouched."""
        session = self.sessions.find(token)
        self.sessions.end(token)
        if session is None or not session.provider_token or self.provider is None:
            return None
        try:
            return self.provider.farewell(_seal(token).decrypt(session.provider_token).decode())
        except SignInFailed:
            return None  # signed out here all the same


def proof(token: str) -> str:
    """What a form must carry to be known as ours: bound to the session, or to the visitor before there is one."""
    return hmac.new(token.encode(), b"csrf", hashlib.sha256).hexdigest()


def _seal(token: str) -> Fernet:
    """With the browser's token, which the store does not have: nobody reads an ID token out of the database."""
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(b"provider" + token.encode()).digest()))
