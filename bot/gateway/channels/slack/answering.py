"""The worker's side: what was taken is done step by step, and no step twice (incoming/progress.py)."""

from __future__ import annotations

import logging
from typing import Any

from ...bootstrap import Gateway
from ...channels.replies import AdviserReply
from ...dialogue import say
from ...errors import BadMessage, DeadlinePassed, RateLimited, Unavailable, Undeliverable, UnknownAnswer
from ...incoming.progress import Progress
from ...presentation.datatypes import Shown, ShownAnswer
from .blocks import SECTION_LIMIT, context, section
from .desk import Desk
from .mrkdwn import escape
from .places import Place
from .rendering import Message, adviser_messages, notice_message, privacy_notice, render

log = logging.getLogger(__name__)
Work = dict[str, Any]
# The place can't be written to, but the person can be.
_ELSEWHERE = {"not_in_channel", "channel_not_found", "is_archived", "restricted_action", "thread_not_found"}


class Answering:
    def __init__(self, gateway: Gateway, desk: Desk) -> None:
        self._gateway, self._desk = gateway, desk
        self._do = {
            "question": self._question,
            "feedback": self._feedback,
            "handover": self._handover,
            "home": self._home,
            "language": self._language,
            "tell": self._tell,
        }

    async def work(self, work: Work, progress: Progress) -> None:
        """Raises Unavailable, DeadlinePassed and Busy, to be called again."""
        place = Place(**work["place"])
        try:
            await self._do[work["do"]](place, work, progress)
        except Undeliverable as error:
            log.error("slack: nobody can be written to there: %s", error.reason)

    async def tell_delay(self, work: Work) -> None:
        key = {"question": "delayed", "feedback": "form_waits", "handover": "form_waits"}.get(work["do"])
        if key:
            await self._desk.tell(Place(**work["place"]), key)

    async def tell_failure(self, work: Work) -> None:
        key = {"question": "given_up", "feedback": "form_failed", "handover": "form_failed"}.get(work["do"])
        if key:
            await self._desk.tell(Place(**work["place"]), key)

    async def deliver(self, address: dict[str, Any], reply: AdviserReply) -> None:
        place = Place(**address)
        words, _ = self._desk.speech(reply.language)
        first, *others = adviser_messages(reply, words, place.user)
        try:
            await self._desk.post(place, first)
        except Undeliverable as error:
            if place.kind == "direct" or error.reason not in _ELSEWHERE:
                raise
            place = place.in_direct_messages()
            await self._desk.post(place, first)
        for message in others:
            try:
                await self._desk.post(place, message)
            except Unavailable as error:  # its beginning has arrived: not to be begun again
                raise DeadlinePassed from error

    async def _question(self, place: Place, work: Work, progress: Progress) -> None:
        conversation = self._desk.conversation(place)
        address = place if place.kind != "ephemeral" else place.in_direct_messages()
        await self._gateway.addresses.keep(conversation, "slack", address.values())
        try:
            shown = await say(
                self._gateway,
                conversation,
                work["text"],
                "slack",
                await self._desk.chosen_language(place),
                client=f"{place.team}:{place.user}",
                progress=progress,
            )
        except BadMessage as error:
            key = error.code if error.code in ("empty", "too_long") else "failed"
            await self._desk.tell(place, key, limit=str(self._gateway.settings.message_limit))
            return
        except RateLimited:
            await self._desk.tell(place, "rate_limited")
            return
        await self._post(place, await self._messages(place, work, shown), progress)
        await self._warn(place, work, shown, progress)

    async def _messages(self, place: Place, work: Work, shown: list[Shown]) -> list[Message]:
        answers = [one.language for one in shown if isinstance(one, ShownAnswer)]
        language = answers[0] if answers else await self._desk.language(place)
        words, texts = self._desk.speech(language)
        messages = []
        for one in shown:
            made = render(one, words, privacy=place.private)
            if work.get("typed") and place.private and privacy_notice(one):
                made[-1]["blocks"].append(context(escape(texts.get("still_in_slack", language)), "still-in-slack"))
            messages += made
        # What held personal data is not said again.
        if work.get("echo") and not any(privacy_notice(one) for one in shown):
            key = "your_question" if place.private else "asked"
            asked = texts.get(key, language, user=f"<@{place.user}>", question=escape(work["text"]))
            messages[0]["blocks"].insert(0, section(asked[:SECTION_LIMIT], "asked"))
        if place.kind == "thread" and work.get("bot"):
            hint = texts.get("ask_in_thread", language, bot=f"<@{work['bot']}>")
            messages[-1]["blocks"].append(context(hint, "ask-in-thread"))
        return messages

    async def _post(self, place: Place, messages: list[Message], progress: Progress) -> None:
        """One after the other; where the place refuses, in the person's direct messages."""
        if progress.get("moved"):
            place = place.in_direct_messages()
        for number in range(progress.get("sent", 0), len(messages)):
            try:
                await self._desk.post(place, messages[number])
            except Undeliverable as error:
                if place.kind == "direct" or error.reason not in _ELSEWHERE:
                    raise
                place = place.in_direct_messages()
                await self._desk.tell(place, "not_in_channel")
                await progress.keep(moved=True)
                await self._desk.post(place, messages[number])
            await progress.keep(sent=number + 1)

    async def _warn(self, place: Place, work: Work, shown: list[Shown], progress: Progress) -> None:
        """In a channel the notice on personal data is for the eyes of the person who asked."""
        notice = next((found for one in shown if (found := privacy_notice(one))), None)
        if place.private or notice is None or progress.get("warned"):
            return
        await progress.keep(warned=True)
        more = await self._desk.sentence(place, "still_in_slack") if work.get("typed") else ""
        await self._desk.whisper(place, notice_message(notice, more))

    async def _feedback(self, place: Place, work: Work, progress: Progress) -> None:
        values = work["values"] | {"answer_id": work["answer_id"], "conversation_id": self._desk.conversation(place)}
        key = f"thanks_{values['rating']}"
        if not progress.get("given"):
            try:
                await self._gateway.knowledge.give_feedback(values)
            except UnknownAnswer:
                key = "unknown_answer"
            except BadMessage:
                key = "form_failed"
            await progress.keep(given=True)
        await self._desk.tell(place, key)

    async def _handover(self, place: Place, work: Work, progress: Progress) -> None:
        conversation = self._desk.conversation(place)
        address = place if place.kind != "ephemeral" else place.in_direct_messages()
        await self._gateway.addresses.keep(conversation, "slack", address.values())
        reference = progress.get("reference")
        if reference is None:
            answer = {"answer_id": work["answer_id"]} if work["answer_id"] else {}
            try:
                reference = await self._gateway.knowledge.hand_over(
                    work["values"] | answer | {"conversation_id": conversation}
                )
            except (UnknownAnswer, BadMessage):
                await self._desk.tell(place, "form_failed")
                return
            await progress.keep(reference=reference)
        said = await self._desk.sentence(place, "handed_over", reference=reference)
        if work["values"]["contact_way"] == "here":
            said = f"{said} {await self._desk.sentence(place, 'reply_here')}"
        await self._desk.whisper(place, {"text": said, "blocks": [section(said, "handed-over")]})

    async def _home(self, place: Place, work: Work, _progress: Progress) -> None:
        await self._desk.publish_home(place, work.get("bot", ""))

    async def _language(self, place: Place, work: Work, _progress: Progress) -> None:
        await self._desk.choose_language(place, work["language"])
        await self._desk.publish_home(place, work.get("bot", ""))

    async def _tell(self, place: Place, work: Work, _progress: Progress) -> None:
        bot = {"bot": "@Rådgivaren"} if work["key"] == "command_help" else {}
        await self._desk.tell(place, work["key"], **bot)
