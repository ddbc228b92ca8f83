"""Mends one slip of the pen in words that must not be missed."""

from collections.abc import Iterable


class Mender:
    """Maps a word one edit away (a letter too many, too few, wrong, or two swapped) from a key word to that word."""

    def __init__(self, keys: Iterable[str], never: Iterable[str], shortest: int = 6) -> None:
        self._keys = frozenset(key for key in keys if len(key) >= shortest)
        self._never = frozenset(never)
        self._shortest = shortest
        self._by_gap: dict[str, str] = {}
        for key in sorted(self._keys):
            for gap in _gaps(key):
                self._by_gap.setdefault(gap, key)

    def mend(self, word: str) -> str:
        """The key word meant, or the word itself."""
        if len(word) < self._shortest - 1 or word in self._keys or word in self._never or not word.isalpha():
            return word
        for candidate in (word, *_gaps(word)):
            key = candidate if candidate in self._keys else self._by_gap.get(candidate)
            if key and key[0] == word[0] and key not in (word + "s", word + "n") and one_edit_apart(word, key):
                return key
        return word


def one_edit_apart(left: str, right: str) -> bool:
    """Whether one insertion, deletion, change or swap of neighbours makes the two alike."""
    if left == right:
        return True
    if len(left) > len(right):
        left, right = right, left
    if len(right) - len(left) > 1:
        return False
    start = next((i for i, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), len(left))
    if len(left) < len(right):
        return left[start:] == right[start + 1 :]
    if left[start + 1 :] == right[start + 1 :]:
        return True
    return left[start : start + 2] == right[start : start + 2][::-1] and left[start + 2 :] == right[start + 2 :]


def _gaps(word: str) -> set[str]:
    return {word[:i] + word[i + 1 :] for i in range(len(word))}
