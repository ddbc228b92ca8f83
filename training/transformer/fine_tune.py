"""Fits the transformer to the corpus: two questions of a passage, and the passage, are drawn together.

Multiple negatives ranking (Henderson et al. 2017): in a batch of as many passages, each question must find its own
passage's other question, and its own passage, among all of them.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from random import Random
from typing import NamedTuple

import torch
from tokenizers import Tokenizer
from transformers import BertModel

from knowledge.retrieval.encoders.transformer import LONGEST
from training.corpus_passages import Passage

from .base_model import PAD
from .texts import shown

_QUESTION_PIECES = 40
_FROZEN = 4  # layers that stay as they are, with the pieces' vectors: what they hold of the language is not ours to fit
_SCALE = 30.0  # of cosines, before the softmax
_ENGLISH_SHARE = 0.3


class Schedule(NamedTuple):
    steps: int = 500
    passages: int = 40  # a step
    learning_rate: float = 5e-5
    warm_up: int = 20
    seed: int = 1


def fine_tune(model: BertModel, tokenizer: Tokenizer, passages: Sequence[Passage], schedule: Schedule) -> None:
    """About half an hour on two cores."""
    torch.manual_seed(schedule.seed)
    rng = Random(schedule.seed)
    for module in (model.embeddings, *model.encoder.layer[:_FROZEN]):
        module.requires_grad_(requires_grad=False)
    fitted = [parameter for parameter in model.parameters() if parameter.requires_grad]
    optimiser = torch.optim.AdamW(fitted, lr=schedule.learning_rate, weight_decay=0.01)
    rate = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min((step + 1) / schedule.warm_up, max(0.02, 1 - step / schedule.steps))
    )
    model.train()
    waiting: list[Passage] = []
    began = time.monotonic()
    for step in range(schedule.steps):
        if len(waiting) < schedule.passages:
            waiting = list(passages)
            rng.shuffle(waiting)
        some = [waiting.pop() for _ in range(schedule.passages)]
        loss = _loss(model, tokenizer, some, rng)
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(fitted, 1.0)
        optimiser.step()
        rate.step()
        if step % 25 == 0:
            print(f"    step {step}: loss {loss.item():.3f}  ({time.monotonic() - began:.0f} s)", flush=True)
    model.eval()  # type: ignore[no-untyped-call]


def embed(model: BertModel, tokenizer: Tokenizer, texts: Sequence[str], longest: int) -> torch.Tensor:
    """Shape (texts, dimensions), length 1."""
    tokenizer.enable_truncation(longest)
    encoded = [encoding.ids for encoding in tokenizer.encode_batch(list(texts))]
    width = max(map(len, encoded))
    pieces = torch.tensor([ids + [PAD] * (width - len(ids)) for ids in encoded])
    mask = (pieces != PAD).long()
    hidden = model(input_ids=pieces, attention_mask=mask).last_hidden_state
    return torch.nn.functional.normalize((hidden * mask.unsqueeze(-1)).sum(dim=1), dim=-1)


def _loss(model: BertModel, tokenizer: Tokenizer, passages: Sequence[Passage], rng: Random) -> torch.Tensor:
    pairs = [_two_questions(passage, rng) for passage in passages]
    one = embed(model, tokenizer, [first for first, _ in pairs], _QUESTION_PIECES)
    other = embed(model, tokenizer, [second for _, second in pairs], _QUESTION_PIECES)
    whole = embed(model, tokenizer, [shown(passage, rng) for passage in passages], LONGEST)
    own = torch.arange(len(passages))
    cross_entropy = torch.nn.functional.cross_entropy
    between = _SCALE * one @ other.T
    questions = (cross_entropy(between, own) + cross_entropy(between.T, own)) / 2
    to_passage = cross_entropy(_SCALE * one @ whole.T, own) + cross_entropy(_SCALE * other @ whole.T, own)
    return questions + to_passage / 2


def _two_questions(passage: Passage, rng: Random) -> tuple[str, str]:
    asked = [passage.heading, *passage.swedish]
    first, second = rng.sample(asked, 2)
    if passage.english and rng.random() < _ENGLISH_SHARE:
        second = rng.choice(passage.english)
    return (first, second) if rng.random() < 0.5 else (second, first)
