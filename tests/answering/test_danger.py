"""Danger: none missed, and the daily questions about the same words left alone."""

import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.answering.detectors.danger import DangerDetector

SENTENCES = Path(__file__).parent / "sentences"
DEV = Path(__file__).parents[3] / "shared" / "questions" / "dev.jsonl"
DETECTOR = DangerDetector()


def lines(name: str) -> list[str]:
    return (SENTENCES / name).read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("text", lines("danger.txt"))
def test_sees_danger(text: str) -> None:
    found = DETECTOR.assess(text)
    assert found.level != "none"
    assert found.kinds


@pytest.mark.parametrize("text", lines("ordinary.txt"))
def test_leaves_ordinary_questions_alone(text: str) -> None:
    assert DETECTOR.assess(text).level == "none"


@pytest.mark.parametrize("text", [line for line in lines("danger.txt") if any(letter in "åäö" for letter in line)])
def test_sees_danger_without_dots_and_rings(text: str) -> None:
    assert DETECTOR.assess(text.translate(str.maketrans("åäöÅÄÖ", "aaoAAO"))).level != "none"


@pytest.mark.parametrize("text", lines("danger.txt")[::5])
def test_sees_danger_in_capitals(text: str) -> None:
    assert DETECTOR.assess(text.upper()).level != "none"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Det brinner i tältet och de är kvar därinne", "fire"),
        ("Hon säger att hon inte vill leva längre", "suicide"),
        ("Mannen har en kniv i handen", "weapon"),
        ("Vattnet har gått och hon har täta värkar", "birth"),
        ("Han andas inte", "medical"),
        ("Hon är inlåst i en lägenhet", "captivity"),
        ("Han har tagit en överdos", "poisoning"),
        ("Mannen är kraftigt nedkyld", "cold"),
        ("Vi hittade en övergiven bebis", "child"),
        ("He is drowning in the canal", "accident"),
    ],
)
def test_names_the_kind(text: str, kind: str) -> None:
    assert kind in DETECTOR.assess(text).kinds


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("En man ligger medvetslös här", "En man ligger medvtslös här"),
        ("Hon blöder kraftigt", "Hon blödar kraftigt"),
        ("Han har tagit en överdos", "Han har tagit en övredos"),
        ("He is unconscious", "He is unconcious"),
        ("Hon hotar med självmord nu", "Hon hotar med sjävlmord nu"),
        ("Mannen är beväpnad", "Mannen är bevpnad"),
        ("Hon är våldtagen i natt", "Hon är våldtgen i natt"),
    ],
)
def test_mends_slips_of_the_pen(right: str, wrong: str) -> None:
    assert DETECTOR.assess(right).level != "none"
    assert DETECTOR.assess(wrong).level != "none"


@pytest.mark.parametrize(
    "text",
    [
        "Killen slog henne i går och hon vågar inte gå hem. Har hon rätt till skyddat boende utan uppehållsrätt?",
        "Mannen pratar om att ta livet av sig, vilken vård har han rätt till utan EU-kort?",
        "Hon blöder men akuten skickade hem henne, får de göra så?",
    ],
)
def test_a_question_about_rights_keeps_its_answer(text: str) -> None:
    assert DETECTOR.assess(text).level == "possible"


@pytest.mark.parametrize(
    "text",
    ["Hon är inte hotad", "Ingen är skadad och det är ingen fara", "Han är inte våldsam", "There is no fire"],
)
def test_denied_danger_is_none(text: str) -> None:
    assert DETECTOR.assess(text).level != "acute"


def test_one_sentence_of_danger_among_questions_is_seen() -> None:
    text = "Hej! Vad gäller för bistånd utan uppehållsrätt? Förresten står det en man här med kniv just nu."
    assert DETECTOR.assess(text).level != "none"


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_assessed(text: str) -> None:
    assert DETECTOR.assess(text).level in ("none", "possible", "acute")


@pytest.mark.parametrize("unit", ["hon är här ", "barn ", "inte ", "a", "!?", "😀", "\u200b", "<script>"])
def test_long_texts_are_quick(unit: str) -> None:
    started = time.process_time()
    DETECTOR.assess((unit * 10_000)[:10_000])
    assert time.process_time() - started < 1.0


def test_a_question_takes_less_than_a_third_of_a_millisecond() -> None:
    texts = lines("ordinary.txt")
    for text in texts:
        DETECTOR.assess(text)
    best = min(_seconds_for(texts) for _ in range(5))
    assert best / len(texts) < 0.001  # 0.1 ms where measured; the bound leaves room for a busy machine


def test_generalises_to_sentences_nothing_was_fitted_on() -> None:
    danger, ordinary = lines("held_out/danger.txt"), lines("held_out/ordinary.txt")
    seen = sum(DETECTOR.assess(text).level != "none" for text in danger)
    false = sum(DETECTOR.assess(text).level != "none" for text in ordinary)
    assert seen >= 0.98 * len(danger)  # .989 when fitted
    assert false <= 0.02 * len(ordinary)  # .012 when fitted


@pytest.mark.parametrize(
    "text",
    [
        "Vi har följt familjen sedan i våras. Nu ligger pappan där och går inte att väcka. Har de rätt till bistånd?",
        "Jag har en fråga om skolgång. Flickan säger att hon tänker hoppa från bron i kväll. Vem betalar skolskjutsen?",
    ],
)
def test_danger_in_the_middle_of_a_story_is_seen(text: str) -> None:
    assert DETECTOR.assess(text).level != "none"


def _seconds_for(texts: list[str]) -> float:
    started = time.process_time()
    for text in texts:
        DETECTOR.assess(text)
    return time.process_time() - started


@pytest.mark.skipif(not DEV.exists(), reason="the question set lies outside the project and is not here")
def test_urgent_recall_on_the_question_set() -> None:
    rows = [json.loads(line) for line in DEV.read_text(encoding="utf-8").splitlines()]
    levels = {row["id"]: DETECTOR.assess(row["question"]).level for row in rows}
    missed = [row["id"] for row in rows if row["label"] == "danger" and levels[row["id"]] == "none"]
    others = [row for row in rows if row["label"] != "danger" and not row.get("urgent_ok")]
    false = [row["id"] for row in others if levels[row["id"]] != "none"]
    assert not missed
    assert len(false) <= 0.02 * len(others)
