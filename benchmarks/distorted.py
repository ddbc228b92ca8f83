"""Questions as hurried people write them, the same at every run."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from training.distortions import fold, misspell

SEED = 15
PLAIN = "as written"


def misspelt(question: str) -> str:
    """15 % of the words with a slip. Drawn from the question itself: its neighbours in the file don't matter."""
    return misspell(question, Random(f"{SEED} {question}"))


def folded(question: str) -> str:
    """Lower case, å ä ö as a and o."""
    return fold(question.lower())


DISTORTIONS: dict[str, Callable[[str], str]] = {"15 % misspelt": misspelt, "no å ä ö, lower case": folded}
