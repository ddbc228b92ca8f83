"""A person from another EU country is an EU citizen to the search, whatever the question calls them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge.datatypes import Passage
from knowledge.nationals import NATIONALS, the_nationals
from knowledge.retrieval import generations
from knowledge.retrieval.encoders.hashing import HashingEncoder
from knowledge.retrieval.encoders.static import StaticEncoder
from knowledge.retrieval.search import HybridRetriever
from knowledge.retrieval.subject import SubjectModel


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("En ungrare behöver insulin", "En ungrare (EU-medborgare) behöver insulin"),
        ("Får en man från Bulgarien pengar till mat?", "Får en man från Bulgarien (EU-medborgare) pengar till mat?"),
        ("rumänsk kvinna med två barn", "rumänsk kvinna (EU-medborgare) med två barn"),
        ("den polska mannen är sjuk", "den polska mannen (EU-medborgare) är sjuk"),
        ("ett tyskt par i en husbil", "ett tyskt par (EU-medborgare) i en husbil"),
        ("rumänerna som sover i parken", "rumänerna (EU-medborgare) som sover i parken"),
        ("en rumänska utan papper", "en rumänska (EU-medborgare) utan papper"),
        ("A Hungarian man sleeps outdoors", "A Hungarian man (EU citizen) sleeps outdoors"),
        ("a woman from the Czech Republic", "a woman from the Czech Republic (EU citizen)"),
        ("Romanians in the park", "Romanians (EU citizen) in the park"),
    ],
)
def test_a_person_from_an_eu_country_is_an_eu_citizen(question: str, told: str) -> None:
    assert the_nationals().told(question) == told


@pytest.mark.parametrize(
    "question",
    [
        "Hur når jag Rumäniens ambassad?",  # a country is no person
        "Vad säger ungerska ambassaden?",
        "the Polish embassy",
        "Hon pratar bara rumänska",  # nor is a language
        "Finns broschyren på bulgariska?",
        "Hur har det lett till detta?",
        "En norsk kvinna har sovit på stationen",  # Nordic citizens have rules of their own
        "En syrisk man söker bistånd",
        "Har en rumän utan uppehållsrätt rätt till bistånd?",  # says it already
        "EU-medborgare från Rumänien",
        "",
    ],
)
def test_nothing_is_said_of_others_or_twice(question: str) -> None:
    assert the_nationals().told(question) == question


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        ("En polsk man och en rumänska som sover ute", {"Polen", "Rumänien"}),
        ("a woman from the Czech Republic", {"Tjeckien"}),
        ("En norsk kvinna och två finnar", {"Norge", "Finland"}),
        ("Hur når jag ambassaden?", set()),
        ("Hur når jag Rumäniens ambassad?", set()),  # a country is no person
    ],
)
def test_where_those_spoken_of_are_from(text: str, countries: set[str]) -> None:
    assert the_nationals().countries_of(text) == countries


def test_every_line_of_the_table_is_understood() -> None:
    rows = [line.split("\t") for line in NATIONALS.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    assert len(rows) == 24  # the EU's 27 but Sweden, Denmark and Finland
    for countries, adjectives, persons, english_countries, english_adjectives, english_persons in rows:
        said = [f"en man från {country}" for country in countries.split("; ")]
        said += [f"en {adjective} man" for adjective in adjectives.split("; ")]
        said += [f"{person} som sover ute" for person in persons.split("; ")]
        said += [f"a man from {country}" for country in english_countries.split("; ")]
        said += [f"{adjective} man" for adjective in english_adjectives.split("; ")]
        said += [f"{person} in need" for person in english_persons.split("; ") if person]
        for one in said:
            assert the_nationals().told(one) != one, one


def test_what_is_said_of_eu_citizens_is_found_for_a_national_also_in_a_follow_up(
    tmp_path: Path, make_passage: Callable[..., Passage], neutral: SubjectModel, pieces: StaticEncoder
) -> None:
    passages = [make_passage("a/buss", "Bussen går hem."), make_passage("a/mat", "En EU-medborgare får mat.")]
    generations.publish(tmp_path, passages, HashingEncoder(), pieces)
    retriever = HybridRetriever(tmp_path, HashingEncoder(), pieces, neutral, lambda: passages)
    retriever.reload()
    assert retriever.search("En ungrare", 2).kept[0].passage.id == "a/mat"
    assert retriever.search("Och sedan?", 2, context="En ungrare").kept[0].passage.id == "a/mat"
    assert not retriever.search("En syrier", 2).kept
