"""Who in the table fits a question: the place's own office first, another place's never."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest

from knowledge import bootstrap
from knowledge.contacts.directory import StoredContactDirectory
from knowledge.contacts.kinds import read_kinds
from knowledge.contacts.sheet import read_sheet
from knowledge.datatypes import Contact, Place, Verification
from knowledge.fakes import MemoryContacts
from knowledge.settings import PACKAGE, Settings

CORPUS = PACKAGE / "corpus"
MALMO, SKANE, UMEA = Place("Skåne län", "Malmö"), Place("Skåne län"), Place("Västerbottens län", "Umeå")
MakeContact = Callable[..., Contact]
MakeDirectory = Callable[..., StoredContactDirectory]


@pytest.fixture
def table(make_contact: MakeContact) -> MemoryContacts:
    return MemoryContacts(
        [
            make_contact("jour-malmo", organisation="Malmö stad", role="Socialjour", scope="local", places=("Malmö",)),
            make_contact("jour-lund", organisation="Lunds kommun", role="Socialjour", scope="local", places=("Lund",)),
            make_contact(
                "region", organisation="Region", role="Vård", scope="regional", places=("Skåne län", "Hallands län")
            ),
            make_contact("alarm", organisation="SOS", role="Larm", phone="112"),
            make_contact("nummerlos", organisation="Staten", role="Råd", phone=None),
            make_contact("ambassad", organisation="Ambassaden", role="Konsul", scope="abroad", places=("Rumänien",)),
            make_contact("annat", organisation="Tandkliniken", role="Tänder", topics=("tandvard",)),
        ]
    )


@pytest.fixture
def directory(table: MemoryContacts, make_directory: MakeDirectory) -> StoredContactDirectory:
    return make_directory(table)


@pytest.fixture(scope="module")
def shipped(
    make_directory: MakeDirectory, make_settings: Callable[..., Settings], tmp_path_factory: pytest.TempPathFactory
) -> StoredContactDirectory:
    """Over the table that ships with the service."""
    rules = bootstrap.contact_rules(make_settings(tmp_path_factory.mktemp("shipped")))
    return make_directory(MemoryContacts(rules.contacts(read_sheet((CORPUS / "contacts.csv").read_bytes()), {})))


def _ids(contacts: tuple[Contact, ...]) -> list[str]:
    return [contact.id for contact in contacts]


def test_the_places_own_office_comes_first_and_no_other_places(directory: StoredContactDirectory) -> None:
    found = _ids(directory.find(["akuta-larm"], MALMO, ""))
    assert found == ["jour-malmo", "region", "alarm", "ambassad", "nummerlos"]


def test_a_county_is_served_by_its_region_and_by_no_municipality(directory: StoredContactDirectory) -> None:
    assert _ids(directory.find(["akuta-larm"], SKANE, ""))[0] == "region"
    assert not {"jour-malmo", "jour-lund"} & set(_ids(directory.find(["akuta-larm"], SKANE, "")))


@pytest.mark.parametrize("place", [None, UMEA])
def test_elsewhere_only_what_serves_everyone(directory: StoredContactDirectory, place: Place | None) -> None:
    assert set(_ids(directory.find(["akuta-larm"], place, ""))) == {"alarm", "ambassad", "nummerlos"}


def test_the_words_of_a_question_find_a_contact_of_another_topic(directory: StoredContactDirectory) -> None:
    assert _ids(directory.find([], None, "numret till tandkliniken")) == ["annat"]
    assert "annat" in _ids(directory.find(["akuta-larm"], None, "tandkliniken"))


def test_words_never_fetch_an_office_of_another_place(directory: StoredContactDirectory) -> None:
    assert "jour-lund" not in _ids(directory.find(["akuta-larm"], MALMO, "numret till Lunds kommuns socialjour"))


def test_nothing_asked_finds_nobody(directory: StoredContactDirectory) -> None:
    assert directory.find([], MALMO, "") == ()
    assert directory.find(["okant-amne"], None, "och det att i") == ()


def test_an_earlier_topic_weighs_more(directory: StoredContactDirectory) -> None:
    assert _ids(directory.find(["tandvard", "akuta-larm"], None, ""))[0] == "annat"
    assert _ids(directory.find(["akuta-larm", "tandvard"], None, ""))[0] == "alarm"


def test_every_contact_of_the_table_stays_in_its_place(shipped: StoredContactDirectory) -> None:
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


@pytest.mark.parametrize(
    ("question", "kind", "responsible", "first"),
    [
        ("vem ringer jag i Skåne om människohandel?", "trafficking", "", "malmo-evonhuset-regionkoordinatorer"),
        ("Who can I call in Umeå about trafficking?", "trafficking", "", "jamstalldhetsmyndigheten-nspm"),
        ("vilken region ansvarar för vård i Gävle", "health", "Region Gävleborg", "skr-vaxel"),
        (
            "numret till länsstyrelsen i Norrbotten",
            "county_board",
            "Länsstyrelsen i Norrbottens län",
            "lansstyrelsen-vasterbotten-nord",
        ),
        ("who do I call in Malmö about a child?", "municipality", "Malmö", "sos-alarm-112"),
        ("numret till Uppsala kommun", "municipality_office", "Uppsala", "uppsala-kommun-socialforvaltningen"),
    ],
)
def test_what_a_question_is_about_and_who_is_responsible_at_its_place(
    shipped: StoredContactDirectory, question: str, kind: str, responsible: str, first: str
) -> None:
    finding = shipped.look_up((), shipped.place_in(question), question)
    assert (finding.kind, finding.responsible) == (kind, responsible)
    assert finding.contacts[0].id == first


def test_a_mission_in_the_town_is_not_its_social_services(shipped: StoredContactDirectory) -> None:
    for question in ("socialtjänsten i Göteborg", "socialjouren i Malmö"):
        finding = shipped.look_up((), shipped.place_in(question), question)
        assert finding.responsible and not finding.reachable, question


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("polisens nummer", "Polisen"),
        ("ring SKR", "Sveriges Kommuner och Regioner (SKR)"),
        ("sveriges kommuner och regioner", "Sveriges Kommuner och Regioner (SKR)"),
        ("NSPM:s telefon", "Jämställdhetsmyndigheten (NSPM)"),
        ("Evonhuset i Malmö", "Malmö stad, Evonhuset"),
    ],
)
def test_an_organisation_of_the_table_is_known_by_its_names(
    shipped: StoredContactDirectory, text: str, named: str
) -> None:
    finding = shipped.look_up((), shipped.place_in(text), text)
    assert (finding.kind, finding.responsible) == ("organisation", named)
    assert [contact.organisation for contact in finding.contacts] == [named]


def test_one_that_several_places_have_is_known_by_what_they_share(shipped: StoredContactDirectory) -> None:
    finding = shipped.look_up((), None, "telefonnummer till Stadsmissionen")
    assert (finding.kind, finding.responsible, finding.reachable) == ("common_name", "", False)
    assert {contact.organisation for contact in finding.contacts} >= {"Linköpings Stadsmission", "Örebro Stadsmission"}
    there = shipped.look_up((), shipped.place_in("i Linköping"), "telefonnummer till Stadsmissionen i Linköping")
    assert (there.kind, there.responsible) == ("organisation", "Linköpings Stadsmission")
    only = shipped.look_up((), None, "numret till räddningsmissionen")
    assert (only.kind, only.responsible) == ("organisation", "Göteborgs Räddningsmission, Socialt center")


def test_an_organisation_with_several_numbers_comes_first_with_all_of_them(shipped: StoredContactDirectory) -> None:
    finding = shipped.look_up((), None, "numret till Bulgariens ambassad")
    assert (finding.kind, finding.responsible) == ("", "")
    assert [contact.organisation for contact in finding.contacts[:3]] == ["Bulgariens ambassad i Stockholm"] * 3


def test_the_contacts_that_serve_the_whole_country_are_in_the_table(shipped: StoredContactDirectory) -> None:
    national = {contact.id for contact in shipped.all() if contact.scope == "national"}
    named = {key for kind in read_kinds() for key in kind.national}
    assert named and named <= national


def test_another_word_finds_the_same_contact(shipped: StoredContactDirectory) -> None:
    assert "polisen-114-14" in _ids(shipped.find((), None, "whom do I ask about panhandling"))
    assert shipped.find((), None, "whom do I ask about knitting") == ()


def test_a_change_of_the_table_is_in_the_next_answer(
    directory: StoredContactDirectory, table: MemoryContacts, make_contact: MakeContact
) -> None:
    assert directory.find(["akuta-larm"], None, "")[0].phone == "112"
    table.put([make_contact("alarm", phone="112 112"), make_contact("borta", retired=True)])
    assert [contact.phone for contact in directory.find(["akuta-larm"], None, "")] == ["112 112"]


@pytest.mark.parametrize(
    ("last_verified", "next_check", "shown"),
    [
        (None, None, Verification.NEVER),
        (dt.date(2025, 11, 23), None, Verification.VERIFIED),
        (dt.date(2025, 11, 22), None, Verification.OVERDUE),
        (dt.date(2026, 11, 1), dt.date(2026, 11, 22), Verification.OVERDUE),
        (dt.date(2020, 1, 1), dt.date(2026, 11, 23), Verification.VERIFIED),
        (dt.date(2024, 2, 29), None, Verification.OVERDUE),
    ],
)
def test_a_check_counts_until_the_next_one_is_due(
    make_contact: MakeContact,
    make_directory: MakeDirectory,
    last_verified: dt.date | None,
    next_check: dt.date | None,
    shown: Verification,
) -> None:
    contact = replace(make_contact("x"), last_verified=last_verified, next_check=next_check)
    assert make_directory(MemoryContacts([contact])).all()[0].verification is shown
