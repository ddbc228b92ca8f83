"""Markdown of running text -> sections with their headings."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .pages import Page, plain
from .sections import Section
from .statutes import Statute

_BOLD_LINE = re.compile(r"\*\*([^*]{2,100})\*\*:?")
_NOT_TITLE = re.compile(r"(?<=\S)Diarienummer:.*$")  # the site's heading runs on into it
_REMARK = re.compile(r"^(?:/[^/]{0,20}/\s*)+")
_CHAPTER = re.compile(r"^(\d+(?: ?[a-z])?) [Kk]ap\b\.?\s*(.*)$")
# A list's line that begins with a chapter ("7 kap. 23 §, eller"), which the statutes' Markdown takes for a heading.
_REFERENCE = re.compile(r"^\d+(?: ?[a-z])? [Kk]ap\b\.?\s*\d")
_SECTION = re.compile(r"^(\d+(?: ?[a-z])?) ?\s*§+\.?$")


def title_of(body: str) -> str:
    """The first heading of the first level."""
    match = re.search(r"^# +(.+)$", body, re.MULTILINE)
    return _NOT_TITLE.sub("", plain(match[1])).strip() if match else ""


def sections_of(body: str) -> list[Section]:
    """The text under each heading, less headings that have none and what is no running text."""
    page = Page()
    for block in _blocks(body):
        heading = _heading(block)
        if heading is None:
            page.add(block)
        else:
            page.turn_to(heading)
    return page.filled()


def sections_of_a_statute(body: str) -> list[Section]:
    """The same with the address of each section."""
    statute = Statute()
    for block in _blocks(body):
        heading = _heading(block)
        if heading is None or _REFERENCE.match(heading):
            statute.add(heading or block)
        else:
            _turn(statute, _REMARK.sub("", heading))
    return statute.filled()


def _turn(statute: Statute, heading: str) -> None:
    if section := _SECTION.match(heading):
        statute.turn_to_section(section[1])
    elif chapter := _CHAPTER.match(heading):
        statute.turn_to_chapter(chapter[1], chapter[2])
    else:
        statute.turn_to(heading)


def _blocks(body: str) -> Iterator[str]:
    """What is parted by empty lines; a heading is a block of its own."""
    for raw in re.split(r"\n\s*\n", body):
        waiting: list[str] = []
        for line in raw.strip().splitlines():
            if re.match(r"#{1,6} ", line):
                if waiting:
                    yield "\n".join(waiting)
                    waiting = []
                yield line
            else:
                waiting.append(line)
        if waiting:
            yield "\n".join(waiting)


def _heading(block: str) -> str | None:
    if match := re.match(r"(#{1,6}) +(.*)", block):
        return "" if len(match[1]) == 1 else plain(match[2])
    bold = _BOLD_LINE.fullmatch(block.strip())
    return plain(bold[1]).rstrip(":") if bold else None
