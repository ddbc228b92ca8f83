"""The term list at work: finds the field's terms in Swedish text and exchanges them for synonyms or for English.

The model adds up word vectors and knows no word order, so text turned into English word by word teaches it as much
as a real translation would."""

from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from pathlib import Path
from random import Random

import Stemmer

LONGEST_TERM = 4
PUNCTUATION = ".,:;!?()\"'”“»«…–—/"
# Their stems are stems of other words (för: förare), and English has them in other places.
SWEDISH_FUNCTION_WORDS = """och att i som för på av är det en ett den med till de ska om har kan vid från så sig sin
sitt sina ut upp in åt än ju under över var blir bli blev per hos efter när då där här man dess denna detta dessa sådan
sådana"""
FUNCTION_WORDS = frozenset(SWEDISH_FUNCTION_WORDS.split())
ENGLISH_FUNCTION_WORDS = "the a an of to in is are do does for on at by with it this that be as has have and or"
ENGLISH_FILLERS = ENGLISH_FUNCTION_WORDS.split()


@dataclass(frozen=True)
class Concept:
    number: int
    swedish: tuple[str, ...]
    english: tuple[str, ...]
    foreign: tuple[str, ...] = ()  # Romanian and Bulgarian: taught as terms, never put into sentences


@dataclass(frozen=True)
class Gloss:
    text: str
    matched: int
    unmatched: int

    @property
    def coverage(self) -> float:
        return self.matched / max(1, self.matched + self.unmatched)


class Glossary:
    """Concepts by the stems of their Swedish terms; words of three letters and function words must match to the letter.

    Where two concepts share a term, the one higher up in the file wins."""

    def __init__(self, concepts: list[Concept]) -> None:
        self.concepts = concepts
        self._stemmer = Stemmer.Stemmer("swedish")
        self._stem = lru_cache(maxsize=200_000)(self._stem_of)
        self._by_stems: dict[tuple[str, ...], Concept] = {}
        for concept in concepts:
            for term in concept.swedish:
                self._by_stems.setdefault(self._stems(term), concept)
        self._parts = lru_cache(maxsize=200_000)(self._compound)

    @classmethod
    def read(cls, path: Path) -> "Glossary":
        """A line holds Swedish terms that mean the same, then, each after a tab, their English, Romanian and Bulgarian
        ones, where the list has any; terms are parted by `; `."""
        concepts: list[Concept] = []
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip() and not line.startswith("#"):
                swedish, english, *foreign = [_terms(cell) for cell in (line + "\t").split("\t")]
                concepts.append(Concept(len(concepts), swedish, english, tuple(chain.from_iterable(foreign))))
        return cls(concepts)

    def reword(self, text: str, rng: Random, share: float = 0.6) -> tuple[str, int]:
        """The text with some terms exchanged for their Swedish synonyms, and how many."""
        out: list[str] = []
        changed = 0
        for words, concepts in self._spans(text):
            others = [term for term in concepts[0].swedish if term != " ".join(words)] if len(concepts) == 1 else []
            if others and rng.random() < share:
                out.append(rng.choice(others))
                changed += 1
            else:
                out += words
        return " ".join(out), changed

    def gloss(self, text: str, rng: Random) -> Gloss:
        """The text in English, word by word. Words that the list lacks are mostly left out, names and numbers kept."""
        out: list[str] = []
        matched = unmatched = 0
        for at, (words, concepts) in enumerate(self._spans(text)):
            if concepts and all(concept.english for concept in concepts):
                out += [rng.choice(concept.english) for concept in concepts]
                matched += 1
            elif words[0].lower() in FUNCTION_WORDS:
                pass
            elif words[0][:1].isdigit() or (at and words[0][:1].isupper()):
                out += words
            else:
                unmatched += 1
                out += words if rng.random() < 0.15 else []
            if rng.random() < 0.3:
                out.append(rng.choice(ENGLISH_FILLERS))
        return Gloss(" ".join(out), matched, unmatched)

    def _spans(self, text: str) -> list[tuple[list[str], list[Concept]]]:
        words = [word for word in (raw.strip(PUNCTUATION) for raw in text.split()) if word]
        stems = [self._stem(word.lower()) for word in words]
        spans: list[tuple[list[str], list[Concept]]] = []
        at = 0
        while at < len(words):
            for length in range(min(LONGEST_TERM, len(words) - at), 0, -1):
                if concept := self._by_stems.get(tuple(stems[at : at + length])):
                    spans.append((words[at : at + length], [concept]))
                    break
            else:
                length = 1
                spans.append((words[at : at + 1], list(self._parts(words[at].lower()))))
            at += length
        return spans

    def _compound(self, word: str) -> tuple[Concept, ...]:
        """The concepts of a compound's two parts: Swedish writes tiggeri + förbud as one word."""
        for cut in range(len(word) - 4, 3, -1):
            last = self._by_stems.get((self._stem(word[cut:]),))
            first = self._by_stems.get((self._stem(word[:cut].removesuffix("s")),)) if last else None
            if first and last:
                return first, last
        return ()

    def _stem_of(self, word: str) -> str:
        return f"={word}" if len(word) < 4 or word in FUNCTION_WORDS else self._stemmer.stemWord(word)

    def _stems(self, term: str) -> tuple[str, ...]:
        return tuple(self._stem(word.strip(PUNCTUATION).lower()) for word in term.split())


def _terms(cell: str) -> tuple[str, ...]:
    return tuple(term.strip() for term in cell.split(";") if term.strip())
