"""Token numbers -> several sets of vectors, each fitted from another start and in another order."""

import numpy as np

from training.datatypes import Places, Settings
from training.fitting import fit


def fit_vectors(places: Places, settings: Settings) -> dict[str, int]:
    for number in range(settings.fits):
        vectors = fit(None, settings.seed + number, settings.learning_rate, places, settings)
        np.save(places.fitted(number), vectors)
    return {"fits": settings.fits}
