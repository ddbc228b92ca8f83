"""Out to Teams: what we post and change, by the Bot Connector's REST interface. Its errors become ours here."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import aiohttp
from microsoft_agents.activity import Activity, ConversationReference
from microsoft_agents.hosting.core import AuthenticationConstants, TeamsConnectorClient

from ...errors import DeadlinePassed, Unavailable, Undeliverable
from .outside import Outside

log = logging.getLogger(__name__)
_TIMEOUT = aiohttp.ClientTimeout(total=15, connect=5)
_AUDIENCE = AuthenticationConstants.AGENTS_SDK_SCOPE
# The conversation is gone, the bot was removed from it, or Teams will not have the message.
_FOR_GOOD = (400, 403, 404, 405, 413)


class Talk:
    """One conversation, open for what we say in it."""

    def __init__(self, client: TeamsConnectorClient, reference: ConversationReference) -> None:
        self._conversations, self._reference = client.conversations, reference

    async def say(self, values: dict[str, Any]) -> str:
        """Posts an activity as an answer; its id. Raises Unavailable, DeadlinePassed or Undeliverable."""
        activity = self._addressed(values)
        with _translated():
            if self._reference.activity_id:
                asked = self._reference.activity_id
                sent = await self._conversations.reply_to_activity(self._reference.conversation.id, asked, activity)
            else:
                sent = await self._conversations.send_to_conversation(self._reference.conversation.id, activity)
        return sent.id or ""

    async def replace(self, activity_id: str, values: dict[str, Any]) -> None:
        """Puts another activity in the place of one of ours. Raises as `say`."""
        activity = self._addressed(values)
        with _translated():
            await self._conversations.update_activity(self._reference.conversation.id, activity_id, activity)

    async def typing(self) -> None:
        await self.say({"type": "typing"})

    def _addressed(self, values: dict[str, Any]) -> Activity:
        activity = Activity.model_validate(values)
        activity.apply_conversation_reference(self._reference)
        return activity


class Connector:
    def __init__(self, outside: Outside) -> None:
        self._tokens, self._hosts = outside.tokens, outside.hosts

    @asynccontextmanager
    async def talk(self, address: dict[str, Any]) -> AsyncIterator[Talk]:
        """Opens the conversation of an address (`arrivals.address_of`). Raises Unavailable or Undeliverable."""
        reference = ConversationReference.model_validate(address)
        if not self._hosts.is_allowed(reference.service_url):  # kept for months: the rule may have changed since
            raise Undeliverable("serviceUrl is not Microsoft's")
        # The session refuses other hosts too, and private addresses behind an allowed name.
        session = self._hosts.client({"base_url": _with_slash(reference.service_url), "timeout": _TIMEOUT})
        client = TeamsConnectorClient(reference.service_url, await self._token(session), session=session)
        try:
            yield Talk(client, reference)
        finally:
            await client.close()

    async def _token(self, session: aiohttp.ClientSession) -> str:
        try:
            return str(await self._tokens.get_access_token(_AUDIENCE, [f"{_AUDIENCE}/.default"]))
        except (
            ValueError,
            OSError,
        ) as error:  # a refused secret is a ValueError, no connection a requests error (OSError)
            await session.close()
            log.error("no token for the Bot Connector: %s (doctor tells more)", type(error).__name__)
            raise Unavailable from error


def _with_slash(url: str) -> str:
    return url if url.endswith("/") else f"{url}/"


@contextmanager
def _translated() -> Iterator[None]:
    """Unavailable where a message has certainly not arrived; DeadlinePassed where nobody knows."""
    try:
        yield
    except aiohttp.ClientResponseError as error:
        log.error("the Bot Connector answered %s", error.status)
        if error.status in _FOR_GOOD:
            raise Undeliverable(f"Teams {error.status}") from error
        raise Unavailable(_wait(error)) from error
    except aiohttp.ClientConnectorError as error:
        log.error("the Bot Connector can't be reached: %s", type(error).__name__)
        raise Unavailable from error
    except (aiohttp.ClientError, TimeoutError) as error:
        log.error("the Bot Connector did not answer: %s", type(error).__name__)
        raise DeadlinePassed from error


def _wait(error: aiohttp.ClientResponseError) -> int:
    """Teams says how long to wait where we send too fast."""
    asked = error.headers.get("Retry-After", "") if error.headers else ""
    return min(int(asked), 600) if asked.isdigit() else 5
