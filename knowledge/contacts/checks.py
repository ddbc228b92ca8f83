"""Whether a row of the table of contacts may stand: a function that can be reached, with its source, and no person."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace

import phonenumbers

from ..datatypes import Contact
from ..errors import ContactsRejected, RowProblem
from .sheet import COLUMNS, LIVE, NO, RETIRED, SCOPES, YES, SheetRow

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_ADDRESS = re.compile(r"https?://\S+")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
_PHONE = re.compile(r"\+?\d[\d ()/-]*\d")
_SHORT_NUMBER = re.compile(r"\d{3}( ?\d{2,3})?|116 ?\d{3}|1177")
# firstname.lastname@, first-name_lastname@: two words and nothing else.
_PERSONS_EMAIL = re.compile(r"[^\W\d_]+[._-][^\W\d_]+(?:[._-][^\W\d_]+)?@")
_FUNCTION_WORDS = re.compile(
    r"social|jour|info|regist|kontakt|vaxel|växel|kommun|region|lansstyr|länsstyr|mottag|enhet|forvalt|förvalt|funktion|"
    r"diari|service|stod|stöd|kund|press|team|support|office|contact|help|consul|embassy|ambassa|myndig|samord|koord|rad\b"
)
_TEXTS = ("organisation", "role", "role_en", "source_url", "source_date", "note")
_OPTIONAL = ("phone", "email", "hours", "address", "url", "verified_by")
_YEARS = range(1990, 2200)  # a check counts for a year: the last day of all has no next one
_REQUIRED = ("organisation", "role", "scope", "topics", "source_url", "source_date")


Told = tuple[str, str]  # the column, and what is wrong with it


@dataclass(frozen=True, slots=True)
class Rules:
    """What rows are held against. `names_person` says whether a text holds a person's name."""

    municipalities: Collection[str]
    counties: Collection[str]
    names_person: Callable[[str], bool]
    topics: Collection[str] | None = None  # None: any

    def contacts(self, rows: Iterable[SheetRow], known: Mapping[str, Contact]) -> tuple[Contact, ...]:
        """The rows as contacts; a column that the file lacks stays as known. Raises ContactsRejected naming rows."""
        made: list[Contact] = []
        problems: list[RowProblem] = []
        seen: dict[str, int] = {}
        for row in rows:
            key = row.values["id"]
            told: list[Told] = []
            if key in seen:
                told.append(("id", f"id {key!r} står redan på rad {seen[key]}."))
            seen.setdefault(key, row.line)
            contact = _contact(row.values, known.get(key), told)
            if contact is not None:
                told += self._problems(contact)
                made.append(contact)
            problems += [RowProblem(row.line, text, column) for column, text in told]
        if problems:
            raise ContactsRejected(tuple(problems))
        return tuple(made)

    def _problems(self, contact: Contact) -> Iterable[Told]:
        if not _ID.fullmatch(contact.id):
            yield "id", f"id {contact.id!r} får bara ha små bokstäver a–z, siffror och bindestreck."
        for name in _REQUIRED:
            if not getattr(contact, name):
                yield name, f"{COLUMNS[name]} saknas."
        for name in ("url", "source_url"):
            value = getattr(contact, name)
            if value and not _ADDRESS.fullmatch(value):
                yield name, f"{COLUMNS[name]} {value!r} är ingen adress. Den ska börja med https://."
        if contact.phone and not _is_phone(contact.phone):
            told = f"telefon {contact.phone!r} är inget nummer. Skriv ett nummer per rad, till exempel 08-123 45 67."
            yield "phone", told
        if contact.next_check and not contact.last_verified:
            told = "nästa kontroll står utan kontrollerad. Fyll i dagen då någon kontrollerade uppgiften."
            yield "next_check", told
        yield from self._place_problems(contact)
        yield from self._person_problems(contact)
        if self.topics is not None and (unknown := [topic for topic in contact.topics if topic not in self.topics]):
            yield "topics", f"okända ämnen: {', '.join(unknown)}."

    def _place_problems(self, contact: Contact) -> Iterable[Told]:
        if told := self._wrong_places(contact):
            yield "places", told

    def _wrong_places(self, contact: Contact) -> str:
        """Empty where nothing is."""
        places = set(contact.places)
        if contact.scope == "local" and not (places and places <= set(self.municipalities)):
            return f"en lokal kontakt ska ha kommuner som platser; {'; '.join(contact.places) or 'ingen'} duger inte."
        elif contact.scope == "regional" and not places <= set(self.counties):
            wrong = "; ".join(sorted(places - set(self.counties)))
            return f"en regional kontakt ska ha län som platser, till exempel Skåne län; {wrong} är inget län."
        elif contact.scope == "regional" and not places and (contact.phone or contact.email):
            return "en regional kontakt med nummer ska säga vilka län den gäller: utan platser visas den för alla."
        elif contact.scope == "national" and places:
            return "en nationell kontakt gäller hela landet: lämna platser tom."
        return ""

    def _person_problems(self, contact: Contact) -> Iterable[Told]:
        """No private persons: a function stays when people change."""
        if contact.email and not _EMAIL.fullmatch(contact.email):
            yield "email", f"e-post {contact.email!r} är ingen e-postadress."
        elif contact.email and not contact.function_address and _is_persons(contact.email):
            yield (
                "email",
                f"e-post {contact.email!r} ser ut att vara en persons egen adress. Ange funktionens adress, eller "
                "skriv ja i kolumnen funktionsadress om den är en funktions.",
            )
        for name in ("organisation", "role", "role_en", "note"):
            if self.names_person(getattr(contact, name)):
                yield name, f"{COLUMNS[name]} ser ut att innehålla ett personnamn. Ange funktionen, inte personen."


def lapse(before: Contact | None, after: Contact) -> Contact:
    """A check holds for what was checked: another number or address needs a check of its own."""
    if before is None or before.last_verified is None or after.last_verified != before.last_verified:
        return after
    if (before.phone, before.email, before.address) == (after.phone, after.email, after.address):
        return after
    return replace(after, last_verified=None, verified_by=None, next_check=None)


def _contact(values: Mapping[str, str], known: Contact | None, told: list[Told]) -> Contact | None:
    """None where a value cannot be read at all; `told` then says why."""
    before = len(told)
    found: dict[str, object] = {}
    for name, value in values.items():
        if name in ("last_verified", "next_check"):
            found[name] = _day(name, value, told)
        elif name in ("places", "topics"):
            found[name] = tuple(part.strip() for part in value.split(";") if part.strip())
        elif name in _OPTIONAL:
            found[name] = value or None
        elif name == "scope":
            found[name] = _one_of(name, value, {**SCOPES, "": ""}, told)
        elif name == "function_address":
            found[name] = _one_of(name, value or NO, {"true": YES, "false": NO}, told) == "true"
        elif name == "state":
            found["retired"] = _one_of(name, value or LIVE, {"retired": RETIRED, "live": LIVE}, told) == "retired"
        else:
            found[name] = value
    if len(told) > before:
        return None
    start = known or Contact(
        id="", organisation="", role="", role_en="", scope="", places=(), topics=(), phone=None, email=None,
        hours=None, url=None, source_url="", source_date="", last_verified=None, note="",
    )  # fmt: skip
    return replace(start, **found)  # type: ignore[arg-type]


def _one_of(name: str, value: str, choices: Mapping[str, str], told: list[Told]) -> str:
    for key, word in choices.items():
        if value.casefold() in (key, word):
            return key
    words = ", ".join(word for word in choices.values() if word)
    told.append((name, f"{COLUMNS[name]} {value!r} finns inte. Välj bland {words}."))
    return ""


def _day(name: str, value: str, told: list[Told]) -> dt.date | None:
    if not value:
        return None
    try:
        day = dt.date.fromisoformat(value)
    except ValueError:
        day = None
    if day is not None and day.year in _YEARS:
        return day
    told.append((name, f"{COLUMNS[name]} {value!r} är ingen dag. Skriv den som 2026-11-30."))
    return None


def _is_phone(value: str) -> bool:
    """One number that can be dialled from Sweden; the short ones are in no plan of numbers."""
    if _SHORT_NUMBER.fullmatch(value):
        return True
    if not _PHONE.fullmatch(value):
        return False
    try:
        return bool(phonenumbers.is_possible_number(phonenumbers.parse(value, "SE")))
    except phonenumbers.NumberParseException:
        return False


def _is_persons(email: str) -> bool:
    return _PERSONS_EMAIL.match(email) is not None and not _FUNCTION_WORDS.search(email.split("@")[0].casefold())
