"""Does a text concern a child? The duty to report hangs on it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.answering.detectors.child import concerns_child

CHILD = """Får barnen gå i skolan?|bvc barn|En flicka på nio tigger|pojken är ensam|hon är 15 år|en 15-åring sover ute
|en femåring utan papper|tolv år gammal|bebisen behöver vaccin|ett barn tigger|barn som tigger|en minderårig
|eleven saknar pass|orosanmälan|ungarna är hungriga|Do the kids go to school?|a 16-year-old boy|a baby without papers
|she is 12 years old|unaccompanied minors|aged 7|toddler in a tent|spädbarnet är tre månader gammalt|barnets bästa
|han är sjutton år|17-åriga killen|ungdomar på torget|hennes lilla dotter|förskola|skolplikt|familj med småbarn
|en tonåring
|three months old|fosterbarn barnhem barn|hon fyller 14 år|BARNET|copilul|en nyfödd|barnfamiljer i tält|under 18 år"""
NO_CHILD = """Är tiggeri förbjudet?|hon är gravid|kvinnan ska föda barn|de väntar barn|en man utan barn|hon är 25 år
|18-åring|han är 40 år gammal|barnmorska|uppehållsrätt efter sju år|3 månader EU medborgare|inom 14 dagar
|5 års arbete
|she is pregnant|her boyfriend works|a girlfriend|two adult children|aged 45|EHIC|vuxna barn
|en ensamstående svensk utan barn
|hon vill få barn|lagen från 2013|12 timmar i veckan|inga barn|avhysning|en 19-årig man|people without children
|19 years old"""


def cases(block: str) -> list[str]:
    return [text.strip() for text in block.split("|")]


@pytest.mark.parametrize("text", cases(CHILD))
def test_concerns_a_child(text: str) -> None:
    assert concerns_child(text)


@pytest.mark.parametrize("text", cases(NO_CHILD))
def test_concerns_no_child(text: str) -> None:
    assert not concerns_child(text)


@pytest.mark.parametrize("age", range(0, 18))
def test_every_age_under_eighteen(age: int) -> None:
    assert concerns_child(f"en {age}-åring")
    assert concerns_child(f"a {age}-year-old")


@pytest.mark.parametrize("age", range(18, 99))
def test_no_age_from_eighteen(age: int) -> None:
    assert not concerns_child(f"en {age}-åring")


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    assert concerns_child(text) in (True, False)
