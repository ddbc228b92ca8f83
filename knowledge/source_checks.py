"""The nouns of `refresh` as plain values: a source that is watched, what a check found, what is known of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """How a check ended. Each is described in docs/refresh.md (tested)."""

    NEW = "new"
    UNCHANGED = "unchanged"
    CHANGED = "changed"
    MOVED = "moved"
    GONE = "gone"
    UNREACHABLE = "unreachable"
    REFUSED = "refused"

    @property
    def has_content(self) -> bool:
        return self in (Outcome.NEW, Outcome.UNCHANGED, Outcome.CHANGED)


class Reason(StrEnum):
    """Why a source could not be read. Each has a text for staff (cli/refresh_texts.py, tested)."""

    NOT_FOUND = "not_found"
    MOVED_OUTSIDE = "moved_outside"
    # We do not ask, or do not take what came.
    BAD_ADDRESS = "bad_address"
    PORT = "port"
    HOST_NOT_LISTED = "host_not_listed"
    REDIRECT_OUTSIDE = "redirect_outside"
    PRIVATE_ADDRESS = "private_address"
    ROBOTS = "robots"
    FORBIDDEN = "forbidden"
    TOO_LARGE = "too_large"
    CONTENT_TYPE = "content_type"
    UNREADABLE = "unreadable"
    # It may work another time.
    NO_SUCH_NAME = "no_such_name"
    NO_CONNECTION = "no_connection"
    CERTIFICATE = "certificate"
    TIMEOUT = "timeout"
    BUSY = "busy"
    SERVER_ERROR = "server_error"
    BAD_REPLY = "bad_reply"
    REDIRECT_LOOP = "redirect_loop"
    TOO_MANY_REDIRECTS = "too_many_redirects"
    ROBOTS_UNREACHABLE = "robots_unreachable"

    @property
    def outcome(self) -> Outcome:
        return _OUTCOMES.get(self, Outcome.UNREACHABLE)


_OUTCOMES = {
    Reason.NOT_FOUND: Outcome.GONE,
    Reason.MOVED_OUTSIDE: Outcome.MOVED,
    **dict.fromkeys(
        (
            Reason.BAD_ADDRESS,
            Reason.PORT,
            Reason.HOST_NOT_LISTED,
            Reason.REDIRECT_OUTSIDE,
            Reason.PRIVATE_ADDRESS,
            Reason.ROBOTS,
            Reason.FORBIDDEN,
            Reason.TOO_LARGE,
            Reason.CONTENT_TYPE,
            Reason.UNREADABLE,
        ),
        Outcome.REFUSED,
    ),
}


@dataclass(frozen=True, slots=True)
class WatchedSource:
    """An address that documents rest on, and how often it is looked at."""

    address: str
    title: str
    publisher: str
    topics: tuple[str, ...]
    every: dt.timedelta


@dataclass(frozen=True, slots=True)
class SourceState:
    """What is known of an address after its latest check. `text` is of the latest check that gave one.

    `since` is when the first of the checks in a row that ended like this was made; `failures` counts those in a row
    that gave no content. `etag` and `last_modified` are about `read_from`, the address that redirects led to.
    """

    address: str
    outcome: Outcome
    reason: str
    detail: str
    checked_at: dt.datetime
    since: dt.datetime
    next_check_at: dt.datetime
    failures: int = 0
    read_from: str = ""
    etag: str = ""
    last_modified: str = ""
    content_hash: str = ""
    text: str = ""
    moved_to: str = ""


@dataclass(frozen=True, slots=True)
class SourceCheck:
    """One check of one address, as it is kept. `detail` is where it moved to, or what the server said."""

    address: str
    run: str
    at: dt.datetime
    outcome: Outcome
    reason: str = ""
    detail: str = ""
    diff: str = ""
    needs_person: bool = False


@dataclass(frozen=True, slots=True)
class RestingDocument:
    """A document that rests on a source."""

    id: str
    title: str
    collection: str


@dataclass(frozen=True, slots=True)
class RestingContact:
    """A contact that was found on a source."""

    id: str
    organisation: str
    role: str
