"""Text to Slack's mrkdwn and back: nothing that an answer says becomes markup, a mention or an emoji by accident."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ...presentation.markup import spans

# Invisible. On both sides of a sign it keeps Slack from seeing markup, whether Slack takes it for a letter or a blank.
BREAK = "\u2060"
# Invisible, and the end of a word for Slack: markup may begin or end beside it.
EDGE = "\u200b"

_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
# Slack takes these for markup at the edge of a word alone: an address like for_efter@kommun.se stays as it is.
_PAIRED = re.compile(r"(?<![^\W_])[*_~`]|[*_~`](?![^\W_])")
_EMOJI = re.compile(r":(?=[a-z0-9_+'-]+:)")
_QUOTE = re.compile(r"^(?=&gt;)", re.MULTILINE)
_SLACK_LINK = re.compile(r"<([^<>|]*)(?:\|([^<>]*))?>")
_GAPS = re.compile(r"[ \t]{2,}")


def escape(text: str) -> str:
    """The text, to be shown as it is."""
    escaped = "".join(_ENTITIES.get(sign, sign) for sign in text)
    escaped = _PAIRED.sub(rf"{BREAK}\g<0>{BREAK}", escaped)
    escaped = _EMOJI.sub(f":{BREAK}", escaped)
    return _QUOTE.sub(BREAK, escaped)


def link(address: str, label: str) -> str:
    """A link; the label alone where there is no address."""
    if not address:
        return escape(label)
    target = address.replace("&", "&amp;").replace("|", "%7C").replace("<", "%3C").replace(">", "%3E")
    return f"<{target.replace(' ', '%20')}|{escape(label).replace('|', '¦')}>"


def answer_text(text: str, addresses: Mapping[int, str]) -> str:
    """An answer's text: `**…**` becomes bold, `[n]` a link to source n. Line by line: Slack's bold ends with a line."""
    return "\n".join(_line(line, addresses) for line in _bold_by_line(text).split("\n"))


def quoted(text: str) -> str:
    """Marked-up lines as a quotation."""
    return "\n".join(f">{line}" for line in text.split("\n"))


def _bold_by_line(text: str) -> str:
    return re.sub(r"\*\*(.+?)\*\*", lambda found: found[0].replace("\n", "**\n**"), text, flags=re.DOTALL)


def _line(line: str, addresses: Mapping[int, str]) -> str:
    written, bold = "", False
    for span in spans(line, addresses):
        if span.bold != bold:
            written, bold = _turned(written, span.bold, span.text), span.bold
        written += link(addresses[span.n], span.text) if span.n is not None else escape(span.text)
    return f"{written}*" if bold else written


def _turned(written: str, bold: bool, following: str) -> str:
    """A star turns bold on or off only between a word and something else."""
    if bold:
        return f"{written}{EDGE if written[-1:].isalnum() else ''}*"
    return f"{written}*{EDGE if following[:1].isalnum() else ''}"


def written(text: str, bot_user: str) -> str:
    """What a person wrote, without Slack's markup: mentions go (they name people), links keep their words."""
    plain = _SLACK_LINK.sub(lambda found: _unlinked(found, bot_user), text)
    for sign, entity in reversed(_ENTITIES.items()):
        plain = plain.replace(entity, sign)
    return _GAPS.sub(" ", plain.replace(BREAK, "").replace(EDGE, "")).strip()


def _unlinked(found: re.Match[str], bot_user: str) -> str:
    target, label = found[1], found[2] or ""
    if target.startswith("@"):
        return "" if target[1:] == bot_user else "…"
    if target.startswith("!"):
        return label.lstrip("@")
    if target.startswith("#"):
        return f"#{label}" if label else ""
    return label or target.removeprefix("mailto:").removeprefix("tel:")
