"""The one turn, for every channel: the text cleaned, counted, in its place in the queue, and to Rasa."""

from __future__ import annotations

from .bootstrap import Gateway
from .incoming.progress import Progress
from .messages import clean
from .presentation.datatypes import Shown
from .presentation.parsing import parse
from .rasa_client import RasaMessage


async def ask(
    gateway: Gateway, conversation_key: str, text: str, channel: str, language: str | None
) -> list[RasaMessage]:
    """What Rasa says to the text. Raises BadMessage, Busy, DeadlinePassed or Unavailable."""
    cleaned = clean(text, gateway.settings.message_limit)
    metadata = {"channel": channel, "conversation_id": conversation_key}
    if language:
        metadata["language"] = language
    async with gateway.turns.turn(conversation_key, gateway.settings.deadline_s):
        return await gateway.rasa.send(conversation_key, cleaned, metadata)


async def say(
    gateway: Gateway,
    conversation_key: str,
    text: str,
    channel: str,
    language: str | None = None,
    *,
    client: str = "",
    progress: Progress | None = None,
) -> list[Shown]:
    """A turn of a channel with durable work: what is to be shown. Raises what `ask` does, and RateLimited.

    `client` is who asks, where one person has many conversations. With `progress`, a turn that is tried again after
    a crash is neither counted nor asked a second time once Rasa has answered.
    """
    progress = progress or Progress()
    answered = progress.get("said")
    if answered is None:
        if not progress.get("counted"):
            gateway.rate_limit.check(f"{channel}:{client or conversation_key}", conversation_key)
            await progress.keep(counted=True)
        messages = await ask(gateway, conversation_key, text, channel, language)
        shown = parse(messages, gateway.catalogue)
        await progress.keep(said=[message.model_dump() for message in messages])
        return shown
    return parse([RasaMessage.model_validate(message) for message in answered], gateway.catalogue)
