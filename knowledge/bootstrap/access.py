"""Who may enter the console, and how."""

from __future__ import annotations

from argon2 import PasswordHasher
from sqlalchemy import Engine

from ..console.access.entrance import Entrance
from ..console.access.passwords import Passwords
from ..seams import Clock
from ..settings import Settings
from ..store.accounts import SqlAccounts
from ..store.provider_visits import SqlProviderVisits
from ..store.sessions import SqlSessions
from ..store.sign_in_attempts import SqlSignInAttempts


def entrance(settings: Settings, engine: Engine, clock: Clock, passwords: Passwords | None = None) -> Entrance:
    """Who may enter the console, and how. Without `passwords`, they are hashed as slowly as they should be."""
    provider: Provider | None = None
    if settings.provider:
        # Here, since Authlib would add a tenth to the start of every command.
        from ..console.access.provider import Provider

        provider = Provider(settings.provider, settings.console_url)
    return Entrance(
        accounts=SqlAccounts(engine, clock),
        sessions=SqlSessions(engine, clock),
        attempts=SqlSignInAttempts(engine, clock),
        visits=SqlProviderVisits(engine, clock),
        passwords=passwords or Passwords(PasswordHasher()),
        provider=provider,
    )
