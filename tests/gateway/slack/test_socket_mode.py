"""Socket Mode: the same channel without an open door."""

from __future__ import annotations

import pytest

from bot.gateway.fakes import FakeKnowledge, FakeRasa
from tests.sims.slack.server import SlackSim

from .conftest import CHANNEL, SlackGateway, StartSlack, wait_for
from .recorded import recorded

DIRECT = "D0MARIA01"


@pytest.fixture
def slack(start_slack: StartSlack, sim: SlackSim) -> SlackGateway:
    started = start_slack(SLACK_SIGNING_SECRET="", SLACK_APP_TOKEN="xapp-of-the-sim")
    sim.socket.wait_until_open()
    started.maria, started.john = sim.person("Maria", sim.socket), sim.person("John", sim.socket)
    return started


def test_a_question_is_answered(slack: SlackGateway) -> None:
    slack.maria.says("Får en rumänsk kvinna hjälp?")
    assert "Nej, inte till löpande" in slack.bot_says(DIRECT)[0]["text"]


def test_a_repeated_event_is_answered_once(slack: SlackGateway, rasa: FakeRasa) -> None:
    for _ in range(5):
        assert slack.sim.socket.send(recorded("message_im")).status_code == 200
    slack.bot_says(DIRECT)
    wait_for(slack.all_done)
    assert len(rasa.calls) == 1


def test_a_dialog_opens_and_what_is_missing_comes_back(slack: SlackGateway, knowledge: FakeKnowledge) -> None:
    slack.maria.commands("Får en rumänsk kvinna hjälp?", CHANNEL)
    (answer,) = slack.bot_says(CHANNEL, seen_by="U0MARIA01")
    slack.maria.presses(CHANNEL, answer, "rate_down")
    wait_for(lambda: slack.maria.dialog)
    assert slack.maria.submits().json()["response_action"] == "errors"
    slack.maria.submits(reasons=["other"])
    wait_for(lambda: knowledge.calls)
    assert knowledge.calls[0].body["reasons"] == ["other"]
