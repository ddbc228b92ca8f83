"""Text files: title, headings, paragraphs; pages that were saved as text."""

from __future__ import annotations

from pathlib import Path

from knowledge.datatypes import ValidityStatus

from .made_files import LONG, NOTE
from .reading import read, refused, shown

_TEXT = LONG.strip()


def test_a_title_headings_and_lines_that_belong_together(tmp_path: Path) -> None:
    text = f"{NOTE}\n\nAnsökan ska\n\n  • vara skriftlig,\n  • ha ett datum."
    document = read(tmp_path / "a.txt", text)
    assert document.title == "Hemresor i länet"
    assert shown(document) == [
        ("Hemresor i länet", _TEXT),
        ("Så söker man", f"Ansökan görs hos socialtjänsten. {_TEXT}\nAnsökan ska vara skriftlig, ha ett datum."),
    ]


def test_the_title_below_the_notices_of_a_site(tmp_path: Path) -> None:
    notice = "Innehållet publicerades under perioden 2014 till 2019"
    text = f"{notice}\n\nPublicerad\n\nUppdrag om samordning för kommuner\n\n-\n\n{LONG * 2}"
    document = read(tmp_path / "a.txt", text)
    assert (document.title, shown(document)[0][0]) == ("Uppdrag om samordning för kommuner",) * 2


def test_a_text_without_a_title_is_called_by_its_name(tmp_path: Path) -> None:
    document = read(tmp_path / "rutin_om-hemresa.txt", "En enda mening om hemresor.")
    assert document.title == "rutin om hemresa"
    assert document.passages[0].validity.status is ValidityStatus.UNCERTAIN


def test_what_cannot_be_read(tmp_path: Path) -> None:
    assert refused(tmp_path / "a.txt", " \n") == "empty"
    assert refused(tmp_path / "a.txt", "Ansökan".encode("latin-1")) == "not_utf8"
    assert refused(tmp_path / "a.txt", "Ansökan".encode("utf-16")) == "not_utf8"
    assert refused(tmp_path / "a.txt", b"a\x00b") == "binary"
