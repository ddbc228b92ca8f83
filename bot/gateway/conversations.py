"""Conversation ids that nobody can guess, forge or carry over to another channel.

What the browser holds is `issued.random.signature`. Rasa and knowledge get a digest of it, so that neither a log
nor the database holds anything that continues a conversation.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass

from .errors import UnknownConversation

_RANDOM_BYTES = 16
_SIGNATURE_SIGNS = 32


@dataclass(frozen=True, slots=True)
class Conversation:
    token: str  # for the user alone
    key: str  # for everyone behind the gateway


class Conversations:
    def __init__(self, secret: bytes, hours: int, now: Callable[[], float] = time.time) -> None:
        self._secret, self._lifetime_s, self._now = secret, hours * 3600, now

    def start(self, channel: str) -> Conversation:
        body = f"{int(self._now()):x}.{secrets.token_hex(_RANDOM_BYTES)}"
        return _conversation(channel, f"{body}.{self._signature(channel, body)}")

    def resume(self, channel: str, token: str, hours: int | None = None) -> Conversation:
        """Raises UnknownConversation for a forged, foreign or expired one: from outside they look alike.

        `hours` is another lifetime than that of a conversation which goes on.
        """
        body, _, signature = token.rpartition(".")
        if not token.isascii() or not hmac.compare_digest(signature, self._signature(channel, body)):
            raise UnknownConversation
        lifetime_s = self._lifetime_s if hours is None else hours * 3600
        if self._now() - int(body.partition(".")[0], 16) > lifetime_s:
            raise UnknownConversation
        return _conversation(channel, token)

    def keyed(self, channel: str, *parts: str) -> str:
        """The key of a conversation that the channel itself names (team, channel, thread): no token goes out.

        A keyed digest: who reads the database can't find out whose conversation it is by trying names.
        """
        named = "\x1f".join((channel, *parts))
        return f"{channel}-{hmac.new(self._secret, named.encode(), hashlib.sha256).hexdigest()[:32]}"

    def _signature(self, channel: str, body: str) -> str:
        return hmac.new(self._secret, f"{channel}|{body}".encode(), hashlib.sha256).hexdigest()[:_SIGNATURE_SIGNS]


def _conversation(channel: str, token: str) -> Conversation:
    return Conversation(token, f"{channel}-{hashlib.sha256(token.encode()).hexdigest()[:32]}")
