"""Whether a refined answer can stand as written. A draft may be unfinished; what is sent for review may not."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from urllib.parse import urlsplit

import phonenumbers

from ..datatypes import Passage
from ..seams import CitedPassages
from .datatypes import Content
from .seams import PassageKey

QUESTION_LIMIT, TEXT_LIMIT, PHRASINGS_LIMIT, CITATIONS_LIMIT = 500, 6_000, 40, 12
_MARK = re.compile(r"\[(\d{1,3})\]")
_PIECE_END = re.compile(r"(?<=[.!?])\s+|\s*(?:\[?…\]?|\.\.\.)\s*")
_MARKUP = re.compile(r"<[a-zA-Z/!]")  # answers are plain text with **bold** and marks: a tag would be shown as it is
_ALWAYS_KNOWN = frozenset({"112"})

Problems = dict[str, tuple[str, ...]]


class ContentChecks:
    """Field -> codes of what is wrong. The same for what a person writes and for what is approved already."""

    def __init__(
        self,
        passages: CitedPassages,
        municipalities: Collection[str],
        known_numbers: Callable[[], Collection[str]],
        today: Callable[[], dt.date],
    ) -> None:
        self._passages, self._municipalities = passages, frozenset(municipalities)
        self._known_numbers, self._today = known_numbers, today

    def draft(self, content: Content) -> Problems:
        """What not even a draft may have: nothing to find it by, or what nothing could be made of."""
        found: dict[str, list[str]] = defaultdict(list)
        if not content.question.strip():
            found["question"].append("empty")
        for wording in content.wordings:
            if len(wording.question) > QUESTION_LIMIT or any(len(one) > QUESTION_LIMIT for one in wording.phrasings):
                found["question"].append("too_long")
            if len(wording.phrasings) > PHRASINGS_LIMIT:
                found["phrasings"].append("too_many")
            if len(wording.text) > TEXT_LIMIT:
                found["text"].append("too_long")
        for citation in content.citations:
            if urlsplit(citation.source_url).scheme not in ("http", "https"):
                found["citations"].append("bad_address")
        return _told(found)

    def review(self, content: Content) -> Problems:
        found: dict[str, list[str]] = defaultdict(list)
        for field, codes in self.draft(content).items():
            found[field] += codes
        self._wordings(content, found)
        self._citations(content, found)
        self._times(content, found)
        for addition in content.additions:
            if addition.municipality not in self._municipalities:
                found["additions"].append("unknown_municipality")
            if not addition.text.strip():
                found["additions"].append("empty")
            said = f"{addition.text}\n{addition.text_en}"
            if len(said) > TEXT_LIMIT:
                found["additions"].append("too_long")
            if _MARKUP.search(said):
                found["additions"].append("markup")
            if not self._numbers_known(said):
                found["additions"].append("unknown_number")
        return _told(found)

    def _wordings(self, content: Content, found: dict[str, list[str]]) -> None:
        marks = range(1, len(content.citations) + 1)
        for wording in content.wordings:
            field = "text" if wording.language == "sv" else f"text_{wording.language}"
            said = {int(mark) for mark in _MARK.findall(wording.text)}
            if not wording.question.strip():
                found[field.replace("text", "question")].append("empty")
            if not wording.text.strip():
                found[field].append("empty")
            if not said <= set(marks):
                found[field].append("mark_without_source")
            if said < set(marks):
                found[field].append("source_without_mark")
            if _MARKUP.search(wording.text):
                found[field].append("markup")
            if not self._numbers_known(wording.text):
                found[field].append("unknown_number")
        if content.wording("sv") is None:
            found["question"].append("empty")

    def _citations(self, content: Content, found: dict[str, list[str]]) -> None:
        if not content.citations:
            found["citations"].append("none")
        if len(content.citations) > CITATIONS_LIMIT:
            found["citations"].append("too_many")
        if bad_citations(content, self._passages, self._today()):
            found["citations"].append("not_valid")
        known = self._passages.of((one.passage_id, one.passage_version) for one in content.citations)
        for one in content.citations:
            passage = known.get((one.passage_id, one.passage_version))
            if passage is not None and not _is_quoted(one.quote, passage):
                found["citations"].append("not_quoted")

    def _times(self, content: Content, found: dict[str, list[str]]) -> None:
        today = self._today()
        if content.valid_from and content.valid_to and content.valid_from > content.valid_to:
            found["valid_to"].append("before_valid_from")
        if content.valid_to and content.valid_to < today:
            found["valid_to"].append("over")
        if content.next_review is None:
            found["next_review"].append("empty")
        elif content.next_review <= today:
            found["next_review"].append("over")

    def _numbers_known(self, text: str) -> bool:
        """Numbers only ever come from the table of contacts."""
        bare = _MARK.sub("", text)  # a mark behind a number hides it from the matcher
        named = [match.raw_string for match in phonenumbers.PhoneNumberMatcher(bare, "SE")]
        if not named:
            return True
        known = {_digits(number) for number in self._known_numbers()} | _ALWAYS_KNOWN
        return all(_digits(number) in known for number in named)


def bad_citations(content: Content, passages: CitedPassages, today: dt.date) -> tuple[str, ...]:
    """Ids of cited passages that serve no longer, read otherwise than they did, or hold no more."""
    keys = [(one.passage_id, one.passage_version) for one in content.citations]
    known = passages.of(keys)
    return bad_among(keys, known, passages.current_versions(key for key, _ in keys), today)


def bad_among(
    keys: Collection[PassageKey],
    known: Mapping[PassageKey, Passage],
    current: Mapping[str, str],
    today: dt.date,
) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(
            key
            for key, version in keys
            if current.get(key) != version
            or (key, version) not in known
            or not known[key, version].validity.holds_on(today)
        )
    )


def _is_quoted(quote: str, passage: Passage) -> bool:
    """Whether each sentence, or part between …, stands in the passage, whatever the spaces."""
    texts = [" ".join(text.split()) for text in (passage.text, passage.text_en)]
    pieces = [piece for piece in _PIECE_END.split(" ".join(quote.split())) if piece]
    return bool(pieces) and any(all(piece in text for piece in pieces) for text in texts)


def _digits(number: str) -> str:
    digits = "".join(sign for sign in number if sign.isdecimal())
    return "0" + digits[2:] if digits.startswith("46") else digits


def _told(found: Mapping[str, list[str]]) -> Problems:
    return {field: tuple(dict.fromkeys(codes)) for field, codes in found.items() if codes}
