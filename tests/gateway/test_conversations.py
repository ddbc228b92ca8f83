"""Conversation ids: nobody guesses, forges, prolongs or borrows one."""

from __future__ import annotations

import re
import string

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.gateway.conversations import Conversations
from bot.gateway.errors import UnknownConversation

HOUR = 3600.0


class Clock:
    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


def made(secret: bytes = b"secret", hours: int = 24, clock: Clock | None = None) -> Conversations:
    return Conversations(secret, hours, clock or Clock())


def test_what_was_started_can_be_resumed() -> None:
    conversation = made().start("web")
    assert made().resume("web", conversation.token) == conversation


def test_the_key_says_its_channel_and_nothing_of_the_token() -> None:
    conversation = made().start("web")
    assert re.fullmatch(r"web-[0-9a-f]{32}", conversation.key)
    assert not any(part in conversation.key for part in conversation.token.split("."))
    with pytest.raises(UnknownConversation):
        made().resume("web", conversation.key)


def test_no_two_are_alike() -> None:
    conversations = [made().start("web") for _ in range(1000)]
    assert len({conversation.token for conversation in conversations}) == 1000
    assert len({conversation.key for conversation in conversations}) == 1000


def test_a_change_of_any_single_sign_is_refused() -> None:
    ours = made()
    token = ours.start("web").token
    others = string.hexdigits + ".-_ gåG\x00"
    for position, sign in enumerate(token):
        for other in others:
            if other != sign:
                with pytest.raises(UnknownConversation):
                    ours.resume("web", token[:position] + other + token[position + 1 :])


def test_a_missing_or_added_sign_is_refused() -> None:
    ours = made()
    token = ours.start("web").token
    for position in range(len(token) + 1):
        shorter, longer = token[:position] + token[position + 1 :], token[:position] + "0" + token[position:]
        for changed in {shorter, longer} - {token}:
            with pytest.raises(UnknownConversation):
                ours.resume("web", changed)


def test_parts_of_two_tokens_make_no_third() -> None:
    ours = made()
    one, two = ours.start("web").token.split("."), ours.start("web").token.split(".")
    for mixed in ([one[0], two[1], one[2]], [one[0], one[1], two[2]], [two[0], two[1], one[2]]):
        with pytest.raises(UnknownConversation):
            ours.resume("web", ".".join(mixed))


def test_another_secret_or_channel_is_refused() -> None:
    token = made().start("web").token
    with pytest.raises(UnknownConversation):
        made(secret=b"another").resume("web", token)
    for channel in ("slack", "", "web|", "Web"):
        with pytest.raises(UnknownConversation):
            made().resume(channel, token)


def test_the_same_token_in_two_channels_is_two_conversations() -> None:
    assert made().start("web").key.partition("-")[0] != made().start("slack").key.partition("-")[0]


def test_it_lives_its_hours_and_no_longer() -> None:
    clock = Clock()
    ours = made(hours=2, clock=clock)
    token = ours.start("web").token
    clock.now += 2 * HOUR - 1
    assert ours.resume("web", token).token == token
    clock.now += 2
    with pytest.raises(UnknownConversation):
        ours.resume("web", token)


@settings(max_examples=200, deadline=None, database=None, derandomize=True)
@given(st.text(st.characters(codec=None), max_size=80))
@example("")
@example(".")
@example("\ud800.a.b")
@example("a.b.\udfff")
def test_no_text_is_a_conversation(token: str) -> None:
    with pytest.raises(UnknownConversation):
        made().resume("web", token)
