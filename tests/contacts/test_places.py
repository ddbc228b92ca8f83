"""Places in a text: a municipality before its county, a name never mistaken for a word."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from knowledge.contacts.places import Places
from knowledge.datatypes import Place
from knowledge.errors import CorpusError
from knowledge.settings import PACKAGE

TABLE = PACKAGE / "corpus" / "places.csv"
REGIONS = PACKAGE / "corpus" / "regions.csv"
PLACES = Places(TABLE, REGIONS)
MALMO = Place("Skåne län", "Malmö")
LUND = Place("Skåne län", "Lund")
SKANE = Place("Skåne län")
GOTEBORG = Place("Västra Götalands län", "Göteborg")
STOCKHOLM = Place("Stockholms län", "Stockholm")
VARA = Place("Västra Götalands län", "Vara")
GOTLAND = Place("Gotlands län", "Gotland")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Vi i Malmö undrar över en familj", MALMO),
        ("vem ringer man i MALMO", MALMO),
        ("Malmös socialjour", MALMO),
        ("Vad gäller i Göteborgs kommun?", GOTEBORG),
        ("Göteborgs stad", GOTEBORG),
        ("someone in Gothenburg", GOTEBORG),
        ("Stockholms stad", STOCKHOLM),
        ("stockholms kommun", STOCKHOLM),
        ("i Stockholms län", Place("Stockholms län")),
        ("Jönköpings kommun", Place("Jönköpings län", "Jönköping")),
        ("Vad gäller i Lund?", LUND),
        ("Lunds kommun har en fråga", LUND),
        ("hos oss i Vara", VARA),
        ("Vara kommun", VARA),
        ("Skåne", SKANE),
        ("hela Skåne län", SKANE),
        ("härbärgen i Dalarna", Place("Dalarnas län")),
        ("Västra Götaland", Place("Västra Götalands län")),
        ("på Gotland", GOTLAND),
        ("Gotlands kommun", GOTLAND),
        ("Visby", GOTLAND),
        ("i Upplands Väsby", Place("Stockholms län", "Upplands Väsby")),
        ("Upplands-Bro", Place("Stockholms län", "Upplands-Bro")),
        ("Uppsala", Place("Uppsala län", "Uppsala")),
        ("Uppsala län", Place("Uppsala län")),
        ("numret till Region Uppsala", Place("Uppsala län")),
        ("regionen i Kalmar", Place("Kalmar län")),
        ("Länsstyrelsen i Örebro", Place("Örebro län")),
        ("länsstyrelsen Jönköping", Place("Jönköpings län")),
        ("i Sörmland", Place("Södermanlands län")),
        ("vgr", Place("Västra Götalands län")),
        ("Västra Götalandsregionens växel", Place("Västra Götalands län")),
        ("Region Jämtland Härjedalen", Place("Jämtlands län")),
        ("i Härjedalen", Place("Jämtlands län", "Härjedalen")),
    ],
)
def test_found(text: str, place: Place) -> None:
    assert PLACES.find(text) == place


@pytest.mark.parametrize(
    "text",
    [
        "",
        "???",
        "Det ska vara så",
        "i vara fall",
        "Vara eller inte vara",
        "får de tälta på mark som kommunen äger",
        "vid ett berg",
        "Sala ligger inte här",  # first in its sentence it may be any word
        "Sverige och Rumänien",
        "Malmöfestivalen",
        "ange vad som gäller",
        "they are here",
    ],
)
def test_not_found(text: str) -> None:
    assert PLACES.find(text) is None


def test_the_first_place_of_a_text_counts_whatever_its_kind() -> None:
    assert PLACES.find("Han bor i Lund men jobbar i Malmö") == LUND
    assert PLACES.find("Han bor i Malmö men jobbar i Lund") == MALMO


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("Vem ringer jag i Malmö om ett barn?", "Vem ringer jag om ett barn?"),
        ("Who do I call in Malmö about a child?", "Who do I call about a child?"),
        ("numret till Lunds kommun", "numret till kommun"),
        ("Vem ringer jag om ett barn?", "Vem ringer jag om ett barn?"),
        ("", ""),
    ],
)
def test_a_text_without_its_place(text: str, rest: str) -> None:
    assert PLACES.without(text) == rest


@pytest.mark.parametrize(
    ("municipality", "county", "place"),
    [
        ("Malmö", None, MALMO),
        (" malmö ", None, MALMO),
        ("Malmö kommun", "Skåne län", MALMO),
        ("Lunds kommun", None, LUND),
        ("Göteborgs Stad", None, GOTEBORG),
        ("Vara", None, VARA),
        (None, "Skåne", SKANE),
        (None, "Region Skåne", SKANE),
        ("Ingenstans", "skåne län", SKANE),
        ("Gotland", None, GOTLAND),
    ],
)
def test_named(municipality: str | None, county: str | None, place: Place) -> None:
    assert PLACES.named(municipality, county) == place


@pytest.mark.parametrize("name", [None, "", " ", "Ingenstans", "<b>", "län"])
def test_a_name_that_is_none_names_no_place(name: str | None) -> None:
    assert PLACES.named(name, name) is None


def test_every_county_has_a_region_and_a_county_board_of_its_own_name() -> None:
    with REGIONS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    with TABLE.open(encoding="utf-8", newline="") as file:
        counties = {row["county"] for row in csv.DictReader(file)}
    assert {row["county"] for row in rows} == counties and len(rows) == 21
    for row in rows:
        place = Place(row["county"])
        assert PLACES.region(row["county"]).name == row["region"]
        assert row["county_board"] == f"Länsstyrelsen i {row['county']}"
        names = (row["region"], row["county_board"], *filter(None, row["other_names"].split(";")))
        assert [name for name in names if PLACES.find(f"numret till {name}?") != place] == []
        assert len({r["region"] for r in rows}) == 21


def test_a_table_of_regions_that_lacks_a_county_is_named(tmp_path: Path) -> None:
    (tmp_path / "regions.csv").write_text("county,region,county_board,other_names\nSkåne län,Region Skåne,L,\n")
    with pytest.raises(CorpusError, match=r"regions\.csv.*Uppsala län"):
        Places(TABLE, tmp_path / "regions.csv")


def test_every_municipality_is_found_in_company() -> None:
    """Each of the 290, as an official writes it in the middle of a sentence and as the name of an office."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        places = [Place(row["county"], row["municipality"]) for row in csv.DictReader(file)]
    assert len(places) == 290
    assert [p for p in places if PLACES.find(f"Vi i {p.municipality} undrar") != p] == []
    assert [p for p in places if PLACES.named(f"{p.municipality} kommun", None) != p] == []
    assert [p for p in places if PLACES.find(f"Numret till {p.municipality}s kommun?") != p] == []
