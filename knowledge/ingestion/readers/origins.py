"""Where a file of the library comes from, of when it is, and what it is worth as a source."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ...datatypes import Source, Validity, ValidityStatus

STATUTES, STATUTES_SITE = "Svensk författningssamling", "https://svenskforfattningssamling.se/"
_GOVERNMENT, _GOVERNMENT_SITE = "Regeringskansliet", "https://www.regeringen.se/"
_PARTS_OF_THE_SITE = frozenset(
    """artiklar debattartiklar informationsmaterial overenskommelser-och-avtal pressmeddelanden rapporter
    rattsliga-dokument regeringens-politik regeringsuppdrag remisser sakrad tal uttalanden""".split()
)
# What stands in these was proposed when it was written, and is no rule.
_PROPOSALS = frozenset(
    "proposition lagradsremiss statens-offentliga-utredningar departementsserien-och-promemorior".split()
)
MONTHS = "januari februari mars april maj juni juli augusti september oktober november december".split()
UNDATED = "odaterad"
_DAYS_TOLD = (("valid_from",), ("valid_to",), ("retrieved", "hamtad"))
_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_REPEALED = re.compile(r"upph\.(?:$|;)")  # of the whole; "upph. 3 §" is of a part
_WITHOUT_TEXT = "Här finns bara uppgifter om dokumentet. Texten finns hos utgivaren."


@dataclass(frozen=True, slots=True)
class Origin:
    """`about` is what there is to say of a document whose text is not in the file; `number` is a statute's."""

    source: Source
    validity: Validity
    about: str
    number: str = ""
    topics: tuple[str, ...] = ()

    @property
    def is_statute(self) -> bool:
        return bool(self.number)

    @property
    def validity_without_text(self) -> Validity:
        status = ValidityStatus.UNCERTAIN if self.validity.status is ValidityStatus.CURRENT else self.validity.status
        return replace(self.validity, status=status, note=f"{_WITHOUT_TEXT} {self.validity.note}")


def place_of(path: Path) -> str:
    """What of a path belongs to the file itself: its place on regeringen.se, or its folder and name.

    A file is thus the same whichever folder above it is named, and after the folder has moved.
    """
    path = path.absolute()
    parts = (path.with_suffix("") if path.suffix.lower() == ".md" else path).parts
    for number, part in enumerate(parts[:-1]):
        if part in _PARTS_OF_THE_SITE:
            return "/".join(parts[number:])
    return "/".join(parts[-2:])


def statute(front: Mapping[str, Any], heading: str) -> Origin:
    number = _said(front, "beteckning")
    title = heading if f"({number})" in heading else _numbered(_said(front, "rubrik") or "Författning", number)
    issued, taken = day_of(_said(front, "utfardad_datum")), day_of(_said(front, "publicerad_datum"))
    source = Source(
        title,
        _said(front, "pdf_url") or STATUTES_SITE,
        STATUTES,
        issued.isoformat() if issued else UNDATED,
        issued.isoformat() if issued else None,
    )
    about = f"{title}. Utfärdad {issued}." if issued else f"{title}."
    return Origin(source, _validity_of_a_statute(front, taken), about, number)


def _validity_of_a_statute(front: Mapping[str, Any], taken: dt.date | None) -> Validity:
    begins, ends = day_of(_said(front, "ikraft_datum")), day_of(_said(front, "utgar_datum"))
    note = f"Texten i den lydelse som publicerades {taken}." if taken else "Det framgår inte när texten hämtades."
    repeal = _repeal(front.get("andringsforfattningar"))
    if repeal is not None:
        by, from_when = repeal
        ends = ends or from_when
        note = f"Upphävd genom SFS {by}. {note}"
    elif ends:
        note = f"Upphör att gälla {ends}. {note}"
    last = ends - dt.timedelta(days=1) if ends else None
    if repeal is not None:
        return Validity(ValidityStatus.SUPERSEDED, note, begins, last)
    return Validity(ValidityStatus.CURRENT if taken else ValidityStatus.UNCERTAIN, note, begins, last)


def _repeal(amendments: Any) -> tuple[str, dt.date | None] | None:
    """The number of the statute that repealed this one and from when, where a note says "upph." of the whole."""
    for amendment in amendments if isinstance(amendments, list) else ():
        if isinstance(amendment, dict) and _REPEALED.match(_said(amendment, "anteckningar")):
            return _said(amendment, "beteckning") or "okänt nummer", day_of(_said(amendment, "ikraft_datum"))
    return None


def page_of_the_government(place: str, heading: str) -> Origin | None:
    """A page by its place on the site; None for a file that lies elsewhere."""
    first, *rest = place.split("/")
    if first not in _PARTS_OF_THE_SITE:
        return None
    dated = re.search(r"/(\d{4})/(\d\d)/[^/]+$", place)
    month = int(dated[2]) if dated else 0
    when = f"{MONTHS[month - 1]} {dated[1]}" if dated and 1 <= month <= 12 else ""
    published = f"{dated[1]}-{dated[2]}" if dated and when else None
    title = heading or rest[-1].replace("-", " ")
    source = Source(title, f"{_GOVERNMENT_SITE}{place}/", _GOVERNMENT, when or UNDATED, published)
    about = title if title.endswith((".", "?", "!")) else f"{title}."
    return Origin(source, _validity_of_a_page(first, rest, when), about)


def _validity_of_a_page(first: str, rest: list[str], when: str) -> Validity:
    said = f"Publicerad {when}" if when else "Odaterad"
    if first == "remisser" or _PROPOSALS.intersection(rest[:1]):
        return Validity(
            ValidityStatus.PROPOSED, f"Förslag. {said}. Det kan ha antagits, ändrats eller fallit sedan dess."
        )
    return Validity(ValidityStatus.UNCERTAIN, f"{said}. Det kan ha ändrats sedan dess.")


def told(front: Mapping[str, Any], heading: str) -> Origin:
    """By what a file says of itself, or what the file beside it says (docs/library.md)."""
    title = _said(front, "title", "rubrik") or heading
    date = _said(front, "date", "datum")
    source = Source(
        title,
        _said(front, "url"),
        _said(front, "publisher", "utgivare") or "Okänd utgivare",
        date or UNDATED,
        date if re.fullmatch(r"\d{4}(-\d\d){0,2}", date) else None,
    )
    return Origin(source, _validity_told(front, date), f"{title}.", topics=topics_told(front))


def overruled(origin: Origin, said: Mapping[str, Any]) -> Origin:
    """The same where something else is said of the file beside it."""
    if not said:
        return origin
    source, date = origin.source, _said(said, "date")
    source = replace(
        source,
        title=_said(said, "title") or source.title,
        url=_said(said, "url") or source.url,
        publisher=_said(said, "publisher") or source.publisher,
        date=date or source.date,
        published=told(said, "").source.published if date else source.published,
    )
    days = any(_said(said, *names) for names in _DAYS_TOLD)
    validity = _validity_told(said, date) if days else origin.validity
    return replace(origin, source=source, validity=validity, topics=topics_told(said) or origin.topics)


def topics_told(front: Mapping[str, Any]) -> tuple[str, ...]:
    """`topics: [barn-lvu, hemresa]`, or the same as one text."""
    value = front.get("topics", ())
    named = value.split(",") if isinstance(value, str) else value
    return tuple(topic.strip() for topic in named if isinstance(topic, str) and topic.strip())


def _validity_told(front: Mapping[str, Any], date: str) -> Validity:
    begins, ends, taken = (day_of(_said(front, *names)) for names in _DAYS_TOLD)
    if begins or ends:
        span = " ".join(
            part
            for part in (f"från och med {begins}" if begins else "", f"till och med {ends}" if ends else "")
            if part
        )
        return Validity(ValidityStatus.CURRENT, f"Gäller {span} enligt uppgift till biblioteket.", begins, ends)
    if taken:
        return Validity(ValidityStatus.CURRENT, f"Texten hämtades {taken}.")
    note = f"Daterad {date}. Det kan ha ändrats sedan dess." if date else "Odaterad. Det kan ha ändrats."
    return Validity(ValidityStatus.UNCERTAIN, note)


def _numbered(title: str, number: str) -> str:
    """ "Lag om stöd" -> "Lag (1993:387) om stöd", as statutes are cited; "Socialtjänstlag (2001:453)"."""
    if number in title:
        return title
    kind, _, rest = title.partition(" ")
    return f"{kind} ({number}) {rest}".strip()


def _said(front: Mapping[str, Any], *names: str) -> str:
    """The first of these that holds a text."""
    for name in names:
        value = front.get(name)
        if isinstance(value, str) and value.strip():
            return " ".join(value.split())
    return ""


def day_of(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text[:10]) if _ISO_DAY.match(text) else None
    except ValueError:
        return None
