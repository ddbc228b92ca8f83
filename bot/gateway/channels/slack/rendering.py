"""Out: what is shown, as Slack's messages. Pure functions; the parts stand in the order of every channel."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from ...channels.replies import AdviserReply
from ...presentation.datatypes import Citation, Contact, Notice, Option, Shown, ShownAnswer
from ...presentation.shortening import shorten
from ...presentation.words import Words
from .blocks import (
    BUTTON_LIMIT,
    CONTEXT_LIMIT,
    SECTION_LIMIT,
    VALUE_LIMIT,
    Block,
    actions,
    button,
    context,
    packed,
    section,
)
from .mrkdwn import answer_text, escape, link, quoted

Message = dict[str, Any]  # text (for notifications and screen readers) and blocks

ASK, OPTION, RATE_UP, RATE_DOWN, HAND_OVER = "ask", "option", "rate_up", "rate_down", "hand_over"
_NOTIFICATION_LIMIT = 3500
_TEXT_STEP = 2400  # of an answer's text to a section; its links make it longer
_QUOTE_LIMIT = 1400


def render(shown: Shown, words: Words, *, privacy: bool = True) -> list[Message]:
    """One message, or several where Slack would refuse one: no word is lost. `privacy`: with the notice on it."""
    if isinstance(shown, ShownAnswer):
        return answer_messages(shown, words, privacy=privacy)
    blocks = [*_texts(shown.text, {}), *_options(shown.buttons, words)]
    first, *others = packed(blocks)
    return [{"text": _notification(shown.text), "blocks": first}, *_continued(others)]


def answer_messages(answer: ShownAnswer, words: Words, *, privacy: bool = True) -> list[Message]:
    notices = tuple(notice for notice in answer.notices if privacy or notice.kind != "privacy")
    blocks = [
        *(_notice(notice) for notice in notices),
        *([context(f"✓ *{escape(answer.refined)}*", "refined")] if answer.refined else []),
        *_texts(answer.text, {citation.n: citation.url for citation in answer.citations}),
        *_options(answer.options, words),
        *_validity(answer),
        *_sources(answer.citations, words),
        *_contacts(answer.contacts, words),
        *_follow_ups(answer.follow_ups, words),
        *_closing(answer, words),
    ]
    said = [*(f"{one.title}: {one.text}" for one in notices), answer.refined, answer.text, answer.validity_line]
    first, *others = packed(blocks)
    return [
        {"text": _notification("\n\n".join(filter(None, said))), "blocks": first},
        *_continued(others),
    ]


def preview(answer: ShownAnswer, words: Words) -> dict[str, Any]:
    """All blocks of the answer, for the console."""
    return {"blocks": [block for message in answer_messages(answer, words) for block in message["blocks"]]}


def privacy_notice(shown: Shown) -> Notice | None:
    notices = shown.notices if isinstance(shown, ShownAnswer) else ()
    return next((notice for notice in notices if notice.kind == "privacy"), None)


def notice_message(notice: Notice, more: str) -> Message:
    """A notice alone, for the eyes of the person who asked."""
    blocks = [_notice(notice), context(escape(more), "notice-more")]
    return {"text": _notification(f"{notice.title}: {notice.text} {more}"), "blocks": blocks}


def adviser_messages(reply: AdviserReply, words: Words, user: str) -> list[Message]:
    """An adviser's answer; in a thread the person who waits for it is called."""
    case = words("adviser_reply_to", reference=reply.reference, date=words.date(reply.answered_at))
    blocks = [
        section(f"<@{user}> *{escape(words('adviser_reply'))}*", "adviser-title"),
        context(escape(case), "adviser-case"),
        *_texts(reply.text, {}, plain=True),
    ]
    text = _notification(f"{words('adviser_reply')}. {reply.text}")
    first, *others = packed(blocks)
    return [{"text": text, "blocks": first}, *_continued(others)]


def told(text: str, block_id: str = "told") -> Message:
    """A sentence of the channel itself; `text` is mrkdwn."""
    return {"text": text, "blocks": [section(text, block_id)]}


def _notification(text: str) -> str:
    head, rest = shorten(re.sub(r"\*\*", "", text), _NOTIFICATION_LIMIT)
    return escape(f"{head} …" if rest else head) or "…"


def _continued(messages: list[list[Block]]) -> list[Message]:
    return [{"text": _spoken(blocks), "blocks": blocks} for blocks in messages]


def _spoken(blocks: list[Block]) -> str:
    """What stands in the blocks, for notifications and screen readers."""
    texts = [block["text"]["text"] if "text" in block else block["elements"][0]["text"] for block in blocks]
    said = "\n".join(text for text in texts if isinstance(text, str))
    return f"{said[:_NOTIFICATION_LIMIT]} …" if len(said) > _NOTIFICATION_LIMIT else said


def _notice(notice: Notice) -> Block:
    text = shorten(escape(notice.text), SECTION_LIMIT - 200)[0]
    return section(quoted(f"*{escape(notice.title)}*\n{text}"), f"notice-{notice.kind}")


def _texts(text: str, addresses: dict[int, str], *, plain: bool = False) -> Iterator[Block]:
    """Sections that end with a sentence. `plain`: nothing in the text is markup."""
    rest, number = text, 0
    while rest:
        limit, part = _TEXT_STEP, ""
        while not part or len(part) > SECTION_LIMIT:
            head, left = shorten(rest, limit)
            part, limit = escape(head) if plain else answer_text(head, addresses), limit // 2
        yield section(part, f"text-{number}")
        rest, number = left, number + 1


def _options(options: tuple[Option, ...], words: Words) -> Iterator[Block]:
    if options:
        yield context(escape(words("options")), "options-title")
        yield from _buttons([(option.label, option.question) for option in options], OPTION)


def _follow_ups(questions: tuple[str, ...], words: Words) -> Iterator[Block]:
    if questions:
        yield context(f"*{escape(words('follow_ups'))}*", "follow-ups-title")
        yield from _buttons([(question, question) for question in questions], ASK)


def _buttons(labelled: list[tuple[str, str]], action: str) -> Iterator[Block]:
    """Buttons, in their order; a label that Slack would cut stands whole beside its button."""
    askable = [(label, question) for label, question in labelled if label and 0 < len(question) <= VALUE_LIMIT]
    for is_short, run in groupby(enumerate(askable), key=lambda one: len(one[1][0]) <= BUTTON_LIMIT):
        numbered = [(n, label, question) for n, (label, question) in run]
        if is_short:
            made = [button(label, f"{action}-{n}", question) for n, label, question in numbered]
            yield actions(f"{action}s-{numbered[0][0]}", made)
            continue
        for n, label, question in numbered:
            yield section(escape(label), f"{action}-long-{n}", button("→", f"{action}-{n}", question))


def _validity(answer: ShownAnswer) -> Iterator[Block]:
    if answer.validity_line:
        yield context(escape(answer.validity_line), "validity")
    if answer.doubts:
        yield context(escape(answer.doubts), "doubts")


def _sources(citations: tuple[Citation, ...], words: Words) -> Iterator[Block]:
    """What several sources say in the same words is quoted once."""
    if citations:
        yield context(f"*{escape(words('sources'))}*", "sources-title")
    for _, alike in groupby(citations, key=lambda one: (one.quote, _note(one))):
        group = list(alike)
        yield context(_source(group), f"source-{group[0].n}")


def _source(alike: list[Citation]) -> str:
    lines = [_source_line(citation) for citation in alike]
    if note := _note(alike[0]):
        lines.append(escape(note))
    room = CONTEXT_LIMIT - sum(len(line) + 1 for line in lines) - 200
    head, rest = shorten(alike[0].quote, min(_QUOTE_LIMIT, max(room, 0)))
    return "\n".join([*lines, quoted(escape(f"{head} …" if rest else head))] if head else lines)


def _source_line(citation: Citation) -> str:
    parts = [link(citation.url, citation.title), *map(escape, filter(None, (citation.publisher, citation.date)))]
    if citation.validity != "current":
        parts.append(f"*{escape(citation.validity_text)}*")
    return f"[{citation.n}] {' · '.join(parts)}"


def _note(citation: Citation) -> str:
    return citation.validity_note if citation.validity != "current" else ""


def _contacts(contacts: tuple[Contact, ...], words: Words) -> Iterator[Block]:
    if contacts:
        yield context(f"*{escape(words('contacts'))}*", "contacts-title")
    for n, contact in enumerate(contacts):
        yield section(_contact(contact, words), f"contact-{n}")


def _contact(contact: Contact, words: Words) -> str:
    digits = re.sub(r"[^\d+]", "", contact.phone)
    ways = [
        contact.phone and link(f"tel:{digits}" if digits else "", contact.phone),
        contact.email and link(f"mailto:{contact.email}", contact.email),
        contact.url and link(contact.url, words("web_page")),
    ]
    lines = [
        " · ".join(filter(None, (f"*{escape(contact.name)}*", escape(contact.organisation)))),
        " · ".join(filter(None, ways)),
        escape(" · ".join(filter(None, (contact.address, contact.hours)))),
        f"_{escape(contact.checked)}_" if contact.checked else "",
    ]
    return "\n".join(filter(None, lines))


def _closing(answer: ShownAnswer, words: Words) -> Iterator[Block]:
    """Did it help, and a person to ask."""
    rating = [
        button(words("yes"), RATE_UP, answer.answer_id),
        button(words("no"), RATE_DOWN, answer.answer_id),
    ]
    person = button(words("handover"), HAND_OVER, answer.answer_id, primary=answer.handover_first)
    elements = [*(rating if answer.can_be_rated else []), *([person] if answer.can_be_handed_over else [])]
    if answer.handover_first:
        elements.sort(key=lambda element: element["action_id"] != HAND_OVER)
    if answer.can_be_rated:
        yield context(escape(words("helpful")), "helpful")
    if elements:
        yield actions("closing", elements)
