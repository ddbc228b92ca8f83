"""Slips of the finger in a question: an unknown word one letter away from a word of the corpus is read as that word.

By deletion, as SymSpell does: two words are near where they become one by leaving out a letter of either or both.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from .analysis import FOLDED_STOP_WORDS, fold, words
from .compounds import CompoundSplitter

_SHORTEST = 6  # letters; shorter words are near too many others, "ugnen" near "ungen"


class SpellingCorrector:
    """`texts` are what is searched; words of ordinary Swedish are right as they stand, even where no text has them."""

    def __init__(self, texts: Iterable[str], compounds: CompoundSplitter) -> None:
        counts: Counter[str] = Counter()
        for text in texts:
            counts.update(words(text))
        self._known = {fold(word) for word in counts} | {fold(word) for word in compounds.known} | FOLDED_STOP_WORDS
        self._compounds = compounds
        self._near: dict[str, list[str]] = defaultdict(list)
        for word, _ in counts.most_common():  # the commonest first
            if len(word) >= _SHORTEST and word.isalpha():
                for shorter in _without_a_letter(fold(word)):
                    self._near[shorter].append(word)

    def corrected(self, text: str) -> str:
        """The text with its unknown words exchanged; the very text where there are none."""
        slips = {word: right for word in words(text) if (right := self._right(word)) != word}
        if not slips:
            return text
        return " ".join(slips.get(word, word) for word in words(text))

    def _right(self, word: str) -> str:
        folded = fold(word)
        if len(word) < _SHORTEST or not word.isalpha() or folded in self._known or len(self._compounds.parts(word)) > 1:
            return word
        for shorter in _without_a_letter(folded):
            for right in self._near.get(shorter, ()):
                if right[0] == word[0] and abs(len(right) - len(word)) <= 1:
                    return right
        return word


def _without_a_letter(word: str) -> Iterator[str]:
    yield word
    for place in range(len(word)):
        yield word[:place] + word[place + 1 :]
