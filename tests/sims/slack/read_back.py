"""Slack's messages read back: what a person sees there, as plain parts, to be held against the answer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from .block_kit import Block, elements_of

_LINK = re.compile(r"<([^<>|]+)\|([^<>]*)>")
_BOLD = re.compile(r"(?<![\w\u2060])\*(?![\s\u2060])([^*\n]+?)(?<![\s\u2060])\*(?![\w\u2060])")
_SOURCE = re.compile(r"\[(\d+)\] (?:<([^<>|]+)\|([^<>]*)>|([^·]*))(?: · )?(.*)")
_DETAILS = re.compile(r"(.*?)(?: · \*([^*]+)\*)?")
_WEB_PAGE = re.compile(r"<(https?://[^<>|]+)\|([^<>]*)>")
_INVISIBLE = re.compile("[\u2060\u200b]")


@dataclass(frozen=True, slots=True)
class ReadCitation:
    n: int
    title: str
    url: str
    details: str  # publisher, date, doubt
    quote: str
    about: str  # publisher, date
    doubt: str
    note: str


@dataclass(slots=True)
class ReadAnswer:
    notices: list[tuple[str, str]] = field(default_factory=list)  # kind, text
    notice_titles: list[str] = field(default_factory=list)
    refined: str = ""
    text: str = ""  # with **bold** and [n], as knowledge gave it
    validity_line: str = ""
    doubts: str = ""
    citations: list[ReadCitation] = field(default_factory=list)
    contacts: list[list[str]] = field(default_factory=list)  # of each its details, as they stand
    follow_ups: list[str] = field(default_factory=list)
    options: list[tuple[str, str]] = field(default_factory=list)
    answer_id: str = ""
    order: list[str] = field(default_factory=list)  # the kinds of parts, as they stand


def read_back(messages: list[dict[str, Any]]) -> ReadAnswer:
    """The parts of one answer, from the messages that it was sent in. Each section of its text begins a paragraph."""
    read = ReadAnswer()
    texts: list[str] = []
    for message in messages:
        for block in message.get("blocks", []):
            kind = re.sub(r"-\d+$", "", block["block_id"])
            if not read.order or read.order[-1] != kind:
                read.order.append(kind)
            if kind == "text":
                texts.append(plain(block["text"]["text"]))
            else:
                _read(read, kind, block)
    read.text = "\n\n".join(texts).replace("**\n**", "\n")
    for message in messages:
        _read_elements(read, message.get("blocks", []))
    return read


def _read_elements(read: ReadAnswer, blocks: list[Block]) -> None:
    beside = {block["block_id"]: plain(block["text"]["text"]) for block in blocks if "accessory" in block}
    for block_id, element in elements_of(blocks):
        name, value = element["action_id"], element.get("value", "")
        label = beside.get(block_id) or element["text"]["text"]
        if name.startswith("ask-"):
            read.follow_ups.append(label)
        elif name.startswith("option-"):
            read.options.append((label, value))
        elif name in ("rate_up", "hand_over"):
            read.answer_id = value


def _read(read: ReadAnswer, kind: str, block: Block) -> None:
    if kind.startswith("notice-") and kind != "notice-more":
        title, *lines = (line.removeprefix(">") for line in block["text"]["text"].split("\n"))
        read.notice_titles.append(plain(title).replace("**", ""))
        read.notices.append((kind.removeprefix("notice-"), plain("\n".join(lines))))
    elif kind == "refined":
        read.refined = plain(_context(block)).replace("*", "").removeprefix("✓ ")
    elif kind == "validity":
        read.validity_line = plain(_context(block))
    elif kind == "doubts":
        read.doubts = plain(_context(block))
    elif kind == "source":
        read.citations.extend(_citations(_context(block)))
    elif kind == "contact":
        read.contacts.append(list(_contact(block["text"]["text"])))


def _citations(text: str) -> list[ReadCitation]:
    """Sources that say the same stand together, above their quotation."""
    lines = text.split("\n")
    quote = plain("\n".join(line[1:] for line in lines if line.startswith(">")))
    note = plain("\n".join(line for line in lines if not line.startswith(">") and not _SOURCE.match(line)))
    found = [match for line in lines if (match := _SOURCE.match(line))]
    assert found, text
    return [_citation(match, quote, note) for match in found]


def _citation(found: re.Match[str], quote: str, note: str) -> ReadCitation:
    n, url, label, title, details = found.groups()
    about, doubt = _DETAILS.fullmatch(details).groups()  # type: ignore[union-attr]
    return ReadCitation(
        n=int(n),
        title=plain(label or title or ""),
        url=(url or "").replace("&amp;", "&"),
        details=plain(details),
        quote=quote,
        about=plain(about),
        doubt=plain(doubt or ""),
        note=note,
    )


def _contact(text: str) -> Iterator[str]:
    """Its details; of a link to a page the address too, which a person sees in the browser."""
    for line in text.split("\n"):
        whole = line[1:-1] if line[0] == line[-1] == "_" else line
        for detail in whole.split(" · "):
            yield plain(_WEB_PAGE.sub(r"\2 \1", detail)).replace("**", "")


def _context(block: Block) -> str:
    return str(block["elements"][0]["text"])


def plain(text: str) -> str:
    """mrkdwn without its markup; bold is `**…**` again, a link its label."""
    unlinked = _LINK.sub(lambda found: found[2], text)
    bold = _BOLD.sub(r"**\1**", unlinked)
    seen = _INVISIBLE.sub("", bold)
    return seen.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").strip()
