"""The plain text of a statute: a passage for each section and wording, with the days between which it holds."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from knowledge.datatypes import ValidityStatus
from knowledge.ingestion import reading
from knowledge.ingestion.files import read_bytes

from .made_files import STATUTE
from .reading import read

_SOCIAL_SERVICES_ACT = Path(__file__).parents[3] / "shared" / "corpora" / "socialtjanstlag-2025-400.txt"
_JULY, _DAY_BEFORE, _NEW = dt.date(2025, 7, 1), dt.date(2026, 1, 14), dt.date(2026, 1, 15)


def test_each_section_and_wording_is_a_passage_with_its_days(tmp_path: Path) -> None:
    document = read(tmp_path / "lag.txt", STATUTE)
    assert document.id == "sfs-2025-300"
    assert [(p.id.partition("/")[2], p.validity.valid_from, p.validity.valid_to) for p in document.passages] == [
        ("1-kap-1", _JULY, None),
        ("1-kap-2", _JULY, _DAY_BEFORE),
        ("1-kap-2-fran-2026-01-15", _NEW, None),
        ("1-kap-3-fran-2026-01-15", _NEW, None),
        ("2-kap-1", _JULY, None),
        ("overgangsbestammelser-2025-300", _JULY, None),
        ("overgangsbestammelser-2025-901", _NEW, None),
    ]
    assert {p.validity.status for p in document.passages} == {ValidityStatus.CURRENT}
    assert document.passages[1].validity.note.startswith("Lydelsen upphör att gälla 2026-01-15.")


def test_headings_marks_and_broken_lines_are_no_part_of_the_text(tmp_path: Path) -> None:
    first, old, new, fees, appeal, *_ = read(tmp_path / "lag.txt", STATUTE.replace("\n", "\r\n")).passages
    assert (first.heading, first.laws) == ("1 kap. 1 § – Lagens innehåll", ("1 kap. 1 § Författning (2025:300)",))
    assert first.text == "Denna lag innehåller bestämmelser om hemresor för den som är 17-19 år."
    assert old.text == "Kommunen får betala resan."
    assert new.text == "Kommunen ska betala resan om 1. den enskilde saknar egna medel, och 2. resan är skälig."
    assert fees.heading == "1 kap. 3 § – Avgifter"
    assert appeal.heading == "2 kap. 1 § – Överklagande"
    assert appeal.text.endswith("I 1 kap. 3 § finns bestämmelser om avgifter.")


def test_transitional_provisions_say_what_they_belong_to(tmp_path: Path) -> None:
    *_, own, amending = read(tmp_path / "lag.txt", STATUTE).passages
    assert own.heading == "Övergångsbestämmelser till SFS 2025:300"
    assert own.text.endswith("2. Genom lagen upphävs lagen (1999:100) om hemresor.")
    assert (amending.heading, amending.laws) == ("Övergångsbestämmelser till SFS 2025:901", ())


def test_the_sidecar_names_the_statute(tmp_path: Path) -> None:
    text = STATUTE.partition("Övergångsbestämmelser")[0]
    said = "title: Lag (2024:77) om hemresor\nurl: https://lag.example/77\nvalid_from: 2024-02-01\n"
    document = read(tmp_path / "hemresor.txt", text, said)
    assert (document.id, document.title) == ("sfs-2024-77", "Lag (2024:77) om hemresor")
    first = document.passages[0]
    assert (first.sources[0].url, first.validity.valid_from) == ("https://lag.example/77", dt.date(2024, 2, 1))
    assert first.laws == ("1 kap. 1 § Lag (2024:77) om hemresor",)


def test_a_wording_without_a_day_is_not_in_force(tmp_path: Path) -> None:
    text = STATUTE.replace(
        "Träder i kraft I:2026-01-15/\nIngen", "Träder i kraft I:den dag regeringen bestämmer/\nIngen"
    )
    coming = next(p for p in read(tmp_path / "lag.txt", text).passages if p.text.startswith("Ingen"))
    assert coming.validity.status is ValidityStatus.PROPOSED
    assert "regeringen bestämmer dagen" in coming.validity.note


def test_a_text_that_quotes_sections_is_no_statute(tmp_path: Path) -> None:
    text = "Minnesanteckning\n\n1 § gäller alla.\n\n2 § gäller några.\n\n3 § gäller ingen."
    assert not read(tmp_path / "minne.txt", text).id.startswith("sfs-")


@pytest.mark.skipif(not _SOCIAL_SERVICES_ACT.is_file(), reason="the text is not here")
def test_the_new_social_services_act() -> None:
    document = reading.read(read_bytes(_SOCIAL_SERVICES_ACT))
    assert (document.id, document.title) == ("sfs-2025-400", "Socialtjänstlag (2025:400)")
    by_id = {passage.id.partition("/")[2]: passage for passage in document.passages}
    duty, duty_now = by_id["19-kap-1"], by_id["19-kap-1-fran-2026-01-15"]
    assert duty.heading.startswith("19 kap. 1 § – Skyldighet att anmäla oro för ett barn")
    assert (duty.validity.valid_from, duty.validity.valid_to) == (_JULY, _DAY_BEFORE)
    assert (duty_now.validity.valid_from, duty_now.validity.valid_to) == (_NEW, None)
    sections = {p.laws[0].partition(" § ")[0] for p in document.passages if p.laws}
    assert {f"{chapter} kap. 1" for chapter in range(1, 36)} <= sections
    assert {"11 kap. 1", "16 kap. 2 a", "28 kap. 12 a", "35 kap. 2"} <= sections
    assert [p.heading for p in document.passages if not p.laws] == [
        "Övergångsbestämmelser till SFS 2025:400",
        "Övergångsbestämmelser till SFS 2025:400",
        "Övergångsbestämmelser till SFS 2025:1299",
        "Övergångsbestämmelser till SFS 2025:1501",
    ]
    assert not any("räder i kraft I:" in p.text or "AVDELNING" in p.text for p in document.passages)
