"""What rests on a repealed or amended section: each document and passage, with the successor and whether it says so."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..datatypes import Passage, Validity
from .key import OLD_ACT, Link, paragraph_key
from .references import Reference, find
from .register import Amendment, Register, amended, name_of

_MAY_CITE = re.compile(r"§|kap\b|\d{4}:\d|paragraf|[Ss]ection|[Ss]oL\b")
_SAYS_OLD = re.compile(
    r"tidigare|upphävd|äldre|gamla|f\.d\.|ersatt|ersätter|ändrad|ändring|ny(?:a)? lydelse", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Citing:
    """Something that cites law: a passage now, a refined answer as well once there are any. `kind` tells which."""

    kind: str
    id: str
    document_id: str
    title: str
    heading: str
    text: str
    laws: tuple[str, ...]
    validity: Validity
    own_number: str = ""  # a statute's passage cites its own statute all the time


@dataclass(frozen=True, slots=True)
class Finding:
    """A reference that no longer holds as it stands. `links` is empty where there is no sure equivalent."""

    citing: Citing
    reference: Reference
    statute: str
    repealed: dt.date | None
    replaced_by: str
    links: tuple[Link, ...]
    chapters_now: tuple[str, ...]
    amendments: tuple[Amendment, ...]
    says_so: bool

    @property
    def is_repeal(self) -> bool:
        return not self.amendments


def citing_passage(passage: Passage, kind: str) -> Citing:
    number = number_of(passage.document_id)
    return Citing(
        kind,
        passage.id,
        passage.document_id,
        passage.title,
        passage.heading,
        passage.text,
        () if number else passage.laws,
        passage.validity,
        number,
    )


def number_of(document_id: str) -> str:
    """ "sfs-1990-52" -> "1990:52"; empty for what is no statute."""
    match = re.fullmatch(r"sfs-(\d{4})-(\d+)", document_id)
    return f"{match[1]}:{match[2]}" if match else ""


def findings(cited: Iterable[Citing], register: Register, day: dt.date) -> Iterator[Finding]:
    """As a stream: nothing is held but the one passage. Each section once a passage."""
    for citing in cited:
        seen: set[tuple[str, str]] = set()
        for reference, beside in _references(citing, day):
            key = (reference.number, reference.address)
            if not reference.number or reference.number == citing.own_number or key in seen:
                continue
            seen.add(key)
            found = _finding(citing, reference, beside, register, day)
            if found is not None:
                yield found


def _references(citing: Citing, day: dt.date) -> Iterator[tuple[Reference, str]]:
    """Each reference with the words around it."""
    for text in (*citing.laws, citing.heading, citing.text):
        if _MAY_CITE.search(text):
            for reference in find(text, day):
                yield reference, text[max(0, reference.start - 60) : reference.end + 60]


def _finding(citing: Citing, reference: Reference, beside: str, register: Register, day: dt.date) -> Finding | None:
    over = register.over_on(reference.number, day)
    changed = () if over else tuple(one for one in amended(reference) if one.since <= day)
    if over is None and not changed:
        return None
    key = paragraph_key()
    links = key.successors(reference) if reference.number == OLD_ACT else ()
    successor = over.successor if over else ""
    return Finding(
        citing,
        reference,
        name_of(reference.number, over.title if over else ""),
        over.repealed if over else None,
        successor,
        links,
        () if links or reference.number != OLD_ACT else key.chapters_now(reference),
        changed,
        _says_so(citing, beside, successor, changed),
    )


def _says_so(citing: Citing, beside: str, successor: str, changed: tuple[Amendment, ...]) -> bool:
    whole = " ".join((citing.text, citing.validity.note, *citing.laws))
    if changed:
        known = any(word in whole for one in changed for word in (one.by, one.since.isoformat()))
        begins = citing.validity.valid_from
        return known or (begins is not None and begins >= max(one.since for one in changed))
    return bool(_SAYS_OLD.search(beside)) or (bool(successor) and successor in whole)
