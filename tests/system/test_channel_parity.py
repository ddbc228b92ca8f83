"""The same question in the web, in Slack and in Teams: the same text, sources and notices, however they are drawn."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

import pytest

from knowledge.bootstrap import Knowledge

from .channels.approved import TEXTS, approved_answers
from .channels.places import PLACES, WEB, Places, SaidThere
from .channels.questions import read_questions

Compared = dict[str, dict[str, SaidThere]]  # last turn -> place -> what was said there
LONG = 2_400  # characters: more than one section in Slack, and more than Teams shows at once


@pytest.fixture(scope="module")
def compared(places: Places, console_side: Knowledge) -> Iterator[Compared]:
    with approved_answers(console_side):
        yield {turns[-1]: {place: places.asked(place, turns) for place in PLACES} for turns in read_questions()}


def test_there_are_forty_questions_of_every_sort(compared: Compared) -> None:
    web = [said[WEB] for said in compared.values()]
    assert len(web) == 40
    assert {one.status for one in web} == {"answered", "clarify", "urgent", "no_support", "out_of_scope"}
    titles = {title for one in web for title, _ in one.parts.notices}
    assert titles == {"Fara", "Barn", "Lagen har ändrats", "Personuppgifter"}
    assert sum(len(turns) > 1 for turns in read_questions()) >= 3
    assert sum(bool(one.parts.refined) for one in web) == 4
    assert any(len("".join(one.parts.text)) > LONG for one in web)
    assert sum(one.language == "en" for one in web) >= 4
    assert any(one.parts.options for one in web if one.status == "clarify")
    assert sum(bool(one.parts.contacts) for one in web) >= 3
    sources = list(chain.from_iterable(one.parts.citations for one in web))
    assert any(one.doubt for one in sources)
    assert any(not one.doubt for one in sources)


@pytest.mark.parametrize("place", [place for place in PLACES if place != WEB])
def test_it_says_the_same_as_the_web(place: str, compared: Compared) -> None:
    differing = {question: said[WEB].differing(said[place]) for question, said in compared.items()}
    assert {question: what for question, what in differing.items() if what} == {}


def test_an_approved_answer_is_given_word_for_word(compared: Compared) -> None:
    for question, text in TEXTS.items():
        for said in compared[question].values():
            assert " ".join(said.parts.text) == " ".join(text.split())


def test_what_holds_in_one_municipality_is_said_there_alone(compared: Compared) -> None:
    asked = "Får vi köpa tågbiljett till en EU-medborgare som vill åka hem"
    for place in PLACES:
        assert "enheten för hemlösa" in " ".join(compared[f"{asked} i Malmö?"][place].parts.text)
        assert "enheten för hemlösa" not in " ".join(compared[f"{asked}?"][place].parts.text)


def test_personal_data_is_taken_out_before_anything_is_kept(compared: Compared) -> None:
    for said in chain.from_iterable(one.values() for one in compared.values()):
        assert "19900118" not in said.question
        assert "070-174" not in said.question
