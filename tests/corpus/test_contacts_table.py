"""The tables of contacts and places: every number a caller may be given, and where it holds."""

from __future__ import annotations

import csv
import re
import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from knowledge import bootstrap
from knowledge.answering import texts as catalogues
from knowledge.contacts.sheet import read_sheet
from knowledge.datatypes import Contact, Document
from knowledge.errors import CorpusError
from knowledge.settings import PACKAGE, Settings

CONTACTS = PACKAGE / "corpus" / "contacts.csv"
SHIPPED_PLACES = PACKAGE / "corpus" / "places.csv"
DIALOGUE_PLACES = PACKAGE.parent / "bot" / "places.csv"
PLACES = SHIPPED_PLACES if SHIPPED_PLACES.is_file() else DIALOGUE_PLACES

COLUMNS = (
    "id organisation role role_en scope places topics phone email hours address url source_url source_date "
    "last_verified note"
)
_SCOPES = {"national", "regional", "local", "abroad"}
# As people write them: 08-123 45 67, 020-390 000, 114 14, 112, +359 2 417 71 78.
_PHONE = re.compile(r"\+?\d{1,3}(?: \d{1,3})*(?: \d\d){0,2}|0\d{1,3}-\d{2,3}(?: \d{2,3}){1,3}|\d{3} \d\d|112")
# What would be read as a number to call, in running text.
_PHONE_LIKE = re.compile(
    r"\+\d[\d ()-]{6,}\d|\b0\d{1,3}[- /]\d[\d ]{3,}\d|(?<![:/\d])\b(?:112|1177|11[34] 1[34]|116 ?\d{3})\b(?! §| kap)"
)
# The catalogue alone names it, as the way to medical advice; it is no contact of ours.
_NATIONAL_HEALTH_LINE = "1177"


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    with CONTACTS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def contacts(
    make_settings: Callable[..., Settings], tmp_path_factory: pytest.TempPathFactory, corpus: tuple[Document, ...]
) -> tuple[Contact, ...]:
    """Read under the rules that an import is held to, the topics of the corpus among them."""
    rules = bootstrap.contact_rules(make_settings(tmp_path_factory.mktemp("rules")))
    return replace(rules, topics={document.id for document in corpus}).contacts(read_sheet(CONTACTS.read_bytes()), {})


@pytest.fixture(scope="module")
def places() -> list[dict[str, str]]:
    with PLACES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_columns_and_unique_ids(rows: list[dict[str, str]]) -> None:
    assert list(rows[0]) == COLUMNS.split()
    assert all(None not in row and None not in row.values() for row in rows)
    ids = Counter(row["id"] for row in rows)
    assert [key for key, times in ids.items() if times > 1 or not re.fullmatch(r"[a-z0-9-]+", key)] == []


def test_every_contact_says_who_and_where_from(contacts: tuple[Contact, ...]) -> None:
    unclear = [
        c.id
        for c in contacts
        if not (c.organisation and c.role and c.role_en and c.source_date)
        or not re.fullmatch(r"https?://\S+", c.source_url)
        or (c.url is not None and not re.fullmatch(r"https?://\S+", c.url))
        or c.scope not in _SCOPES
    ]
    assert unclear == []


def test_topics_and_places_are_known(
    contacts: tuple[Contact, ...], corpus: tuple[Document, ...], places: list[dict[str, str]]
) -> None:
    topics = {document.id for document in corpus}
    assert [(c.id, set(c.topics) - topics) for c in contacts if not c.topics or set(c.topics) - topics] == []
    municipalities = {place["municipality"] for place in places}
    counties = {place["county"] for place in places}
    for contact in contacts:
        if contact.scope == "local":
            assert contact.places and set(contact.places) <= municipalities, contact.id
        elif contact.scope == "regional":
            assert set(contact.places) <= counties, contact.id
        else:
            assert not set(contact.places) & (municipalities | counties), contact.id


def test_a_regional_number_says_which_counties(contacts: tuple[Contact, ...]) -> None:
    """Without places a contact serves everyone: no regional office's number may do so by omission."""
    assert [c.id for c in contacts if c.scope == "regional" and not c.places and (c.phone or c.email)] == []


def test_numbers_are_written_as_people_dial_them(contacts: tuple[Contact, ...]) -> None:
    assert [(c.id, c.phone) for c in contacts if c.phone and not _PHONE.fullmatch(c.phone)] == []
    assert [(c.id, c.email) for c in contacts if c.email and not re.fullmatch(r"[^@\s]+@[^@\s]+\.\w+", c.email)] == []
    for emergency in ("112", "114 14"):
        assert emergency in {c.phone for c in contacts}


def test_every_number_in_any_text_is_in_the_table(contacts: tuple[Contact, ...], corpus: tuple[Document, ...]) -> None:
    known = {_digits(c.phone) for c in contacts if c.phone} | {_NATIONAL_HEALTH_LINE}
    # A number that the table warns of may be named in the same warning.
    known |= {_digits(number) for c in contacts for number in _PHONE_LIKE.findall(c.note)}
    passages = [passage for document in corpus for passage in document.passages]
    texts = {p.id: f"{p.heading} {p.text} {p.text_en} {' '.join(p.phrasings + p.phrasings_en)}" for p in passages}
    folder = Path(catalogues.__file__).parent
    texts |= {language: (folder / f"{language}.yml").read_text(encoding="utf-8") for language in catalogues.LANGUAGES}
    unknown = [(key, n) for key, text in texts.items() for n in _PHONE_LIKE.findall(text) if _digits(n) not in known]
    assert unknown == []
    seen = {_digits(number) for text in texts.values() for number in _PHONE_LIKE.findall(text)}
    assert {"112", "11414"} <= seen


@pytest.mark.parametrize(
    "number", ["08-123 45 67", "070-123 45 67", "020-390 000", "114 14", "1177", "+46 8 123 45 67"]
)
def test_a_number_in_a_text_would_be_seen(number: str) -> None:
    assert _PHONE_LIKE.findall(f"Ring {number}, så får du hjälp.") == [number]


@pytest.mark.parametrize("other", ["SFS 2025:400", "2025-07-01", "prop. 2015/16:147", "1 100 kronor", "11 kap. 1 §"])
def test_another_number_is_not_taken_for_one(other: str) -> None:
    assert _PHONE_LIKE.findall(f"Se {other} om det.") == []


def test_290_municipalities_in_21_counties(places: list[dict[str, str]]) -> None:
    names = [place["municipality"] for place in places]
    assert len(names) == len(set(names)) == 290
    counties = Counter(place["county"] for place in places)
    assert len(counties) == 21
    assert all(county.endswith(" län") for county in counties)
    # Statistics Sweden's counts of the counties that are easily mixed up.
    assert (counties["Västra Götalands län"], counties["Skåne län"], counties["Stockholms län"]) == (49, 33, 26)
    assert counties["Gotlands län"] == 1
    assert {place["recognised"] for place in places} == {"any", "capital", "context"}


def test_both_processes_know_the_same_places() -> None:
    if not SHIPPED_PLACES.is_file():
        pytest.skip("knowledge has no table of places of its own yet")
    assert SHIPPED_PLACES.read_bytes() == DIALOGUE_PLACES.read_bytes()


@pytest.mark.parametrize(
    ("table", "named"),
    [
        ("id,organisation\nx,y\n", "rad 2: funktion saknas"),
        (",".join(COLUMNS.split()) + "\nx,O,R,R,local,Malmö,a,,,,,,https://a.example,2024,i går,\n", "i går"),
        (",".join(COLUMNS.split()) + "\nx,O,R\n", "rad 2: raden har 3 fält"),
        (None, "contacts.csv"),
    ],
)
def test_a_table_that_cannot_be_taken_stops_prepare_with_its_row(
    make_settings: Callable[..., Settings], tmp_path: Path, table: str | None, named: str
) -> None:
    """Nothing is stored of it: the contacts that were there go on."""
    shutil.copytree(PACKAGE / "corpus", tmp_path / "corpus")
    settings = make_settings(tmp_path / "data", KNOWLEDGE_CORPUS=str(tmp_path / "corpus"))
    _, store = bootstrap.open_contacts(settings)
    before = store.all()
    (tmp_path / "corpus" / "contacts.csv").unlink()
    if table is not None:
        (tmp_path / "corpus" / "contacts.csv").write_text(table, encoding="utf-8")
    with pytest.raises(CorpusError, match=r"contacts\.csv") as raised:
        bootstrap.open_contacts(settings)
    assert named in str(raised.value)
    assert store.all() == before != ()


def _digits(number: str) -> str:
    return re.sub(r"\D", "", number)
