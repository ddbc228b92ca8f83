"""A PDF -> a document whose passages know their page: the address of each ends with "#page=3".

Read by PDFium, the reader of PDF in Chrome: it reads what browsers show.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

import pypdfium2 as pdfium
import pypdfium2.raw as raw_pdfium

from ...datatypes import Document
from ...errors import CorpusError
from ..files import RawFile
from ..sidecar import said_of
from .documents import document_of, name_of
from .origins import told
from .pages import Page
from .pdf_lines import LEAST_LETTERS, Block, Sheet, blocks_of, sheets_of, size_of_text, without_running_heads
from .sections import SENTENCE_END, Section

_OF_CONTENTS = re.compile(r"(?:\. ?){5,}")  # "Inledning ........ 3" in a table of contents
_DATE = re.compile(r"D:(\d{4})(\d\d)(\d\d)")
_FILE_NAME = re.compile(
    r"\.(?:docx?|indd|pptx?|xlsx?|pdf|qxp|rtf)$|^(?:Microsoft Word|untitled|namnlös)", re.IGNORECASE
)


def read(raw: RawFile) -> Document:
    """Raises CorpusError with the file's place and what is wrong."""
    try:
        document = pdfium.PdfDocument(raw.data)
        try:
            sheets = list(sheets_of(document))
            about = document.get_metadata_dict()
        finally:
            document.close()
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == raw_pdfium.FPDF_ERR_PASSWORD:
            raise CorpusError(raw.where, "is encrypted", "encrypted") from error
        raise CorpusError(raw.where, f"is damaged: {error}", "corrupt") from error
    scanned = [sheet.number for sheet in sheets if sheet.is_scanned]
    if not any(sheet.letters >= LEAST_LETTERS for sheet in sheets):
        code = "scanned" if scanned else "no_text"
        raise CorpusError(raw.where, "is of scanned pages only" if scanned else "holds no text", code)
    sheets = without_running_heads(sheets)
    sections = list(_sections(sheets))
    told_by_file = _of_the_file(about)
    heading = _largest_heading(sheets) or name_of(raw)
    return document_of(raw, told(told_by_file | said_of(raw), heading), sections, _remark(scanned))


def _sections(sheets: Sequence[Sheet]) -> Iterator[Section]:
    """One or more a page. A sentence that runs over a page is whole on the page where it begins."""
    size, heading = size_of_text(sheets), ""
    pages = _whole_sentences([(sheet.number, blocks_of(sheet.lines, size)) for sheet in sheets])
    for number, blocks in pages:
        page = Page()
        page.turn_to(heading)
        for block in blocks:
            if block.is_heading:
                heading = block.text
                page.turn_to(heading)
            elif not _OF_CONTENTS.search(block.text):
                page.add(block.text)
        for section in page.filled():
            section.place, section.fragment = f"sida {number}", f"page={number}"
            yield section


def _whole_sentences(pages: list[tuple[int, list[Block]]]) -> list[tuple[int, list[Block]]]:
    for (_, blocks), (_, after) in pairwise(pages):
        if not blocks or not after or blocks[-1].is_heading or after[0].is_heading:
            continue
        last, first = blocks[-1].text, after[0].text
        if last.endswith((".", "!", "?", ":", "…")) or not first[:1].islower():
            continue
        end = SENTENCE_END.search(first)
        blocks[-1] = Block(f"{last} {first[: end.start()] if end else first}", is_heading=False)
        after[0:1] = [Block(first[end.end() :], is_heading=False)] if end else []
    return pages


def _largest_heading(sheets: Sequence[Sheet]) -> str:
    """On the first page that has text: its largest line, where that is larger than the text."""
    size = size_of_text(sheets)
    first = next((sheet for sheet in sheets if sheet.lines), None)
    headings = [block for block in blocks_of(first.lines, size) if block.is_heading] if first else []
    largest = max((line.size for line in first.lines), default=0.0) if first else 0.0
    of_this_size = {line.text for line in first.lines if line.size >= largest - 0.5} if first else set()
    return next((block.text for block in headings if any(block.text.startswith(text) for text in of_this_size)), "")


def _of_the_file(about: dict[str, str]) -> dict[str, str]:
    """Title and date. Its author is a person, and no publisher; its title is often the name of another file."""
    said: dict[str, str] = {}
    title = about.get("Title", "").strip()
    if title and not _FILE_NAME.search(title):
        said["title"] = title
    if match := _DATE.match(about.get("ModDate") or about.get("CreationDate") or ""):
        said["date"] = "-".join(match.groups())
    return said


def _remark(scanned: Sequence[int]) -> str:
    if not scanned:
        return ""
    runs = [[number for _, number in run] for _, run in groupby(enumerate(scanned), lambda pair: pair[1] - pair[0])]
    spans = ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)
    if len(scanned) == 1:
        return f"Sida {spans} är en inskannad bild och ingår inte."
    return f"Sidorna {spans} är inskannade bilder och ingår inte."
