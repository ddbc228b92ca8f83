"""Joined vectors -> the model's: once more through all pairs, in smaller steps."""

import numpy as np

from training.datatypes import Places, Settings
from training.fitting import fit


def refit_vectors(places: Places, settings: Settings) -> dict[str, float]:
    seed = settings.seed + settings.fits
    vectors = fit(np.load(places.joined), seed, settings.refit_learning_rate, places, settings)
    np.save(places.vectors, vectors)
    return {"mean length": round(float(np.linalg.norm(vectors, axis=1).mean()), 2)}
