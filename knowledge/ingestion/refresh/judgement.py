"""What a check found, against what was known: the outcome, the new state, and whether a person has to look."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import replace

import httpx

from ...errors import FetchFailed
from ...source_checks import Outcome, Reason, SourceCheck, SourceState, WatchedSource
from ..fetching.fetcher import Fetched
from .diff import text_diff

_FAILURES_UNTIL_A_PERSON_LOOKS = 3
_FIRST_RETRY = dt.timedelta(days=1)

Judged = tuple[SourceState, SourceCheck]


def judge_content(
    source: WatchedSource, before: SourceState | None, fetched: Fetched, text: str, run: str, now: dt.datetime
) -> Judged:
    """`text` is the main text of what came; of what was not modified, the text of before."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    moved_to = fetched.url if fetched.moved and not _only_safer(source.address, fetched.url) else ""
    known = before is not None and bool(before.content_hash)
    changed = known and before is not None and before.content_hash != digest
    moved = bool(moved_to) and (before is None or before.moved_to != moved_to)
    outcome = Outcome.MOVED if moved else Outcome.CHANGED if changed else Outcome.UNCHANGED if known else Outcome.NEW
    state = SourceState(
        address=source.address,
        outcome=outcome,
        reason="",
        detail=moved_to,
        checked_at=now,
        since=_since(before, outcome, "", now),
        next_check_at=now + source.every,
        read_from=fetched.url,
        etag=fetched.etag or (before.etag if before and not fetched.modified else ""),
        last_modified=fetched.last_modified or (before.last_modified if before and not fetched.modified else ""),
        content_hash=digest,
        text=text,
        moved_to=moved_to,
    )
    diff = text_diff(before.text, text) if changed and before is not None else ""
    needs_person = changed or moved
    return state, SourceCheck(source.address, run, now, outcome, "", moved_to, diff, needs_person)


def judge_failure(
    source: WatchedSource, before: SourceState | None, error: FetchFailed, run: str, now: dt.datetime
) -> Judged:
    """What was known of the content stays: a source that cannot be read is neither kept silently nor dropped."""
    outcome = Reason(error.reason).outcome
    failures = (before.failures if before else 0) + 1
    moved_to = error.detail if outcome is Outcome.MOVED else (before.moved_to if before else "")
    empty = SourceState(source.address, outcome, "", "", now, now, now)
    state = replace(
        before or empty,
        outcome=outcome,
        reason=error.reason,
        detail=error.detail,
        checked_at=now,
        since=_since(before, outcome, error.reason, now),
        next_check_at=now + _until_next(source, outcome, failures, error.retry_after),
        failures=failures,
        moved_to=moved_to,
    )
    check = SourceCheck(source.address, run, now, outcome, error.reason, error.detail)
    return state, replace(check, needs_person=_needs_person(before, state))


def _since(before: SourceState | None, outcome: Outcome, reason: str, now: dt.datetime) -> dt.datetime:
    """Different ways of being unreachable are one stretch; different refusals are not."""
    same = before is not None and before.outcome is outcome
    if before is not None and same and (outcome is Outcome.UNREACHABLE or before.reason == reason):
        return before.since
    return now


def _needs_person(before: SourceState | None, state: SourceState) -> bool:
    """Once for each thing that happened: a person who has dealt with it is not told again every month."""
    if state.outcome is Outcome.UNREACHABLE:
        return state.failures == _FAILURES_UNTIL_A_PERSON_LOOKS
    if state.outcome is Outcome.MOVED:
        return before is None or before.moved_to != state.moved_to
    return before is None or (before.outcome, before.reason) != (state.outcome, state.reason)


def _until_next(source: WatchedSource, outcome: Outcome, failures: int, retry_after: float) -> dt.timedelta:
    """1, 2, 4 … days while it is unreachable, never less often than otherwise, never sooner than it asked for."""
    if outcome is not Outcome.UNREACHABLE:
        return source.every
    wait = min(_FIRST_RETRY * (1 << min(failures - 1, 9)), source.every)
    return max(wait, dt.timedelta(seconds=retry_after))


def _only_safer(address: str, target: str) -> bool:
    """From http to https alone is no move that anyone has to know of."""
    return httpx.URL(address).copy_with(scheme="https", fragment=None) == httpx.URL(target)
