"""Personal identity numbers by date and checksum: Swedish, and the Romanian and Bulgarian ones that clients carry."""

import datetime as dt
import re

from stdnum import luhn
from stdnum.bg import egn
from stdnum.ro import cnp

# As people write them: with or without century, hyphen, plus, or blanks between the parts.
EIGHT_TO_THIRTEEN_DIGITS = re.compile(
    r"(?<![\d:/.,-])(?:\d{2}[ ]?)?\d{2}[ .-]?\d{2}[ .-]?\d{2}[ ]?[-–+]?[ ]?\d{4}(?![\d:]|[/,-]\d)"
    r"|(?<!\d)[1-8]\d{12}(?!\d)"
)
_COORDINATION_DAY = 60
_CENTURIES = ("18", "19", "20")


def kind_of_identity_number(text: str) -> str | None:
    """`personal_number`, `coordination_number`, or None where date or checksum is wrong."""
    digits = re.sub(r"\D", "", text)
    if len(digits) == 13:
        return "personal_number" if cnp.is_valid(digits) else None
    swedish = _kind_of_swedish(digits)
    if swedish:
        return swedish
    return "personal_number" if text.isdigit() and len(digits) == 10 and egn.is_valid(digits) else None


def _kind_of_swedish(digits: str) -> str | None:
    if len(digits) == 12 and digits[:2] in _CENTURIES:
        century, short = digits[:2], digits[2:]
    elif len(digits) == 10:
        century, short = None, digits
    else:
        return None
    day = int(short[4:6])
    kind = "coordination_number" if day > _COORDINATION_DAY else "personal_number"
    day -= _COORDINATION_DAY if day > _COORDINATION_DAY else 0
    years = (int(f"{c}{short[:2]}") for c in ((century,) if century else _CENTURIES))
    if not any(_is_date(year, int(short[2:4]), day) for year in years):
        return None
    return kind if luhn.is_valid(short) else None


def _is_date(year: int, month: int, day: int) -> bool:
    try:
        dt.date(year, month, day)
    except ValueError:
        return False
    return True
