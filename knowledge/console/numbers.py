"""Whole numbers out of forms and addresses, where anything may stand."""

from __future__ import annotations

_LARGEST = 2**31 - 1  # what a column of the database holds
_DIGITS = 15  # Python refuses to read very many


def number_in(text: str, otherwise: int = 0, *, at_most: int = _LARGEST) -> int:
    """The number that stands there, or `otherwise` where none does."""
    is_one = text.isascii() and text.isdecimal() and len(text) <= _DIGITS
    return min(int(text), at_most) if is_one else otherwise
