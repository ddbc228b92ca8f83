"""No hidden count can be worked out from what is shown: every row of small numbers is tried."""

from __future__ import annotations

from itertools import product

import pytest

from knowledge.console.reports.suppression import FEWEST, HIDDEN, Count, row, share, shown, total

LARGE = 30


def told(counts: tuple[int, ...]) -> tuple[object, ...]:
    """All that a reader sees of a row."""
    made = row({str(n): count for n, count in enumerate(counts)})
    return (*made.cells.values(), made.total)


def test_one_to_four_are_hidden_and_nothing_else() -> None:
    assert [shown(count) for count in range(6)] == [Count(0), *[HIDDEN] * 4, Count(5)]


@pytest.mark.parametrize("columns", [1, 2, 3, 4, 5])
def test_what_is_shown_of_a_row_fits_several_values_of_every_hidden_cell(columns: int) -> None:
    """Whoever knows the rules and sees a row cannot tell what a hidden cell is, nor what a few are together."""
    values = (0, 1, 2, 3, 4, LARGE)
    worlds: dict[tuple[object, ...], list[tuple[int, ...]]] = {}
    for counts in product(values, repeat=columns):
        worlds.setdefault(told(counts), []).append(counts)
    for seen, possible in worlds.items():
        hidden = [place for place in range(columns) if seen[place] == HIDDEN]
        for place in hidden:
            assert len({counts[place] for counts in possible}) > 1, (seen, possible)
        sums = {sum(counts[place] for place in hidden) for counts in possible}
        assert not hidden or len(sums) > 1 or min(sums) >= FEWEST, (seen, possible)


def test_a_total_is_exact_where_it_tells_nothing_of_the_hidden() -> None:
    assert row({"a": 20, "b": 6, "c": 0}).total == Count(26)
    assert row({"a": 20, "b": 3, "c": 0}).total == Count(20, at_least=True)
    assert row({"a": 20, "b": 3, "c": 4}).total == Count(20, at_least=True)  # 7 of two: one is 3, the other 4
    assert row({"a": 20, "b": 3, "c": 3}).total == Count(26)
    assert row({"a": 2, "b": 1}).total == HIDDEN
    assert row({"a": 0, "b": 0}).total == Count(0)


def test_a_sum_is_of_what_is_shown() -> None:
    assert total([Count(7), HIDDEN, Count(0)]) == Count(7, at_least=True)
    assert total([HIDDEN, HIDDEN]) == Count(0, at_least=True)
    assert not total([HIDDEN, HIDDEN]).is_told
    assert total([Count(7), Count(5)]) == Count(12)


def test_a_share_is_told_only_of_two_that_are_shown() -> None:
    assert share(Count(30), Count(10)) == 75
    assert share(Count(30), Count(0)) == 100
    assert share(Count(30), HIDDEN) is None
    assert share(Count(0), Count(0)) is None
