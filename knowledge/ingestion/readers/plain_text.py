"""A text file -> a document: a statute where it is built like one, otherwise paragraphs under headings."""

from __future__ import annotations

import re

from ...datatypes import Document
from ..files import RawFile
from ..sidecar import said_of
from .documents import document_of, name_of
from .origins import told
from .pages import LIST_ITEM, Page
from .statute_text import number_of, statute_of
from .texts import blocks_of, text_of

_LONGEST_TITLE, _LONGEST_HEADING = 150, 80
_SENTENCE = re.compile(r"[.:!?](?:\s|\Z)")
_LEAST_PARAGRAPH, _LEAST_WORDS = 150, 4  # characters; words of a title
# What sites put above the title and around it, in pages that were saved as text.
_NOTICE = re.compile(r"Innehållet publicerades under|Aktuella varnings|Statsråd på denna sida|(?:Hoppa t|T)ill inneh")
_AROUND_TITLE = re.compile(r"(?:Publicerad|Uppdaterad|Publiceringsdatum:|Senast uppdaterad:|Lyssna|Skriv ut|-|\s)+")


def read(raw: RawFile) -> Document:
    """Raises CorpusError with the file's place and what is wrong."""
    text, said = text_of(raw), said_of(raw)
    blocks = blocks_of(text)
    if number := number_of(blocks, said, raw.name):
        return statute_of(raw, number, blocks, said)
    title, blocks = _title([block for block in blocks if not _AROUND_TITLE.fullmatch(block)])
    origin = told(said, title or name_of(raw))
    page = Page()
    for block, after in zip(blocks, [*blocks[1:], ""], strict=True):
        if _is_heading(block, after):
            page.turn_to(" ".join(block.split()))
        else:
            page.add(block.strip())
    return document_of(raw, origin, page.filled())


def _title(blocks: list[str]) -> tuple[str, list[str]]:
    """The first block, where it is one line that is no sentence and something follows."""
    first = blocks[0].strip() if blocks else ""
    if _NOTICE.match(first):
        return _title_below_notices(blocks)
    if len(blocks) < 2 or not _is_line(first):
        return "", blocks
    return first, blocks[1:]


def _title_below_notices(blocks: list[str]) -> tuple[str, list[str]]:
    """The longer of the last two lines above the first paragraph: a caption may stand between."""
    text = next((n for n, block in enumerate(blocks) if len(block) >= _LEAST_PARAGRAPH and block.endswith(".")), 0)
    lines = [
        number
        for number, block in enumerate(blocks[:text])
        if _is_line(block) and len(block.split()) >= _LEAST_WORDS and not _NOTICE.match(block)
    ]
    if not lines:
        return "", blocks
    at = max(lines[-2:], key=lambda n: len(blocks[n]))
    return blocks[at].strip(), blocks[at + 1 :]


def _is_line(block: str) -> bool:
    return "\n" not in block and len(block) <= _LONGEST_TITLE and not block.endswith((".", ":", ";", ","))


def _is_heading(block: str, after: str) -> bool:
    """A short line that is no sentence, above a text that is one."""
    block, after = block.strip(), after.strip()
    if "\n" in block or len(block) > _LONGEST_HEADING or not block[:1].isupper() or LIST_ITEM.match(after):
        return False
    return (
        not block.endswith((".", ":", ";", ",", "!", "…", ")"))
        and len(after) > len(block)
        and bool(_SENTENCE.search(after))
    )
