"""Another country's rules and another group's rights are not answered from Swedish rules for EU citizens."""

from __future__ import annotations

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
