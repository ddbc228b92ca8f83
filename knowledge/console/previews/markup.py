"""Text as the channels mark it up, taken apart into runs that a template draws: nothing of it ever becomes HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

_OPENABLE = re.compile(r"(?:https?://[^\s/]|mailto:|tel:)", re.IGNORECASE)
# https://api.slack.com/reference/surfaces/formatting: <address|label>, *bold*, _italic_, ~struck~, `code`
_SLACK = re.compile(
    r"<(?P<url>[^<>|]+)(?:\|(?P<label>[^<>]*))?>"
    r"|(?<!\w)\*(?P<bold>\S(?:[^*\n]*\S)?)\*(?!\w)"
    r"|(?<!\w)_(?P<italic>\S(?:[^_\n]*\S)?)_(?!\w)"
    r"|(?<!\w)~(?P<struck>\S(?:[^~\n]*\S)?)~(?!\w)"
    r"|`(?P<code>[^`\n]+)`"
)
_WEB = re.compile(r"\*\*(?P<bold>.+?)\*\*|\[(?P<cite>\d{1,2})\]", re.DOTALL)
_CARD = MarkdownIt("zero").enable(["emphasis", "link", "escape", "newline", "list", "paragraph"])


@dataclass(frozen=True, slots=True)
class Run:
    """Characters that look alike. `cite` is the number of a source that the text refers to."""

    text: str
    bold: bool = False
    italic: bool = False
    struck: bool = False
    code: bool = False
    url: str = ""
    cite: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    runs: tuple[Run, ...]
    quote: bool = False
    bullet: bool = False

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


def openable(url: object) -> str:
    """The address where a browser may follow it; empty for javascript: and the like."""
    return url if isinstance(url, str) and _OPENABLE.match(url) else ""


def slack_lines(text: str) -> tuple[Line, ...]:
    """Slack's mrkdwn."""
    lines = []
    for line in text.split("\n"):
        quote = line.startswith((">", "&gt;"))
        shown = re.sub(r"^(?:>|&gt;)\s?", "", line) if quote else line
        lines.append(Line(tuple(_slack_runs(shown, Run(""))), quote=quote))
    return tuple(lines)


def _slack_runs(text: str, style: Run) -> Iterator[Run]:
    at = 0
    for found in _SLACK.finditer(text):
        yield from _plain(text[at : found.start()], style)
        at = found.end()
        kind = found.lastgroup
        if kind in ("url", "label"):
            yield replace(
                style, text=_unescaped(found["label"] or found["url"]), url=openable(_unescaped(found["url"]))
            )
        elif kind == "code":
            yield replace(style, text=_unescaped(found["code"]), code=True)
        elif kind == "bold":
            yield from _slack_runs(found["bold"], replace(style, bold=True))
        elif kind == "italic":
            yield from _slack_runs(found["italic"], replace(style, italic=True))
        else:
            yield from _slack_runs(found["struck"], replace(style, struck=True))
    yield from _plain(text[at:], style)


def _plain(text: str, style: Run) -> Iterator[Run]:
    if text:
        yield replace(style, text=_unescaped(text))


def _unescaped(text: str) -> str:
    """The three signs that Slack wants escaped, and no other."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def card_lines(text: str) -> tuple[Line, ...]:
    """The part of Markdown that an Adaptive Card's TextBlock knows: bold, italic, links, lists."""
    lines: list[Line] = []
    depth = 0
    for token in _CARD.parse(text):
        depth += {"bullet_list_open": 1, "ordered_list_open": 1, "bullet_list_close": -1, "ordered_list_close": -1}.get(
            token.type, 0
        )
        if token.type == "inline":
            lines += [Line(tuple(runs), bullet=depth > 0) for runs in _card_runs(token.children or [])]
    return tuple(lines)


def _card_runs(tokens: Sequence[Token]) -> list[list[Run]]:
    lines: list[list[Run]] = [[]]
    style = Run("")
    for token in tokens:
        if token.type in ("softbreak", "hardbreak"):
            lines.append([])
        elif token.type == "text" and token.content:
            lines[-1].append(replace(style, text=token.content))
        else:
            style = replace(style, **_style_of(token))
    return lines


def _style_of(token: Token) -> dict[str, Any]:
    match token.type:
        case "strong_open" | "strong_close":
            return {"bold": token.nesting > 0}
        case "em_open" | "em_close":
            return {"italic": token.nesting > 0}
        case "link_open":
            return {"url": openable(str(token.attrs.get("href", "")))}
        case "link_close":
            return {"url": ""}
    return {}


def web_lines(text: str, numbers: frozenset[int]) -> tuple[Line, ...]:
    """The widget's text: **bold** and the numbers of sources that there are; any other [n] stays as it is."""
    return tuple(Line(tuple(_web_runs(line, numbers, Run("")))) for line in text.split("\n"))


def _web_runs(text: str, numbers: frozenset[int], style: Run) -> Iterator[Run]:
    at = 0
    for found in _WEB.finditer(text):
        if found["cite"] and int(found["cite"]) not in numbers:
            continue
        if found.start() > at:
            yield replace(style, text=text[at : found.start()])
        at = found.end()
        if found["cite"]:
            yield replace(style, text=found["cite"], cite=int(found["cite"]))
        else:
            yield from _web_runs(found["bold"], numbers, replace(style, bold=True))
    if text[at:]:
        yield replace(style, text=text[at:])
