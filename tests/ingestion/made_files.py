"""Files of every kind, made with the libraries that people's programs use: twenty that are read, and broken ones.

Each broken one is named with the code of its refusal.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
from docx.oxml.ns import qn
from fpdf import FPDF
from PIL import Image

ADDRESS = "https://kommun.example"
LONG = "Kommunen har det yttersta ansvaret för att den som vistas i kommunen får den hjälp som hon eller han behöver. "
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)

STATUTE = """1 kap. Inledande bestämmelser

Lagens innehåll

1 § Denna lag innehåller bestämmelser om hemresor för den
som är 17-
19 år.

2 § /Upphör att gälla U:2026-01-15/
Kommunen får betala resan.

2 § /Träder i kraft I:2026-01-15/
Kommunen ska betala resan om

1. den enskilde saknar egna medel, och

2. resan är skälig. Lag (2025:901).

/Rubriken träder i kraft I:2026-01-15/
Avgifter

3 § /Träder i kraft I:2026-01-15/
Ingen avgift får tas ut. Lag (2025:901).

AVDELNING II. FÖRFARANDET

2 kap. Överklagande

1 § Beslut enligt 1 kap. 2 § får överklagas. I 1 kap. 3 § finns
bestämmelser om avgifter.

Övergångsbestämmelser

2025:300

1. Denna lag träder i kraft den 1 juli 2025.

2. Genom lagen upphävs lagen (1999:100) om hemresor.

2025:901

Denna lag träder i kraft den 15 januari 2026.
"""

PAGE = """<html lang="sv"><head><meta charset="{charset}"><title>Hemresa - Kommunen</title>
<meta property="og:site_name" content="Kommunen"><meta property="article:published_time" content="2024-03-05">
<link rel="canonical" href="https://kommun.example/hemresa"></head><body>
<nav><ul><li><a href="/">Hem</a></li><li><a href="/om">Om kommunen</a></li></ul></nav>
<div class="cookie-banner"><p>Vi använder kakor på webbplatsen. Läs om kakor.</p><button>Godkänn</button></div>
<main><article><h1>Hemresa för EU-medborgare</h1>
<p>Kommunen kan betala biljetten hem efter en prövning i varje enskilt fall. Ansökan görs hos socialtjänsten.</p>
<h2>Vad resan får kosta</h2><p>Resan ska ske på det billigaste skäliga sättet, oftast med buss eller tåg.</p>
<table><tr><th>Ålder</th><th>Belopp</th></tr><tr><td>Barn</td><td>Halv biljett</td></tr></table>
</article></main><footer><p>Besöksadress: Storgatan 1</p></footer></body></html>"""

VTT = (
    """WEBVTT - Föredrag om uppehållsrätt

NOTE granskad

1
00:00:01.000 --> 00:00:04.000
<v Talare>Hej och välkomna. Idag talar vi

00:00:04.000 --> 00:00:09.500
om <b>uppehållsrätt</b> för EU-medborgare.

01:02:05.000 --> 01:02:09.000
"""
    + "Den som är arbetssökande har uppehållsrätt. " * 10
)

SRT = (
    "1\n00:01:35,250 --> 00:01:39,000\nHär börjar föredraget om människohandel.\n\n"
    "2\n00:01:40,000 --> 00:01:44,000\n{}\n"
)


NOTE = f"Hemresor i länet\n\n{LONG}\n\nSå söker man\n\nAnsökan görs hos\nsocialtjänsten. {LONG}"

ROLLING = "WEBVTT\n\n00:01.000 --> 00:02.000\nHej alla\n\n00:02.000 --> 00:03.000\nHej alla\nsom lyssnar.\n"


def good(folder: Path) -> list[Path]:
    """Twenty files, three of them with a sidecar that names their address."""
    folder.mkdir(parents=True)
    made = {
        "riktlinjer.pdf": pdf(
            ["Riktlinjer för hemresa", LONG], ["Avslag", "Beslutet kan överklagas."], ["Bilaga 3", LONG], foot=True
        ),
        "avstavat.pdf": pdf(
            ["Hemresa", "Kommunen betalar bil-\njetten för EU-\nmedborgare i akut nöd efter prövning."]
        ),
        "mening.pdf": pdf(["Rubrik", f"{LONG}Den som"], ["saknar pengar får hjälp. Nästa mening står för sig."]),
        "delvis.pdf": pdf(["Rubrik", LONG], None, None, ["Här finns text igen, på den fjärde sidan."]),
        "utskrift.pdf": pdf([LONG], owner="agaren"),
        "rubriker.docx": word(lambda d: (d.add_heading("Bistånd", 1), d.add_paragraph(LONG), d.add_heading("Barn", 2))),
        "tabell.docx": word(_table),
        "lista.docx": word(_list),
        "enkel.docx": word(lambda d: (d.add_paragraph("Bara ett stycke om stöd till den som söker."),)),
        "sida.html": PAGE.format(charset="utf-8").encode(),
        "gammal.htm": PAGE.format(charset="iso-8859-1").encode("latin-1"),
        "ren.xhtml": ('<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>' + PAGE.format(charset="utf-8"))
        .replace("https://kommun.example/hemresa", "https://kommun.example/xhtml")
        .encode(),
        "naken.html": f"<!-- sparad --><html><body><h1>Stöd</h1><p>{LONG}</p><p>{LONG}</p></body></html>".encode(),
        "foredrag.vtt": VTT.encode(),
        "rullande.vtt": ROLLING.encode(),
        "talare.srt": SRT.format("Polisen tar emot tips.").encode(),
        "med-mark.srt": b"\xef\xbb\xbf" + SRT.format("<i>Ring 112</i> i akut fara.").replace("\n", "\r\n").encode(),
        "anteckning.txt": NOTE.encode(),
        "windows.txt": b"\xef\xbb\xbf" + "Stöd till kommuner\r\n\r\nRegionen betalar vården.\r\n".encode(),
        "lag-2025-300.txt": STATUTE.encode(),
    }
    made["gammal.htm"] = made["gammal.htm"].replace(b"kommun.example/hemresa", b"kommun.example/gammal")
    for name, data in made.items():
        (folder / name).write_bytes(data)
    for name in ("riktlinjer.pdf", "foredrag.vtt", "talare.srt"):
        said = f"title: Om {name}\nurl: {ADDRESS}/{name}\npublisher: Kommunen\ndate: 2024-05\ntopics: [hemresa]\n"
        (folder / f"{name}.yml").write_text(said, encoding="utf-8")
    return [folder / name for name in made]


def broken(folder: Path) -> dict[Path, str]:
    """Each file with the code of its refusal; one stands in the folder for its sidecar."""
    folder.mkdir(parents=True)
    whole = pdf([LONG])
    made = {
        "gammal.doc": (OLE + "WordDocument".encode("utf-16-le"), "old_office"),
        "gammal.ppt": (OLE + "PowerPoint Document".encode("utf-16-le"), "old_office"),
        "bilder.pptx": (archive({"[Content_Types].xml": b"<a/>", "ppt/presentation.xml": b"<a/>"}), "other_office"),
        "tabell.xlsx": (archive({"[Content_Types].xml": b"<a/>", "xl/workbook.xml": b"<a/>"}), "other_office"),
        "last.pdf": (pdf([LONG], owner="agaren", user="hemligt"), "encrypted"),
        "last.docx": (OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        "tom.pdf": (b"", "empty"),
        "blank.txt": (b" \n\n\t\n", "empty"),
        "skadad.pdf": (b"%PDF-1.7\n" + bytes(range(256)) * 20, "corrupt"),
        "skadad.docx": (word(lambda d: d.add_paragraph(LONG))[:-400], "corrupt"),
        "utan-text.docx": (archive({"[Content_Types].xml": b"<a/>", "word/document.xml": b"<a>"}), "corrupt"),
        "egentligen-pdf.docx": (whole, "mislabelled_pdf"),
        "egentligen-word.pdf": (word(lambda d: d.add_paragraph(LONG)), "mislabelled_docx"),
        "egentligen-webb.txt": (PAGE.encode(), "mislabelled_html"),
        "egentligen-text.pdf": (LONG.encode(), "mislabelled_text"),
        "stor.txt": (b"Text om stod.\n" * 1_600_000, "too_large"),
        "bomb.docx": (archive({"word/document.xml": bytes(30 << 20)}), "bomb"),
        "meny.html": (
            b'<html><body><nav><a href="/a">Hem</a> <a href="/b">Kontakt</a></nav></body></html>',
            "no_content",
        ),
        "inskannad.pdf": (pdf(None, None), "scanned"),
        "tom-sida.pdf": (pdf([]), "no_text"),
        "tom.vtt": (b"WEBVTT\n\n", "no_text"),
        "latin.txt": ("Ansökan på svenska\n".encode("latin-1"), "not_utf8"),
        "unicode.txt": ("Ansökan".encode("utf-16"), "not_utf8"),
        "data.txt": (b"abc\x00\x01\x02", "binary"),
        "okand.bin": (bytes(range(256)), "unknown"),
        "bild.png": (b"\x89PNG\r\n\x1a\n" + bytes(64), "unknown"),
        "samling.zip": (archive({"a.txt": b"a"}), "archive"),
        "sagd.txt": (LONG.encode(), "sidecar"),
    }
    for name, (data, _) in made.items():
        (folder / name).write_bytes(data)
    (folder / "sagd.txt.yml").write_text("titel: Felstavad nyckel\n", encoding="utf-8")
    return {folder / name: code for name, (_, code) in made.items()}


def pdf(*sheets: list[str] | None, foot: bool = False, owner: str = "", user: str = "") -> bytes:
    """Each sheet is heading and paragraphs in turn, one paragraph alone, or None: a picture, as of a scanner."""
    made = FPDF()
    made.set_auto_page_break(auto=False)
    if owner:
        made.set_encryption(owner_password=owner, user_password=user)
    for texts in sheets:
        made.add_page()
        if texts is None:
            made.image(Image.new("RGB", (200, 200), "white"), w=150)
            continue
        for number, text in enumerate(texts):
            heading = len(texts) > 1 and number % 2 == 0
            made.set_font("helvetica", size=18 if heading else 11)
            made.multi_cell(0, 10 if heading else 6, text)
            made.ln(5)
        if foot:
            made.set_font("helvetica", size=8)
            made.set_y(-15)
            made.cell(text=f"Kommunen, sida {made.page_no()} av {len(sheets)}")
    return bytes(made.output())


def word(fill: Callable[[docx.document.Document], object]) -> bytes:
    document = docx.Document()
    fill(document)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def archive(files: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in files.items():
            made.writestr(name, data)
    return file.getvalue()


def _table(document: docx.document.Document) -> None:
    document.add_heading("Norm för matpengar", 0)
    document.add_paragraph("Beloppen gäller per dag.")
    rows = (("Ålder", "Belopp"), ("0-6 år", "60 kr"), ("7-12 år", "80 kr"))
    table = document.add_table(rows=0, cols=2)
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text


def _list(document: docx.document.Document) -> None:
    document.add_paragraph("Kommunen ska")
    for text in ("pröva ansökan,", "skriva ett beslut."):
        document.add_paragraph(text, style="List Bullet")
    numbered = document.add_paragraph("Överklagan")
    numbered.style.element.set(qn("w:customStyle"), "1")
