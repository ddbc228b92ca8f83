"""What domain.yml promises Rasa is what the action server has; the NLU data keeps its own rules."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

from actions.bootstrap import build_actions
from actions.knowledge_client import KnowledgeClient
from actions.word_sets import DANGER_BEGINNINGS, SMALL_TALK_INTENTS
from bot import build_places

ROOT = Path(__file__).resolve().parents[2]
NLU = ROOT / "bot" / "data" / "nlu"
COURTESY = "tack för hjälpen"  # the one place for "hjälp" in small talk


def examples() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for path in NLU.glob("*.yml"):
        for block in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            if "intent" in block:
                found[block["intent"]] = [line[2:] for line in block["examples"].splitlines()]
    return found


def no_http() -> None:
    raise AssertionError("building the actions must not connect")


def test_the_action_server_has_every_action_of_the_domain() -> None:
    domain = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    promised = {next(iter(action)) if isinstance(action, dict) else action for action in domain["actions"]}
    assert {action.name() for action in build_actions(KnowledgeClient(no_http, 1))} == promised  # type: ignore[arg-type]


def test_places_are_built_from_the_list() -> None:
    assert build_places.places_yaml() == build_places.OUTPUT.read_text(encoding="utf-8")


def test_the_list_has_every_municipality_and_county_once() -> None:
    places = build_places.places()
    assert len({place["municipality"] for place in places}) == len(places) == 290
    assert len({place["county"] for place in places}) == 21
    assert {place["recognised"] for place in places} == {"any", "capital", "context"}


def test_there_are_questions_of_many_kinds_and_no_example_twice() -> None:
    found = examples()
    assert len(found["question"]) >= 60
    assert all(len(said) >= 20 for said in found.values())
    everything = [said.casefold() for intent in found.values() for said in intent]
    assert len(everything) == len(set(everything))


def test_small_talk_has_no_word_that_may_mean_danger() -> None:
    for intent in SMALL_TALK_INTENTS - {"capabilities"}:
        for said in examples()[intent]:
            words = re.findall(r"\w+", said.casefold().replace("för hjälpen", "").replace("your help", ""))
            kind = {"hjälpte", "hjälp", "helped", "helpful", "help"} if intent.startswith("feedback") else set()
            assert not [word for word in words if word.startswith(DANGER_BEGINNINGS) and word not in kind], said
