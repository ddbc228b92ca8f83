"""Which questions are alike: each is compared with the first question of every group, by meaning."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from ..seams import Encoder, Vectors

# On the development questions, of 36 pairs this near 32 have the same answer and all are of one topic. From .5 on it
# would be 48 of 63, with pairs about other things among them: whoever acts on a group acts on all of it.
ALIKE_FROM = 0.58
_FIRST_ROOM = 1024  # vectors; doubled when they are full


class Groups:
    """The groups that a question may join, by the vector of their first one. It never changes: a group does not drift
    to other questions by what joins it."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._ids: list[str] = []
        self._vectors = np.zeros((_FIRST_ROOM, encoder.dimensions), dtype=np.float32)

    def __len__(self) -> int:
        return len(self._ids)

    def add(self, leaders: Sequence[tuple[str, str]]) -> None:
        """Groups by id and first question."""
        for (key, _), vector in zip(leaders, self._encoder.encode_queries([text for _, text in leaders]), strict=True):
            self._keep(key, vector)

    def place(self, items: Iterable[tuple[str, str]]) -> dict[str, str]:
        """Items, by id and question, each to the id of the nearest group; to its own id where none is near enough."""
        waiting = list(items)
        placed: dict[str, str] = {}
        for (key, _), vector in zip(waiting, self._encoder.encode_queries([text for _, text in waiting]), strict=True):
            near = self._nearest(vector)
            placed[key] = near or key
            if not near:
                self._keep(key, vector)
        return placed

    def _nearest(self, vector: Vectors) -> str:
        if not self._ids:
            return ""
        nearness = self._vectors[: len(self._ids)] @ vector
        best = int(np.argmax(nearness))
        return self._ids[best] if nearness[best] >= ALIKE_FROM else ""

    def _keep(self, key: str, vector: Vectors) -> None:
        if len(self._ids) == len(self._vectors):
            self._vectors = np.concatenate([self._vectors, np.zeros_like(self._vectors)])
        self._vectors[len(self._ids)] = vector
        self._ids.append(key)
