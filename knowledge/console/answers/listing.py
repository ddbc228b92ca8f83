"""The list of refined answers: its filters live in the address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from urllib.parse import urlencode

from ...refinement.datatypes import Filters, State
from ..numbers import number_in

# What the list can be narrowed to: a state of the newest version, or what the live one calls for.
CHOICES = ("live", State.DRAFT, State.REVIEW, "due", "expired", State.RETIRED)
_PAGE_LIMIT = 10_000


def filters_of(query: Mapping[str, str]) -> Filters:
    """A value that is none lets everything through: an old address still shows a list."""
    state = query.get("state", "")
    return Filters(
        state=state if state in CHOICES else "",
        topic=query.get("topic", "").strip(),
        municipality=query.get("municipality", "").strip(),
        words=query.get("words", "").strip(),
        page=max(1, number_in(query.get("page", ""), at_most=_PAGE_LIMIT)),
    )


def address(filters: Filters, page: int) -> str:
    """The address of another page of the same list."""
    named = asdict(replace(filters, page=page))
    del named["page_size"]
    chosen = {name: value for name, value in named.items() if value and (name != "page" or page > 1)}
    return f"/console/answers?{urlencode(chosen)}" if chosen else "/console/answers"


def pages_of(total: int, filters: Filters) -> int:
    return max(1, -(-total // filters.page_size))
