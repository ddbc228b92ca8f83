"""Small counts are hidden, and nothing that is shown gives them away.

A cell of 1 to 4 is hidden when its week, month or quarter is over, by that row alone: which period is looked at never
changes what is hidden, so two periods laid side by side tell no more than each. A sum is of what is shown ("at least
20"). The one exception is a row whose hidden cells are several, five or more together, and not told by their sum.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

FEWEST = 5


@dataclass(frozen=True, slots=True)
class Count:
    """A count as it may be told. `at_least`: there may be more. `few`: there are some, and fewer than FEWEST."""

    value: int
    at_least: bool = False
    few: bool = False

    @property
    def is_told(self) -> bool:
        """Whether there is a number to show."""
        return self.value > 0 or not self.at_least


HIDDEN = Count(0, at_least=True, few=True)


@dataclass(frozen=True, slots=True)
class Row:
    cells: Mapping[str, Count]
    total: Count


def shown(count: int) -> Count:
    return HIDDEN if 0 < count < FEWEST else Count(max(count, 0))


def row(counts: Mapping[str, int]) -> Row:
    """The counts of one week, and their total as far as it may be told."""
    cells = {name: shown(count) for name, count in counts.items()}
    hidden = [counts[name] for name, cell in cells.items() if cell.few]
    everything = sum(counts.values())
    if not hidden or _keep_their_parts(hidden):
        return Row(cells, Count(everything))
    if everything < FEWEST and len(hidden) < FEWEST - 1:  # four that are fewer than five are one each
        return Row(cells, HIDDEN)
    return Row(cells, total(cells.values()))


def total(counts: Iterable[Count]) -> Count:
    """The sum of what is shown."""
    counted = list(counts)
    return Count(sum(count.value for count in counted), any(count.at_least for count in counted))


def share(part: Count, other: Count) -> int | None:
    """How many of a hundred the first is of both; None where that would tell a hidden one, or there is nothing."""
    if part.at_least or other.at_least or not part.value + other.value:
        return None
    return round(100 * part.value / (part.value + other.value))


def _keep_their_parts(hidden: list[int]) -> bool:
    """Whether their exact sum leaves open what each is, and its absence does so too: all ones, all fours and the sum
    next to that are withheld alike."""
    count, together = len(hidden), sum(hidden)
    return count > 1 and together >= FEWEST and count < together < count * (FEWEST - 1) - 1
