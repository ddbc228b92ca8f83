"""Several fits are joined by what they agree on."""

from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from training.datatypes import Places, Settings
from training.steps.join_vectors import join_vectors

PIECES, DIMENSIONS = 40, 8


def cosines(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray((vectors / lengths) @ (vectors / lengths).T)


def joined(folder: Path, *fits: NDArray[np.float32]) -> NDArray[np.float32]:
    places = Places(folder, folder, folder, folder, folder)
    every = np.arange(PIECES)
    np.savez(places.encoded, anchor_ids=every, positive_ids=every)
    for number, vectors in enumerate(fits):
        np.save(places.fitted(number), vectors)
    join_vectors(places, replace(Settings(), fits=len(fits), dimensions=DIMENSIONS))
    return np.asarray(np.load(places.joined))


def test_the_same_space_turned_is_joined_without_loss(tmp_path: Path) -> None:
    rng = np.random.default_rng(3)
    one = rng.normal(size=(PIECES, DIMENSIONS)).astype(np.float32)
    turn, _ = np.linalg.qr(rng.normal(size=(DIMENSIONS, DIMENSIONS)))
    found = joined(tmp_path, one, (one @ turn).astype(np.float32))
    assert found.shape == (PIECES, DIMENSIONS)
    assert np.allclose(cosines(found), cosines(one), atol=1e-4)


def test_what_only_one_fit_says_weighs_less_than_what_all_say(tmp_path: Path) -> None:
    rng = np.random.default_rng(4)
    common = rng.normal(size=(PIECES, DIMENSIONS // 2))
    fits = [
        np.concatenate([common, rng.normal(size=(PIECES, DIMENSIONS // 2))], axis=1).astype(np.float32)
        for _ in range(3)
    ]
    truth = cosines(common.astype(np.float32))
    away = [np.abs(cosines(vectors) - truth).mean() for vectors in (joined(tmp_path, *fits), fits[0])]
    assert away[0] < 0.8 * away[1]


def test_the_first_axes_say_most(tmp_path: Path) -> None:
    rng = np.random.default_rng(5)
    found = joined(tmp_path, *(rng.normal(size=(PIECES, DIMENSIONS)).astype(np.float32) for _ in range(3)))
    spread = (found**2).sum(axis=0)
    assert list(spread) == sorted(spread, reverse=True)
