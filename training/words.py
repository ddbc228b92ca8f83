"""Words, sentences and word sequences of running text."""

import re

WORD = re.compile(r"\w+")
SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-ZÅÄÖ0-9–”\"])")
SWEDISH = frozenset("och att i som för på av är det en ett den med till de ska om inte har kan vid".split())


def sentences(text: str) -> list[str]:
    return [part.strip() for part in SENTENCE_END.split(text) if part.strip()]


def sequences(text: str, length: int = 8) -> set[str]:
    """Every run of `length` words, lower-cased and without punctuation."""
    words = WORD.findall(text.lower())
    return {" ".join(words[i : i + length]) for i in range(len(words) - length + 1)}


def looks_swedish(text: str) -> bool:
    words = WORD.findall(text.lower())
    return bool(words) and sum(word in SWEDISH for word in words) / len(words) > 0.08
