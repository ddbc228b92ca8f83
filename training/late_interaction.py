"""MaxSim as the search does it (knowledge/retrieval/late_interaction.py), in a form that vectors can be fitted through.

Each piece of a question takes its nearest piece of a text by the first 64 dimensions, and counts as much as its vector
is long and as it is rare."""

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812
from torch.nn.utils.rnn import pad_sequence

DIMENSIONS = 64
PADDING = -1


def rarity(texts: list[np.ndarray], pieces: int) -> torch.Tensor:
    """How much a piece says by standing in few of the texts."""
    frequency = np.zeros(pieces)
    for text in texts:
        frequency[np.unique(text)] += 1
    return torch.from_numpy(np.log(1 + (len(texts) - frequency + 0.5) / (frequency + 0.5)).astype(np.float32))


def late_scores(
    vectors: torch.Tensor, questions: list[torch.Tensor], texts: list[torch.Tensor], rare: torch.Tensor
) -> torch.Tensor:
    """One row a question, one column a text: 0 to 1, 1 where every piece of the question stands in the text."""
    asked = torch.cat(questions)
    held = pad_sequence(texts, batch_first=True, padding_value=PADDING)
    # F.embedding throughout: the gradient of plain indexing was several times slower.
    whole = F.embedding(asked, vectors)
    short = F.normalize(whole[:, :DIMENSIONS], dim=1)
    there = F.normalize(F.embedding(held.clamp(min=0), vectors[:, :DIMENSIONS]), dim=2).flatten(0, 1)
    with torch.no_grad():  # which piece is nearest; its cosine is then taken again, for a gradient through few numbers
        near = (short @ there.T).view(len(asked), *held.shape)
        nearest = near.masked_fill_(held == PADDING, -2.0).argmax(2) + torch.arange(len(texts)) * held.shape[1]
    found = F.embedding(nearest, there)
    cosines = torch.einsum("qd,qtd->qt", short, found).clamp(min=0)
    weights = whole.norm(dim=1) * rare[asked]
    owners = torch.repeat_interleave(torch.arange(len(questions)), torch.tensor([len(one) for one in questions]))
    sums = torch.zeros(len(questions), len(texts)).index_add(0, owners, weights[:, None] * cosines)
    return sums / torch.zeros(len(questions)).index_add(0, owners, weights).clamp(min=1e-9)[:, None]
