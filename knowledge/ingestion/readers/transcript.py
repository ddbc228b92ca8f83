"""What was said in a recorded talk (WebVTT, SRT) -> passages with the time at which they begin."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pysubs2

from ...datatypes import Document
from ...errors import CorpusError
from ..files import RawFile
from ..sidecar import said_of
from .documents import document_of, name_of
from .origins import told
from .sections import LONGEST, Section
from .texts import text_of

_LEAST = 300  # characters of a passage before it may end with a sentence: about twenty seconds of speech
_LONGEST_PAUSE = 30_000  # milliseconds within a passage
_ON_SCREEN = 4  # lines that a cue rolls on
_HEADER = re.compile(r"WEBVTT[ \t]+-?[ \t]*(\S[^\n]*)")
_TAG = re.compile(r"<[^<>\n]{0,200}>|\{\\[^{}\n]{0,200}\}")
_END = (".", "?", "!", "…")


def read(raw: RawFile) -> Document:
    """Raises CorpusError with the file's place and what is wrong."""
    text = text_of(raw)
    webvtt = text.startswith("WEBVTT")
    try:
        cues = pysubs2.SSAFile.from_string(text, format_="vtt" if webvtt else "srt")
    except (pysubs2.exceptions.Pysubs2Error, ValueError) as error:
        raise CorpusError(raw.where, f"is damaged: {error}", "corrupt") from error
    if not cues.events:
        raise CorpusError(raw.where, "holds no cues", "no_text" if webvtt else "corrupt")
    sections = list(_sections(cues))
    if not sections:
        raise CorpusError(raw.where, "holds no words", "no_text")
    named = _HEADER.match(text) if webvtt else None
    heading = named[1].strip() if named else name_of(raw)
    return document_of(raw, told(said_of(raw), heading), sections)


def _sections(cues: pysubs2.SSAFile) -> Iterator[Section]:
    """Cues joined until a sentence ends, since a cue is what fits on a screen."""
    said, begins, ends, earlier = "", 0, 0, ""
    for cue in sorted(cues.events, key=lambda event: event.start):
        words = _words(cue.text, earlier)
        earlier = cue.text
        if not words:
            continue
        if said and (len(said) + 1 + len(words) > LONGEST or cue.start - ends > _LONGEST_PAUSE):
            yield _section(said, begins, ends)
            said = ""
        begins = cue.start if not said else begins
        said, ends = f"{said} {words}".strip(), max(cue.end, cue.start)
        if len(said) >= _LEAST and said.endswith(_END):
            yield _section(said, begins, ends)
            said = ""
    if said:
        yield _section(said, begins, ends)


def _words(text: str, earlier: str) -> str:
    """Without tags, among them who speaks, and without lines that roll on from the cue before."""
    lines, shown = _lines(text), _lines(earlier)
    rolled = max((n for n in range(1, min(len(lines), _ON_SCREEN) + 1) if lines[:n] == shown[-n:]), default=0)
    return " ".join(lines[rolled:])


def _lines(text: str) -> list[str]:
    lines = (" ".join(_TAG.sub("", line).split()) for line in text.replace("\\N", "\n").split("\n"))
    return [line for line in lines if line]


def _section(said: str, begins: int, ends: int) -> Section:
    place = f"{_clock(begins)}–{_clock(ends)}"
    return Section("", paragraphs=[said], place=place, fragment=f"t={begins // 1000}")


def _clock(milliseconds: int) -> str:
    """ "1:05", "1:02:05": minutes and seconds, with the hours where there are any."""
    minutes, seconds = divmod(milliseconds // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
