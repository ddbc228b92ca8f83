"""The number of an embassy: that country's own, or none at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from knowledge.answering.detectors.embassies import embassies_named
from knowledge.answering.embassies import lacks_embassy
from knowledge.bootstrap import Knowledge
from knowledge.datatypes import Question, Status
from knowledge.fakes import MemoryContacts
from tests.contacts.conftest import MakeContact, MakeDirectory


@pytest.fixture(scope="module")
def knowledge(
    build_knowledge: Callable[..., Knowledge], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Knowledge]:
    built = build_knowledge(tmp_path_factory.mktemp("knowledge"))
    yield built
    built.engine.dispose()


@pytest.mark.parametrize(
    "question",
    [
        "numret till Polens ambassad",
        "Hur kontaktar jag litauiska ambassaden?",
        "Har ni telefonnumret till Slovakiens konsulat?",
        "vad har Spaniens ambassad för nummer?",
        "What is the number of the Polish embassy?",
        "embassy of Hungary, phone number",
    ],
)
def test_an_embassy_that_the_table_lacks_is_said_to_be_unknown(knowledge: Knowledge, question: str) -> None:
    answer = knowledge.answering.answer(Question(question))
    assert (answer.status, answer.reason) == (Status.NO_SUPPORT, "number_unknown")
    assert not answer.contacts
    assert not answer.citations
    assert "112" in answer.text


@pytest.mark.parametrize(
    ("question", "organisation"),
    [
        ("Hur når jag Rumäniens ambassad?", "Rumäniens ambassad i Stockholm"),
        ("numret till bulgariska ambassaden", "Bulgariens ambassad i Stockholm"),
        ("What is the number of the Romanian embassy?", "Rumäniens ambassad i Stockholm"),
    ],
)
def test_one_that_the_table_has_is_answered(knowledge: Knowledge, question: str, organisation: str) -> None:
    answer = knowledge.answering.answer(Question(question))
    assert answer.status is Status.ANSWERED
    assert answer.contacts[0].organisation == organisation


@pytest.mark.parametrize(
    "question",
    [
        "En polsk man har tappat passet, vem hjälper honom?",
        "Vilken ambassad kan hjälpa en litauisk kvinna utan pass?",
        "En norsk man har blivit av med passet, vilken ambassad ringer vi?",
        "Which embassy can help a Polish woman who lost her passport?",
    ],
)
def test_whose_country_is_another_gets_no_number_of_the_ones_we_know(knowledge: Knowledge, question: str) -> None:
    answer = knowledge.answering.answer(Question(question))
    assert (answer.status, answer.reason) == (Status.NO_SUPPORT, "number_unknown")
    assert not answer.citations
    assert "another country's embassy" in {scored.reason for scored in answer.rejected}


@pytest.mark.parametrize("question", ["Vilken ambassad hjälper en rumänsk man?", "ambassadens nummer?"])
def test_whose_country_is_known_or_unsaid_gets_an_answer(knowledge: Knowledge, question: str) -> None:
    assert knowledge.answering.answer(Question(question)).citations[0].passage.topics[0] == "hemland-kontakter"


def test_a_question_about_another_countrys_embassy_is_answered_without_anothers_number(knowledge: Knowledge) -> None:
    answer = knowledge.answering.answer(Question("Får jag ringa Polens ambassad om en klient?"))
    assert answer.status is Status.ANSWERED
    assert answer.citations[0].passage.topics == ("sekretess-samverkan", "barn-lvu")
    assert not answer.contacts


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Nummer till de polska och tyska konsulaten?", {"Tysklands"}),
        ("ambassaden för Österrike", {"Österrikes"}),
        ("Får polska medborgare hjälp av Rumäniens ambassad?", set()),
        ("Polens regler om ambassader", set()),
    ],
)
def test_whose_embassy_is_named(text: str, named: set[str]) -> None:
    assert embassies_named(text) == named


def test_an_embassy_that_staff_add_is_known_at_once(make_contact: MakeContact, make_directory: MakeDirectory) -> None:
    romania = make_contact("ro", organisation="Rumäniens ambassad i Stockholm", role="Ambassad")
    poland = make_contact("pl", organisation="Polens ambassad i Stockholm", role="Ambassad")
    assert lacks_embassy("numret till polska ambassaden", make_directory(MemoryContacts([romania])))
    assert not lacks_embassy("numret till polska ambassaden", make_directory(MemoryContacts([romania, poland])))
