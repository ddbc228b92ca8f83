"""Swedish, English or another language, for texts as short as two words.

Officials type stubs ("bvc barn", "EHIC"), on which statistical identifiers guess; word lists do not. What nothing tells
apart is Swedish, the language of the service.
"""

import re
import unicodedata
from typing import Literal

from .folding import fold
from .lexicon_files import read_words

Language = Literal["sv", "en", "other"]

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_SWEDISH_LETTERS = re.compile(r"[åäöÅÄÖ]")
_FOREIGN_LETTERS = re.compile(r"[șțşţăâîñßçğıąćęłńśźżøæȘȚŞŢĂÂÎÑÇĞİĄĆĘŁŃŚŹŻØÆ¿¡]")
_SWEDISH_ENDING = re.compile(
    r"\w{3,}(?:ningen|ningar|ning|heten|heter|ligt|liga|elsen|elser|else|arna|erna|orna|andet|ande|skap|skapet|sratt|"
    r"stod|rattad|kort|lagen|tillstand|nummer|barn|vard|boende|anmalan|bidrag|skydd)$"
)
_ENGLISH_ENDING = re.compile(r"\w{3,}(?:tion|tions|ness|ment|ments|ship|ing|ies|ally|able|ible|less|ful|ity)$")
_UNKNOWN_LONG = 5


class LanguageDetector:
    """Counts words that only one language has."""

    def __init__(self) -> None:
        lists = read_words("languages")
        swedish = lists["sv"] | {fold(word) for word in lists["sv"]}
        shared = (swedish & lists["en"]) | lists["both"]
        self._shared = shared
        self._swedish = swedish - shared
        self._english = lists["en"] - shared
        self._other = lists["other"] - self._swedish - self._english

    def detect(self, text: str) -> Language:
        """The language of a text; Swedish where nothing tells."""
        words = [word.casefold() for word in _WORD.findall(re.sub(r"\[[^\]]*\]", " ", text))]
        if not words:
            return "sv"
        if _mostly_other_script(words):
            return "other"
        swedish = sum(self._is_swedish(word) for word in words)
        english = sum(self._is_english(word) for word in words)
        other = sum(fold(word) in self._other for word in words) + len(_FOREIGN_LETTERS.findall(text))
        swedish += bool(_SWEDISH_LETTERS.search(text))
        if other > swedish and other > english:
            return "other"
        if swedish == english == other == 0 and len(words) >= _UNKNOWN_LONG:
            return "other"
        return "en" if english > swedish else "sv"

    def _is_swedish(self, word: str) -> bool:
        if word in self._swedish:
            return True
        return word not in self._english and bool(_SWEDISH_ENDING.match(fold(word)))

    def _is_english(self, word: str) -> bool:
        if word in self._english:
            return True
        return (
            word not in self._swedish
            and word not in self._shared
            and word.isascii()  # "Linköping" is none
            and bool(_ENGLISH_ENDING.match(word))
            and not word.endswith("ning")
        )


def _mostly_other_script(words: list[str]) -> bool:
    """Whether most letters are not Latin: Cyrillic, Arabic, Greek and so on."""
    letters = "".join(words)
    foreign = sum(not _is_latin(letter) for letter in letters)
    return foreign * 2 > len(letters)


def _is_latin(letter: str) -> bool:
    return letter.isascii() or unicodedata.name(letter, "").startswith("LATIN")
