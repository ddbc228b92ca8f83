"""Messages that get a plain refusal: attempts to steer the service, insults, requests for what it must not do.

A real question that merely holds hard words is none of these: officials ask about racism and threats every day.
"""

import re
from typing import Literal

from .folding import padded, tokens
from .phrases import shipped_phrases
from .tone import Tone

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
_LIFTED_BY_RULE = frozenset[str]({"personal_data_request", "individual_case", "medical_advice"})
_KINDS: dict[str, Conduct] = {kind: kind for kind in (*_REFUSED, "insult", "racism")}
_HEARD = 1.0  # log-odds; a question wrongly refused costs more than a chore that goes on to "no support"
# Phrases that count only as an order, at the beginning of a sentence.
_FIRST = ":first"
_OPENS = re.compile(r"^ $|(?: [.?!,]| snalla| please| hej| och| and| now| nu| hi) $")
_MARKUP = re.compile(
    r"<\s*/?\s*(?:script|system|iframe|img|svg)\b|\[/?(?:INST|system)\]|<\|\w+\|>|\{\{.*\}\}", re.IGNORECASE
)
_WORD = re.compile(r"\w")
_QUESTION_START = re.compile(
    r"(?:^| [.!,] )(?:vad|vem|vilka|vilken|vilket|hur|var|vart|nar|far|kan|har|ska|maste|bor|finns|ar|galler|"
    r"what|who|which|how|where|when|may|can|do|does|must|should|is|are) "
)


class ConductDetector:
    """Reads phrase lists and weights once; `assess` names what a message is."""

    def __init__(self) -> None:
        self._phrases = ConductPhrases()
        self._tone = Tone.load("conduct")

    def assess(self, text: str) -> Conduct:
        """`ok` for a question, or why it gets no answer; the tone hears what the phrases have no word for."""
        found, lifted = self._phrases.weigh(text)
        if found != "ok" or self._tone.score(text) < _HEARD:
            return found
        kind = _KINDS[self._tone.kind(text)]
        return "ok" if kind in lifted else kind


class ConductPhrases:
    """Conduct by what it is called; alone for fitting the tone."""

    def __init__(self) -> None:
        self._phrases = shipped_phrases("conduct")

    def weigh(self, text: str) -> tuple[Conduct, frozenset[str]]:
        """What the phrases say, and what it cannot be by its tone, since they hear a question to this service."""
        if not _WORD.search(text):
            return "empty", frozenset()
        if _MARKUP.search(text):
            return "injection", frozenset()
        words = padded(tokens(text))
        labels = {
            hit.label.removesuffix(_FIRST)
            for hit in self._phrases.find(words)
            if not hit.label.endswith(_FIRST) or _OPENS.search(words[: hit.start])
        }
        lifted = frozenset(_KINDS) if "asks" in labels else _LIFTED_BY_RULE if "rule" in labels else frozenset()
        if "rule" in labels:
            labels -= _LIFTED_BY_RULE
        return _named(labels - {"booking"} if "asks" in labels else labels, words), lifted


def _named(labels: set[str], words: str) -> Conduct:
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
