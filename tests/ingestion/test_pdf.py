"""PDFs: passages that know their page, whole sentences, no running heads; what cannot be read is said."""

from __future__ import annotations

from pathlib import Path

from .made_files import LONG, pdf
from .reading import read, refused, shown

_TEXT = LONG.strip()


def test_each_passage_opens_its_page(tmp_path: Path) -> None:
    sheets = ["Hemresa", LONG], ["Biljetten köps av kommunen."], ["Avslag", "Beslutet kan överklagas."]
    document = read(tmp_path / "a.pdf", pdf(*sheets), "url: https://kommun.example/a.pdf#gammal\n")
    assert document.title == "Hemresa"
    assert shown(document) == [
        ("Hemresa – sida 1", _TEXT),
        ("Hemresa – sida 2", "Biljetten köps av kommunen."),
        ("Avslag – sida 3", "Beslutet kan överklagas."),
    ]
    assert [p.sources[0].url for p in document.passages] == [
        f"https://kommun.example/a.pdf#page={n}" for n in (1, 2, 3)
    ]


def test_without_an_address_the_heading_still_says_the_page(tmp_path: Path) -> None:
    (passage,) = read(tmp_path / "a.pdf", pdf([LONG])).passages
    assert (passage.heading, passage.sources[0].url) == ("Sida 1", "")


def test_a_sentence_that_runs_over_the_page_is_whole(tmp_path: Path) -> None:
    sheets = ["Rubrik", f"{LONG}Den som"], ["saknar pengar får hjälp. Nästa mening står för sig."]
    assert shown(read(tmp_path / "a.pdf", pdf(*sheets))) == [
        ("Rubrik – sida 1", f"{LONG}Den som saknar pengar får hjälp."),
        ("Rubrik – sida 2", "Nästa mening står för sig."),
    ]


def test_broken_words_are_mended_and_real_hyphens_kept(tmp_path: Path) -> None:
    data = pdf(["Rubrik", "Kommunen betalar bil-\njetten för EU-\nmedborgare i akut nöd."])
    assert shown(read(tmp_path / "a.pdf", data))[0][1] == "Kommunen betalar biljetten för EU-medborgare i akut nöd."


def test_paragraphs_are_parted_by_space_and_lines_of_one_are_joined(tmp_path: Path) -> None:
    document = read(tmp_path / "a.pdf", pdf(["Rubrik", LONG * 2, "Underrubrik", LONG]))
    assert shown(document) == [("Rubrik – sida 1", f"{_TEXT} {_TEXT}"), ("Underrubrik – sida 1", _TEXT)]


def test_what_stands_at_the_foot_of_every_page_is_left_out(tmp_path: Path) -> None:
    sheets = [["Rubrik", f"{LONG}Detta är blad {number}."] for number in range(4)]
    texts = [text for _, text in shown(read(tmp_path / "a.pdf", pdf(*sheets, foot=True)))]
    assert texts == [f"{LONG}Detta är blad {number}." for number in range(4)]


def test_a_table_of_contents_is_no_text(tmp_path: Path) -> None:
    sheets = ["Innehåll", "Inledning ............ 3"], ["Inledning", LONG]
    assert shown(read(tmp_path / "a.pdf", pdf(*sheets))) == [("Inledning – sida 2", _TEXT)]


def test_scanned_pages_are_said_to_be_missing(tmp_path: Path) -> None:
    document = read(tmp_path / "a.pdf", pdf([LONG], None, None, [LONG], None))
    assert document.summary == "Sidorna 2–3, 5 är inskannade bilder och ingår inte."
    assert all(document.summary in passage.validity.note for passage in document.passages)
    assert [passage.heading for passage in document.passages] == ["Sida 1", "Sida 4"]
    assert read(tmp_path / "b.pdf", pdf([LONG], None)).summary == "Sida 2 är en inskannad bild och ingår inte."


def test_what_cannot_be_read(tmp_path: Path) -> None:
    assert refused(tmp_path / "a.pdf", pdf(None, None)) == "scanned"
    assert refused(tmp_path / "a.pdf", pdf([])) == "no_text"
    assert refused(tmp_path / "a.pdf", pdf([LONG], owner="a", user="b")) == "encrypted"
    assert refused(tmp_path / "a.pdf", b"%PDF-1.7\nskrap") == "corrupt"
    assert read(tmp_path / "a.pdf", pdf([LONG], owner="a")).passages  # locked against printing only
