"""The hand-over form: a reply is understood, asked about again, or leaves the form; a question is always answered."""

from __future__ import annotations

import csv

import pytest

from actions.fake_knowledge import REFERENCE, FakeKnowledge
from actions.handover_replies import read_reply
from actions.places import PLACES, read_municipalities
from actions.texts import text
from tests.actions.conftest import Conversation

MUNICIPALITIES = read_municipalities()
FORM_SLOTS = ["contact_way", "contact", "handover_municipality", "consent"]


@pytest.mark.parametrize(
    ("slot", "way", "said", "values"),
    [
        ("contact_way", None, "E-post", {"contact_way": "email"}),
        ("contact_way", None, "via mejl tack", {"contact_way": "email"}),
        ("contact_way", None, "ring mig gärna", {"contact_way": "phone"}),
        ("contact_way", None, "Här i chatten", {"contact_way": "here"}),
        ("contact_way", None, "by phone please", {"contact_way": "phone"}),
        ("contact_way", None, "anna@kommun.se", {"contact_way": "email", "contact": "anna@kommun.se"}),
        ("contact", "email", "min adress är anna.berg@kommun.se.", {"contact": "anna.berg@kommun.se"}),
        ("contact", "email", "anna@hotmail.com", {"contact": "anna@hotmail.com"}),
        ("contact", "phone", "070-112 34 56", {"contact": "070-112 34 56"}),
        ("contact", "phone", "+46 8 123 456 78", {"contact": "+46 8 123 456 78"}),
        ("contact", "phone", "mejla hellre anna@kommun.se", {"contact": "anna@kommun.se", "contact_way": "email"}),
        ("handover_municipality", "here", "malmö", {"handover_municipality": "Malmö"}),
        ("handover_municipality", "here", "Jag arbetar i Göteborgs stad", {"handover_municipality": "Göteborg"}),
        ("handover_municipality", "here", "vara kommun", {"handover_municipality": "Vara"}),
        ("consent", "here", "ja det går bra", None),
        ("consent", "here", "Ja tack", {"consent": "yes"}),
        ("consent", "here", "yes please", {"consent": "yes"}),
    ],
)
def test_a_reply_is_understood(slot: str, way: str | None, said: str, values: dict[str, str] | None) -> None:
    reading = read_reply(slot, said, "clarification_answer", way, MUNICIPALITIES)
    assert reading.values == (values or {})


@pytest.mark.parametrize("slot", FORM_SLOTS)
@pytest.mark.parametrize("said", ["avbryt", "Avbryt!", "jag vill avbryta", "cancel please", "stopp"])
def test_the_form_can_be_left(slot: str, said: str) -> None:
    assert read_reply(slot, said, "question", "email", MUNICIPALITIES).exit == "cancelled"


@pytest.mark.parametrize("said", ["nej", "Nej tack", "no", "jag samtycker inte"])
def test_without_consent_the_form_ends(said: str) -> None:
    assert read_reply("consent", said, "question", "email", MUNICIPALITIES).exit == "declined"


@pytest.mark.parametrize("slot", FORM_SLOTS)
@pytest.mark.parametrize(
    "said",
    [
        "hjälp",
        "Hjälp, hon blöder!",
        "han slår henne nu",
        "help",
        "they have a gun",
        "112",
        "självmord",
        "vad gäller för barnen?",
        "vem läser det här",
        "mer om tandvård",
        "Vad gäller i Malmö?",
        "skola?",
    ],
)
def test_a_question_or_a_cry_for_help_leaves_the_form(slot: str, said: str) -> None:
    assert read_reply(slot, said, "question", "email", MUNICIPALITIES).exit == "question"


@pytest.mark.parametrize(
    ("slot", "way", "said", "complaint"),
    [
        ("contact_way", None, "brevduva", "invalid_contact_way"),
        ("contact_way", None, "vet inte", "invalid_contact_way"),
        ("contact", "email", "anna@kommun", "invalid_contact_email"),
        ("contact", "phone", "12345", "invalid_contact_phone"),
        ("contact", "phone", "19800101-1234", "invalid_contact_phone"),
        ("handover_municipality", "here", "Malmöö", "suggest_municipality"),
        ("handover_municipality", "here", "Atlantis", "invalid_municipality"),
        ("consent", "here", "kanske", "invalid_consent"),
    ],
)
def test_a_reply_that_is_no_answer_is_asked_about_again(slot: str, way: str | None, said: str, complaint: str) -> None:
    assert read_reply(slot, said, "clarification_answer", way, MUNICIPALITIES).complaint == complaint


def test_every_municipality_can_be_named() -> None:
    with PLACES.open(encoding="utf-8") as lines:
        names = [place["municipality"] for place in csv.DictReader(lines)]
    for name in names:
        reading = read_reply("handover_municipality", f"{name} kommun", "question", "here", MUNICIPALITIES)
        assert reading.values == {"handover_municipality": name}


def test_the_form_asks_only_for_what_it_needs(anna: Conversation) -> None:
    anna.slots |= {"contact_way": "här"}
    anna.events = [{"event": "action", "name": "handover_form"}, {"event": "slot", "name": "contact_way"}]
    assert anna.run("action_ask_contact_way").titles() == ["E-post", "Telefon", "Här i chatten", "Avbryt"]
    anna.slots |= {"contact_way": "phone", "municipality": "Umeå"}
    assert "ringa" in anna.run("action_ask_contact").texts[0]
    assert anna.run("action_ask_handover_municipality").titles()[0] == "Umeå"


def test_a_complete_form_is_sent_and_forgotten(anna: Conversation, knowledge: FakeKnowledge) -> None:
    anna.slots |= {"contact_way": "email", "contact": "anna@kommun.se", "handover_municipality": "Umeå"}
    anna.slots |= {"consent": "yes", "last_answer_id": "a3"}
    outcome = anna.run("action_hand_over", "ja")
    assert knowledge.asked("/api/handovers") == [
        {
            "conversation_id": "c-anna",
            "answer_id": "a3",
            "contact_way": "email",
            "contact": "anna@kommun.se",
            "municipality": "Umeå",
            "consent": True,
        }
    ]
    assert REFERENCE in outcome.texts[0]
    assert [outcome.slots[slot] for slot in FORM_SLOTS] == [None] * 4


def test_a_question_in_the_form_is_answered_and_the_form_paused(anna: Conversation, knowledge: FakeKnowledge) -> None:
    anna.slots |= {"contact_way": "email", "handover_exit": "question"}
    outcome = anna.run("action_hand_over", "hjälp, han slår henne")
    assert knowledge.asked()[0]["question"] == "hjälp, han slår henne"
    assert outcome.payload["type"] == "answer"
    assert outcome.texts == [text("handover_paused", "sv")]
    assert outcome.slots["contact_way"] == "email"
    assert outcome.slots["handover_exit"] is None


@pytest.mark.parametrize("left", ["cancelled", "declined"])
def test_a_form_that_was_left_keeps_nothing(anna: Conversation, knowledge: FakeKnowledge, left: str) -> None:
    anna.slots |= {"contact_way": "email", "contact": "anna@kommun.se", "handover_exit": left}
    outcome = anna.run("action_hand_over", "avbryt")
    assert outcome.texts == [text(f"handover_{left}", "sv")]
    assert outcome.slots["contact"] is None
    assert knowledge.requests == []


def test_a_failed_hand_over_keeps_what_was_filled_in(anna: Conversation, knowledge: FakeKnowledge) -> None:
    knowledge.mode = "error"
    anna.slots |= {"contact_way": "here", "handover_municipality": "Umeå", "consent": "yes"}
    outcome = anna.run("action_hand_over", "ja")
    assert outcome.texts == [text("handover_unavailable", "sv")]
    assert outcome.slots["handover_municipality"] == "Umeå"
