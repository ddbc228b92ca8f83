"""Likely names of people: by a word before them ("hon heter …"), or by a list of given names and what stands beside."""

import re
from collections.abc import Callable

from .folding import fold
from .lexicon_files import read_words

_NAME = r"[^\W\d_a-zåäöéüăâîșţț][\w'’-]*"
_NAMES = rf"{_NAME}(?:[ ]+(?:(?:von|af|de|van|al|el|bin)[ ]+)?{_NAME}){{0,5}}"
_CAPITALISED = re.compile(_NAMES)
_CUED = re.compile(
    r"\b((?i:(?:hon|han|hen|jag|klienten|mannen|kvinnan|barnet|flickan|pojken|mamman|pappan|dottern|sonen|personen|som)"
    r"\s+(?:heter|kallas|hette)|vid namn|namnet är|named|(?:his|her|my|their) name is|"
    r"(?:is|who is|man|woman|boy|girl)\s+called)\s+)"
    rf"({_NAMES}|[a-zåäöé]{{2,}}(?:[ ]+[a-zåäöé]{{2,}})?)"
)
_CLIENT = re.compile(
    r"\b((?i:(?:min|vår|mina|våra|my|our) (?:klient|patient|brukare|client|patient|elev)(?:en)?|klienten|patienten|"
    rf"brukaren|herr|fru|fröken|familjen|mr|mrs|ms|miss)\.?\s+)({_NAMES})"
)
_SENTENCE_START = re.compile(r"(?:^|[.?!:\n]\s*|[\"”(-]\s*)$")
_TOLD_OF = re.compile(r"\s+(?:är|har|vill|säger|bor|kommer|behöver|saknar|fick|blev|is|has|wants|says|needs)\b")
_STATUTE_NAME = re.compile(r"\blex $", re.IGNORECASE)
_SURNAME_ENDING = re.compile(r".{2,}(?:sson|escu|eanu|ova|eva|qvist|dottir)s?$")
_ORGANISATION_ENDING = re.compile(
    r"(?:verkets?|kassans?|myndighetens?|styrelsens?|namndens?|kommuns?|kommuner|regions?|regionen|kyrkans?|missionens?|"
    r"radet|domstolens?|polisen|forvaltningen|kontoret|hemmet|skolan|sjukhuset|sjukhus|huset|garden|stiftelsen|gatan|"
    r"vagen|torget|jouren|lagen|konventionen|tjansten|lan|stads?|forening|forbundet|institutet|centrum|forsamling)$"
)
_PUNCTUATION = ".,?!:;"


class NameFinder:
    """Finds names of people; places, authorities and first words of sentences are none."""

    def __init__(self) -> None:
        lists = read_words("names")
        self._sure = lists["given"] - lists["given_words"]
        self._given = lists["given"] | lists["given_words"]
        self._surnames = lists["surnames"]
        self._no_names = lists["no_names"]

    def replace(self, text: str, placeholder: Callable[[], str]) -> str:
        """The text with each likely name replaced."""
        text = _CUED.sub(lambda match: self._after_heter(match, placeholder), text)
        text = _CLIENT.sub(lambda match: self._after_client(match, placeholder), text)
        text = _CAPITALISED.sub(lambda match: self._in_capitals(match, placeholder), text)
        return self._lowercase(text, placeholder)

    def _after_heter(self, match: re.Match[str], placeholder: Callable[[], str]) -> str:
        """Whatever is said to be someone's name; in lower case, or of a thing, only a listed name."""
        cue, name = match.groups()
        words = [fold(word) for word in name.split()]
        if self._is_no_name(words[0]):
            return match.group()
        if name[0].islower() or cue.casefold().startswith("som"):
            if words[0] not in self._given:
                return match.group()
            if name[0].islower() and len(words) > 1 and not self._is_surname(words[1]):
                return cue + placeholder() + name[len(name.split()[0]) :]
        return cue + placeholder()

    def _after_client(self, match: re.Match[str], placeholder: Callable[[], str]) -> str:
        words = [fold(word) for word in match.group(2).split()]
        if self._is_no_name(words[0]):
            return match.group()
        named = len(words) > 1 or self._known(words[0], self._given) or self._is_surname(words[0])
        return match.group(1) + placeholder() if named else match.group()

    def _in_capitals(self, match: re.Match[str], placeholder: Callable[[], str]) -> str:
        """A given name with a surname after it, or alone where it can be nothing else."""
        before = match.string[: match.start()]
        if _STATUTE_NAME.search(before):
            return match.group()
        words = match.group().split()
        folded = [fold(word).strip("'’-") for word in words]
        opens = bool(_SENTENCE_START.search(before))
        for index, word in enumerate(folded):
            surnames = self._surnames_after(words, index)
            ambiguous = opens and index == 0 and word not in self._sure
            if surnames and (
                (self._known(word, self._given) and not ambiguous)
                or (self._is_surname(folded[index + 1]) and not self._is_no_name(word))
            ):
                return " ".join([*words[:index], placeholder(), *words[index + 1 + surnames :]])
            if not surnames and index + 1 == len(words) and self._known(word, self._sure):
                told_of = _TOLD_OF.match(match.string[match.end() :])
                if not (opens and index == 0) or told_of:
                    return " ".join([*words[:index], placeholder()])
        return match.group()

    def _surnames_after(self, words: list[str], index: int) -> int:
        """How many of the words after a given name belong to it."""
        shouting = all(word.isupper() for word in words)
        count = 0
        for word in words[index + 1 :]:
            if self._is_no_name(fold(word)) or any(map(str.isdigit, word)) or (word.isupper() and not shouting):
                break
            count += 1
        return count

    def _is_no_name(self, word: str) -> bool:
        stem = word.split("-")[0]
        return word in self._no_names or stem in self._no_names or bool(_ORGANISATION_ENDING.search(word))

    def _known(self, word: str, names: frozenset[str]) -> bool:
        return any(part in names or (part.endswith("s") and part[:-1] in names) for part in (word, word.split("-")[0]))

    def _is_surname(self, word: str) -> bool:
        return word in self._surnames or word.removesuffix("s") in self._surnames or bool(_SURNAME_ENDING.match(word))

    def _lowercase(self, text: str, placeholder: Callable[[], str]) -> str:
        """Sloppy typing: a sure given name followed by a listed surname, both in lower case."""
        words = text.split(" ")
        for index in range(len(words) - 1, 0, -1):
            surname = words[index].rstrip(_PUNCTUATION)
            if words[index - 1].islower() and fold(surname) in self._surnames and fold(words[index - 1]) in self._sure:
                words[index - 1 : index + 1] = [placeholder() + words[index][len(surname) :]]
        return " ".join(words)
