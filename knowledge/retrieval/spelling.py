"""A question as it was meant: slips of the finger mended, and å, ä and ö given back to who wrote without them.

- An unknown word one letter away from a word of the corpus is read as that word. By deletion, as SymSpell does: two
  words are near where they become one by leaving out a letter of either or both.
- A text without any å, ä or ö in which some word only makes sense with them ("nodbistand") was written without them
  throughout: each of its words is read as the commonest spelling that it may stand for, "ar" as "är".
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet

from .analysis import STOP_WORDS, fold, words
from .compounds import CompoundSplitter

_SHORTEST = 6  # letters of what a word is read as; shorter words are near too many others, "ugnen" near "ungen"
_SURELY_FOLDED = 4  # letters of a word that shows that a text lacks its å, ä and ö


class SpellingCorrector:
    """`texts` are what is searched; ordinary words are right as they stand, even where no text has them."""

    def __init__(self, texts: Iterable[str], compounds: CompoundSplitter, ordinary: AbstractSet[str]) -> None:
        counts: Counter[str] = Counter()
        for text in texts:
            counts.update(words(text))
        self._written = {*counts, *compounds.known, *STOP_WORDS, *ordinary}
        self._known = {fold(word) for word in self._written}
        self._compounds = compounds
        self._unfolded: dict[str, str] = {}
        for word in sorted(self._written, key=lambda word: (-counts[word], word)):
            self._unfolded.setdefault(fold(word), word)
        self._near: dict[str, list[str]] = defaultdict(list)
        for word, _ in counts.most_common():  # the commonest first
            if len(word) >= _SHORTEST and word.isalpha():
                for shorter in _without_a_letter(fold(word)):
                    self._near[shorter].append(word)

    def corrected(self, text: str) -> str:
        """The text with its unknown words exchanged; the very text where there are none."""
        said = words(text)
        again = said
        if any(self._lacks_its_letters(word) for word in said) and all(fold(word) == word for word in said):
            again = [self._unfolded.get(word, word) for word in said]
        again = [self._right(word) for word in again]
        return text if again == said else " ".join(again)

    def _lacks_its_letters(self, word: str) -> bool:
        if len(word) < _SURELY_FOLDED or word in self._written:
            return False
        meant = self._unfolded.get(word) or self._right(word)
        return fold(meant) != meant

    def _right(self, word: str) -> str:
        folded = fold(word)
        if len(word) < _SHORTEST - 1 or not word.isalpha() or folded in self._known:
            return word
        if len(self._compounds.parts(word)) > 1:
            return word
        for shorter in _without_a_letter(folded):
            for right in self._near.get(shorter, ()):
                if abs(len(right) - len(word)) <= 1 and _begin_alike(folded, fold(right)):
                    return right
        return word


def _begin_alike(word: str, right: str) -> bool:
    """The same first letter, or it was lost, added or swapped: another one in its place makes another word."""
    return word[0] == right[0] or word == right[1:] or word[1:] == right or word[:2] == right[1::-1]


def _without_a_letter(word: str) -> Iterator[str]:
    yield word
    for place in range(len(word)):
        yield word[:place] + word[place + 1 :]
