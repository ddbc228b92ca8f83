"""Slack's dialogs: what is wrong with an answer, a hand-over to an adviser, a question about a message."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from typing import Any

from ...presentation.choices import REASONS, WAYS
from ...presentation.words import Words
from .blocks import Block, plain
from .places import Place
from .texts import SlackTexts

FEEDBACK, HANDOVER, QUESTION = "feedback", "handover", "question"
QUESTION_LIMIT = 2000
_TITLE_LIMIT, _COMMENT_LIMIT, _CONTACT_LIMIT, _PLACE_LIMIT = 24, 1000, 200, 60
_VALID = {
    "email": re.compile(r"\S+@\S+\.\S+"),
    "phone": re.compile(r"(?:\D*\d){7,15}\D*"),
    "here": re.compile(r".*\S.*"),
}


@dataclass(frozen=True, slots=True)
class About:
    """What a dialog is about. It travels with the dialog, through Slack, and comes back signed."""

    place: Place
    language: str
    answer_id: str = ""

    def packed(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False)

    @staticmethod
    def unpacked(metadata: str) -> About:
        values = json.loads(metadata)
        return About(Place(**values["place"]), values["language"], values["answer_id"])


def feedback_form(about: About, words: Words, texts: SlackTexts) -> Block:
    reasons = [_option(words(f"reason.{reason}"), reason) for reason in REASONS]
    blocks = [
        _input("reasons", words("feedback_title"), {"type": "checkboxes", "options": reasons}, optional=True),
        _text_input("comment", words("comment"), _COMMENT_LIMIT, hint=words("privacy"), optional=True, lines=True),
    ]
    return _modal(FEEDBACK, texts.get("feedback_title", words.language), words("send"), words, about, blocks)


def handover_form(about: About, words: Words, texts: SlackTexts) -> Block:
    ways = [_option(words(f"way.{way}"), way) for way in WAYS]
    way: Block = {"type": "radio_buttons", "options": ways, "initial_option": ways[0]}
    agree = _option(texts.get("consent_option", words.language), "yes")
    blocks = [
        {"type": "section", "block_id": "about", "text": plain(words("handover_text"))},
        _input("way", words("contact_way"), way),
        _text_input(
            "contact",
            texts.get("contact", words.language),
            _CONTACT_LIMIT,
            hint=texts.get("contact_hint", words.language),
        ),
        _text_input("municipality", words("municipality"), _PLACE_LIMIT),
        _text_input("message", words("message"), QUESTION_LIMIT, hint=words("message_hint"), optional=True, lines=True),
        _input("consent", words("consent"), {"type": "checkboxes", "options": [agree]}),
    ]
    title = texts.get("handover_title", words.language)
    return _modal(HANDOVER, title, words("send"), words, about, blocks)


def question_form(about: About, text: str, words: Words, texts: SlackTexts) -> Block:
    """The message's text, to be made a question; and who should see the answer."""
    language = words.language
    where = [_option(texts.get(f"where_{key}", language), key) for key in ("me", "thread")]
    choice: Block = {"type": "radio_buttons", "options": where, "initial_option": where[0]}
    question = _text_input(
        "question",
        texts.get("question_label", language),
        QUESTION_LIMIT,
        hint=texts.get("question_hint", language),
        lines=True,
        initial=text[:QUESTION_LIMIT],
    )
    blocks = [
        question,
        *([] if about.place.private else [_input("where", texts.get("question_where", language), choice)]),
    ]
    return _modal(QUESTION, texts.get("question_title", language), words("send"), words, about, blocks)


def feedback_entered(view: Block) -> tuple[dict[str, Any], dict[str, str]]:
    """What was entered, and the text keys of what is missing, by block."""
    state = _state(view)
    reasons = [reason for reason in _chosen_all(state["reasons"]) if reason in REASONS]
    values = {"rating": "down", "reasons": reasons, "comment": _written(state["comment"])}
    return values, {} if reasons or values["comment"] else {"reasons": "reason_missing"}


def handover_entered(view: Block) -> tuple[dict[str, Any], dict[str, str]]:
    state = _state(view)
    way = _chosen(state["way"]) or WAYS[0]
    values: dict[str, Any] = {
        "contact_way": way if way in WAYS else WAYS[0],
        "contact": _written(state["contact"]),
        "municipality": _written(state["municipality"]),
        "message": _written(state["message"]),
        "consent": "yes" in _chosen_all(state["consent"]),
    }
    faults = {}
    if not _VALID[values["contact_way"]].fullmatch(values["contact"]):
        faults["contact"] = f"contact_missing.{values['contact_way']}"
    if not values["municipality"]:
        faults["municipality"] = "municipality_missing"
    if not values["consent"]:
        faults["consent"] = "consent_missing"
    return values, faults


def question_entered(view: Block) -> tuple[str, bool]:
    """The question, and whether everyone in the thread should see the answer."""
    state = _state(view)
    return _written(state["question"]), _chosen(state.get("where") or {}) == "thread"


def _state(view: Block) -> dict[str, Block]:
    """The inputs' states; a block's one element bears the block's name."""
    values = view["state"]["values"]
    return {block: states.get(block) or {} for block, states in values.items()}


def _written(state: Block) -> str:
    return str(state.get("value") or "").strip()


def _chosen(state: Block) -> str:
    return str((state.get("selected_option") or {}).get("value") or "")


def _chosen_all(state: Block) -> list[str]:
    return [str(option.get("value")) for option in state.get("selected_options") or ()]


def _modal(callback_id: str, title: str, submit: str, words: Words, about: About, blocks: list[Block]) -> Block:
    return {
        "type": "modal",
        "callback_id": callback_id,
        "title": plain(title[:_TITLE_LIMIT]),
        "submit": plain(submit),
        "close": plain(words("cancel")),
        "private_metadata": about.packed(),
        "blocks": blocks,
    }


def _input(name: str, label: str, element: Block, *, hint: str = "", optional: bool = False) -> Block:
    block: Block = {"type": "input", "block_id": name, "label": plain(label), "optional": optional}
    return block | {"element": {"action_id": name, **element}} | ({"hint": plain(hint)} if hint else {})


def _text_input(
    name: str, label: str, limit: int, *, hint: str = "", optional: bool = False, lines: bool = False, initial: str = ""
) -> Block:
    element: Block = {"type": "plain_text_input", "max_length": limit, "multiline": lines}
    return _input(name, label, element | ({"initial_value": initial} if initial else {}), hint=hint, optional=optional)


def _option(label: str, value: str) -> Block:
    return {"text": plain(label), "value": value}
