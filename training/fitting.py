"""Token numbers -> one vector a token, such that the mean over a question lies near the mean over its passage.

Multiple negatives ranking loss in both directions: within a batch each pair's texts are the other pairs' wrong answers,
unless they share a key. Matryoshka: the first half and the first quarter of the vector must do the same.

The first quarter also serves late interaction at search, so for some pairs of each batch that is fitted as well."""

import time
from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812
from tokenizers import Tokenizer

from training.datatypes import Places, Settings
from training.late_interaction import late_scores, rarity

WARM_UP = 0.1
REPORT_EVERY = 20
TEXTS_COUNTED = 20_000  # for how rare a piece is


@dataclass
class Bags:
    """Token numbers of many texts end to end."""

    ids: np.ndarray
    ends: np.ndarray

    def take(self, rows: np.ndarray, dropout: float, rng: np.random.Generator) -> tuple[torch.Tensor, torch.Tensor]:
        texts = [text[rng.random(len(text)) > dropout] if len(text) > 3 else text for text in self.texts(rows)]
        offsets = np.cumsum([0, *(len(text) for text in texts)])[:-1]
        return torch.from_numpy(np.concatenate(texts).astype(np.int64)), torch.from_numpy(offsets)

    def texts(self, rows: np.ndarray) -> list[np.ndarray]:
        starts = np.where(rows > 0, self.ends[rows - 1], 0)
        return [self.ids[start:end] for start, end in zip(starts, self.ends[rows], strict=True)]


def fit(start: np.ndarray | None, seed: int, learning_rate: float, places: Places, settings: Settings) -> np.ndarray:
    """The fitted vectors, shape (pieces, dimensions). `start` is where they begin; from chance where there is none."""
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    stored = np.load(places.encoded)
    anchors = Bags(stored["anchor_ids"], stored["anchor_ends"])
    positives = Bags(stored["positive_ids"], stored["positive_ends"])
    keys = torch.from_numpy(stored["keys"])
    pieces = Tokenizer.from_file(str(places.tokenizer)).get_vocab_size()
    rare = rarity(positives.texts(np.linspace(0, len(keys) - 1, TEXTS_COUNTED, dtype=np.int64)), pieces)
    begun = torch.randn(pieces, settings.dimensions) * 0.1 if start is None else torch.from_numpy(start)
    vectors = torch.nn.Parameter(begun)
    optimizer = torch.optim.Adam([vectors], lr=learning_rate)
    batches = _batches(len(keys), settings, rng)
    started = time.monotonic()
    losses: list[float] = []
    for step, rows in enumerate(batches):
        optimizer.param_groups[0]["lr"] = learning_rate * _slope(step, len(batches))
        left = _mean(anchors.take(rows, settings.token_dropout, rng), vectors)
        right = _mean(positives.take(rows, settings.token_dropout, rng), vectors)
        loss = _loss(left, right, keys[rows], settings)
        if len(some := rows[: settings.late_rows]):
            late = _late_loss(vectors, anchors.texts(some), positives.texts(some), keys[some], rare, settings)
            loss = (1 - settings.late_share) * loss + settings.late_share * late
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
        losses.append(loss.item())
        if step % REPORT_EVERY == 0:
            spent = time.monotonic() - started
            print(
                f"    step {step}/{len(batches)}  loss {np.mean(losses[-50:]):.3f}  {spent:.0f} s", end="\r", flush=True
            )
    print(f"    {len(batches)} steps, last loss {np.mean(losses[-20:]):.3f}, {time.monotonic() - started:.0f} s")
    return np.asarray(vectors.detach().numpy(), dtype=np.float32)


def _batches(pairs: int, settings: Settings, rng: np.random.Generator) -> list[np.ndarray]:
    size = min(settings.batch, pairs)
    orders = [rng.permutation(pairs) for _ in range(settings.epochs)]
    return [order[at : at + size] for order in orders for at in range(0, pairs - size + 1, size)]


def _slope(step: int, steps: int) -> float:
    """Share of the full learning rate: up over the first tenth, then down to nothing."""
    return min(1.0, (step + 1) / (WARM_UP * steps)) * (1 - step / steps)


def _mean(bag: tuple[torch.Tensor, torch.Tensor], vectors: torch.Tensor) -> torch.Tensor:
    ids, offsets = bag
    return F.embedding_bag(ids, vectors, offsets, mode="mean")


def _loss(left: torch.Tensor, right: torch.Tensor, keys: torch.Tensor, settings: Settings) -> torch.Tensor:
    same = (keys[:, None] == keys[None, :]).fill_diagonal_(False)
    labels = torch.arange(len(keys))
    losses = []
    for size in (settings.dimensions, settings.dimensions // 2, settings.dimensions // 4):
        scores = F.normalize(left[:, :size], dim=1) @ F.normalize(right[:, :size], dim=1).T * settings.scale
        scores = scores.masked_fill(same, float("-inf"))
        losses.append((F.cross_entropy(scores, labels) + F.cross_entropy(scores.T, labels)) / 2)
    return torch.stack(losses).mean()


def _late_loss(
    vectors: torch.Tensor,
    questions: list[np.ndarray],
    texts: list[np.ndarray],
    keys: torch.Tensor,
    rare: torch.Tensor,
    settings: Settings,
) -> torch.Tensor:
    same = (keys[:, None] == keys[None, :]).fill_diagonal_(False)
    asked = [torch.from_numpy(text.astype(np.int64)) for text in questions]
    held = [torch.from_numpy(np.unique(text).astype(np.int64)) for text in texts]
    scores = late_scores(vectors, asked, held, rare) * settings.late_scale
    return F.cross_entropy(scores.masked_fill(same, float("-inf")), torch.arange(len(keys)))
