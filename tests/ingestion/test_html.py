"""Web pages: the main content and what the page says of itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.ingestion import reading
from knowledge.ingestion.files import from_address

from .made_files import LONG, PAGE
from .reading import read, refused, shown

_SHOWN = [
    (
        "Hemresa för EU-medborgare",
        "Kommunen kan betala biljetten hem efter en prövning i varje enskilt fall. Ansökan görs hos socialtjänsten.",
    ),
    (
        "Vad resan får kosta",
        "Resan ska ske på det billigaste skäliga sättet, oftast med buss eller tåg.\n"
        "Ålder: Barn, Belopp: Halv biljett.",
    ),
]


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "windows-1252"])
def test_the_main_content_in_the_encoding_that_the_page_declares(tmp_path: Path, charset: str) -> None:
    document = read(tmp_path / "a.html", PAGE.format(charset=charset).encode(charset))
    assert shown(document) == _SHOWN
    source = document.passages[0].sources[0]
    assert (source.title, source.publisher, source.date) == ("Hemresa för EU-medborgare", "Kommunen", "2024-03-05")
    assert source.url == "https://kommun.example/hemresa"


def test_what_is_said_beside_the_page_goes_before_what_it_says(tmp_path: Path) -> None:
    said = "title: Resor\npublisher: Regionen\ndate: 2025-02-03\ntopics: hemresa, barn-ansvar\n"
    document = read(tmp_path / "a.html", PAGE.format(charset="utf-8"), said)
    source = document.passages[0].sources[0]
    assert (source.title, source.publisher, source.published) == ("Resor", "Regionen", "2025-02-03")
    assert document.topics == ("hemresa", "barn-ansvar")


def test_a_page_that_came_from_an_address_has_that_address() -> None:
    data = PAGE.format(charset="").encode("latin-1")
    raw = from_address("https://k.example/x?id=1", data, "text/html; charset=ISO-8859-1", {"retrieved": "2026-11-20"})
    document = reading.read(raw)
    assert shown(document) == _SHOWN
    assert document.passages[0].sources[0].url == "https://k.example/x?id=1"
    assert document.passages[0].validity.note == "Texten hämtades 2026-11-20."


def test_the_same_page_on_another_day_is_the_same() -> None:
    one, other, changed = (
        from_address("https://k.example/x", data, "text/html", {"retrieved": day})
        for data, day in ((b"<html>a", "2026-11-20"), (b"<html>a", "2026-11-21"), (b"<html>b", "2026-11-21"))
    )
    assert one.content_hash == other.content_hash != changed.content_hash


def test_a_page_without_running_text_or_known_encoding_is_refused(tmp_path: Path) -> None:
    menu = '<html><body><nav><a href="/a">Hem</a></nav><script>render()</script><div id="app"></div></body></html>'
    assert refused(tmp_path / "a.html", menu) == "no_content"
    assert refused(tmp_path / "a.html", f"<html><p>{LONG}åäö</p></html>".encode("latin-1")) == "not_utf8"
    assert refused(tmp_path / "a.html", f'<html><meta charset="påhittad">{LONG}å'.encode("latin-1")) == "not_utf8"
