"""Out: what is shown to activities with Adaptive Cards, every part in the order of the web channel."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from ...presentation.datatypes import Shown, ShownAnswer
from ...presentation.markup import spans
from ...presentation.shortening import shorten
from ...presentation.words import Words
from ..replies import AdviserReply
from . import blocks
from .blocks import Element
from .controls import controls
from .markdown import escaped
from .words import CardWords

# Where Teams is strictest it takes 28 KB (28,672 bytes); what stands around a card needs about one of them.
CARD_LIMIT = 27_000  # bytes of JSON as it is sent, "å" as six
SHOWN_AT_ONCE = 1_200  # characters of text above "Visa mer"
PIECE = 4_000  # characters: a piece of text or quotation that always fits on a card
_SUMMARY = 160
_CONTENT_TYPE = "application/vnd.microsoft.card.adaptive"
_SCHEMA = "http://adaptivecards.io/schemas/adaptive-card.json"
Activity = dict[str, Any]


def render(shown: Shown, words: Words) -> list[Activity]:
    """Activities of what is shown. A long answer becomes several, in order; nothing of it is left out."""
    if isinstance(shown, ShownAnswer):
        return [message(one, _without_marks(shown)) for one in answer_cards(shown, CardWords(words))]
    if not shown.buttons:
        return [told(shown.text)]
    body = [*blocks.text(shown.text, set()), blocks.option_buttons(shown.buttons)]
    return [message(card(body, words.language), shown.text)]


def preview(answer: ShownAnswer, words: Words) -> Element:
    """The whole answer on one card, for the console."""
    return _whole_card(answer, CardWords(words))


def told(text: str) -> Activity:
    """Something said in plain words, without a card."""
    return {"type": "message", "text": text, "textFormat": "plain"}


def adviser_reply(reply: AdviserReply, words: Words) -> Activity:
    """An adviser's answer to a hand-over."""
    dated = words("adviser_reply_to", reference=reply.reference, date=words.date(reply.answered_at))
    body = [
        blocks.heading(words("adviser_reply")),
        blocks.block(escaped(dated), isSubtle=True, size="Small", spacing="None"),
        *blocks.text(reply.text, set()),
    ]
    return message(card(body, words.language), f"{words('adviser_reply')}: {reply.text}")


def welcome(words: Words, shared: bool) -> Activity:
    """What it is for, an example, and what not to write: before anyone has asked."""
    own = CardWords(words)
    said = own("welcome_shared" if shared else "welcome")
    body = [
        blocks.heading(own("name")),
        blocks.block(escaped(said)),
        blocks.block(escaped(own("privacy")), weight="Bolder"),
        blocks.heading(own("examples")),
        *(blocks.follow_up(own(f"example.{name}")) for name in ("aid", "child", "care")),
    ]
    return message(card(body, own.language), said)


def message(content: Element, summary: str) -> Activity:
    """`summary` is what a notification shows, and what a client that draws no cards reads out."""
    head = shorten(summary, _SUMMARY)[0] or summary[:_SUMMARY]
    return {
        "type": "message",
        "summary": head,
        "attachments": [{"contentType": _CONTENT_TYPE, "content": content | {"fallbackText": head}}],
    }


def card(body: list[Element], language: str) -> Element:
    return {
        "type": "AdaptiveCard",
        "$schema": _SCHEMA,
        "version": "1.5",
        "lang": language,
        "msteams": {"width": "Full"},
        "body": body,
    }


def answer_cards(answer: ShownAnswer, words: CardWords) -> list[Element]:
    """One card where it fits: the text above "Visa mer" and below. Otherwise several, with all the text in sight."""
    whole = _whole_card(answer, words)
    if size(whole) <= CARD_LIMIT:
        return [whole]
    groups = [*_groups(_start(answer, words)), *_groups(_open_text(answer, words)), *_groups(blocks.validity(answer))]
    groups += [*_source_groups(answer, words), *_groups(_contacts(answer, words)), *_groups(_next(answer, words))]
    return [card(body, answer.language) for body in _packed([*groups, controls(answer, words)], words)]


def _whole_card(answer: ShownAnswer, words: CardWords) -> Element:
    sources = [element for group in _source_groups(answer, words) for element in group]
    body = [*_start(answer, words), *_folded_text(answer, words), *blocks.validity(answer), *sources]
    body += [*_contacts(answer, words), *_next(answer, words), *controls(answer, words)]
    return card(body, answer.language)


def size(element: Any) -> int:
    return len(json.dumps(element))


def _without_marks(answer: ShownAnswer) -> str:
    words = "".join(span.text for span in spans(answer.text, _numbers(answer)) if span.n is None)
    return re.sub(r"\s+(?=[.,;:!?])", "", words)


def _start(answer: ShownAnswer, words: CardWords) -> list[Element]:
    start = [blocks.notice(one) for one in answer.notices]
    if any(one.kind == "privacy" for one in answer.notices):  # we took it out of the question, not out of Teams
        start.append(blocks.block(escaped(words("still_in_teams")), isSubtle=True, spacing="Small"))
    return [*start, blocks.refined(answer)] if answer.refined else start


def _numbers(answer: ShownAnswer) -> set[int]:
    return {one.n for one in answer.citations}


def _open_text(answer: ShownAnswer, words: CardWords) -> list[Element]:
    lines: list[Element] = []
    rest, begins = answer.text, blocks.PARAGRAPH
    while rest:
        piece, left = shorten(rest, PIECE)
        lines += blocks.text(piece, _numbers(answer), begins)
        rest, begins = left, _begins(rest, left)
    return [*lines, *_options(answer, words)]


def _folded_text(answer: ShownAnswer, words: CardWords) -> list[Element]:
    head, rest = shorten(answer.text, SHOWN_AT_ONCE)
    if not rest:
        return [*blocks.text(head, _numbers(answer)), *_options(answer, words)]
    more = {
        "type": "Container",
        "id": "more",
        "isVisible": False,
        "spacing": _begins(answer.text, rest),
        "items": blocks.text(rest, _numbers(answer)),
    }
    toggles = [_toggle("show_more", words, True), _toggle("show_less", words, False)]
    return [*blocks.text(head, _numbers(answer)), more, *toggles, *_options(answer, words)]


def _begins(text: str, rest: str) -> str:
    """The spacing above the rest of a text that was cut."""
    before = text[: len(text) - len(rest)]
    line_ends = before[len(before.rstrip()) :].count("\n")
    return blocks.PARAGRAPH if line_ends > 1 else blocks.LINE if line_ends else blocks.GOES_ON


def _toggle(key: str, words: CardWords, visible: bool) -> Element:
    action = {
        "type": "Action.ToggleVisibility",
        "title": words(key),
        "targetElements": ["more", "show_more", "show_less"],
    }
    return {"type": "ActionSet", "id": key, "isVisible": visible, "spacing": "Small", "actions": [action]}


def _options(answer: ShownAnswer, words: CardWords) -> list[Element]:
    if not answer.options:
        return []
    return [blocks.block(escaped(words("options")), isSubtle=True), blocks.option_buttons(answer.options)]


def _source_groups(answer: ShownAnswer, words: CardWords) -> list[list[Element]]:
    groups: list[list[Element]] = []
    for one in answer.citations:
        for place, piece in enumerate(_pieces(one.quote) or [""]):
            groups.append(blocks.source(one, piece, words, suffix=f"-{place + 1}" if place else ""))
    if groups:
        groups[0] = [blocks.heading(words("sources")), *groups[0]]
    return groups


def _contacts(answer: ShownAnswer, words: CardWords) -> list[Element]:
    listed = [blocks.contact(one, words) for one in answer.contacts]
    return [blocks.heading(words("contacts")), *listed] if listed else []


def _next(answer: ShownAnswer, words: CardWords) -> list[Element]:
    asked = [blocks.follow_up(question) for question in answer.follow_ups]
    return [blocks.heading(words("follow_ups")), *asked] if asked else []


def _pieces(text: str) -> list[str]:
    pieces = []
    while text:
        piece, text = shorten(text, PIECE)
        pieces.append(piece)
    return pieces


def _groups(elements: Iterable[Element]) -> Iterator[list[Element]]:
    return ([element] for element in elements)


def _packed(groups: Iterable[list[Element]], words: CardWords) -> Iterator[list[Element]]:
    """Bodies of cards, each as full as it may be; what belongs together stays together."""
    room = CARD_LIMIT - size(card([], words.language)) - 200
    body: list[Element] = []
    for group in groups:
        if body and size([*body, *group]) > room:
            yield body
            body = [blocks.block(words("continued"), isSubtle=True, size="Small")]
        body = [*body, *group]
    if body:
        yield body
