"""Messages that get a plain refusal: attempts to steer the service, insults, requests for what it must not do.

A real question that merely holds hard words is none of these: officials ask about racism and threats every day.
"""

import re
from typing import Literal

from .folding import padded, tokens
from .lexicon_files import read_phrases
from .phrases import PhraseBook

Conduct = Literal[
    "ok",
    "injection",
    "insult",
    "racism",
    "personal_data_request",
    "individual_case",
    "medical_advice",
    "booking",
    "empty",
]

# In the order in which they are named when a message is several at once.
_REFUSED: tuple[Conduct, ...] = (
    "injection",
    "personal_data_request",
    "individual_case",
    "medical_advice",
    "booking",
)
# Phrases that count only as an order, at the beginning of a sentence.
_FIRST = ":first"
_OPENS = re.compile(r"^ $|(?: [.?!,]| snalla| please| hej| och| and| now| nu| hi) $")
_MARKUP = re.compile(r"<\s*/?\s*(?:script|system|iframe|img|svg)\b|\[/?INST\]|<\|\w+\|>|\{\{.*\}\}", re.IGNORECASE)
_WORD = re.compile(r"\w")
_QUESTION_START = re.compile(
    r"(?:^| [.!,] )(?:vad|vem|vilka|vilken|vilket|hur|var|vart|nar|far|kan|har|ska|maste|bor|finns|ar|galler|"
    r"what|who|which|how|where|when|may|can|do|does|must|should|is|are) "
)


class ConductDetector:
    """Reads phrase lists once; `assess` names what a message is."""

    def __init__(self) -> None:
        self._phrases = PhraseBook(read_phrases("conduct"))

    def assess(self, text: str) -> Conduct:
        """`ok` for a question, or why it gets no answer."""
        if not _WORD.search(text):
            return "empty"
        if _MARKUP.search(text):
            return "injection"
        words = padded(tokens(text))
        labels = {
            hit.label.removesuffix(_FIRST)
            for hit in self._phrases.find(words)
            if not hit.label.endswith(_FIRST) or _OPENS.search(words[: hit.start])
        }
        for refused in _REFUSED:
            if refused in labels:
                return refused
        if "racism_plain" in labels:
            return "racism"
        if not labels & {"insult", "racism"} or ("subject" in labels and _is_question(words)):
            return "ok"
        return "racism" if "racism" in labels else "insult"


def _is_question(words: str) -> bool:
    return " ? " in words or bool(_QUESTION_START.search(words.lstrip()) or _QUESTION_START.search(words))
