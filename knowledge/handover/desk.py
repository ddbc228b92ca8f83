"""What advisers do with a hand-over: answer it, close it, make a draft of it."""

from __future__ import annotations

from typing import Protocol

from ..errors import ContentRejected
from ..refinement.datatypes import Content, RefinedCitation, Wording
from .datatypes import Handover, HandoverPage, HandoverState

TEXT_LIMIT = 6_000


class HandoverStore(Protocol):
    def page(self, state: HandoverState | None, number: int, size: int) -> HandoverPage: ...

    def get(self, key: str) -> Handover: ...

    def reply(self, key: str, seen: int, text: str, by: str, by_name: str) -> Handover: ...

    def close(self, key: str, by: str) -> None: ...


class HandoverDesk:
    """`reply` and `close` raise NotFound, NotPossible and EditConflict as the store does."""

    def __init__(self, store: HandoverStore) -> None:
        self._store = store

    def page(self, state: HandoverState | None, number: int, size: int = 25) -> HandoverPage:
        return self._store.page(state, number, size)

    def get(self, key: str) -> Handover:
        """Raises NotFound."""
        return self._store.get(key)

    def reply(self, key: str, seen: int, text: str, by: str, by_name: str) -> Handover:
        """Sends the answer as the official asked to be reached. Raises ContentRejected for an empty or too long one."""
        text = text.replace("\r\n", "\n").strip()
        if not text:
            raise ContentRejected({"text": ("empty",)})
        if len(text) > TEXT_LIMIT:
            raise ContentRejected({"text": ("too_long",)})
        return self._store.reply(key, seen, text, by, by_name)

    def close(self, key: str, by: str) -> None:
        self._store.close(key, by)


def draft_of(handover: Handover) -> Content:
    """The question, what the adviser answered last, and the sources of the answer that was not enough: a beginning."""
    about = handover.about
    question = (about.question if about else handover.message).strip() or handover.reference
    text = handover.replies[-1].text if handover.replies else (about.text if about else "")
    language = about.language if about and about.language in ("sv", "en") else "sv"
    wordings = [Wording(language, question, text)]
    if language != "sv":
        wordings.insert(0, Wording("sv", question, ""))  # the Swedish one is the one that the others are held against
    citations = tuple(
        RefinedCitation(one.passage_id, one.passage_version, one.url, one.quote)
        for one in (about.citations if about else ())
        if one.url.startswith(("http://", "https://"))
    )
    return Content(tuple(wordings), citations)
