"""Word documents: headings, paragraphs, lists and tables in their order."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from docx.document import Document as WordDocument

from .made_files import LONG, archive, word
from .reading import read, refused, shown

_TEXT = LONG.strip()


def test_headings_lists_and_tables_in_their_order(tmp_path: Path) -> None:
    def fill(document: WordDocument) -> None:
        document.add_heading("Riktlinjer för bistånd", 0)
        document.add_paragraph("Kommunen ska")
        document.add_paragraph("pröva ansökan,", style="List Bullet")
        document.add_paragraph("skriva beslut.", style="List Bullet")
        document.add_heading("Belopp", 2)
        table = document.add_table(rows=0, cols=2)
        for row in (("Ålder", "Belopp"), ("0-6 år", "60 kr"), ("7-12 år", "80 kr")):
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
        document.add_paragraph(LONG)

    document = read(tmp_path / "a.docx", word(fill))
    assert document.title == "Riktlinjer för bistånd"
    assert shown(document) == [
        ("Riktlinjer för bistånd", "Kommunen ska pröva ansökan, skriva beslut."),
        ("Belopp", f"Ålder: 0-6 år, Belopp: 60 kr.\nÅlder: 7-12 år, Belopp: 80 kr.\n{_TEXT}"),
    ]


def test_title_and_date_that_the_file_holds_but_no_person(tmp_path: Path) -> None:
    def fill(document: WordDocument) -> None:
        document.add_paragraph(LONG)
        about = document.core_properties
        about.title, about.author, about.comments = "Rutin", "Anna Andersson", ""
        about.modified = dt.datetime(2024, 5, 6)

    source = read(tmp_path / "a.docx", word(fill)).passages[0].sources[0]
    assert (source.title, source.date, source.publisher) == ("Rutin", "2024-05-06", "Okänd utgivare")


def test_the_first_heading_is_the_title_where_there_is_no_other(tmp_path: Path) -> None:
    data = word(lambda document: (document.add_heading("Bistånd", 1), document.add_paragraph(LONG)))
    document = read(tmp_path / "a.docx", data)
    assert (document.title, shown(document)) == ("Bistånd", [("Bistånd", _TEXT)])
    assert document.passages[0].sources[0].date == "odaterad"  # not the day of the template


def test_what_cannot_be_read(tmp_path: Path) -> None:
    whole = word(lambda document: document.add_paragraph(LONG))
    assert refused(tmp_path / "a.docx", word(lambda _: None)) == "no_text"
    assert refused(tmp_path / "a.docx", whole[: len(whole) // 2]) == "corrupt"
    assert refused(tmp_path / "a.docx", archive({"[Content_Types].xml": b"<a", "word/document.xml": b""})) == "corrupt"
    damaged = whole.replace(b"word/styles.xml", b"word/stylesXxml")
    assert refused(tmp_path / "a.docx", damaged) == "corrupt"
