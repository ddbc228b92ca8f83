"""Language: right for whole questions and for the stubs that officials type."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.answering.detectors.language import LanguageDetector

SENTENCES = Path(__file__).parent / "sentences"
DEV = Path(__file__).parents[3] / "shared" / "questions" / "dev.jsonl"
DETECTOR = LanguageDetector()

SWEDISH = """bvc barn|EHIC|eu-kort|LVU|lvu 6 §|4 kap 1 § SoL|har dom ratt till hjalp|uppehallsratt|socialjour 112
|tiggeri regler|i Linköping?
|hej|tack|ok|112|?|bistånd|skola barn|FEAD kommun|trafficking|NMT|vad gäller|Får de bo här?|Och hur länge?|Har hen rätt?
|vem betalar|abort preventivmedel|avhysning läger|hur många|rumän utan pass|Craiova hemresa|kan hon stanna
|[namn] har ont
|vart ringer man|ensamkommande barn|barnkonventionen|vaccinationer förskola|personnummer skatteverket"""
ENGLISH = """May he live here?|begging permit|homeless shelter Malmo|school|What about Malmö?|Can Roma beg?|hello
|Who pays?|children and school|free health care|How long?|Is it legal|dental care cost|right of residence|ticket home
|What does EHIC cover?|help for a homeless man|emergency number|she is pregnant|does SoL apply|And the neighbour?
|report of concern|Do they need a personnummer?|trafficking victims support|thanks|Where can they sleep tonight
|Kids in preschool|undocumented migrants health care act|eviction of a camp|unaccompanied child from Romania"""
OTHER = """Ce ajutor primeste?|Unde pot dormi?|Am nevoie de ajutor|Помогнете ми|Какви права имам?
|Was bekommen die Kinder?
|¿Qué ayuda hay?|ما هي المساعدة|Gdzie mogę dostać pomoc|Missä voin nukkua?|Où puis-je dormir?|Hvad gør kommunen?
|Ποιος πληρώνει;|Kur galiu miegoti|Nerede uyuyabilirim yardim|Dove posso dormire|Copilul meu este bolnav
|Kakvo da pravya"""


def cases(block: str) -> list[str]:
    return [text.strip() for text in block.split("|")]


@pytest.mark.parametrize("text", cases(SWEDISH))
def test_swedish(text: str) -> None:
    assert DETECTOR.detect(text) == "sv"


@pytest.mark.parametrize("text", cases(ENGLISH))
def test_english(text: str) -> None:
    assert DETECTOR.detect(text) == "en"


@pytest.mark.parametrize("text", cases(OTHER))
def test_other(text: str) -> None:
    assert DETECTOR.detect(text) == "other"


@pytest.mark.parametrize("name", ["danger.txt", "ordinary.txt"])
def test_whole_sentences(name: str) -> None:
    lines = (SENTENCES / name).read_text(encoding="utf-8").splitlines()
    latin = [line for line in lines if any(letter in "åäö" for letter in line)]
    assert [line for line in latin if DETECTOR.detect(line) == "en"] == []


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200))
def test_any_text_has_a_language(text: str) -> None:
    assert DETECTOR.detect(text) in ("sv", "en", "other")


@pytest.mark.skipif(not DEV.exists(), reason="the question set lies outside the project and is not here")
def test_the_question_set() -> None:
    rows = [json.loads(line) for line in DEV.read_text(encoding="utf-8").splitlines()]
    right = sum(DETECTOR.detect(row["question"]) == row["lang"] for row in rows)
    assert right >= 0.98 * len(rows)
