"""Out: the one place from which the channel writes to people, in their language, where they can read it."""

from __future__ import annotations

import logging
from typing import Any

from ...bootstrap import Gateway
from ...errors import Undeliverable
from ...presentation.words import Words
from .home import home
from .languages import Languages
from .places import Place
from .rendering import Message, told
from .texts import SlackTexts
from .web_api import SlackWebApi
from .workspaces import Workspaces

log = logging.getLogger(__name__)
# Nobody but Slack's administrators or the person can change that: no other way leads there either.
_NOWHERE = {"foreign_workspace", "not_installed"}
# Slack does not take the blocks: a fault of ours, but the person gets the words.
_UNREADABLE = {"invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long"}


class Desk:
    def __init__(self, gateway: Gateway, api: SlackWebApi, workspaces: Workspaces, languages: Languages) -> None:
        self._gateway, self._api, self._workspaces, self._languages = gateway, api, workspaces, languages
        self._texts = SlackTexts()

    def conversation(self, place: Place) -> str:
        return self._gateway.conversations.keyed("slack", *place.conversation)

    async def language(self, place: Place) -> str:
        return await self._languages.of(place.team, place.enterprise, place.user)

    async def chosen_language(self, place: Place) -> str | None:
        return await self._languages.chosen(place.team, place.user)

    async def choose_language(self, place: Place, language: str) -> None:
        await self._languages.choose(place.team, place.user, language)

    def speech(self, language: str) -> tuple[Words, SlackTexts]:
        return self._gateway.catalogue.words(language), self._texts

    async def post(self, place: Place, message: Message) -> None:
        """For everyone at the place. Raises Unavailable, DeadlinePassed, Undeliverable."""
        if place.kind == "ephemeral":
            await self.whisper(place, message)
            return
        thread = {"thread_ts": place.thread} if place.thread else {}
        values = {"channel": place.channel, **thread, **_calm(message)}
        try:
            await self._call(place, "chat.postMessage", **values)
        except Undeliverable as error:
            if error.reason not in _UNREADABLE:
                raise
            log.error("slack: the blocks of a message are refused: %s", error.reason)
            await self._call(place, "chat.postMessage", **(values | {"blocks": []}))

    async def whisper(self, place: Place, message: Message) -> None:
        """For the person alone: in a channel seen by nobody else, otherwise as a message. Raises as `post`."""
        try:
            if place.kind == "ephemeral" and place.response_url:
                await self._api.respond(place.response_url, message)
                return
            if place.kind == "thread":
                values = {"channel": place.channel, "user": place.user, "thread_ts": place.thread}
                await self._call(place, "chat.postEphemeral", **values, **message)
                return
        except Undeliverable as error:
            if error.reason in _NOWHERE:
                raise
        direct = place if place.kind == "direct" else place.in_direct_messages()
        await self.post(direct, message)

    async def tell(self, place: Place, key: str, **values: str) -> None:
        """A sentence of the channel's own or of the shared catalogue, to the person. Raises as `post`."""
        await self.whisper(place, told(await self.sentence(place, key, **values)))

    async def sentence(self, place: Place, key: str, **values: str) -> str:
        words, texts = self.speech(await self.language(place))
        return texts.get(key, words.language, **values) if texts.has(key) else words(key, **values)

    async def open_dialog(self, place: Place, trigger: str, view: dict[str, Any]) -> None:
        await self._call(place, "views.open", trigger_id=trigger, view=view)

    async def publish_home(self, place: Place, bot: str) -> None:
        language, chosen = await self.language(place), await self.chosen_language(place)
        view = home(language, chosen, bot, self._texts)
        await self._call(place, "views.publish", user_id=place.user, view=view)

    async def _call(self, place: Place, method: str, **values: Any) -> None:
        token = await self._workspaces.token(place.team, place.enterprise)
        await self._api.call(method, token, **values)


def _calm(message: Message) -> Message:
    """Without previews of every page that is linked to."""
    return message | {"unfurl_links": False, "unfurl_media": False}
