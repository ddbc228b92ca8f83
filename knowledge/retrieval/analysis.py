"""Swedish text to tokens, the same for every engine (docs/adr/0003).

Folding å, ä and ö makes a question typed without them free of charge; character n-grams reach compounds,
inflections and misspellings that no stemmer knows.
"""

from __future__ import annotations

import re
import unicodedata

import Stemmer

VERSION = "2"  # part of an index's fingerprint: raise it when tokens change
GRAM_SIZES = (3, 4, 5)

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
    """Text to tokens: each content word, its stem and its character 3- to 5-grams.

    A prefix keeps the kinds apart: a word is `w…`, a stem `s…`, a gram stands bare between underscores.
    """

    def __init__(self) -> None:
        self._stemmer = Stemmer.Stemmer("swedish")

    def tokens(self, text: str) -> list[str]:
        return self._tokens(text, GRAM_SIZES)

    def word_tokens(self, text: str) -> list[str]:
        """Without the shorter grams: for words that are spelled right, at a fifth of the cost of a search."""
        return self._tokens(text, GRAM_SIZES[-1:])

    def _tokens(self, text: str, gram_sizes: tuple[int, ...]) -> list[str]:
        found: list[str] = []
        for word in words(text):
            folded = fold(word)
            if folded in FOLDED_STOP_WORDS:
                continue
            found.append("W" + folded)
            found.append("S" + fold(self._stemmer.stemWord(word)))
            found.extend(_grams(f"_{folded}_", gram_sizes))
        return found


def _grams(padded: str, sizes: tuple[int, ...]) -> list[str]:
    return [padded[start : start + size] for size in sizes for start in range(len(padded) - size + 1)]
