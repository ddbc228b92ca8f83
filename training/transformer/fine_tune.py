"""Fits the transformer to the corpus: of all passages, a question must find the one that answers it.

Each passage has a direction, learnt together with the transformer; a question's vector is to be nearer to its passage's
than to any other's (a softmax over all passages, of cosines: Wang et al. 2018, without the margin). The passages' own
words are drawn among the questions, so that an answer's sentences lie near what they answer.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from random import Random
from typing import NamedTuple

import torch
from tokenizers import Tokenizer
from torch.nn.functional import cross_entropy, normalize
from transformers import BertModel

from knowledge.retrieval.directions import Learnt
from knowledge.retrieval.encoders.transformer import LONGEST
from training.corpus_passages import Passage

from .base_model import PAD
from .texts import as_asked, shown

_FROZEN = 4  # layers that stay as they are, with the pieces' vectors: what they hold of the language is not ours to fit
_SCALE = 20.0  # of cosines, before the softmax
_SHOWN_SHARE = 0.15  # of a step's texts are a passage's own
_FIRST_QUESTIONS = 6  # of a passage, whose mean its direction begins with
_DIRECTIONS_RATE = 2e-3
_Drawn = tuple[int, str]  # the passage's number, and a text


class Schedule(NamedTuple):
    steps: int = 1200
    texts: int = 64  # a step
    learning_rate: float = 5e-5
    warm_up: int = 50
    seed: int = 1


def fine_tune(model: BertModel, tokenizer: Tokenizer, passages: Sequence[Passage], schedule: Schedule) -> Learnt:
    """About forty minutes on two cores. Changes the model; returns the directions of the passages."""
    torch.manual_seed(schedule.seed)
    rng = Random(schedule.seed)
    directions = torch.nn.Parameter(_beginnings(model, tokenizer, passages, rng))
    for module in (model.embeddings, *model.encoder.layer[:_FROZEN]):
        module.requires_grad_(requires_grad=False)
    fitted = [parameter for parameter in model.parameters() if parameter.requires_grad]
    optimiser = torch.optim.AdamW(
        [{"params": fitted, "lr": schedule.learning_rate}, {"params": [directions], "lr": _DIRECTIONS_RATE}],
        weight_decay=0.01,
    )
    rate = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min((step + 1) / schedule.warm_up, max(0.02, 1 - step / schedule.steps))
    )
    model.train()
    drawn = _drawn(passages, rng)
    began = time.monotonic()
    for step in range(schedule.steps):
        numbers, texts = zip(*(next(drawn) for _ in range(schedule.texts)), strict=True)
        cosines = embed(model, tokenizer, texts) @ normalize(directions, dim=1).T
        loss = cross_entropy(_SCALE * cosines, torch.tensor(numbers))
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(fitted, 1.0)
        optimiser.step()
        rate.step()
        if step % 25 == 0:
            print(f"    step {step}: loss {loss.item():.3f}  ({time.monotonic() - began:.0f} s)", flush=True)
    model.eval()  # type: ignore[no-untyped-call]
    return _learnt(model, tokenizer, passages, normalize(directions.detach(), dim=1))


def embed(model: BertModel, tokenizer: Tokenizer, texts: Sequence[str]) -> torch.Tensor:
    """Shape (texts, dimensions), length 1."""
    tokenizer.enable_truncation(LONGEST)
    encoded = [encoding.ids for encoding in tokenizer.encode_batch(list(texts))]
    width = max(map(len, encoded))
    pieces = torch.tensor([ids + [PAD] * (width - len(ids)) for ids in encoded])
    mask = (pieces != PAD).long()
    hidden = model(input_ids=pieces, attention_mask=mask).last_hidden_state
    return normalize((hidden * mask.unsqueeze(-1)).sum(dim=1), dim=-1)


def _drawn(passages: Sequence[Passage], rng: Random) -> Iterator[_Drawn]:
    """Without end: each question once before any comes again, and a passage's own words now and then."""
    questions = [
        (number, text)
        for number, passage in enumerate(passages)
        for text in (passage.heading, *passage.swedish, *passage.english)
    ]
    waiting: list[_Drawn] = []
    while True:
        if rng.random() < _SHOWN_SHARE:
            number = rng.randrange(len(passages))
            yield number, shown(passages[number], rng)
            continue
        if not waiting:
            waiting = list(questions)
            rng.shuffle(waiting)
        number, text = waiting.pop()
        yield number, as_asked(text, rng)


def _mean(model: BertModel, tokenizer: Tokenizer, passage: Passage, rng: Random) -> torch.Tensor:
    """Of some of its questions. Shape (dimensions,), length 1."""
    asked = [passage.heading, *rng.sample(passage.swedish, min(_FIRST_QUESTIONS, len(passage.swedish)))]
    return normalize(embed(model, tokenizer, asked).mean(dim=0), dim=0)


def _beginnings(model: BertModel, tokenizer: Tokenizer, passages: Sequence[Passage], rng: Random) -> torch.Tensor:
    """Shape (passages, dimensions). The base model holds all texts for alike: what they share is taken away."""
    model.eval()  # type: ignore[no-untyped-call]
    with torch.no_grad():
        means = torch.stack([_mean(model, tokenizer, passage, rng) for passage in passages])
    return normalize(means - means.mean(dim=0), dim=1)


def _learnt(model: BertModel, tokenizer: Tokenizer, passages: Sequence[Passage], directions: torch.Tensor) -> Learnt:
    """With how near a passage's questions are to its direction, as a share of how near they are to their mean."""
    to_direction, to_mean = 0.0, 0.0
    with torch.no_grad():
        for passage, direction in zip(passages, directions, strict=True):
            asked = embed(model, tokenizer, [passage.heading, *passage.swedish])
            to_direction += float((asked @ direction).mean())
            to_mean += float((asked @ normalize(asked.mean(dim=0), dim=0)).mean())
    vectors = {passage.passage_id: direction.numpy() for passage, direction in zip(passages, directions, strict=True)}
    return Learnt(vectors, to_direction / to_mean)
