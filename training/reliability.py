"""How well a probability is calibrated, in figures and as a picture."""

from pathlib import Path

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

BINS = 10
Rows = NDArray[np.float64]


def bins_of(probabilities: Rows, labels: Rows) -> list[tuple[float, float, int]]:
    """Mean probability, share that was right, and number, of each tenth that holds any."""
    places = np.minimum((probabilities * BINS).astype(int), BINS - 1)
    held = [places == place for place in range(BINS) if (places == place).any()]
    return [(float(probabilities[one].mean()), float(labels[one].mean()), int(one.sum())) for one in held]


def calibration_error(probabilities: Rows, labels: Rows) -> float:
    """Expected calibration error over ten bins of equal width."""
    return sum(number * abs(said - was) for said, was, number in bins_of(probabilities, labels)) / len(labels)


def draw(sets: dict[str, tuple[Rows, Rows]], path: Path) -> None:
    """A reliability diagram for each set of held-out probabilities and what was right."""
    mpl.rcParams["font.size"] = 10
    figure = Figure(figsize=(4.2 * len(sets), 4.2), layout="constrained")
    for at, (name, (probabilities, labels)) in enumerate(sets.items(), start=1):
        axes = figure.add_subplot(1, len(sets), at)
        rows = bins_of(probabilities, labels)
        axes.plot([0, 1], [0, 1], color="#999999", linewidth=1, linestyle="--")
        axes.plot([row[0] for row in rows], [row[1] for row in rows], color="#123a6b", marker="o")
        for said, was, number in rows:
            axes.annotate(str(number), (said, was), textcoords="offset points", xytext=(6, -10), fontsize=8)
        error = calibration_error(probabilities, labels)
        axes.set(xlim=(0, 1), ylim=(0, 1), xlabel="probability given", title=f"{name}\ncalibration error {error:.3f}")
        axes.set_ylabel("share that is supported")
        axes.set_aspect("equal")
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, dpi=110)
