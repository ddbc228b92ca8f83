"""The lines of a PDF's pages with their places, by PDFium, and the paragraphs and headings that they make."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

import pypdfium2 as pdfium
import pypdfium2.raw as raw_pdfium

_BROKEN_WORD = re.compile(r"(\w?)\ufffe(\w?)")  # where PDFium found a hyphen at the end of a line
_NEXT_PARAGRAPH = 0.55  # of the height of a line: how far apart they are
_HEADING_SIZE, _LONGEST_HEADING = 1.12, 150  # times the size of the running text; characters
_EDGE, _ON_PAGES, _EDGE_SHARE = 0.1, 3, 0.3  # of the page's height; pages that repeat a line; and their share
LEAST_LETTERS = 20  # on a page; what a scanner stamps on one is less
_ITEM = re.compile(r"^(?:[•‣▪–*-]|\d+[.)]|[a-zåäö]\)) ")
_ENDED = (".", "!", "?", ":", "…", "”", '"')


@dataclass(frozen=True, slots=True)
class Line:
    text: str
    size: float
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page. One that shows a picture and has next to no letters is scanned."""

    number: int
    height: float
    lines: tuple[Line, ...]
    letters: int
    is_scanned: bool


@dataclass(frozen=True, slots=True)
class Block:
    text: str
    is_heading: bool


def sheets_of(document: pdfium.PdfDocument) -> Iterator[Sheet]:
    for number in range(len(document)):
        page = document[number]
        text_page = page.get_textpage()
        lines = tuple(_lines(text_page))
        letters = sum(sign.isalpha() for line in lines for sign in line.text)
        pictures = letters < LEAST_LETTERS and any(
            True for _ in page.get_objects(filter=[raw_pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3)
        )
        height = page.get_height()
        text_page.close()
        page.close()
        yield Sheet(number + 1, height, lines, letters, is_scanned=pictures)


def without_running_heads(sheets: Sequence[Sheet]) -> list[Sheet]:
    """Less what stands at the top or bottom of many pages: the document's name, "Sida 3 av 12"."""
    found: Counter[str] = Counter()
    size = size_of_text(sheets)
    for sheet in sheets:
        found.update({_shape(line, size) for line in sheet.lines if _is_on_edge(line, sheet)})
    least = max(_ON_PAGES, len(sheets) * _EDGE_SHARE)
    running = {shape for shape, count in found.items() if count >= least}
    return [replace(sheet, lines=tuple(_kept(sheet, running, size))) if running else sheet for sheet in sheets]


def size_of_text(sheets: Iterable[Sheet]) -> float:
    """The size of most characters."""
    sizes: Counter[float] = Counter()
    for sheet in sheets:
        for line in sheet.lines:
            sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def blocks_of(lines: Sequence[Line], size: float) -> list[Block]:
    """Lines joined to paragraphs, by the space between them."""
    blocks: list[Block] = []
    waiting: list[Line] = []
    for line in lines:
        if waiting and _parts(waiting[-1], line):
            blocks.append(_block(waiting, size))
            waiting = []
        waiting.append(line)
    if waiting:
        blocks.append(_block(waiting, size))
    return blocks


def _lines(page: pdfium.PdfTextPage) -> Iterator[Line]:
    text, at = page.get_text_range(), 0
    for piece in text.split("\r\n"):
        length = _units(piece)
        words = " ".join(_BROKEN_WORD.sub(_mended, piece).replace("\xad", "").split())
        if words:
            first, last = at + _units(piece[: len(piece) - len(piece.lstrip())]), at + length - 1
            index = raw_pdfium.FPDFText_GetCharIndexFromTextIndex(page, first)
            end = raw_pdfium.FPDFText_GetCharIndexFromTextIndex(page, last)
            top = page.get_charbox(max(index, 0), loose=True)[3]
            bottom = page.get_charbox(end if end >= 0 else max(index, 0), loose=True)[1]
            yield Line(words, raw_pdfium.FPDFText_GetFontSize(page, max(index, 0)), top, bottom)
        at += length + 2


def _units(text: str) -> int:
    """PDFium counts in UTF-16."""
    return len(text.encode("utf-16-le", errors="surrogatepass")) // 2


def _mended(match: re.Match[str]) -> str:
    """ "bil-|jetten" is one word; "EU-|medborgare" and "2024-|2025" keep their hyphen."""
    before, after = match[1], match[2]
    hyphen = "-" if before.isupper() or before.isdigit() or after.isupper() or after.isdigit() else ""
    return f"{before}{hyphen}{after}"


def _parts(line: Line, after: Line) -> bool:
    """Does a paragraph end between these two?"""
    height = max(line.top - line.bottom, 1.0) if line.top - line.bottom < 3 * line.size else line.size
    if abs(line.size - after.size) > 0.5 or _ITEM.match(after.text):
        return True
    if after.top > line.top:  # the next column: the paragraph goes on where no sentence has ended
        return line.text.endswith(_ENDED)
    return line.bottom - after.top > _NEXT_PARAGRAPH * height


def _block(lines: Sequence[Line], size: float) -> Block:
    text = " ".join(line.text for line in lines)
    large = median(line.size for line in lines) >= _HEADING_SIZE * size
    return Block(text, large and len(text) <= _LONGEST_HEADING and any(sign.isalpha() for sign in text))


def _is_on_edge(line: Line, sheet: Sheet) -> bool:
    return line.bottom > (1 - _EDGE) * sheet.height or line.top < _EDGE * sheet.height


def _kept(sheet: Sheet, running: set[str], size: float) -> Iterator[Line]:
    return (line for line in sheet.lines if not (_is_on_edge(line, sheet) and _shape(line, size) in running))


def _shape(line: Line, size: float) -> str:
    """ "Sida 3" is "Sida 4" again; "Bilaga 3" in the size of a heading is not."""
    return line.text if line.size >= _HEADING_SIZE * size else re.sub(r"\d+", "0", line.text)
