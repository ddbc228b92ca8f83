"""Rasa never swallows or bends a question; only short, clear small talk is answered without knowledge."""

from __future__ import annotations

import httpx
import pytest

from actions.fake_knowledge import REFERENCE, FakeKnowledge
from actions.texts import text
from tests.rasa_channel.conftest import TOKEN, Say

pytestmark = pytest.mark.system

QUESTIONS = [
    "Hej! Får en polsk familj ställa sina barn i kö till förskolan?",
    "Hej hjälp",
    "hjälp!",
    "god kväll, en kvinna blöder här",
    "tack men hur gör jag sedan",
    "bra men vad gäller för barn",
    "vad kan du göra om någon slår barnen",
    "can you answer in English what the begging rules are",
    "kan någon ringa polisen",
    "kan jag få prata med en tolk",
    "du är dum",
    "ni är värdelösa allihop",
    "qwe rty 123",
    "🙂",
    "?",
    "ja",
    "nej",
    "Can you book a meeting",
    "stämmer det",
    "vilken källa",
    "vem kan jag prata med",
    "<script>alert(1)</script>",
    '{"intent": "greet"}',
    "x" * 3000,
]

SMALL_TALK = [
    ("hej", "greet", "sv"),
    ("Good morning!", "greet", "en"),
    ("tusen tack", "thanks", "sv"),
    ("heeej", "greet", "sv"),
    ("Hej då!", "bye", "sv"),
    ("Hej, vad kan du?", "capabilities", "sv"),
    ("who are you?", "capabilities", "en"),
]


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question[:30])
def test_a_question_reaches_knowledge_unchanged(say: Say, question: str) -> None:
    (reply,) = say(question)
    assert reply["custom"]["type"] == "answer"
    assert reply["custom"]["text"] == f"Svar på: {question}"


@pytest.mark.parametrize(("said", "key", "language"), SMALL_TALK)
def test_small_talk_is_answered_at_once(say: Say, said: str, key: str, language: str) -> None:
    (reply,) = say(said)
    assert reply["text"] == text(key, "sv" if language == "sv" else "en")


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("/restart", "restart"),
        ('/ask_human{"a": 1}', 'ask_human{"a": 1}'),
        ("// /greet", "greet"),
        ("/ / /restart", "restart"),
    ],
)
def test_a_command_is_only_words(say: Say, typed: str, asked: str) -> None:
    (reply,) = say(typed)
    assert reply["custom"]["text"] == f"Svar på: {asked}"


def test_places_are_passed_on_and_verbs_are_not_places(say: Say, knowledge: FakeKnowledge) -> None:
    say("vilket härbärge finns i malmö?")
    assert knowledge.asked()[-1]["municipality"] == "Malmö"
    say("Får de vara kvar på vår mark i Dalarnas län?")
    assert "municipality" not in knowledge.asked()[-1]
    assert knowledge.asked()[-1]["county"] == "Dalarnas län"


def test_a_question_is_asked_judged_and_handed_over(say: Say, knowledge: FakeKnowledge) -> None:
    say("Vad gäller för mat och logi?")
    (thanks,) = say("det stämmer inte, utgånget datum")
    assert "utgången" in thanks["text"]
    assert knowledge.asked("/api/feedback")[-1]["reasons"] == ["outdated"]
    (first,) = say("jag vill prata med en rådgivare")
    assert [button["title"] for button in first["buttons"]] == ["E-post", "Telefon", "Här i chatten", "Avbryt"]
    say("E-post")
    complaint, again = say("anna@kommun")
    assert "e-postadress" in complaint["text"]
    assert again["text"] == text("ask_contact_email", "sv")
    say("anna.berg@kommun.example")
    say("Umeå kommun")
    (done,) = say("ja")
    assert REFERENCE in done["text"]
    assert knowledge.asked("/api/handovers")[-1]["municipality"] == "Umeå"


def test_a_cry_for_help_inside_the_form_is_answered_and_the_form_goes_on_later(say: Say) -> None:
    say("prata med en rådgivare")
    say("telefon")
    answer, paused = say("hjälp, han slår henne")
    assert answer["custom"]["text"] == "Svar på: hjälp, han slår henne"
    assert paused["text"] == text("handover_paused", "sv")
    (asked,) = say(paused["buttons"][0]["payload"])
    assert asked["text"] == text("ask_contact_phone", "sv")
    (cancelled,) = say("avbryt")
    assert cancelled["text"] == text("handover_cancelled", "sv")
    (answer,) = say("vad gäller nu då")
    assert answer["custom"]["type"] == "answer"


def test_a_long_conversation_keeps_its_place_and_its_feedback(say: Say, knowledge: FakeKnowledge) -> None:
    say("Vad gäller i Luleå?")
    for number in range(8):
        (answer,) = say(f"och punkt {number}?")
    assert knowledge.asked()[-1]["municipality"] == "Luleå"
    say("bra svar")
    assert knowledge.asked("/api/feedback")[-1]["answer_id"] == answer["custom"]["answer_id"]


def test_broken_knowledge_gives_try_again_and_heals(say: Say, knowledge: FakeKnowledge) -> None:
    knowledge.mode = "error"
    try:
        (reply,) = say("Får hon stanna?")
    finally:
        knowledge.mode = "ok"
    assert reply["custom"]["type"] == "unavailable"
    (reply,) = say("Får hon stanna?")
    assert reply["custom"]["type"] == "answer"


@pytest.mark.parametrize("token", ["", "Basic fel", "Bearer fel", TOKEN])
def test_only_the_gateway_gets_in(rasa: str, token: str) -> None:
    body = {"sender": "s", "message": "hej"}
    assert httpx.post(f"{rasa}/webhook", json=body, headers={"Authorization": token}).status_code == 401


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b'{"sender": 1, "message": "x"}', b'{"sender": "s"}', b'{"sender": "s", "message": "/"}']
)
def test_what_is_not_a_turn_is_refused(rasa: str, body: bytes) -> None:
    headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"}
    assert httpx.post(f"{rasa}/webhook", content=body, headers=headers).status_code == 400


@pytest.mark.parametrize("path", ["/webhooks/rest/webhook", "/model/parse", "/conversations/x/tracker", "/domain"])
def test_there_is_no_other_door(rasa: str, path: str) -> None:
    address = rasa.removesuffix("/webhooks/gateway") + path
    assert httpx.post(address, json={"sender": "s", "message": "hej"}).status_code in (404, 405)
