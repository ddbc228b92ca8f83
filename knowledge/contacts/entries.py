"""A contact with its words taken apart, and how well it fits a question."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..datatypes import Contact, Place
from .organisations import common_name, names_pattern

_WORD = re.compile(r"[^\W\d_]{4,}")
_STEM = 6
# Words of asking, and small words: they say nothing of who is meant.
_SAY_NOTHING = frozenset(
    """till från inte utan vart vilken vilket vilka finns eller samt också mellan under numret nummer telefon
    telefonnummer ring ringa ringer kontakt kontakta kontaktar kontakter with from whom what which where that this have
    does call phone number contact about against""".split()
)
_PLACE_POINTS, _TOPIC_POINTS, _WORD_POINTS = 3.0, 2.0, 1.5
_TOPIC_WORD, _OTHER_WORD = 0.5, 0.3  # a word of a topic's name, another word for what was asked: they count less


@dataclass(frozen=True, slots=True)
class Entry:
    contact: Contact
    own: frozenset[str]  # stems of its names
    of_topics: frozenset[str]
    named: re.Pattern[str]
    common: frozenset[str]  # the stem of what others of its sort are called too, of a local one

    @classmethod
    def of(cls, contact: Contact) -> Entry:
        own = stems(words(f"{contact.organisation} {contact.role} {contact.role_en}"))
        of_topics = stems(word for topic in contact.topics for word in topic.split("-")) - own
        common = stems([common_name(contact.organisation)]) if contact.scope == "local" else frozenset[str]()
        return cls(contact, own, of_topics, names_pattern(contact.organisation), common)

    def points(self, topics: Sequence[str], place: Place | None, asked: frozenset[str], also: frozenset[str]) -> float:
        """How well it fits; 0 where it does not."""
        contact = self.contact
        points = next(
            (_TOPIC_POINTS / (1 + 0.5 * rank) for rank, topic in enumerate(topics) if topic in contact.topics), 0.0
        )
        said = len(self.own & asked) + _TOPIC_WORD * len(self.of_topics & asked)
        said += _OTHER_WORD * len((self.own | self.of_topics) & also)
        points += _WORD_POINTS * said / (1 + 0.1 * len(self.own))
        if points == 0:
            return 0.0
        if contact.places:
            if place is None or not serves(contact, place):
                # A local office elsewhere helps nobody; an embassy's country is in `places` too, and serves everyone.
                return points * 0.6 if contact.scope == "abroad" else 0.0
            points += _PLACE_POINTS
        return points if reaches(contact) else points * 0.5


def serves(contact: Contact, place: Place) -> bool:
    return bool({place.municipality, place.county} & set(contact.places))


def reaches(contact: Contact) -> bool:
    """Whether someone answers there."""
    return bool(contact.phone or contact.email)


def words(text: str) -> list[str]:
    return [word for word in _WORD.findall(text) if word.lower() not in _SAY_NOTHING]


def stems(found: Iterable[str]) -> frozenset[str]:
    return frozenset(word.lower()[:_STEM] for word in found if len(word) >= 4)
