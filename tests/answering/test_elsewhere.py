"""Another country's rules and another group's rights are not answered from Swedish rules for EU citizens."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.answering.detectors.elsewhere import elsewhere

ANOTHER_COUNTRY = [
    "Är det förbud mot att tigga i Norge enligt lag? Vad säger norsk lag?",
    "Vad gäller för utsatta EU-medborgare i Tyskland?",
    "Vilka bidrag har Finland för hemlösa?",
    "Hur ser dansk lag ut?",
    "What are the rules on begging in Norway?",
    "Does Germany have a law against camping?",
]
ANOTHER_GROUP = [
    "Vilken ersättning har asylsökande?",
    "Hur får ukrainare bostad?",
    "Vilka insatser finns för ensamkommande barn?",
    "What housing do refugees get?",
    "Hur får man svenskt medborgarskap i vår kommun?",
]
HERE = [
    "Vad gäller för en rumänsk kvinna som har bott i Tyskland?",
    "Kan sambon från Norge få bistånd här?",
    "Gäller samma regler för EU-medborgare som för asylsökande?",
    "Får en polsk man bo i tält i skogen?",
    "Får kommunen stödja ett projekt i Rumänien?",
    "Omfattas en unionsmedborgare av reglerna för asylsökande?",
    "Behöver en tysk medborgare arbetstillstånd?",
    "Vad är skillnaden mellan en flykting och en EU-migrant?",
    "En familj från Frankrike söker socialbidrag, vad har de rätt till?",
    "Does EU law in Sweden protect a German jobseeker?",
]


@pytest.mark.parametrize("text", ANOTHER_COUNTRY)
def test_another_country(text: str) -> None:
    assert elsewhere(text) == "another_country"


@pytest.mark.parametrize("text", ANOTHER_GROUP)
def test_another_group(text: str) -> None:
    assert elsewhere(text) == "another_group"


@pytest.mark.parametrize("text", HERE)
def test_our_own_questions_pass(text: str) -> None:
    assert elsewhere(text) == "here"


SENTENCES = Path(__file__).parent / "sentences"
KINDS = {"g": "another_group", "c": "another_country"}


def _pairs(name: str) -> list[tuple[str, str]]:
    rows = [line.partition("\t") for line in (SENTENCES / name).read_text(encoding="utf-8").splitlines()]
    return [(kind, text) for kind, _, text in rows]


@pytest.mark.parametrize(("kind", "text"), _pairs("elsewhere.txt"))
def test_leads_away(kind: str, text: str) -> None:
    assert elsewhere(text) == KINDS[kind]


@pytest.mark.parametrize("text", (SENTENCES / "ours.txt").read_text(encoding="utf-8").splitlines())
def test_look_alikes_are_ours(text: str) -> None:
    assert elsewhere(text) == "here"


def test_generalises_to_questions_the_phrases_were_not_written_for() -> None:
    away = [elsewhere(text) != "here" for _, text in _pairs("held_out/elsewhere.txt")]
    ours = [elsewhere(text) != "here" for text in (SENTENCES / "held_out" / "ours.txt").read_text("utf-8").splitlines()]
    assert sum(away) >= 0.9 * len(away)
    assert sum(ours) <= 0.04 * len(ours)
