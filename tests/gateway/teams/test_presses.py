"""Buttons and forms on a card: they reach knowledge, and the card says so."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from bot.gateway.fakes import Call, FakeKnowledge, FakeRasa
from tests.sims.teams.bot_connector import BotConnector, Posted, wait_until
from tests.sims.teams.read_back import buttons, cards_of, read_back, said
from tests.sims.teams.traffic import Teams, recorded

from .answers import ANSWER, NO_SUPPORT

PERSONAL = recorded("message_personal")["conversation"]["id"]
GROUP = recorded("message_group")["conversation"]
HAND_OVER = recorded("invoke_hand_over")["value"]["action"]["data"]


def ask(teams: Teams, connector: BotConnector, recording: str = "message_personal") -> Posted:
    """A card that stands in the conversation."""
    activity = recorded(recording)
    teams.send(activity)
    return connector.wait_for_messages(activity["conversation"]["id"], 1)[0]


def press(teams: Teams, card: Posted, recording: str, **data: object) -> httpx.Response:
    activity = recorded(recording, replyToId=card.id)
    activity["conversation"] = {"id": card.conversation_id, "tenantId": activity["conversation"]["tenantId"]}
    activity["value"]["action"]["data"] |= data
    return teams.send(activity)


def changed(connector: BotConnector, card: Posted, times: int = 1, patience_s: float = 15.0) -> dict[str, Any]:
    """The card as it stands after that many changes."""
    wait_until(lambda: card.changed >= times, patience_s)
    (content,) = cards_of([card.activity])
    return content


def sent(knowledge: FakeKnowledge, path: str) -> list[Call]:
    return [call for call in knowledge.calls if call.path == path]


def test_yes_is_noted_and_the_card_says_thanks(
    teams: Teams, connector: BotConnector, knowledge: FakeKnowledge, rasa: FakeRasa
) -> None:
    card = ask(teams, connector)
    response = press(teams, card, "invoke_rate_up")
    assert response.json() == {
        "statusCode": 200,
        "type": "application/vnd.microsoft.activity.message",
        "value": "Mottaget. Kortet ändras strax.",
    }
    now = changed(connector, card)
    assert said(now, "rated") == "Tack, det är noterat att svaret hjälpte."
    assert buttons(now) == ["Fråga en rådgivare"]
    assert read_back([now]).text == ANSWER["text"]
    (call,) = sent(knowledge, "/api/feedback")
    assert call.body == {
        "answer_id": "answer-1",
        "rating": "up",
        "reasons": [],
        "comment": "",
        "conversation_id": rasa.calls[0].body["sender"],
    }


def test_no_comes_with_reasons_and_a_comment(teams: Teams, connector: BotConnector, knowledge: FakeKnowledge) -> None:
    card = ask(teams, connector)
    press(teams, card, "invoke_rate_down")
    assert said(changed(connector, card), "rated").startswith("Tack. En redaktör läser")
    (call,) = sent(knowledge, "/api/feedback")
    assert (call.body["reasons"], call.body["comment"]) == (["outdated", "other"], "Beloppet är från 2024.")


def test_no_without_a_reason_is_asked_for_one(teams: Teams, connector: BotConnector, knowledge: FakeKnowledge) -> None:
    card = ask(teams, connector)
    response = press(teams, card, "invoke_rate_down", reasons="", comment=" ")
    assert response.status_code == 200
    assert response.json() == {
        "statusCode": 400,
        "type": "application/vnd.microsoft.error",
        "value": {"code": "BadRequest", "message": "Välj minst en anledning eller skriv en kommentar."},
    }
    assert not knowledge.calls


def test_in_a_group_the_others_may_still_rate(teams: Teams, connector: BotConnector) -> None:
    card = ask(teams, connector, "message_group")
    activity = recorded("invoke_rate_up", replyToId=card.id, conversation=GROUP)
    teams.send(activity)
    now = changed(connector, card)
    assert said(now, "rated")
    assert buttons(now) == ["Ja", "Nej", "Fråga en rådgivare"]


def test_a_client_without_execute_sends_the_same_as_a_message(
    teams: Teams, connector: BotConnector, knowledge: FakeKnowledge, rasa: FakeRasa
) -> None:
    card = ask(teams, connector)
    assert teams.send(recorded("message_submit_rate", replyToId=card.id)).status_code == 202
    assert said(changed(connector, card), "rated")
    assert len(sent(knowledge, "/api/feedback")) == 1
    assert len(rasa.calls) == 1


def test_a_question_goes_to_an_adviser(
    teams: Teams, connector: BotConnector, knowledge: FakeKnowledge, rasa: FakeRasa
) -> None:
    card = ask(teams, connector)
    assert press(teams, card, "invoke_hand_over").json()["statusCode"] == 200
    now = changed(connector, card)
    assert said(now, "handed-over") == "Frågan är skickad till en rådgivare. Ditt ärendenummer är R-7K2M4P."
    assert buttons(now) == ["Ja", "Nej"]
    (call,) = sent(knowledge, "/api/handovers")
    assert call.body == {
        "answer_id": "answer-1",
        "contact_way": "here",
        "contact": "socialsekreterare",
        "municipality": "Umeå",
        "message": "Gäller det också i väntan på beslut?",
        "consent": True,
        "conversation_id": rasa.calls[0].body["sender"],
    }


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"contact_way": "email", "contact": ""}, "Skriv din e-postadress"),
        ({"contact_way": "phone", "contact": " "}, "Skriv ditt telefonnummer"),
        ({"municipality": ""}, "Skriv vilken kommun du arbetar i."),
        ({"municipality": "x" * 61}, "Skriv vilken kommun du arbetar i."),
        ({"consent": "false"}, "Du behöver godkänna detta"),
        ({"contact_way": "fax"}, "Knappen går inte längre att använda."),
    ],
)
def test_a_form_with_something_missing_says_what(
    data: dict[str, str], message: str, teams: Teams, connector: BotConnector, knowledge: FakeKnowledge
) -> None:
    card = ask(teams, connector)
    body = press(teams, card, "invoke_hand_over", **data).json()
    assert body["statusCode"] == 400
    assert message in body["value"]["message"]
    assert not knowledge.calls


def test_the_same_form_sent_twice_is_one_handover(
    teams: Teams, connector: BotConnector, knowledge: FakeKnowledge
) -> None:
    """Teams gives each press an id of its own."""
    card = ask(teams, connector)
    first, second = (recorded("invoke_hand_over", replyToId=card.id, id=f"f:{n}") for n in range(2))
    assert [teams.send(one).json()["statusCode"] for one in (first, second)] == [200, 200]
    changed(connector, card)
    press(teams, card, "invoke_rate_up")
    changed(connector, card, 2)
    assert len(sent(knowledge, "/api/handovers")) == 1


def test_both_can_be_done_on_one_card(teams: Teams, connector: BotConnector) -> None:
    card = ask(teams, connector)
    press(teams, card, "invoke_hand_over")
    changed(connector, card)
    press(teams, card, "invoke_rate_up")
    now = changed(connector, card, 2)
    assert said(now, "handed-over")
    assert said(now, "rated")
    assert buttons(now) == []


def test_a_card_that_we_do_not_know_any_more_is_answered_by_a_message(
    teams: Teams, connector: BotConnector, knowledge: FakeKnowledge
) -> None:
    teams.send(recorded("invoke_rate_up"))
    (posted,) = connector.wait_for_messages(PERSONAL, 1)
    assert posted.activity["text"] == "Tack, det är noterat att svaret hjälpte."
    assert len(sent(knowledge, "/api/feedback")) == 1


def test_a_card_that_was_deleted_is_answered_by_a_message(teams: Teams, connector: BotConnector) -> None:
    card = ask(teams, connector)
    connector.messages.remove(card)
    press(teams, card, "invoke_rate_up")
    (posted,) = connector.wait_for_messages(PERSONAL, 1)
    assert posted.activity["text"] == "Tack, det är noterat att svaret hjälpte."


def test_an_answer_that_knowledge_does_not_know_is_said_on_the_card(
    teams: Teams, connector: BotConnector, knowledge: FakeKnowledge
) -> None:
    knowledge.answers = set()
    card = ask(teams, connector)
    press(teams, card, "invoke_rate_up")
    now = changed(connector, card)
    assert said(now, "problem") == "Svaret går inte längre att bedöma. Ställ frågan igen."
    assert buttons(now) == ["Ja", "Nej", "Fråga en rådgivare"]


@pytest.mark.parametrize(
    "value",
    [
        {"action": {"type": "Action.Execute", "verb": "delete_everything", "data": {"answer_id": "answer-1"}}},
        {"action": {"type": "Action.Execute", "verb": "rate", "data": {"answer_id": ["answer-1"], "rating": "up"}}},
        {"action": {"type": "Action.Execute", "verb": "rate", "data": {"answer_id": "answer-1", "rating": "best"}}},
        {"action": {"type": "Action.Execute"}},
        {"action": "rate"},
        {},
        None,
    ],
)
def test_an_unknown_action_is_refused(
    value: dict[str, Any] | None, teams: Teams, connector: BotConnector, knowledge: FakeKnowledge
) -> None:
    response = teams.send(recorded("invoke_rate_up", value=value))
    assert response.status_code == 200
    assert response.json()["statusCode"] == 400
    assert response.json()["value"]["message"] == "Knappen går inte längre att använda. Ställ frågan igen."
    assert not connector.calls
    assert not knowledge.calls


def test_an_unknown_submit_is_told_so(teams: Teams, connector: BotConnector, rasa: FakeRasa) -> None:
    teams.send(recorded("message_submit_rate", value={"verb": "delete_everything"}))
    (posted,) = connector.wait_for_messages(PERSONAL, 1)
    assert posted.activity["text"] == "Knappen går inte längre att använda. Ställ frågan igen."
    assert not rasa.calls


def test_an_invoke_that_we_have_no_use_for_is_not_implemented(teams: Teams, connector: BotConnector) -> None:
    assert teams.send(recorded("invoke_task_fetch")).status_code == 501
    assert not connector.calls


def test_where_there_is_no_answer_the_adviser_comes_first(
    teams: Teams, connector: BotConnector, rasa: FakeRasa
) -> None:
    rasa.reply = [{"custom": NO_SUPPORT}]
    (content,) = cards_of([ask(teams, connector).activity])
    assert buttons(content)[0] == "Fråga en rådgivare"
