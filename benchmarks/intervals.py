"""How far a mean over so many questions can be trusted: 95 % intervals by resampling the questions."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Sequence
from typing import TypedDict

import numpy as np
from numpy.typing import NDArray

SEED = 20261126
_AT_ONCE = 100  # rounds whose draws lie in memory together


class Figure(TypedDict):
    """A mean, the bounds of its interval, and over how many questions it is."""

    value: float
    low: float
    high: float
    n: int


def figure(values: Sequence[float], groups: Iterable[Hashable] | None = None, rounds: int = 1000) -> Figure | None:
    """None for no values. Those of one group are drawn together: they are right or wrong together.

    For a difference of two systems, hand in the difference for each question: the interval is then a paired one.
    """
    if not values:
        return None
    names = list(range(len(values))) if groups is None else list(groups)
    places: dict[Hashable, int] = {}
    at = np.array([places.setdefault(name, len(places)) for name in names])
    sums = np.bincount(at, weights=np.array(values, dtype=float)).astype(np.float64)
    counts = np.bincount(at).astype(np.float64)
    low, high = np.percentile(_means(sums, counts, rounds), [2.5, 97.5]).tolist()
    return {
        "value": _rounded(sums.sum() / counts.sum()),
        "low": _rounded(low),
        "high": _rounded(high),
        "n": len(values),
    }


def _means(sums: NDArray[np.float64], counts: NDArray[np.float64], rounds: int) -> NDArray[np.float64]:
    drawing = np.random.default_rng(SEED)
    means = np.zeros(rounds)
    for start in range(0, rounds, _AT_ONCE):
        some = means[start : start + _AT_ONCE]
        drawn = drawing.integers(len(sums), size=(len(some), len(sums)))
        some[:] = sums[drawn].sum(axis=1) / counts[drawn].sum(axis=1)
    return means


def _rounded(value: float) -> float:
    return round(float(value), 4) + 0.0  # no -0.0


def shown(found: Figure | None, signed: bool = False) -> str:
    """ ".944 [.91, .97]", or a dash."""
    if found is None:
        return "–"
    low, high = (_short(bound, 2, signed) for bound in (found["low"], found["high"]))
    return f"{_short(found['value'], 3, signed)} [{low}, {high}]"


def _short(value: float, digits: int, signed: bool) -> str:
    text = f"{value:{'+' if signed else ''}.{digits}f}"
    return re.sub(r"^([+-]?)0\.", r"\1.", text)
