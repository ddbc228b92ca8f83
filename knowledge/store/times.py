"""Times as the database keeps them: UTC, without saying so."""

from __future__ import annotations

import datetime as dt


def utc(at: dt.datetime) -> dt.datetime:
    """As it is stored. A time without a zone is UTC already."""
    return aware(at).astimezone(dt.UTC).replace(tzinfo=None)


def aware(at: dt.datetime) -> dt.datetime:
    """As it is read: a time without a zone is UTC."""
    return at if at.tzinfo else at.replace(tzinfo=dt.UTC)
