"""Phrase lists in a small readable notation, found quickly in folded text.

`{a|b}` is a choice, `*` is any ending or inner part of a word, `..` is at most four words between,
`...` at most eight, `_` is exactly one word.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache, cached_property
from itertools import chain
from typing import NamedTuple

from .folding import fold
from .lexicon_files import read_phrases

_KEY_LENGTH = 2


class Hit(NamedTuple):
    """Where a phrase stands in padded text, and the label its list has."""

    label: str
    start: int
    end: int


class _Shelf:
    """The phrases that begin with the same letters; most words match none, which `any_label` finds out at once."""

    def __init__(self, labels: Mapping[str, list[str]]) -> None:
        self._patterns = labels
        self.any_label = _compiled(pattern for patterns in labels.values() for pattern in patterns)

    @cached_property
    def labels(self) -> list[tuple[str, re.Pattern[str]]]:
        """Compiled when first needed: many shelves never are, and it halves the time to start."""
        return [(label, _compiled(patterns)) for label, patterns in self._patterns.items()]


class PhraseBook:
    """Finds labelled phrases. Grouped by their first two letters, so that a word only meets phrases it can begin."""

    def __init__(self, *lexicons: Mapping[str, Iterable[str]]) -> None:
        by_key: dict[str, dict[str, list[str]]] = {}
        for label, phrases in chain.from_iterable(lexicon.items() for lexicon in lexicons):
            for phrase in phrases:
                for form in expand(fold(phrase)):
                    by_key.setdefault(form[:_KEY_LENGTH], {}).setdefault(label, []).append(_pattern(form))
        self._by_key = {key: _Shelf(labels) for key, labels in by_key.items()}

    def find(self, text: str) -> list[Hit]:
        """All hits in padded text, in reading order; labels may overlap."""
        hits = []
        start = 0
        while (start := text.find(" ", start)) != -1 and start + 1 < len(text):
            start += 1
            shelf = self._by_key.get(text[start : start + _KEY_LENGTH])
            if shelf and shelf.any_label.match(text, start):
                for label, pattern in shelf.labels:
                    if match := pattern.match(text, start):
                        hits.append(Hit(label, start, match.end()))
        return hits

    def labels(self, text: str) -> set[str]:
        """The labels that occur in padded text."""
        return {hit.label for hit in self.find(text)}


@cache
def shipped_phrases(*names: str) -> PhraseBook:
    """Those of the lists that ship with the service. They never change, and to compile them takes a second: once."""
    return PhraseBook(*map(read_phrases, names))


def expand(phrase: str) -> list[str]:
    """Every form of a phrase whose first word is a choice; later choices stay in the pattern."""
    if not phrase.startswith("{"):
        _require_key(phrase)
        return [phrase]
    choices, _, rest = phrase[1:].partition("}")
    forms = [first + rest for first in choices.split("|")]
    for form in forms:
        _require_key(form)
    return forms


def _compiled(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile(f"(?:{'|'.join(patterns)})(?= )")


def _require_key(form: str) -> None:
    if len(form) < _KEY_LENGTH or not form[:_KEY_LENGTH].replace(" ", "").isalnum() or form.startswith("*"):
        raise ValueError(f"a phrase must begin with {_KEY_LENGTH} letters or a short word: {form!r}")


def _pattern(form: str) -> str:
    out = []
    for part in re.split(r"( \.\.\.? | _ |[{}|*])", form):
        out.append(_NOTATION.get(part) or re.escape(part))
    return "".join(out)


_NOTATION = {
    " .. ": r" (?:[^ .?!]+ ){0,4}?",
    " ... ": r" (?:[^ .?!]+ ){0,8}?",
    " _ ": r" [^ .?!,]+ ",
    "{": "(?:",
    "}": ")",
    "|": "|",
    "*": r"\w*",
}
