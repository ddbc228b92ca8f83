"""The recipe: a list of steps, each in training/steps/<name>.py, which hand on files in the work folder."""

import time
from collections.abc import Callable, Mapping

import torch

from training.datatypes import Places, Settings
from training.steps.encode_pairs import encode_pairs
from training.steps.fit_vectors import fit_vectors
from training.steps.join_vectors import join_vectors
from training.steps.pair_corpus import pair_corpus
from training.steps.pair_documents import pair_documents
from training.steps.pair_everyday import pair_everyday
from training.steps.pair_questions import pair_questions
from training.steps.pair_statements import pair_statements
from training.steps.pair_terms import pair_terms
from training.steps.read_documents import read_documents
from training.steps.refit_vectors import refit_vectors
from training.steps.save_model import save_model
from training.steps.train_tokenizer import train_tokenizer

Step = Callable[[Places, Settings], Mapping[str, float]]

STEPS: list[Step] = [
    read_documents,
    pair_documents,
    pair_questions,
    pair_corpus,
    pair_statements,
    pair_everyday,
    pair_terms,
    train_tokenizer,
    encode_pairs,
    fit_vectors,
    join_vectors,
    refit_vectors,
    save_model,
]


def make_model(places: Places, settings: Settings, first: str = "read_documents") -> None:
    """Runs the steps from `first` on; what earlier ones made is taken from the work folder."""
    names = [step.__name__ for step in STEPS]
    if first not in names:
        raise ValueError(f"no step {first!r}; the steps are {', '.join(names)}")
    places.work.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(1)
    for number, step in enumerate(STEPS, start=1):
        if number - 1 < names.index(first):
            continue
        print(f"[{number}/{len(STEPS)}] {step.__name__.replace('_', ' ')} …", flush=True)
        started = time.monotonic()
        counts = step(places, settings)
        shown = ", ".join(f"{name} {count:,}" for name, count in counts.items())
        print(f"    {shown}  ({time.monotonic() - started:.0f} s)", flush=True)
