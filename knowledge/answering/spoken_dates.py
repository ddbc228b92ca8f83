"""A day in words: "1 juli 2025", "1 July 2025"."""

from __future__ import annotations

import datetime as dt

from .texts import Catalogue


def spoken(day: dt.date, catalogue: Catalogue, language: str) -> str:
    return f"{day.day} {catalogue(language, 'months').split()[day.month - 1]} {day.year}"
