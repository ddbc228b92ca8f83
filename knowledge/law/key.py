"""The paragraph key: which section of the new Social Services Act says what an old one said, and how sure that is.

social_services_key.tsv comes from comparing the texts; there is no official key. "hög": the link is stated by a source
or an amended act. "medel": it rests on comparing content. What is not in it has no successor that we know of.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache

from .references import Reference, find, order
from .statutes import FOLDER

OLD_ACT, NEW_ACT = "2001:453", "2025:400"
NEW_ACT_FROM = dt.date(2025, 7, 1)


class Confidence(StrEnum):
    HIGH = "hög"
    MEDIUM = "medel"


@dataclass(frozen=True, slots=True)
class Link:
    """`about` is what the sections are about."""

    old: Reference
    new: Reference
    confidence: Confidence
    about: str


class ParagraphKey:
    def __init__(self, links: Iterable[Link]) -> None:
        self._links = tuple(links)

    @property
    def links(self) -> tuple[Link, ...]:
        return self._links

    def successors(self, old: Reference) -> tuple[Link, ...]:
        """The links of a reference to the old act, the surest first; empty: no sure equivalent."""
        if old.number != OLD_ACT or not old.chapter:
            return ()
        return _nearest(self._links, old, lambda link: link.old)

    def chapters_now(self, old: Reference) -> tuple[str, ...]:
        """Where the subjects of an old reference's chapter went: "29 kap.". For sections that have no link."""
        whole = replace(old, section="", last="")
        found = {link.new.chapter for link in self.successors(whole)}
        return tuple(f"{chapter} kap." for chapter in sorted(found, key=order))

    def predecessors(self, new: Reference) -> tuple[Link, ...]:
        """The links of a reference to the new act, the surest first."""
        if new.number != NEW_ACT or not new.chapter:
            return ()
        return _nearest(self._links, new, lambda link: link.new)


@cache
def paragraph_key() -> ParagraphKey:
    """The key that ships with the service, read once."""
    with (FOLDER / "social_services_key.tsv").open(encoding="utf-8", newline="") as file:
        return ParagraphKey(link for row in csv.DictReader(file, delimiter="\t") for link in _links(row))


def _links(row: dict[str, str]) -> Iterable[Link]:
    (old,) = find(f"{row['old']} SoL ({OLD_ACT})", NEW_ACT_FROM)
    for new in find(f"{row['new']} SoL ({NEW_ACT})", NEW_ACT_FROM):
        yield Link(_placeless(old), _placeless(new), Confidence(row["confidence"]), row["about"])


def _nearest(links: Iterable[Link], asked: Reference, of: Callable[[Link], Reference]) -> tuple[Link, ...]:
    """Links of these sections; of all in it, where a whole chapter is asked for."""
    found = [
        link
        for link in links
        if (of(link).covers(asked) or asked.covers(of(link))) and bool(of(link).section) >= bool(asked.section)
    ]
    return tuple(sorted(found, key=lambda link: link.confidence is not Confidence.HIGH))


def _placeless(reference: Reference) -> Reference:
    return replace(reference, start=0, end=0, detail="")
