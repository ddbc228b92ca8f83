"""What kind a file is, by its content; what is refused before any parser sees it."""

from __future__ import annotations

import contextlib
import time
from pathlib import Path

import pytest

from knowledge.errors import CorpusError
from knowledge.ingestion.files import from_address
from knowledge.ingestion.kinds import Kind, kind_of

from . import made_files
from .made_files import LONG, PAGE, archive, pdf, word
from .reading import read, refused


def test_every_broken_file_has_its_code(tmp_path: Path) -> None:
    for file, code in made_files.broken(tmp_path / "in").items():
        assert refused(file, file.read_bytes()) == code, file.name


def test_every_whole_file_is_read(tmp_path: Path) -> None:
    for file in made_files.good(tmp_path / "in"):
        assert read(file, file.read_bytes()).passages


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("a.doc", "mislabelled_pdf"),
        ("a.md", "mislabelled_pdf"),
        ("a", "mislabelled_pdf"),
        ("a.html", "mislabelled_pdf"),
    ],
)
def test_a_pdf_by_another_name_is_refused(tmp_path: Path, name: str, code: str) -> None:
    assert refused(tmp_path / name, pdf([LONG])) == code


_TOO_LONG_S = 20


@pytest.mark.timeout(120)
@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.txt", "x" * 2_000_000),
        ("a.txt", "\n \n" * 300_000 + "a"),
        ("a.txt", "Rubrik\n\n" * 50_000),
        ("a-2022-1.txt", "1 § a\n\n" * 20_000),
        ("a-2022-1.txt", "/x/" * 50_000 + "\n\n" + "1 § a\n\n" * 3),
        ("a-2022-1.txt", "1 § " + "/I:" * 100_000 + "\n\n" + "1 § a\n\n" * 3),
        ("a.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\n" + "<" * 300_000),
        ("a.vtt", "WEBVTT\n\n" + ("00:01.000 --> 00:02.000\n" + "a\n" * 20_000 + "\n") * 2),
        ("a.srt", "1\n00:00:01,000 --> 00:00:02,000\n" + "{\\" * 200_000),
        ("a.html", "<html>" + "<div>" * 20_000 + "text " * 100),
        ("a.html", "<html><!--" + "<!-- --> " * 50_000),
        ("a.html", "<!-- -->" * 400 + "x"),
        ("a.html", "<html><p>" + "| a " * 50_000),
    ],
    ids=lambda text: text[:12].strip(),
)
def test_no_text_takes_long(tmp_path: Path, name: str, text: str) -> None:
    began = time.process_time()
    with contextlib.suppress(CorpusError):
        read(tmp_path / name, text)
    assert time.process_time() - began < _TOO_LONG_S


def test_rich_text_and_open_document_are_refused(tmp_path: Path) -> None:
    assert refused(tmp_path / "a.rtf", b"{\\rtf1 text}") == "other_office"
    assert (
        refused(tmp_path / "a.odt", archive({"mimetype": b"application/vnd.oasis.opendocument.text"})) == "other_office"
    )
    assert refused(tmp_path / "LICENSE", "Text utan ändelse.") == "unknown"


def test_a_file_that_unpacks_to_too_much_is_never_unpacked(tmp_path: Path) -> None:
    many = archive({f"word/{number}.xml": b"" for number in range(6000)} | {"word/document.xml": b"<a/>"})
    assert refused(tmp_path / "a.docx", many) == "bomb"
    assert (
        refused(tmp_path / "a.docx", archive({"word/document.xml": b"<a/>", "word/media/x.png": bytes(30 << 20)}))
        == "bomb"
    )


def test_an_address_need_not_say_what_it_gives() -> None:
    for data, content_type, kind in (
        (pdf([LONG]), "application/octet-stream", Kind.PDF),
        (word(lambda document: document.add_paragraph(LONG)), "", Kind.DOCX),
        (PAGE.encode(), "text/html", Kind.HTML),
        (LONG.encode(), "text/plain", Kind.TEXT),
    ):
        assert kind_of(from_address("https://kommun.example/hamta?id=3", data, content_type)) is kind
    with pytest.raises(CorpusError):
        kind_of(from_address("https://kommun.example/bild.png", b"\x89PNG\r\n\x1a\n", "image/png"))
