"""Where the bars of a plot stand. A template draws them: a library's inline styles do not come past the policy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count as counting

from .suppression import Count

WIDTH, HEIGHT = 720.0, 220.0
_LEFT, _BOTTOM, _TOP = 48.0, 28.0, 8.0
_FILLED = 0.72  # of the room that a bar has
_WIDEST = 72.0
_STUB = 7.0  # how high what may not be told is drawn
_LABELS = 14  # so many below the bars; with more bars, some go without


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a bar. `kind` gives its colour; "few" is drawn hatched, without saying how many."""

    bar: str
    kind: str
    count: Count
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Tick:
    label: str
    at: float


@dataclass(frozen=True, slots=True)
class Plot:
    segments: tuple[Segment, ...]
    across: tuple[Tick, ...]  # below the bars
    up: tuple[Tick, ...]  # the scale
    width: float = WIDTH
    height: float = HEIGHT
    left: float = _LEFT

    @property
    def has_few(self) -> bool:
        return any(segment.kind == "few" for segment in self.segments)


def bars(stacks: Sequence[tuple[str, str, Mapping[str, Count]]], scale: Sequence[int] = ()) -> Plot:
    """A bar for each stack: its key, its label, its segments from the floor up. `scale` is made to fit if not given."""
    highest = max((sum(count.value for count in stack.values()) for _, _, stack in stacks), default=0)
    scale = scale or _scale(highest)
    room = (WIDTH - _LEFT) / max(1, len(stacks))
    wide = min(room * _FILLED, _WIDEST)
    floor = HEIGHT - _BOTTOM
    per_unit = (floor - _TOP) / scale[-1]
    segments: list[Segment] = []
    for place, (bar, _, stack) in enumerate(stacks):
        x = _LEFT + room * (place + 0.5) - wide / 2
        segments += _stacked(bar, stack, round(x, 1), round(wide, 1), per_unit)
    centres = [Tick(label, round(_LEFT + room * (place + 0.5), 1)) for place, (_, label, _) in enumerate(stacks)]
    up = tuple(Tick(str(value), round(floor - value * per_unit, 1)) for value in scale)
    return Plot(tuple(segments), tuple(centres[:: -(-len(stacks) // _LABELS) or 1]), up)


def _stacked(bar: str, stack: Mapping[str, Count], x: float, width: float, per_unit: float) -> list[Segment]:
    y, segments = HEIGHT - _BOTTOM, []
    for kind, count in stack.items():
        if count.value:
            height = count.value * per_unit
            y -= height
            segments.append(Segment(bar, kind, count, x, round(y, 1), width, round(height, 1)))
    if any(count.at_least for count in stack.values()):
        segments.append(Segment(bar, "few", Count(0, at_least=True), x, round(y - _STUB, 1), width, _STUB))
    return segments


def _scale(highest: int) -> list[int]:
    """Five round numbers from 0 to the highest or above."""
    step = next(step for step in _round_numbers() if step * 4 >= highest)
    return [step * n for n in range(5)]


def _round_numbers() -> Iterator[int]:
    return (one * 10**power for power in counting() for one in (1, 2, 5))
