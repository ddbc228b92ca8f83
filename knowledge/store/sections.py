"""Sections of the library's statutes, by the statute's number and the address in it; and what its documents cite."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, Engine, and_, func, or_, select

from ..datatypes import Passage
from .codec import passage_from_json
from .engine import transaction
from .tables import LIBRARY, documents, passages

_COLUMNS = (passages.c.id, passages.c.version, passages.c.heading, passages.c.text, passages.c.content)
_CURRENT = and_(passages.c.collection == LIBRARY, passages.c.current)
_AFTER_ADDRESS = " – "  # as the readers write headings: "3 kap. 5 § – Om barn"
_LONGEST_SECTION = 60  # passages; no section is longer
_PAGE = 2_000


class SqlSections:
    """Reads only. The passages of a section come in the order in which they stand."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def section(self, number: str, address: str) -> tuple[Passage, ...]:
        """A section's passages, of every wording that the library has; empty where it has none."""
        return self._passages(number, _at(address))

    def sections_ending(self, number: str, section: str) -> tuple[Passage, ...]:
        """The sections of any chapter with that last part, "7 §": some acts number through all chapters."""
        ends = or_(
            passages.c.heading.like(f"% kap. {section}"), passages.c.heading.like(f"% kap. {section}{_AFTER_ADDRESS}%")
        )
        return self._passages(number, ends)

    def any_of(self, number: str) -> Passage | None:
        """One passage of the statute: what it tells of its title and time."""
        found = self._passages(number, None, 1)
        return found[0] if found else None

    def number_named(self, name: str) -> str:
        """The number of the statute in force whose title is that one word, "begravningslag"; empty where none is."""
        title = func.lower(documents.c.title).like(f"{name.lower()} (%")
        wanted = select(documents.c.id).where(documents.c.collection == LIBRARY, documents.c.current, title)
        with transaction(self._engine) as connection:
            keys = connection.execute(wanted.where(documents.c.id.like("sfs-%"))).scalars().all()
        numbers = sorted((key.removeprefix("sfs-").replace("-", ":", 1) for key in keys), key=_by_age)
        return numbers[-1] if numbers else ""

    def stream(self) -> Iterator[Passage]:
        """Every current passage of the library, by id, a page at a time."""
        page = select(*_COLUMNS).where(_CURRENT).order_by(passages.c.id, passages.c.version).limit(_PAGE)
        after = ""
        while True:
            with transaction(self._engine) as connection:
                rows = connection.execute(page.where(passages.c.id > after)).all()
            yield from map(_passage, rows)
            if len(rows) < _PAGE:
                return
            after = rows[-1].id

    def _passages(
        self, number: str, where: ColumnElement[bool] | None, limit: int = _LONGEST_SECTION
    ) -> tuple[Passage, ...]:
        wanted = select(*_COLUMNS).where(_CURRENT, passages.c.document_id == f"sfs-{number.replace(':', '-')}")
        if where is not None:
            wanted = wanted.where(where)
        with transaction(self._engine) as connection:
            rows = connection.execute(wanted.order_by(passages.c.position).limit(limit)).all()
        return tuple(map(_passage, rows))


def _at(address: str) -> ColumnElement[bool]:
    return or_(passages.c.heading == address, passages.c.heading.startswith(address + _AFTER_ADDRESS, autoescape=True))


def _by_age(number: str) -> tuple[int, int]:
    year, _, place = number.partition(":")
    return int(year), int(place)


def _passage(row: Any) -> Passage:
    return passage_from_json({**row.content, "text": row.text, "heading": row.heading})
