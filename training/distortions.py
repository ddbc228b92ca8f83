"""Query-side noise: the model should not mind a slip of the finger or a keyboard without å, ä and ö."""

from random import Random

LETTERS = "abcdefghijklmnopqrstuvwxyzåäö"
FOLDED = str.maketrans("åäöéÅÄÖÉ", "aaoeAAOE")


def fold(text: str) -> str:
    return text.translate(FOLDED)


def misspell(text: str, rng: Random, share: float = 0.15) -> str:
    """Misspells about that share of the words: a letter lost, added, exchanged or swapped with its neighbour."""
    return " ".join(_slip(word, rng) if len(word) > 2 and rng.random() < share else word for word in text.split())


def _slip(word: str, rng: Random) -> str:
    at = rng.randrange(len(word))
    match rng.randrange(4):
        case 0:
            return word[:at] + word[at + 1 :]
        case 1:
            return word[:at] + rng.choice(LETTERS) + word[at:]
        case 2:
            return word[:at] + rng.choice(LETTERS) + word[at + 1 :]
        case _:
            at = min(at, len(word) - 2)
            return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
