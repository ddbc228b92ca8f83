"""What is shown of Rasa's messages. The fields of ShownAnswer stand in the order in which every channel shows them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Notice:
    kind: str  # urgent, child, superseded_law, privacy; in this order
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Option:
    """A button: what stands on it, and what is asked when it is pressed."""

    label: str
    question: str


@dataclass(frozen=True, slots=True)
class Citation:
    n: int
    title: str
    publisher: str
    date: str  # as people read it; "odaterad" where the source has none
    url: str  # http or https, or empty
    heading: str
    quote: str
    laws: tuple[str, ...]
    validity: str  # current, superseded, uncertain, proposed
    validity_text: str  # "Gäller från 1 juli 2025"
    validity_note: str


@dataclass(frozen=True, slots=True)
class Contact:
    name: str  # the role, or the organisation where there is no role
    organisation: str  # empty where it is the name
    phone: str
    email: str
    url: str
    address: str
    hours: str
    checked: str  # "Kontrollerad 1 oktober 2026", "Ej kontrollerad"
    verified: bool


@dataclass(frozen=True, slots=True)
class ShownAnswer:
    answer_id: str
    status: str  # docs/statuses.md
    language: str
    notices: tuple[Notice, ...]
    refined: str  # "Granskat svar · 22 november 2026", or empty
    text: str  # **bold** and [n] are markup, nothing else (presentation/markup.py)
    options: tuple[Option, ...]  # with status clarify alone
    validity_line: str
    doubts: str  # what to check before a decision, or empty
    citations: tuple[Citation, ...]
    contacts: tuple[Contact, ...]
    follow_ups: tuple[str, ...]

    @property
    def can_be_rated(self) -> bool:
        return bool(self.answer_id) and self.status not in ("clarify", "handed_over")

    @property
    def can_be_handed_over(self) -> bool:
        return self.status not in ("clarify", "handed_over")

    @property
    def handover_first(self) -> bool:
        """Where there is no answer, a person is the way on, and comes first."""
        return self.status == "no_support"


@dataclass(frozen=True, slots=True)
class ShownText:
    """A message that is only talk: greeting, thanks, a question back."""

    text: str
    buttons: tuple[Option, ...] = ()


Shown = ShownAnswer | ShownText
