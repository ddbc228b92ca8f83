"""Reading a reply to one of the hand-over form's questions.

A reply is taken as an answer only when it says nothing else. Whatever may be a question, and every cry for help,
leaves the form: knowledge answers it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from actions.places import Municipalities
from actions.word_sets import (
    BESIDE_A_CANCEL,
    BESIDE_A_YES,
    CANCEL,
    CONTACT_WAYS,
    DANGER_BEGINNINGS,
    HESITATION,
    NO,
    POLITE,
    SMALL_TALK_INTENTS,
    YES,
)

WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
PHONE = re.compile(r"(?<!\d)(?:\+|0)[\d\s()/.-]{5,20}\d")
MANY_DIGITS = re.compile(r"(?:\D*\d){4}")


@dataclass(frozen=True)
class Reading:
    """What a reply gives: values for slots, or a reason to leave the form, or what is wrong with it."""

    values: dict[str, str] = field(default_factory=dict)
    exit: str | None = None
    complaint: str | None = None
    suggestion: str | None = None


def words_of(reply: str) -> list[str]:
    return [word.replace("’", "'") for word in WORD.findall(reply.casefold())]


def read_reply(slot: str, reply: str, intent: str | None, way: str | None, municipalities: Municipalities) -> Reading:
    """Reads the reply to the question about the slot."""
    words = words_of(reply)
    if set(words) & CANCEL and set(words) <= CANCEL | BESIDE_A_CANCEL:
        return Reading(exit="cancelled")
    if slot == "handover_municipality" and municipalities.find(reply):  # before "Knivsta" is read as a knife
        return Reading(values={slot: municipalities.find(reply) or ""})
    if "?" not in reply and not may_mean_danger(reply):
        reading = READERS[slot](reply, words, way, municipalities)
        if reading:
            return reading
        if len(words) < 2 or set(words) <= HESITATION or intent in SMALL_TALK_INTENTS:
            return Reading(complaint=complaint_about(slot, way))
    return Reading(exit="question")


def may_mean_danger(reply: str) -> bool:
    said = PHONE.sub(" ", EMAIL.sub(" ", reply))  # "anna@hotmail.com" is no threat ("hot")
    return any(word.startswith(DANGER_BEGINNINGS) for word in words_of(said))


def complaint_about(slot: str, way: str | None) -> str:
    if slot == "contact":
        return f"invalid_contact_{way}"
    return "invalid_municipality" if slot == "handover_municipality" else f"invalid_{slot}"


def read_contact_way(reply: str, words: list[str], _way: str | None, _: Municipalities) -> Reading | None:
    for given in ("email", "phone"):
        contact = contact_in(reply, given)
        if contact:
            return Reading(values={"contact_way": given, "contact": contact})
    named = {name for name, known in CONTACT_WAYS.items() if known & set(words)}
    if len(named) == 1 and set(words) <= POLITE | frozenset().union(*CONTACT_WAYS.values()):
        return Reading(values={"contact_way": named.pop()})
    return None


def read_contact(reply: str, words: list[str], way: str | None, _: Municipalities) -> Reading | None:
    contact = contact_in(reply, way or "email")
    if contact:
        return Reading(values={"contact": contact})
    other = "phone" if way == "email" else "email"
    contact = contact_in(reply, other)
    if contact:
        return Reading(values={"contact": contact, "contact_way": other})
    is_attempt = "@" in reply or MANY_DIGITS.search(reply)
    return Reading(complaint=complaint_about("contact", way)) if is_attempt and len(words) < 8 else None


def contact_in(reply: str, way: str) -> str | None:
    """The address or number, when the reply holds it and hardly anything else."""
    found = (EMAIL if way == "email" else PHONE).search(reply)
    if not found:
        return None
    rest = words_of(reply.replace(found.group(), " "))
    digits = sum(character.isdigit() for character in found.group())
    if len(rest) > 6 or (way == "phone" and not 7 <= digits <= 15):
        return None
    return found.group().strip()


def read_municipality(
    reply: str, _words: list[str], _way: str | None, municipalities: Municipalities
) -> Reading | None:
    near = municipalities.closest(reply)
    return Reading(complaint="suggest_municipality", suggestion=near) if near else None


def read_consent(_reply: str, words: list[str], _way: str | None, _: Municipalities) -> Reading | None:
    given = set(words)
    if given & NO and given <= NO | YES | POLITE:
        return Reading(exit="declined")
    if given & YES and given <= YES | POLITE | BESIDE_A_YES:
        return Reading(values={"consent": "yes"})
    return None


READERS = {
    "contact_way": read_contact_way,
    "contact": read_contact,
    "handover_municipality": read_municipality,
    "consent": read_consent,
}
