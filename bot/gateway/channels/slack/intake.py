"""In: what Slack sends, verified by then, becomes work that is kept before it is acknowledged.

Nothing is answered here. Dialogs alone are opened at once: Slack allows that within three seconds of a press.
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.response import BoltResponse

from ...bootstrap import Gateway
from ...errors import TurnRefused, Undeliverable
from . import forms, home, places, rendering
from .desk import Desk
from .forms import About
from .mrkdwn import written
from .places import Place

log = logging.getLogger(__name__)
SHORTCUT = "ask_about_message"
COMMAND = "/radgivaren"
_SPOKEN = {"", "file_share", "thread_broadcast"}  # the subtypes that a person's own message can have
Body = dict[str, Any]


class Intake:
    def __init__(self, gateway: Gateway, desk: Desk) -> None:
        self._gateway, self._desk = gateway, desk
        self._opening: set[asyncio.Task[None]] = set()

    def register(self, app: AsyncApp) -> None:
        app.event("app_mention")(self._message)
        app.event("message")(self._direct_message)
        app.event("app_home_opened")(self._home_opened)
        app.command(COMMAND)(self._command)
        app.shortcut(SHORTCUT)(self._shortcut)
        app.action(re.compile(".*"))(self._press)
        app.view(re.compile(".*"))(self._submission)
        app.event(re.compile(".*"))(_ignored)
        app.error(_failed)

    async def close(self) -> None:
        for task in self._opening:
            task.cancel()
        await asyncio.gather(*self._opening, return_exceptions=True)

    async def _direct_message(self, body: Body, event: Body, ack: AsyncAck) -> BoltResponse:
        # Messages in channels come only where someone adds their event in Slack; there the mention counts.
        return await self._message(body, event, ack) if event.get("channel_type") == "im" else await ack()

    async def _message(self, body: Body, event: Body, ack: AsyncAck) -> BoltResponse:
        if _is_spoken(event):
            place = places.of_message(body, event)
            authorized = (body.get("authorizations") or [{}])[0]
            bot = str(authorized.get("user_id") or "")
            text = written(str(event.get("text") or ""), bot)
            event_id = str(body.get("event_id") or f"{place.channel}:{event.get('ts')}")
            if text:
                await self._ask(event_id, place, text, typed=True, bot=bot)
            else:
                key = "files_unread" if event.get("files") else "nothing_asked"
                await self._take(event_id, {"do": "tell", "place": place.values(), "key": key})
        return await ack()

    async def _home_opened(self, body: Body, event: Body, ack: AsyncAck) -> BoltResponse:
        if event.get("tab") == "home" and event.get("user"):
            place = places.of_person(body, str(event["user"]))
            bot = str((body.get("authorizations") or [{}])[0].get("user_id") or "")
            await self._take(str(body.get("event_id")), {"do": "home", "place": place.values(), "bot": bot})
        return await ack()

    async def _command(self, body: Body, ack: AsyncAck) -> BoltResponse:
        place = places.of_command(body)
        text = written(str(body.get("text") or ""), "")
        event_id = f"command:{body.get('trigger_id')}"
        if text and text.lower() not in ("hjälp", "help", "?"):
            await self._ask(event_id, place, text, echo=True)
        else:
            await self._take(event_id, {"do": "tell", "place": place.values(), "key": "command_help"})
        return await ack()

    async def _press(self, body: Body, ack: AsyncAck) -> BoltResponse:
        action = body["actions"][0]
        name, place = str(action.get("action_id") or ""), places.of_press(body)
        value, event_id = str(action.get("value") or ""), f"press:{action.get('action_ts')}:{place.user}:{name}"
        if name.startswith((rendering.ASK, rendering.OPTION)) and value:
            await self._ask(event_id, place, value, echo=True)
        elif name == rendering.RATE_UP and value:
            work = {
                "do": "feedback",
                "place": place.values(),
                "answer_id": value,
                "values": {"rating": "up", "reasons": []},
            }
            await self._take(f"up:{place.team}:{place.user}:{value}", work)
        elif name == home.LANGUAGE:
            chosen = str((action.get("selected_option") or {}).get("value") or "")
            bot = str((body.get("view") or {}).get("private_metadata") or "")
            await self._take(event_id, {"do": "language", "place": place.values(), "language": chosen, "bot": bot})
        elif name in (rendering.RATE_DOWN, rendering.HAND_OVER):
            form = forms.feedback_form if name == rendering.RATE_DOWN else forms.handover_form
            self._open(body, place, lambda about: form(about, *self._desk.speech(about.language)), value)
        else:
            log.warning("slack: an unknown action was pressed")
            await self._take(event_id, {"do": "tell", "place": place.values(), "key": "unknown_action"})
        return await ack()

    async def _shortcut(self, body: Body, ack: AsyncAck) -> BoltResponse:
        place = places.of_shortcut(body)
        text = written(str((body.get("message") or {}).get("text") or ""), "")
        self._open(body, place, lambda about: forms.question_form(about, text, *self._desk.speech(about.language)))
        return await ack()

    async def _submission(self, view: Body, ack: AsyncAck) -> BoltResponse:
        name = view.get("callback_id")
        if name not in (forms.FEEDBACK, forms.HANDOVER, forms.QUESTION):
            log.warning("slack: an unknown dialog was sent")
            return await ack()
        about = About.unpacked(view["private_metadata"])
        event_id = f"submission:{view['id']}"
        if name == forms.QUESTION:
            question, in_thread = forms.question_entered(view)
            place = about.place if in_thread or about.place.private else about.place.in_direct_messages()
            await self._ask(event_id, place, question, echo=not in_thread)
            return await ack()
        values, faults = (forms.feedback_entered if name == forms.FEEDBACK else forms.handover_entered)(view)
        if faults:
            words, _ = self._desk.speech(about.language)
            return await ack(response_action="errors", errors={block: words(key) for block, key in faults.items()})
        work = {"do": name, "place": about.place.values(), "answer_id": about.answer_id, "values": values}
        await self._take(event_id, work)
        return await ack()

    async def _ask(
        self, event_id: str, place: Place, text: str, *, echo: bool = False, typed: bool = False, bot: str = ""
    ) -> None:
        """`echo`: the question is shown with its answer; `typed`: the person's message stays in Slack."""
        work = {"do": "question", "place": place.values(), "text": text, "echo": echo, "typed": typed, "bot": bot}
        await self._take(event_id, work, line=self._desk.conversation(place))

    async def _take(self, event_id: str, work: Body, line: str = "") -> None:
        await self._gateway.incoming.take("slack", event_id, work, line)

    def _open(self, body: Body, place: Place, form: Callable[[About], Body], answer_id: str = "") -> None:
        task = asyncio.create_task(self._opened(str(body.get("trigger_id")), place, form, answer_id))
        self._opening.add(task)
        task.add_done_callback(self._opening.discard)

    async def _opened(self, trigger: str, place: Place, form: Callable[[About], Body], answer_id: str) -> None:
        about = About(place, await self._desk.language(place), answer_id)
        try:
            await self._desk.open_dialog(place, trigger, form(about))
        except (TurnRefused, Undeliverable):
            log.warning("slack: a dialog could not be opened")
            await _quietly(self._desk.tell(place, "dialog_failed"))


def _is_spoken(event: Body) -> bool:
    """A person's own new message: no bot's, no edit, nobody joining."""
    by_person = bool(event.get("user")) and not event.get("bot_id") and not event.get("bot_profile")
    return by_person and (event.get("subtype") or "") in _SPOKEN and not event.get("edited") and not event.get("hidden")


async def _ignored(ack: AsyncAck) -> BoltResponse:
    """Events that nobody asked for are acknowledged: Slack switches off who refuses many."""
    return await ack()


async def _failed(error: Exception) -> BoltResponse:
    """Not kept, so not acknowledged: Slack sends an event again, and tells a person whose press was lost."""
    if not isinstance(error, TurnRefused):
        log.error("slack: unforeseen", exc_info=error)
    return BoltResponse(status=503, body="")


async def _quietly(telling: Awaitable[None]) -> None:
    try:
        await telling
    except (TurnRefused, Undeliverable):
        log.warning("slack: the person could not be told")
