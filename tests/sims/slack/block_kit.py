"""What Slack refuses in blocks and views, by its documented limits (docs.slack.dev/reference/block-kit)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Block = dict[str, Any]

SECTION_TEXT, CONTEXT_TEXT, HEADER_TEXT = 3000, 2000, 150
BUTTON_TEXT, BUTTON_VALUE, OPTION_TEXT, OPTION_VALUE, IDENTIFIER = 75, 2000, 75, 150, 255
MESSAGE_BLOCKS, VIEW_BLOCKS, ACTIONS, CONTEXT_ELEMENTS, OPTIONS = 50, 100, 25, 10, 10
VIEW_TITLE, VIEW_METADATA, MESSAGE_TEXT = 24, 3000, 40_000
# Not documented; Slack answers msg_blocks_too_long from about here on.
MESSAGE_CHARACTERS = 13_200


def faults_of_message(message: dict[str, Any]) -> list[str]:
    blocks = message.get("blocks") or []
    faults = list(_blocks(blocks, MESSAGE_BLOCKS))
    if not message.get("text"):
        faults.append("no text: notifications and screen readers would say nothing")
    if len(message.get("text") or "") > MESSAGE_TEXT:
        faults.append("text too long")
    if sum(len(text) for block in blocks for text in texts_of(block)) > MESSAGE_CHARACTERS:
        faults.append("msg_blocks_too_long")
    if any(block["type"] == "input" for block in blocks):
        faults.append("input blocks stand in views only")
    return faults


def faults_of_view(view: dict[str, Any]) -> list[str]:
    faults = list(_blocks(view.get("blocks") or [], VIEW_BLOCKS))
    for part in ("title", "submit", "close"):
        if part in view:
            faults += _text(view[part], VIEW_TITLE, part, plain=True)
    if view["type"] == "modal" and "title" not in view:
        faults.append("a modal needs a title")
    if view["type"] == "modal" and "submit" not in view and any(b["type"] == "input" for b in view["blocks"]):
        faults.append("inputs need a submit button")
    if len(view.get("private_metadata", "")) > VIEW_METADATA:
        faults.append("private_metadata too long")
    return faults


def texts_of(part: Any) -> Iterator[str]:
    """Every text object's text below `part`."""
    if isinstance(part, dict):
        if part.get("type") in ("mrkdwn", "plain_text") and isinstance(part.get("text"), str):
            yield part["text"]
        for value in part.values():
            yield from texts_of(value)
    elif isinstance(part, list):
        for value in part:
            yield from texts_of(value)


def elements_of(blocks: list[Block]) -> Iterator[tuple[str, Block]]:
    """Every interactive element, with the id of its block."""
    for block in blocks:
        found = [*block.get("elements", []), block.get("accessory"), block.get("element")]
        for element in found:
            if element and "action_id" in element:
                yield block.get("block_id", ""), element


def _blocks(blocks: list[Block], most: int) -> Iterator[str]:
    if len(blocks) > most:
        yield f"{len(blocks)} blocks, {most} are allowed"
    named = [block["block_id"] for block in blocks if "block_id" in block]
    if len(named) != len(set(named)):
        yield "a block_id twice"
    for block in blocks:
        check = _CHECKS.get(block.get("type", ""))
        if check is None:
            yield f"unknown block {block.get('type')}"
        else:
            yield from check(block)


def _text(text: Any, most: int, where: str, *, plain: bool = False) -> Iterator[str]:
    if not isinstance(text, dict) or text.get("type") not in (("plain_text",) if plain else ("plain_text", "mrkdwn")):
        yield f"{where}: no text object"
    elif not 1 <= len(text.get("text", "")) <= most:
        yield f"{where}: {len(text.get('text', ''))} characters, 1 to {most} are allowed"


def _section(block: Block) -> Iterator[str]:
    yield from _text(block.get("text"), SECTION_TEXT, "section")
    if "accessory" in block:
        yield from _element(block["accessory"])


def _context(block: Block) -> Iterator[str]:
    elements = block.get("elements", [])
    if not 1 <= len(elements) <= CONTEXT_ELEMENTS:
        yield f"context: {len(elements)} elements"
    for element in elements:
        yield from _text(element, CONTEXT_TEXT, "context")


def _actions(block: Block) -> Iterator[str]:
    elements = block.get("elements", [])
    if not 1 <= len(elements) <= ACTIONS:
        yield f"actions: {len(elements)} elements"
    names = [element.get("action_id") for element in elements]
    if len(names) != len(set(names)):
        yield "an action_id twice in a block"
    for element in elements:
        yield from _element(element)


def _input(block: Block) -> Iterator[str]:
    yield from _text(block.get("label"), CONTEXT_TEXT, "label", plain=True)
    if "hint" in block:
        yield from _text(block["hint"], CONTEXT_TEXT, "hint", plain=True)
    yield from _element(block.get("element", {}))


def _element(element: Block) -> Iterator[str]:
    if not 1 <= len(element.get("action_id", "")) <= IDENTIFIER:
        yield "an element without a usable action_id"
    kind = element.get("type")
    if kind == "button":
        yield from _text(element.get("text"), BUTTON_TEXT, "button", plain=True)
        if len(element.get("value", "")) > BUTTON_VALUE:
            yield "button: value too long"
    elif kind in ("checkboxes", "radio_buttons", "static_select"):
        yield from _choice(element)
    elif kind == "plain_text_input":
        if not 1 <= element.get("max_length", SECTION_TEXT) <= SECTION_TEXT:
            yield "plain_text_input: max_length"
        if len(element.get("initial_value", "")) > element.get("max_length", SECTION_TEXT):
            yield "plain_text_input: initial_value too long"
    else:
        yield f"unknown element {kind}"


def _choice(element: Block) -> Iterator[str]:
    options = element.get("options", [])
    if not 1 <= len(options) <= (100 if element["type"] == "static_select" else OPTIONS):
        yield f"{element['type']}: {len(options)} options"
    for option in options:
        yield from _text(option.get("text"), OPTION_TEXT, "option")
        if not 1 <= len(option.get("value", "")) <= OPTION_VALUE:
            yield "option: value"


_CHECKS = {
    "section": _section,
    "context": _context,
    "actions": _actions,
    "input": _input,
    "header": lambda block: _text(block.get("text"), HEADER_TEXT, "header", plain=True),
    "divider": lambda _block: iter(()),
}
