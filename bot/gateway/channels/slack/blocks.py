"""The pieces of Block Kit that the channel uses, and their limits (docs.slack.dev/reference/block-kit)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

Block = dict[str, Any]

SECTION_LIMIT, CONTEXT_LIMIT, BUTTON_LIMIT, VALUE_LIMIT = 3000, 2000, 75, 2000
# Slack takes 50 blocks, and answers msg_blocks_too_long at about 13,000 characters (measured by others, undocumented).
_BLOCKS_A_MESSAGE, _CHARACTERS_A_MESSAGE = 45, 11_000


def section(text: str, block_id: str, accessory: Block | None = None) -> Block:
    # expand: Slack folds no condition of an answer away behind "see more".
    block: Block = {"type": "section", "block_id": block_id, "text": _mrkdwn(text), "expand": True}
    return block | ({"accessory": accessory} if accessory else {})


def context(text: str, block_id: str) -> Block:
    return {"type": "context", "block_id": block_id, "elements": [_mrkdwn(text)]}


def actions(block_id: str, elements: list[Block]) -> Block:
    return {"type": "actions", "block_id": block_id, "elements": elements}


def button(label: str, action_id: str, value: str, *, primary: bool = False) -> Block:
    text = plain(label if len(label) <= BUTTON_LIMIT else f"{label[: BUTTON_LIMIT - 1].rstrip()}…")
    made: Block = {"type": "button", "action_id": action_id, "text": text}
    if value:
        made["value"] = value[:VALUE_LIMIT]
    return made | ({"style": "primary"} if primary else {})


def plain(text: str) -> Block:
    return {"type": "plain_text", "text": text, "emoji": False}


def packed(blocks: Iterable[Block]) -> Iterator[list[Block]]:
    """The blocks in as few messages as Slack takes, in their order."""
    message: list[Block] = []
    characters = 0
    for block in blocks:
        size = _characters(block)
        if message and (len(message) >= _BLOCKS_A_MESSAGE or characters + size > _CHARACTERS_A_MESSAGE):
            yield message
            message, characters = [], 0
        message.append(block)
        characters += size
    if message:
        yield message


def _mrkdwn(text: str) -> Block:
    # verbatim: Slack makes links and mentions of nothing by itself.
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def _characters(part: Any) -> int:
    if isinstance(part, dict):
        own = len(part["text"]) if isinstance(part.get("text"), str) else 0
        return own + sum(_characters(value) for value in part.values())
    return sum(_characters(value) for value in part) if isinstance(part, list) else 0
