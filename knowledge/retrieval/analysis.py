"""Swedish text to tokens, the same for every engine (docs/adr/0003).

Folding å, ä and ö makes a question typed without them free of charge; character n-grams reach compounds,
inflections and misspellings that no stemmer knows.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

import Stemmer

from .compounds import CompoundSplitter

STEM = "S"  # before a stem; folded words have no capitals
VERSION = "3"  # part of an index's fingerprint: raise it when tokens change
# 4- and 5-grams carry what 3-grams do, at half the index and a fifth of the search (docs/adr/0013).
GRAM_SIZES = (4, 5)
_WORDS_KEPT = 30_000

_FOLD = str.maketrans("åäöéèüáàëçșşțţăâîøæ", "aaoeeuaaecssttaaioa")
_WORD = re.compile(r"[^\W_]+(?:[-:][^\W_]+)*")

# Words that carry grammar, not subject. Swedish and English together: a question may mix them.
STOP_WORDS = frozenset(
    """och det att i en jag hon som han på den med var sig för så till är men ett om hade de dem dom av icke mig du
    henne då sin nu har inte hans honom skulle hennes där min man ej vid kunde något från ut när efter upp vi
    vara vad över än dig kan sina här ha mot alla under någon eller allt mycket sedan ju denna själv detta åt
    utan varit hur ingen mitt bli blev oss din dessa några deras blir mina samma vilken er sådan vår dess inom
    mellan sådant varför varje vilka ditt vem vilket dina vars vårt våra ert era ska skall får måste finns
    finnas göra gör gjort gäller också bara både även bör brukar kommer vill behöver sen nån nåt nåra mej dej
    dig sej o e the a an of to in on at is are was were be been do does did can could may might must shall
    should will would and or if it its he she they them his her their we our you your i my me for from with by
    as that this these those there what which who whom how when where why not no any some has have had about
    into than then so""".split()
)
FOLDED_STOP_WORDS = frozenset(word.translate(_FOLD) for word in STOP_WORDS)


def words(text: str) -> list[str]:
    """Lower-case words, unfolded."""
    return _WORD.findall(unicodedata.normalize("NFC", text).lower())


def fold(word: str) -> str:
    return word.translate(_FOLD)


def content_words(text: str) -> list[str]:
    """Folded words that carry the subject."""
    return [folded for folded in map(fold, words(text)) if folded not in FOLDED_STOP_WORDS]


class Analyzer:
    """Text to tokens: each content word's stem, the stems of its compound parts, and its character 4- and 5-grams.

    A prefix keeps the kinds apart: a stem is `S…`, a gram stands bare between underscores. Words repeat, in running
    text as in questions, so each is analysed once.
    """

    def __init__(self) -> None:
        self._stemmer = Stemmer.Stemmer("swedish")
        self.compounds = CompoundSplitter()
        self._word = lru_cache(maxsize=_WORDS_KEPT)(self._analysed)

    def tokens(self, text: str) -> list[str]:
        return [token for word in words(text) for part in self._word(word) for token in part.split()]

    def word_tokens(self, text: str) -> list[str]:
        """Without the shorter grams: for words that are spelled right, at half the cost of a search."""
        return [token for word in words(text) for token in self._word(word).sure.split()]

    def stems(self, word: str) -> tuple[str, ...]:
        """Its own stem and those of its parts; none for a word that carries no subject."""
        return tuple(token for token in self._word(word).sure.split() if token.startswith(STEM))

    def _analysed(self, word: str) -> _Tokens:
        folded = fold(word)
        if folded in FOLDED_STOP_WORDS:
            return _Tokens("", "")
        parts = self.compounds.parts(word)
        stems = [STEM + fold(self._stemmer.stemWord(one)) for one in (word, *(parts if len(parts) > 1 else ()))]
        padded = f"_{folded}_"
        sure = " ".join((*stems, *_grams(padded, GRAM_SIZES[-1:])))
        return _Tokens(sure, " ".join(_grams(padded, GRAM_SIZES[:-1])))


class _Tokens(NamedTuple):
    """Tokens with a space between them: as tuples of strings, the words kept take ten times the memory."""

    sure: str
    shorter_grams: str


def _grams(padded: str, sizes: tuple[int, ...]) -> list[str]:
    return [padded[start : start + size] for size in sizes for start in range(len(padded) - size + 1)]
