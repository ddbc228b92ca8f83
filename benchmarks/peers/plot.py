"""Quality against time: a panel for each number of passages, a point for each peer."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import matplotlib
from matplotlib.axes import Axes

OURS = "radgivaren"
OURS_COLOUR, OTHERS_COLOUR = "#b3261e", "#3d5a80"
# So near that a name above the lower point would lie on the upper one.
NEAR_DECADES, NEAR_QUALITY = 0.6, 0.025

Points = dict[str, tuple[float, float]]


def draw(result: dict[str, Any], file: Path) -> None:
    matplotlib.use("Agg")
    from matplotlib import pyplot

    sizes = result["sizes"]
    figure, panels = pyplot.subplots(
        1, len(sizes), figsize=(5.2 * len(sizes), 4.4), sharex=True, sharey=True, squeeze=False, layout="constrained"
    )
    panels[0][0].set_xscale("log")
    panels[0][0].margins(x=0.15, y=0.15)
    for panel, size in zip(panels[0], sizes, strict=True):
        panel.set_title(f"{size['passages']:,} passages")
        _panel(panel, _points(size))
    panels[0][0].set_ylabel("nDCG@10 (higher is better)")
    figure.savefig(file, dpi=150)
    pyplot.close(figure)


def _points(size: dict[str, Any]) -> Points:
    return {
        name: (figures["p50_ms"], figures["ndcg_at_10"])
        for name, figures in size["peers"].items()
        if "failed" not in figures
    }


def _panel(panel: Axes, points: Points) -> None:
    panel.set_xlabel("p50 of a question, ms (log; left is better)")
    panel.xaxis.set_major_formatter("{x:g}")
    panel.grid(True, which="major", alpha=0.3)
    for name, at in points.items():
        colour = OURS_COLOUR if name == OURS else OTHERS_COLOUR
        panel.scatter(*at, color=colour, s=45, zorder=3)
        offset = (0, -17) if _crowded(at, points) else (0, 8)
        panel.annotate(name, at, xytext=offset, textcoords="offset points", ha="center", color=colour)


def _crowded(at: tuple[float, float], points: Points) -> bool:
    return any(abs(math.log10(at[0] / x)) < NEAR_DECADES and 0 < y - at[1] < NEAR_QUALITY for x, y in points.values())
