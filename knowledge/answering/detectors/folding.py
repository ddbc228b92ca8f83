"""One plain form of a text for all word lists: lower case, no marks over letters, one blank between words."""

import re
import unicodedata

# The commonest letters are mapped at once, for speed; then those that NFKD leaves whole, and signs pasted from Word.
_LETTERS = str.maketrans(
    dict(zip("åäöéèüáàëíóúçñ–…", "aaoeeuaaeioucn .", strict=True))
    | {"æ": "a", "ø": "o", "ß": "ss", "ł": "l", "đ": "d", "ı": "i", "’": "'", "‘": "'", "´": "'", "`": "'"}
)
_INVISIBLE = {"Cf", "Cc", "Mn", "Me"}
_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)")
_TOKEN = re.compile(r"\w+|[.?!,;:\n]")
_STRETCHED = re.compile(r"([^\W\d])\1{2,}")
_SENTENCE_END = {"!": "!", "?": "?", "\n": ".", ";": ".", ":": ","}


def fold(text: str) -> str:
    """Lower case without diacritics or invisible characters: "Hjälp\u200b" becomes "hjalp"."""
    lowered = text.casefold().translate(_LETTERS)
    if lowered.isascii():
        return lowered
    decomposed = unicodedata.normalize("NFKD", lowered)
    return "".join(sign for sign in decomposed if sign in "\n\t" or unicodedata.category(sign) not in _INVISIBLE)


def tokens(text: str) -> list[str]:
    """Folded words and the signs that end a sentence or a clause."""
    folded = _APOSTROPHE.sub("", fold(text))
    return [_SENTENCE_END.get(token, token) for token in _TOKEN.findall(_STRETCHED.sub(r"\1", folded))]


def padded(words: list[str]) -> str:
    """Words with a blank on either side of each, the form that phrases are matched against."""
    return f" {' '.join(words)} " if words else " "
