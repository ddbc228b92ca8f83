"""Fakes for the seams, for tests and for runs that must leave no trace. They keep the contracts of seams.py."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from .clock import FixedClock
from .console.previews.client import Payloads
from .datatypes import Answer, Contact, Passage, Question, ScoredPassage, SearchResult


class MemoryConversations:
    """Keeps conversations in memory."""

    def __init__(self) -> None:
        self.recorded: list[tuple[Question, Answer]] = []
        self._questions: dict[str, list[str]] = defaultdict(list)

    def earlier_questions(self, conversation_id: str, limit: int) -> tuple[str, ...]:
        return tuple(self._questions[conversation_id][-limit:])

    def record(self, question: Question, answer: Answer) -> None:
        self.recorded.append((question, answer))
        if question.conversation_id:
            self._questions[question.conversation_id].append(question.text)


class ForgetfulConversations:
    """Remembers nothing: each question stands alone."""

    def earlier_questions(self, conversation_id: str, limit: int) -> tuple[str, ...]:
        return ()

    def record(self, question: Question, answer: Answer) -> None:
        return None


class MemoryContacts:
    """A table of contacts in memory: what is put in is seen at once."""

    def __init__(self, contacts: Sequence[Contact] = ()) -> None:
        self._contacts, self._version = tuple(contacts), 1

    def version(self) -> int:
        return self._version

    def live(self) -> tuple[Contact, ...]:
        return tuple(contact for contact in self._contacts if not contact.retired)

    def put(self, contacts: Sequence[Contact]) -> None:
        self._contacts, self._version = tuple(contacts), self._version + 1


class MemoryRetriever:
    """Finds what it was given, whatever is asked."""

    def __init__(self, found: Sequence[ScoredPassage]) -> None:
        self._found = tuple(found)

    def search(self, question: str, k: int, *, context: str | None = None, leans_openly: bool = True) -> SearchResult:
        return SearchResult(self._found[:k], self._found[k : 2 * k], {}, read_as=question)


class MemoryLibrary:
    """A library that finds what it was given, whatever is asked."""

    def __init__(self, found: Sequence[ScoredPassage] = ()) -> None:
        self._found = tuple(found)

    def search(self, question: str, k: int, at_least: float = 0.0) -> Sequence[ScoredPassage]:
        return [scored for scored in self._found if scored.score >= at_least][:k]


class MemorySections:
    """Statutes in memory: passages by the number of their statute. Without any it is a library that has none."""

    def __init__(self, statutes: Mapping[str, Sequence[Passage]] | None = None) -> None:
        self._statutes = dict(statutes or {})

    def section(self, number: str, address: str) -> tuple[Passage, ...]:
        return tuple(p for p in self._statutes.get(number, ()) if p.heading.partition(" – ")[0] == address)

    def sections_ending(self, number: str, section: str) -> tuple[Passage, ...]:
        ends = f" kap. {section}"
        return tuple(p for p in self._statutes.get(number, ()) if p.heading.partition(" – ")[0].endswith(ends))

    def any_of(self, number: str) -> Passage | None:
        return next(iter(self._statutes.get(number, ())), None)

    def number_named(self, name: str) -> str:
        titled = (n for n, found in self._statutes.items() if found[0].title.lower().startswith(f"{name.lower()} ("))
        return max(titled, default="")


class SharedWords:
    """Scores a text by the share of the question's words that it holds: a sentence scorer and a reranker."""

    weight = 0.5

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        asked = _words(question)
        return [len(asked & _words(text)) / max(1, len(asked)) for text in texts]

    def nearness(self, question: str, texts: Sequence[str]) -> list[float]:
        """Shared words among all words of both."""
        asked = _words(question)
        return [len(asked & _words(text)) / max(1, len(asked | _words(text))) for text in texts]


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.lower()))


class FixedResolver:
    """Names with the addresses that they are given; any other has none. Counts how often each was asked for."""

    def __init__(self, **names: Sequence[str]) -> None:
        self.names: dict[str, Sequence[str]] = dict(names)
        self.asked: list[str] = []

    async def addresses(self, host: str, port: int) -> Sequence[str]:
        self.asked.append(host)
        if host not in self.names:
            raise OSError(f"{host} has no address")
        return self.names[host]


class InstantTimer:
    """Time that passes when someone sleeps, and at no other moment. Keeps how long was slept."""

    def __init__(self) -> None:
        self.slept: list[float] = []

    def now(self) -> float:
        return sum(self.slept)

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)


class FixedPreviews:
    """Gives the same payloads for every answer, and keeps the answers. None is a gateway that is not there."""

    def __init__(self, payloads: Payloads | None = None) -> None:
        self.given, self.answers = payloads, list[dict[str, Any]]()
        self.by: Callable[[dict[str, Any]], Payloads] | None = None  # makes them of the answer instead

    def payloads(self, answer: dict[str, Any]) -> Payloads | None:
        self.answers.append(answer)
        return self.by(answer) if self.by else self.given


class MovingClock(FixedClock):
    """Stands still until it is moved."""

    def move(self, by: dt.timedelta) -> None:
        self._now += by
