"""Whether the audit log is as it was written: each row against its hash, the row before it and the head."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from .audit import chained_hash

Row = Mapping[str, object]
COLUMNS = ("n", "at", "actor", "action", "subject", "detail", "previous", "hash")


class Fault(StrEnum):
    CHANGED = "changed"  # the row does not fit its hash
    MISSING = "missing"  # rows are gone from within the chain
    UNCHAINED = "unchained"  # the row fits its own hash, but not the row before: one of the two was written anew
    CUT = "cut"  # rows are gone from the end, or there are rows that the head does not know
    UNREADABLE = "unreadable"  # the database gives no more rows
    NOT_EXPECTED = "not_expected"  # a hash noted earlier is nowhere in the chain


@dataclass(frozen=True, slots=True)
class Break:
    """`first` and `last` are row numbers; the same where it is one row."""

    fault: Fault
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """`rows` were read; `head` is the hash of the last, to be noted elsewhere."""

    rows: int
    head: str
    breaks: tuple[Break, ...]

    @property
    def is_whole(self) -> bool:
        return not self.breaks


class Chain:
    """Takes the rows in order and keeps what is wrong with them."""

    def __init__(self) -> None:
        self.rows, self.last, self.head = 0, 0, ""
        self._hash_before: object = ""  # what the next row must name; None where the row before is broken anyway
        self._hashes: set[str] = set()
        self._breaks: list[Break] = []

    def take(self, row: Row) -> None:
        number, worked_out = row["n"], chained_hash(row)
        if not isinstance(number, int):
            number = self.last + 1
        if number > self.last + 1:
            self._breaks.append(Break(Fault.MISSING, self.last + 1, number - 1))
            self._hash_before = None
        changed = worked_out != row["hash"] or number <= self.last
        if changed:
            self._breaks.append(Break(Fault.CHANGED, number, number))
        elif self._hash_before not in (None, row["previous"]):
            self._breaks.append(Break(Fault.UNCHAINED, number, number))
        self.rows, self.last, self.head = self.rows + 1, max(number, self.last), str(row["hash"])
        self._hash_before = None if changed else self.head
        self._hashes.add(self.head)

    def unreadable(self) -> None:
        self._breaks.append(Break(Fault.UNREADABLE, self.last + 1, self.last + 1))

    def verdict(self, head: Row | None = None, expected: Iterable[str] = ()) -> Verdict:
        """`head` is what the database says of the last row; none where the rows came from a file."""
        breaks = [*self._breaks, *self._of_head(head)]
        if any(hash_ not in self._hashes for hash_ in expected):
            breaks.append(Break(Fault.NOT_EXPECTED, self.last, self.last))
        return Verdict(self.rows, self.head, tuple(breaks))

    def _of_head(self, head: Row | None) -> Iterator[Break]:
        if head is not None and (head["n"], head["hash"]) != (self.last, self.head):
            known = head["n"] if isinstance(head["n"], int) else self.last
            first, last = sorted((known, self.last))
            yield Break(Fault.CUT, min(first + 1, last), last)
