"""Opinions and hand-overs: from a button to knowledge, and the adviser's answer back."""

from __future__ import annotations

from typing import Any

import pytest

from bot.gateway.fakes import FakeKnowledge, FakeRasa
from tests.sims.slack import block_kit
from tests.sims.slack.traffic import BOT_USER
from tests.sims.slack.workspace import Message

from .conftest import CHANNEL, SlackGateway, wait_for

DIRECT, MARIA = "D0MARIA01", "U0MARIA01"
QUESTION = "Får en rumänsk kvinna försörjningsstöd?"


def answered(slack: SlackGateway, channel: str = "") -> Message:
    slack.maria.says(f"<@{BOT_USER}> {QUESTION}" if channel else QUESTION, channel)
    return slack.bot_says(channel or DIRECT)[0]


def opened(slack: SlackGateway, action: str, channel: str = "") -> dict[str, Any]:
    slack.maria.presses(channel or DIRECT, answered(slack, channel), action)
    return wait_for(lambda: slack.maria.dialog)


def test_yes_is_kept_and_thanked_for_in_private(slack: SlackGateway, knowledge: FakeKnowledge) -> None:
    slack.maria.presses(CHANNEL, answered(slack, CHANNEL), "rate_up")
    thanks = slack.bot_says(CHANNEL, at_least=2, seen_by=MARIA)[1]
    assert thanks["is_ephemeral"] is True
    (call,) = knowledge.calls
    assert call.body["rating"] == "up"
    assert call.body["answer_id"] == "answer-1"


def test_no_asks_what_is_wrong_among_the_seven_reasons(slack: SlackGateway) -> None:
    dialog = opened(slack, "rate_down")
    reasons = [option["value"] for option in dialog["blocks"][0]["element"]["options"]]
    assert len(reasons) == len(set(reasons)) == 7
    assert block_kit.faults_of_view(dialog) == []


def test_the_reasons_and_words_reach_knowledge(slack: SlackGateway, knowledge: FakeKnowledge) -> None:
    opened(slack, "rate_down")
    assert slack.maria.submits(reasons=["outdated", "missing_source"], comment="Beloppet är gammalt.").content == b""
    assert "redaktör" in slack.bot_says(DIRECT, at_least=2)[1]["text"]
    (call,) = knowledge.calls
    assert call.body["rating"] == "down"
    assert call.body["reasons"] == ["outdated", "missing_source"]
    assert call.body["comment"] == "Beloppet är gammalt."


def test_no_without_a_reason_is_asked_for_one_and_nothing_is_lost(
    slack: SlackGateway, knowledge: FakeKnowledge
) -> None:
    opened(slack, "rate_down")
    refused = slack.maria.submits().json()
    assert refused == {
        "response_action": "errors",
        "errors": {"reasons": "Välj minst en anledning eller skriv en kommentar."},
    }
    assert slack.maria.dialog is not None
    assert knowledge.calls == []


def test_an_answer_that_is_gone_can_not_be_rated(slack: SlackGateway, knowledge: FakeKnowledge) -> None:
    knowledge.answers = set()
    slack.maria.presses(DIRECT, answered(slack), "rate_up")
    assert "Ställ frågan igen" in slack.bot_says(DIRECT, at_least=2)[1]["text"]


@pytest.mark.parametrize(
    ("entered", "block", "text"),
    [
        ({"way": "email", "contact": "maria"}, "contact", "namn@kommun.se"),
        ({"way": "phone", "contact": "ring"}, "contact", "telefonnummer"),
        ({"contact": " "}, "contact", "roll"),
        ({"municipality": " "}, "municipality", "kommun"),
        ({"consent": []}, "consent", "godkänna"),
    ],
)
def test_what_is_missing_in_a_hand_over_is_said_at_its_field(
    slack: SlackGateway, knowledge: FakeKnowledge, entered: dict[str, Any], block: str, text: str
) -> None:
    opened(slack, "hand_over")
    complete = {"contact": "socialsekreterare", "municipality": "Lund", "consent": ["yes"]}
    refused = slack.maria.submits(**(complete | entered)).json()
    assert refused["response_action"] == "errors"
    assert text in refused["errors"][block]
    assert list(refused["errors"]) == [block]
    assert knowledge.calls == []


def test_a_hand_over_reaches_knowledge_with_its_conversation(
    slack: SlackGateway, knowledge: FakeKnowledge, rasa: FakeRasa
) -> None:
    dialog = opened(slack, "hand_over")
    assert block_kit.faults_of_view(dialog) == []
    slack.maria.submits(
        way="email", contact="maria@kommun.example", municipality="Lund", message="Kort.", consent=["yes"]
    )
    assert "R-7K2M4P" in slack.bot_says(DIRECT, at_least=2)[1]["text"]
    (call,) = knowledge.calls
    assert call.body == {
        "contact_way": "email",
        "contact": "maria@kommun.example",
        "municipality": "Lund",
        "message": "Kort.",
        "consent": True,
        "answer_id": "answer-1",
        "conversation_id": rasa.calls[0].body["sender"],
    }


def test_the_advisers_answer_comes_in_the_thread_and_calls_the_person(
    slack: SlackGateway, knowledge: FakeKnowledge
) -> None:
    opened(slack, "hand_over", CHANNEL)
    slack.maria.submits(contact="socialsekreterare", municipality="Lund", consent=["yes"])
    assert "Svaret kommer här." in slack.bot_says(CHANNEL, at_least=2, seen_by=MARIA)[1]["text"]
    conversation = knowledge.calls[0].body["conversation_id"]
    delivery = knowledge.adviser_answers(conversation, "slack", "Ja. *Pröva* enskilt <nu>.\n\nHälsningar")
    question, reply = slack.sim.workspace.messages(CHANNEL, by_bot=False)[0], slack.bot_says(CHANNEL, at_least=2)[1]
    assert reply["thread_ts"] == question["ts"]
    texts = list(block_kit.texts_of(reply["blocks"]))
    assert texts[0].startswith(f"<@{MARIA}>")
    assert "R-7K2M4P · 23 november 2026" in texts[1]
    assert "&lt;nu&gt;" in texts[2]
    wait_for(lambda: knowledge.deliveries[delivery].outcome == "delivered")


def test_the_advisers_answer_to_a_command_comes_as_a_direct_message(
    slack: SlackGateway, knowledge: FakeKnowledge
) -> None:
    slack.maria.commands(QUESTION, CHANNEL)
    (answer,) = slack.bot_says(CHANNEL, seen_by=MARIA)
    slack.maria.presses(CHANNEL, answer, "hand_over")
    wait_for(lambda: slack.maria.dialog)
    slack.maria.submits(contact="socialsekreterare", municipality="Lund", consent=["yes"])
    wait_for(lambda: knowledge.calls)
    knowledge.adviser_answers(knowledge.calls[0].body["conversation_id"], "slack", "Ja.")
    assert "Svar från en rådgivare" in slack.bot_says(DIRECT)[0]["text"]


def test_an_advisers_answer_that_can_not_arrive_is_reported(
    slack: SlackGateway, knowledge: FakeKnowledge, rasa: FakeRasa
) -> None:
    answered(slack, CHANNEL)
    slack.sim.workspace.channels[CHANNEL].bot_is_member = False
    slack.sim.workspace.channels[DIRECT].bot_is_member = False
    delivery = knowledge.adviser_answers(rasa.calls[0].body["sender"], "slack", "Ja.")
    wait_for(lambda: knowledge.deliveries[delivery].outcome == "failed")
    assert knowledge.deliveries[delivery].detail == "not_in_channel"


def test_a_dialog_that_slack_does_not_open_is_said_to_have_failed(slack: SlackGateway) -> None:
    answer = answered(slack)
    slack.sim.workspace.fail_after("views.open", 0)
    slack.maria.presses(DIRECT, answer, "hand_over")
    assert "hann inte öppna" in slack.bot_says(DIRECT, at_least=2)[1]["text"]


def test_an_english_person_gets_english_dialogs(slack: SlackGateway) -> None:
    slack.john.says(QUESTION)
    (answer,) = slack.bot_says("D0JOHN001")
    slack.john.presses("D0JOHN001", answer, "hand_over")
    assert wait_for(lambda: slack.john.dialog)["title"]["text"] == "Ask an adviser"
