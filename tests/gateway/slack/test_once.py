"""Slack repeats, people press twice, gateways share and restart: every question is answered once."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor

from bot.gateway.fakes import FakeKnowledge, FakeRasa
from tests.sims.slack import traffic

from .answers import NO_SUPPORT
from .conftest import CHANNEL, SlackGateway, StartSlack, wait_for
from .recorded import recorded

DIRECT = "D0MARIA01"


def test_the_same_event_five_times_is_answered_once(slack: SlackGateway, rasa: FakeRasa) -> None:
    with ThreadPoolExecutor(5) as pool:
        replies = list(pool.map(lambda _: slack.line.send(recorded("message_im")).status_code, range(5)))
    assert replies == [200] * 5
    wait_for(slack.all_done)
    assert len(slack.bot_says(DIRECT)) == len(rasa.calls) == 1


def test_an_event_is_known_again_after_a_restart(start_slack: StartSlack, rasa: FakeRasa) -> None:
    first = start_slack()
    first.line.send(recorded("message_im"))
    first.bot_says(DIRECT)
    wait_for(first.all_done)
    first.stop()
    second = start_slack()
    assert second.line.send(recorded("message_im")).status_code == 200
    assert second.taken() == len(rasa.calls) == 1


def test_two_gateways_answer_an_event_once(start_slack: StartSlack, rasa: FakeRasa) -> None:
    one, other = start_slack(), start_slack()
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda gateway: gateway.line.send(recorded("message_im")), [one, other] * 2))
    wait_for(one.all_done)
    assert len(one.bot_says(DIRECT)) == len(rasa.calls) == 1


def test_a_later_event_that_comes_first_is_answered_and_so_is_the_earlier(slack: SlackGateway, rasa: FakeRasa) -> None:
    for name in ("message_im_thread", "message_im"):
        slack.line.send(recorded(name))
    answers = slack.bot_says(DIRECT, at_least=2)
    assert {answer.get("thread_ts") for answer in answers} == {"1795747200.000100", None}
    assert len(rasa.calls) == 2


def test_questions_of_one_conversation_are_answered_in_their_order(slack: SlackGateway, rasa: FakeRasa) -> None:
    rasa.reply = None  # says back what it was told
    for number in range(6):
        slack.maria.says(f"Fråga {number}")
    said = [message["text"] for message in slack.bot_says(DIRECT, at_least=6)]
    assert said == [f"Du skrev: Fråga {number}" for number in range(6)]


def test_pressing_yes_again_and_again_is_one_opinion(slack: SlackGateway, knowledge: FakeKnowledge) -> None:
    slack.maria.says("Får en rumänsk kvinna hjälp?")
    (answer,) = slack.bot_says(DIRECT)
    for _ in range(3):
        slack.maria.presses(DIRECT, answer, "rate_up")
    wait_for(slack.all_done)
    assert len(knowledge.calls) == 1


def test_a_dialog_that_is_sent_twice_counts_once(slack: SlackGateway, knowledge: FakeKnowledge) -> None:
    for _ in range(2):
        slack.line.send(recorded("view_submission_handover"))
    wait_for(slack.all_done)
    assert [call.path for call in knowledge.calls] == ["/api/handovers"]


def test_sixty_events_at_once_are_all_answered_once(slack: SlackGateway, rasa: FakeRasa) -> None:
    rasa.reply = [{"recipient_id": "x", "custom": NO_SUPPORT}]
    events = []
    for number in range(60):
        message = {
            "user": "U0MARIA01",
            "text": f"<@{traffic.BOT_USER}> Fråga {number}",
            "ts": f"1795750000.{number:06d}",
        }
        events.append(traffic.envelope(slack.maria.event(message, CHANNEL), event_id=f"Ev{number}"))
    with ThreadPoolExecutor(16) as pool:
        assert set(pool.map(lambda event: slack.line.send(event).status_code, events)) == {200}
    said = slack.bot_says(CHANNEL, at_least=60)
    assert sorted(message["thread_ts"] for message in said) == [f"1795750000.{number:06d}" for number in range(60)]
    assert len({json.dumps(call.body["sender"]) for call in rasa.calls}) == len(rasa.calls) == 60
