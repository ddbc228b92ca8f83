"""Who in the table fits a question: the place's own office first, another place's never."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from knowledge.contacts.directory import CsvContactDirectory
from knowledge.datatypes import Contact, Place
from knowledge.settings import PACKAGE

CORPUS = PACKAGE / "corpus"
_COLUMNS = (
    "id organisation role role_en scope places topics phone email hours url source_url source_date last_verified note"
)
_ROWS = [
    {"id": "jour-malmo", "organisation": "Malmö stad", "role": "Socialjour", "scope": "local", "places": "Malmö"},
    {"id": "jour-lund", "organisation": "Lunds kommun", "role": "Socialjour", "scope": "local", "places": "Lund"},
    {"id": "region", "organisation": "Region", "role": "Vård", "scope": "regional", "places": "Skåne län;Hallands län"},
    {"id": "alarm", "organisation": "SOS", "role": "Larm", "scope": "national", "phone": "112"},
    {"id": "nummerlos", "organisation": "Staten", "role": "Råd", "scope": "national", "phone": ""},
    {"id": "ambassad", "organisation": "Ambassaden", "role": "Konsul", "scope": "abroad", "places": "Rumänien"},
    {"id": "annat", "organisation": "Tandkliniken", "role": "Tänder", "scope": "national", "topics": "tandvard"},
]
MALMO, SKANE, UMEA = Place("Skåne län", "Malmö"), Place("Skåne län"), Place("Västerbottens län", "Umeå")


@pytest.fixture
def directory(tmp_path: Path) -> CsvContactDirectory:
    filled = dict.fromkeys(_COLUMNS.split(), "") | {"topics": "akuta-larm", "phone": "08-1", "source_date": "2024"}
    with (tmp_path / "contacts.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, _COLUMNS.split())
        writer.writeheader()
        writer.writerows(filled | row for row in _ROWS)
    return CsvContactDirectory(tmp_path / "contacts.csv", CORPUS / "places.csv")


@pytest.fixture(scope="module")
def shipped() -> CsvContactDirectory:
    return CsvContactDirectory(CORPUS / "contacts.csv", CORPUS / "places.csv")


def _ids(contacts: tuple[Contact, ...]) -> list[str]:
    return [contact.id for contact in contacts]


def test_the_places_own_office_comes_first_and_no_other_places(directory: CsvContactDirectory) -> None:
    found = _ids(directory.find(["akuta-larm"], MALMO, ""))
    assert found == ["jour-malmo", "region", "alarm", "ambassad", "nummerlos"]


def test_a_county_is_served_by_its_region_and_by_no_municipality(directory: CsvContactDirectory) -> None:
    assert _ids(directory.find(["akuta-larm"], SKANE, ""))[0] == "region"
    assert not {"jour-malmo", "jour-lund"} & set(_ids(directory.find(["akuta-larm"], SKANE, "")))


@pytest.mark.parametrize("place", [None, UMEA])
def test_elsewhere_only_what_serves_everyone(directory: CsvContactDirectory, place: Place | None) -> None:
    assert set(_ids(directory.find(["akuta-larm"], place, ""))) == {"alarm", "ambassad", "nummerlos"}


def test_the_words_of_a_question_find_a_contact_of_another_topic(directory: CsvContactDirectory) -> None:
    assert _ids(directory.find([], None, "numret till tandkliniken")) == ["annat"]
    assert "annat" in _ids(directory.find(["akuta-larm"], None, "tandkliniken"))


def test_words_never_fetch_an_office_of_another_place(directory: CsvContactDirectory) -> None:
    assert "jour-lund" not in _ids(directory.find(["akuta-larm"], MALMO, "numret till Lunds kommuns socialjour"))


def test_nothing_asked_finds_nobody(directory: CsvContactDirectory) -> None:
    assert directory.find([], MALMO, "") == ()
    assert directory.find(["okant-amne"], None, "och det att i") == ()


def test_an_earlier_topic_weighs_more(directory: CsvContactDirectory) -> None:
    assert _ids(directory.find(["tandvard", "akuta-larm"], None, ""))[0] == "annat"
    assert _ids(directory.find(["akuta-larm", "tandvard"], None, ""))[0] == "alarm"


def test_every_contact_of_the_table_stays_in_its_place(shipped: CsvContactDirectory) -> None:
    """All topics and all words asked, in every municipality: what is bound to a place appears there alone."""
    everything = " ".join(f"{c.organisation} {c.role} {c.role_en}" for c in shipped.all())
    topics = sorted({topic for contact in shipped.all() for topic in contact.topics})
    with (CORPUS / "places.csv").open(encoding="utf-8", newline="") as file:
        places: list[Place | None] = [Place(row["county"], row["municipality"]) for row in csv.DictReader(file)]
    places += [None, *{Place(place.county) for place in places if place}]
    shown = set()
    for place in places:
        names = {place.municipality, place.county} if place else set()
        for contact in shipped.find(topics, place, everything):
            bound = contact.places and contact.scope != "abroad"
            assert not bound or names & set(contact.places), (place, contact.id)
            shown.add(contact.id)
    assert shown == set(_ids(shipped.all()))
