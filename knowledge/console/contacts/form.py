"""What is written about a contact on the screen: held against the rules of the table, as an imported row is."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Annotated, NamedTuple

from pydantic import BaseModel, Field

from ...contacts.checks import Rules, lapse
from ...contacts.sheet import NO, YES, SheetRow, cells_of
from ...datatypes import Contact
from ...errors import ContactsRejected

Seen = Annotated[int, Field(ge=0, le=2**31 - 1)]  # a version of the table


class Problem(NamedTuple):
    """`is_rule`: told by a rule of the table, which are in Swedish whatever the page is in."""

    text: str
    is_rule: bool = False


Problems = Mapping[str, tuple[Problem, ...]]  # by field
_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")
_LONGEST = {"phone": 60, "email": 200, "verified_by": 120}  # characters: what the table holds
_LONGEST_TEXT = 2000
_ID_LONGEST = 60
# In the order of the form.
TEXTS = ("organisation", "role", "role_en", "phone", "email", "hours", "address", "url", "note")
SOURCE = ("source_url", "source_date")


class ContactForm(BaseModel):
    """`seen` is the version of the table that the form was made of."""

    seen: Seen = 0
    organisation: str = ""
    role: str = ""
    role_en: str = ""
    scope: str = ""
    places: str = ""
    topic: list[str] = []
    phone: str = ""
    email: str = ""
    function_address: str = ""
    hours: str = ""
    address: str = ""
    url: str = ""
    source_url: str = ""
    source_date: str = ""
    note: str = ""

    def cells(self) -> dict[str, str]:
        """As a row of the table would say it."""
        cells = {name: _line(getattr(self, name)) for name in (*TEXTS, *SOURCE, "scope")}
        places = re.split(r"[;\r\n]", self.places)
        return cells | {
            "places": "; ".join(name for name in map(_line, places) if name),
            "topics": "; ".join(name for name in map(_line, self.topic) if name),
            "function_address": YES if self.function_address else NO,
        }


class VerifyForm(BaseModel):
    """`how` is "page" where it was read at `source_url` today, otherwise someone has called or written."""

    seen: Seen = 0
    how: str = ""
    source_url: str = ""
    verified_by: str = ""
    next_check: str = ""


@dataclass(frozen=True, slots=True)
class Checked:
    """A contact that may stand, or what is wrong with it."""

    contact: Contact | None = None
    problems: Problems = field(default_factory=dict)


Say = Callable[..., str]  # a text of the console, by its key


def checked(rules: Rules, key: str, cells: Mapping[str, str], known: Contact | None, say: Say) -> Checked:
    """A check of the old number is none of the new one."""
    longest = {name: _LONGEST.get(name, _LONGEST_TEXT) for name in cells}
    too_long = {
        name: (Problem(say("contacts.problems.too_long", n=longest[name])),)
        for name, value in cells.items()
        if len(value) > longest[name]
    }
    if too_long:
        return Checked(problems=too_long)
    row = SheetRow(1, {"id": key, **cells})
    try:
        (contact,) = rules.contacts([row], {key: known} if known else {})
    except ContactsRejected as error:
        return Checked(problems=_by_field(error))
    return Checked(lapse(known, contact))


def verified(rules: Rules, contact: Contact, form: VerifyForm, today: dt.date, say: Say) -> Checked:
    """As it is, checked today."""
    by, url = _line(form.verified_by), _line(form.source_url)
    next_check = _day(form.next_check)
    wrong: dict[str, tuple[Problem, ...]] = {}
    if not by:
        wrong["verified_by"] = (Problem(say("contacts.problems.who_missing")),)
    if next_check is None or next_check <= today:
        wrong["next_check"] = (Problem(say("contacts.problems.next_check")),)
    if form.how not in ("page", "asked"):
        wrong["how"] = (Problem(say("contacts.problems.how_missing")),)
    cells = {"verified_by": by}
    if form.how == "page":
        cells |= {"source_url": url, "source_date": today.isoformat()}
    dates = {"last_verified": today.isoformat(), "next_check": next_check.isoformat() if next_check else ""}
    found = checked(rules, contact.id, cells | dates, contact, say)
    problems = {**found.problems, **wrong}
    return Checked(None, problems) if problems else found


def cells_for(contact: Contact) -> dict[str, str]:
    """What the fields of the form show."""
    return cells_of(contact) | {"scope": contact.scope}


def new_id(contact: Contact, taken: Collection[str]) -> str:
    """Readable, and nobody's yet. It never changes: answers and the file refer to it."""
    plain = unicodedata.normalize("NFKD", f"{contact.organisation} {contact.role}".casefold())
    slug = re.sub(r"[^a-z0-9]+", "-", plain.encode("ascii", "ignore").decode()).strip("-")
    slug = slug[:_ID_LONGEST].strip("-") or "kontakt"
    number, key = 1, slug
    while key in taken:
        number += 1
        key = f"{slug}-{number}"
    return key


def named(contact: Contact, taken: Collection[str]) -> Contact:
    return replace(contact, id=new_id(contact, taken))


def _by_field(error: ContactsRejected) -> Problems:
    found: dict[str, tuple[Problem, ...]] = {}
    for problem in error.problems:
        text = problem.text[:1].upper() + problem.text[1:]
        found[problem.column] = (*found.get(problem.column, ()), Problem(text, is_rule=True))
    return found


def _line(text: str) -> str:
    return _CONTROL.sub(" ", text).strip()


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text.strip())
    except ValueError:
        return None
