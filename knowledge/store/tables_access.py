"""Tables of who may enter the console: accounts, sessions, sign-ins under way and attempts."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from .tables import metadata

# A local account has no issuer, and its sign-in name as subject; any other is known by what its provider calls it.
accounts = Table(
    "accounts",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("issuer", String(300), nullable=False),
    Column("subject", String(255), nullable=False),
    Column("sign_in_name", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("roles", JSON, nullable=False),
    Column("password_hash", Text),
    Column("active", Boolean, nullable=False),
    Column("made_at", DateTime, nullable=False),
    Column("signed_in_at", DateTime),
    UniqueConstraint("issuer", "subject"),
)

# The browser alone has a session's token: here is its hash. `provider_token` is sealed with the token itself.
sessions = Table(
    "sessions",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("account_id", String(40), ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
    Column("started_at", DateTime, nullable=False),
    Column("seen_at", DateTime, nullable=False),
    Column("provider_token", Text, nullable=False),
    Index(None, "account_id"),
    Index(None, "started_at"),
)

# One row from leaving for the provider until coming back, or until it is too late.
provider_visits = Table(
    "provider_visits",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("state", String(64), nullable=False),
    Column("nonce", String(64), nullable=False),
    Column("code_verifier", String(128), nullable=False),
    Column("next", Text, nullable=False),
    Column("started_at", DateTime, nullable=False),
    Index(None, "started_at"),
)

# Sign-ins that did not succeed, by a digest of the account's name and by one of the address.
sign_in_attempts = Table(
    "sign_in_attempts",
    metadata,
    Column("n", Integer, primary_key=True, autoincrement=True),
    Column("key", String(64), nullable=False),
    Column("at", DateTime, nullable=False),
    Index(None, "key", "at"),
    Index(None, "at"),
)
