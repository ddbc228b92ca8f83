"""What is done with work: a question answered, a button's wish carried out. What is done is noted, and not repeated."""

from __future__ import annotations

import logging
from typing import Any

from ...bootstrap import Gateway
from ...dialogue import say
from ...errors import BadMessage, RateLimited, Undeliverable, UnknownAnswer
from ...incoming.progress import Progress
from ...presentation.datatypes import Shown, ShownAnswer
from ...presentation.words import Words
from . import presses
from .connector import Talk
from .controls import handed_over, rated, with_problem
from .kept_cards import KeptCard, KeptCards
from .rendering import message, render, told
from .words import CardWords

log = logging.getLogger(__name__)
CHANNEL = "teams"


class Turns:
    def __init__(self, gateway: Gateway, cards: KeptCards) -> None:
        self._gateway, self._cards = gateway, cards

    def key(self, work: dict[str, Any]) -> str:
        return self._gateway.conversations.keyed(CHANNEL, *work["parts"])

    def words(self, work: dict[str, Any]) -> Words:
        return self._gateway.catalogue.words(work["language"])

    async def ask(self, work: dict[str, Any], talk: Talk, progress: Progress) -> None:
        """The answer, as one card or several."""
        key = self.key(work)
        await self._gateway.addresses.keep(key, CHANNEL, work["address"])
        if progress.get("said") is None and not work["channel"]:  # channels show no typing
            await talk.typing()
        try:
            # No language: the question's own is answered in, whatever the person's Teams is in.
            shown = await say(self._gateway, key, work["text"], CHANNEL, client=work["user"], progress=progress)
        except (BadMessage, RateLimited) as error:
            limit = self._gateway.settings.message_limit
            await talk.say(told(self.words(work)(error.code if error.code != "invalid" else "failed", limit=limit)))
            return
        activities = [one for part in shown for one in render(part, self._words_of(part, work))]
        for place in range(progress.get("sent", 0), len(activities)):
            sent_id = await talk.say(activities[place])
            await progress.keep(sent=place + 1)
            for attached in activities[place].get("attachments", ()):
                await self._cards.keep(_conversation(work), sent_id, KeptCard(key, attached["content"]))

    def _words_of(self, part: Shown, work: dict[str, Any]) -> Words:
        """An answer's own language; for talk, which says none, that of the person's Teams."""
        return self._gateway.catalogue.words(part.language) if isinstance(part, ShownAnswer) else self.words(work)

    async def press(self, work: dict[str, Any], talk: Talk, progress: Progress) -> None:
        """A rating or a hand-over, to knowledge; then the card says so."""
        wish = presses.read(work["data"])
        kept = await self._cards.find(_conversation(work), work["card_id"])
        words = self._gateway.catalogue.words(kept.card.get("lang") if kept else work["language"])
        if isinstance(wish, presses.Problem):
            await talk.say(told(CardWords(words)(wish.key)))
            return
        key = kept.conversation_key if kept else self.key(work)
        try:
            if isinstance(wish, presses.Rating):
                await self._rate(wish, key, progress)
                said = words(f"thanks_{wish.rating}")
            else:
                said = words("handed_over", reference=await self._hand_over(wish, key, work, progress))
        except (UnknownAnswer, BadMessage) as error:
            said = words("unknown_answer" if isinstance(error, UnknownAnswer) else "failed")
            await self._show(work, talk, kept, said, None)
            return
        await self._show(work, talk, kept, said, wish)

    async def _rate(self, wish: presses.Rating, key: str, progress: Progress) -> None:
        if not progress.get("rated"):
            await self._gateway.knowledge.give_feedback(wish.values() | {"conversation_id": key})
            await progress.keep(rated=True)

    async def _hand_over(self, wish: presses.Handover, key: str, work: dict[str, Any], progress: Progress) -> str:
        reference = progress.get("reference")
        if reference is None:
            await self._gateway.addresses.keep(key, CHANNEL, work["address"])
            reference = await self._gateway.knowledge.hand_over(wish.values() | {"conversation_id": key})
            await progress.keep(reference=reference)
        return str(reference)

    async def _show(
        self,
        work: dict[str, Any],
        talk: Talk,
        kept: KeptCard | None,
        said: str,
        wish: presses.Rating | presses.Handover | None,
    ) -> None:
        """On the card; as a message where we have the card no more."""
        if kept is None:
            await talk.say(told(said))
            return
        if wish is None:
            card = with_problem(kept.card, said)
        elif isinstance(wish, presses.Rating):
            card = rated(kept.card, said, keep_buttons=work["shared"])
        else:
            card = handed_over(kept.card, said, keep_buttons=work["shared"])
        try:
            await talk.replace(work["card_id"], message(card, str(card.get("fallbackText", ""))))
        except Undeliverable:  # the message was deleted
            await talk.say(told(said))
            return
        await self._cards.keep(_conversation(work), work["card_id"], KeptCard(kept.conversation_key, card))


def _conversation(work: dict[str, Any]) -> str:
    return str(work["address"]["conversation"]["id"])
