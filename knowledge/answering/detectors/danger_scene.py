"""Reads a text by sentences: what sounds dangerous in each, and whether it reports a scene or asks about rules."""

import re
from dataclasses import dataclass
from itertools import pairwise

from .folding import fold, padded, tokens
from .lexicon_files import read_words
from .phrases import Hit, PhraseBook, shipped_phrases
from .spelling import Mender

_SENTENCE = re.compile(r"[^.?!]+[.?!]?")
# A question about what anybody may or must: only at its beginning, for "vi har en kvinna här" is none.
_GENERAL_OPENING = re.compile(
    r"^ (?:[^,]* [,:] (?:och )?)?(?:kan|far|har|maste|ska|bor|behover) (?:man|en|ett|den|personer|vi|kommunen|"
    r"socialtjansten|socialnamnden|namnden|polisen|varden|regionen|\w*mottagningen|sjukhuset|kvinnor|barn|nagon|alla|"
    r"vuxna|skolan|hyresvarden|eu|offret|offer|utsatta|personal\w*|socialjouren|ordningsvakt\w*|valdsutsatta|gravida) "
)
_SIGNS = ("danger_signs_sv", "danger_signs_en")
_NO_REPORT = frozenset({"general", "supposed", "inquires"})


@dataclass(frozen=True)
class Sentence:
    """One sentence, padded, with what was found in it."""

    text: str
    dangers: tuple[Hit, ...]
    alarms: tuple[Hit, ...]
    cues: frozenset[str]
    asks_about_rules: bool
    opens_with_rule: bool
    reports: bool


class SceneReader:
    """Holds the phrase books and word lists; builds them once."""

    def __init__(self) -> None:
        self._dangers = shipped_phrases("danger_sv", "danger_en", "danger_other", *_SIGNS)
        self._alarms = shipped_phrases("danger_alarms")
        self._harmless = shipped_phrases("danger_harmless")
        self._cues = shipped_phrases("danger_scene")
        self._words = read_words("danger_words")
        self._mender = Mender(map(fold, self._words["mended"]), self._words["never_mended"])

    def read(self, text: str) -> list[Sentence]:
        """The sentences of a text; none where no word of it sounds dangerous."""
        whole = padded([self._mender.mend(word) for word in tokens(text)])
        parts = [f" {part.strip()} " for part in _SENTENCE.findall(whole) if part.strip(" .?!")]
        found = [(self._serious(self._dangers, part), self._serious(self._alarms, part)) for part in parts]
        if not any(dangers or alarms for dangers, alarms in found):
            return []
        return [self._sentence(part, *hits) for part, hits in zip(parts, found, strict=True)]

    def _sentence(self, text: str, dangers: tuple[Hit, ...], alarms: tuple[Hit, ...]) -> Sentence:
        cues = self._cues.labels(text)
        if _GENERAL_OPENING.match(text) and "action" not in cues:
            cues.add("general")
        words = text.split()
        return Sentence(
            text,
            dangers,
            alarms,
            frozenset(cues),
            asks_about_rules=self._asks_about_rules(words, cues),
            opens_with_rule=words[0] in self._words["rule_openers"],
            reports=self._reports(words, cues),
        )

    def _serious(self, book: PhraseBook, text: str) -> tuple[Hit, ...]:
        """What a book finds that nothing denies, outside expressions that only sound dangerous."""
        found = book.find(text)
        if not found:
            return ()
        quiet = self._harmless.find(text)
        return tuple(
            hit
            for hit in found
            if not self._denied(text[: hit.start]) and not any(hit.start < q.end and q.start < hit.end for q in quiet)
        )

    def _denied(self, before: str) -> bool:
        """Whether the words just before a danger deny it: "hon är inte hotad", "there is no fire"."""
        for word in reversed(before.split()):
            if word in self._words["negations"]:
                return True
            if word not in self._words["negation_fillers"]:
                return False
        return False

    def _asks_about_rules(self, words: list[str], cues: set[str]) -> bool:
        if "action" in cues:
            return False
        openers = self._words["question_openers"]
        asks = words[0] in openers or any(left == "," and right in openers for left, right in pairwise(words))
        return asks and (words[-1] == "?" or "general" in cues)

    def _reports(self, words: list[str], cues: set[str]) -> bool:
        """A statement with a verb about what goes on: not a question, not a list of key words."""
        if cues & _NO_REPORT or ("past" in cues and "now" not in cues):
            return False
        if words[-1] == "?" and "action" not in cues:
            return False
        if words[0] in self._words["report_openers"]:
            return True
        if words[0] in self._words["question_openers"]:
            return False
        return not self._words["reporting_verbs"].isdisjoint(words)
