"""Several sets of vectors -> one of the same size: what most of them agree on, and less of what each fitted by chance.

Side by side they are turned to their best common axes (principal components, a piece counting as often as it stands in
the pairs), and the first of those are kept. The axes come in the order of their weight, so that the first half and the
first quarter still say most."""

import numpy as np
from numpy.typing import NDArray

from training.datatypes import Places, Settings

SHARE_OF_THE_UNSEEN = 1e-7  # of the weight, for a piece that no pair holds
ANCHOR_TIMES = 3  # a question is shorter than its text, and its pieces count for more


def join_vectors(places: Places, settings: Settings) -> dict[str, float]:
    beside = np.concatenate([np.load(places.fitted(number)) for number in range(settings.fits)], axis=1)
    weighted = beside * np.sqrt(_frequency(places, len(beside)) + SHARE_OF_THE_UNSEEN)[:, None]
    strengths, axes = np.linalg.eigh(weighted.T @ weighted)
    kept = axes[:, ::-1][:, : settings.dimensions]
    np.save(places.joined, (beside @ kept).astype(np.float32))
    return {"share kept": round(float(strengths[::-1][: settings.dimensions].sum() / strengths.sum()), 3)}


def _frequency(places: Places, pieces: int) -> NDArray[np.float64]:
    stored = np.load(places.encoded)
    counts = np.bincount(stored["positive_ids"], minlength=pieces)
    counts = counts + ANCHOR_TIMES * np.bincount(stored["anchor_ids"], minlength=pieces)
    return np.asarray(counts / counts.sum(), dtype=np.float64)
