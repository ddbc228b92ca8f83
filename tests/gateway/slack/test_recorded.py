"""What Slack really sends, kind by kind: what it leads to, or that it leads to nothing."""

from __future__ import annotations

import pytest

from bot.gateway.fakes import FakeKnowledge, FakeRasa
from tests.sims.slack.workspace import Message

from .conftest import CHANNEL, SlackGateway, wait_for
from .recorded import NAMES, recorded

QUESTION = "Får en rumänsk kvinna hjälp med biljetten hem?"
MARIA, DIRECT = "U0MARIA01", "D0MARIA01"
# file: what Rasa is asked, the channel and the thread of the answer
ASKED = {
    "message_im": (QUESTION, DIRECT, None),
    "message_im_thread": (QUESTION, DIRECT, "1795747200.000100"),
    "app_mention": (QUESTION, CHANNEL, "1795747400.000100"),
    "app_mention_thread": (QUESTION, CHANNEL, "1795747400.000100"),
    "block_actions_follow_up": ("Vad är en nödsituation?", DIRECT, None),
    "view_submission_question": ("Får EU-medborgare akut tandvård?", DIRECT, None),
}
TOLD = {
    "message_im_file": (DIRECT, "inte filer"),
    "app_mention_empty": (CHANNEL, "Skriv din fråga"),
    "block_actions_unknown": (DIRECT, "Knappen fungerar inte längre"),
}
IGNORED = (
    "message_im_edited",
    "message_im_deleted",
    "message_im_own",
    "message_im_other_bot",
    "message_channel",
    "channel_join",
    "app_mention_edited",
    "app_mention_by_bot",
    "app_home_messages",
    "team_join",
    "view_submission_unknown",
)
DIALOGS = {"block_actions_rate_down": "feedback", "block_actions_hand_over": "handover", "message_action": "question"}
ELSEWHERE = (
    "url_verification",
    "app_home_opened",
    "slash_command",
    "block_actions_rate_up",
    "view_submission_feedback",
    "view_submission_handover",
)


def said(slack: SlackGateway, channel: str) -> Message:
    return slack.bot_says(channel, seen_by=MARIA)[0]


def test_every_recorded_payload_is_tested() -> None:
    assert sorted([*ASKED, *TOLD, *IGNORED, *DIALOGS, *ELSEWHERE]) == NAMES


@pytest.mark.parametrize("name", ASKED)
def test_a_question_is_asked_and_answered_in_its_place(name: str, slack: SlackGateway, rasa: FakeRasa) -> None:
    question, channel, thread = ASKED[name]
    assert slack.line.send(recorded(name)).status_code == 200
    answer = said(slack, channel)
    assert "Nej, inte till löpande försörjningsstöd" in answer["text"]
    assert answer.get("thread_ts") == thread
    assert [call.body["message"] for call in rasa.calls] == [question]


@pytest.mark.parametrize("name", TOLD)
def test_what_is_no_question_is_told_what_to_do(name: str, slack: SlackGateway, rasa: FakeRasa) -> None:
    channel, text = TOLD[name]
    assert slack.line.send(recorded(name)).status_code == 200
    assert text in said(slack, channel)["text"]
    assert rasa.calls == []


@pytest.mark.parametrize("name", IGNORED)
def test_what_nobody_asked_is_acknowledged_and_nothing_more(name: str, slack: SlackGateway) -> None:
    assert slack.line.send(recorded(name)).status_code == 200
    assert slack.taken() == 0


@pytest.mark.parametrize("name", DIALOGS)
def test_a_press_opens_its_dialog(name: str, slack: SlackGateway) -> None:
    delivery = recorded(name, trigger_id="trigger-1")
    slack.sim.workspace.triggers["trigger-1"] = MARIA
    assert slack.line.send(delivery).status_code == 200
    assert wait_for(lambda: slack.maria.dialog)["callback_id"] == DIALOGS[name]


def test_slack_is_told_its_challenge(slack: SlackGateway) -> None:
    response = slack.line.send(recorded("url_verification"))
    assert response.status_code == 200
    assert "3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P" in response.text


def test_the_app_home_is_drawn(slack: SlackGateway) -> None:
    assert slack.line.send(recorded("app_home_opened")).status_code == 200
    assert wait_for(lambda: slack.sim.workspace.homes.get(MARIA))["type"] == "home"


def test_a_command_is_answered_for_the_person_alone(slack: SlackGateway, rasa: FakeRasa) -> None:
    url = slack.sim.workspace.new_response_url(slack.sim.url, CHANNEL, MARIA)
    response = slack.line.send(recorded("slash_command", response_url=url))
    assert (response.status_code, response.content) == (200, b"")
    assert said(slack, CHANNEL)["is_ephemeral"] is True
    assert slack.sim.workspace.messages(CHANNEL, seen_by="U0JOHN001") == []
    assert rasa.calls[0].body["message"] == QUESTION


@pytest.mark.parametrize("name", ["block_actions_rate_up", "view_submission_feedback"])
def test_feedback_reaches_knowledge(name: str, slack: SlackGateway, knowledge: FakeKnowledge) -> None:
    assert slack.line.send(recorded(name)).status_code == 200
    assert "Tack" in said(slack, DIRECT)["text"]
    (call,) = knowledge.calls
    assert (call.path, call.body["answer_id"]) == ("/api/feedback", "answer-1")


def test_a_hand_over_reaches_knowledge(slack: SlackGateway, knowledge: FakeKnowledge) -> None:
    assert slack.line.send(recorded("view_submission_handover")).status_code == 200
    assert "R-7K2M4P" in said(slack, DIRECT)["text"]
    (call,) = knowledge.calls
    assert call.path == "/api/handovers"
    assert call.body["contact"] == "maria@kommun.example"
    assert call.body["consent"] is True
