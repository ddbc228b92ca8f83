"""Something is down: the request is acknowledged, the person is told, and the answer comes once when it is back."""

from __future__ import annotations

from bot.gateway.fakes import FakeKnowledge, FakeRasa
from tests.gateway.conftest import Neighbours
from tests.sims.slack.traffic import BOT_USER

from .answers import LONG, reply
from .conftest import CHANNEL, SlackGateway, StartSlack, wait_for
from .recorded import recorded

DIRECT, MARIA = "D0MARIA01", "U0MARIA01"
QUESTION = "Får en rumänsk kvinna försörjningsstöd?"
MENTION = f"<@{BOT_USER}> {QUESTION}"


def test_rasa_is_down_for_a_while(slack: SlackGateway, neighbours: Neighbours, rasa: FakeRasa) -> None:
    neighbours.rasa_server.stop()
    try:
        slack.maria.says(QUESTION)
        (told,) = slack.bot_says(DIRECT)
        assert "Din fråga är sparad" in told["text"]
        assert "112" in told["text"]
    finally:
        neighbours.rasa_server.start()
    told, answer = slack.bot_says(DIRECT, at_least=2)
    assert "Nej, inte till löpande" in answer["text"]
    wait_for(slack.all_done)
    assert len(slack.bot_says(DIRECT)) == 2
    assert len(rasa.calls) == 1


def test_in_a_channel_the_delay_is_told_to_the_person_who_asked(slack: SlackGateway, neighbours: Neighbours) -> None:
    neighbours.rasa_server.stop()
    try:
        slack.maria.says(MENTION, CHANNEL)
        (told,) = slack.bot_says(CHANNEL, seen_by=MARIA)
        assert told["is_ephemeral"] is True
        assert slack.sim.workspace.messages(CHANNEL, seen_by="U0JOHN001") == []
    finally:
        neighbours.rasa_server.start()
    assert slack.bot_says(CHANNEL)[0]["thread_ts"]


def test_knowledge_is_down_behind_rasa(slack: SlackGateway, rasa: FakeRasa) -> None:
    answered = rasa.reply
    rasa.reply = [{"recipient_id": "x", "custom": {"type": "unavailable", "text": "", "text_en": ""}}]
    slack.maria.says(QUESTION)
    slack.bot_says(DIRECT)
    rasa.reply = answered
    _, answer = slack.bot_says(DIRECT, at_least=2)
    assert "Nej, inte till löpande" in answer["text"]


def test_a_gateway_that_stops_leaves_its_questions_to_the_next(
    start_slack: StartSlack, neighbours: Neighbours, rasa: FakeRasa
) -> None:
    neighbours.rasa_server.stop()
    first = start_slack()
    first.maria.says(QUESTION)
    first.stop()
    neighbours.rasa_server.start()
    second = start_slack()
    assert "Nej, inte till löpande" in second.bot_says(DIRECT)[-1]["text"]
    wait_for(second.all_done)
    assert len(rasa.calls) == 1


def test_a_hand_over_waits_for_knowledge(slack: SlackGateway, neighbours: Neighbours, knowledge: FakeKnowledge) -> None:
    slack.maria.says(QUESTION)
    (answer,) = slack.bot_says(DIRECT)
    slack.maria.presses(DIRECT, answer, "hand_over")
    wait_for(lambda: slack.maria.dialog)
    neighbours.knowledge_server.stop()
    try:
        slack.maria.submits(contact="socialsekreterare", municipality="Lund", consent=["yes"])
        assert "inte framme än" in slack.bot_says(DIRECT, at_least=2)[-1]["text"]
    finally:
        neighbours.knowledge_server.start()
    assert "R-7K2M4P" in slack.bot_says(DIRECT, at_least=3)[-1]["text"]
    wait_for(slack.all_done)
    assert [call.path for call in knowledge.calls if call.path == "/api/handovers"] == ["/api/handovers"]


def test_slack_says_wait(slack: SlackGateway, rasa: FakeRasa) -> None:
    slack.sim.workspace.faults.rate_limited = 2
    slack.maria.says(QUESTION)
    assert "Nej, inte till löpande" in slack.bot_says(DIRECT)[0]["text"]
    wait_for(slack.all_done)
    assert len(slack.bot_says(DIRECT)) == len(rasa.calls) == 1


def test_slack_falters_in_the_middle_of_a_long_answer(slack: SlackGateway, rasa: FakeRasa) -> None:
    rasa.reply = reply(LONG)
    slack.sim.workspace.fail_after("chat.postMessage", 1)
    slack.maria.says(QUESTION)
    wait_for(lambda: slack.sim.workspace.called("chat.postMessage"))
    wait_for(slack.all_done)
    said = slack.bot_says(DIRECT)
    assert len({message["text"] for message in said}) == len(said) > 1
    assert len(rasa.calls) == 1


def test_slack_itself_is_away(slack: SlackGateway, rasa: FakeRasa) -> None:
    slack.sim.pause()
    try:
        slack.maria.says(QUESTION)
        wait_for(lambda: rasa.calls)
    finally:
        slack.sim.resume()
    assert "Nej, inte till löpande" in slack.bot_says(DIRECT)[0]["text"]
    assert len(rasa.calls) == 1


def test_a_token_that_was_revoked_loses_nothing(start_slack: StartSlack) -> None:
    slack = start_slack()
    wait_for(lambda: slack.sim.workspace.called("auth.test"))
    slack.sim.workspace.faults.errors = ["token_revoked"]
    slack.maria.says(QUESTION)
    wait_for(lambda: slack.sim.workspace.faults.errors == [])
    assert not slack.all_done()


def test_where_the_reply_address_has_expired_the_answer_comes_as_a_direct_message(slack: SlackGateway) -> None:
    slack.sim.workspace.faults.expired_response_urls = True
    slack.maria.commands(QUESTION, CHANNEL)
    assert "Nej, inte till löpande" in slack.bot_says(DIRECT)[0]["text"]


def test_where_the_bot_is_not_in_the_channel_the_answer_comes_as_a_direct_message(slack: SlackGateway) -> None:
    slack.sim.workspace.channels[CHANNEL].bot_is_member = False
    slack.maria.says(MENTION, CHANNEL)
    told, answer = slack.bot_says(DIRECT, at_least=2)
    assert "inte med i kanalen" in told["text"]
    assert "Nej, inte till löpande" in answer["text"]


def test_where_slack_refuses_the_blocks_the_person_gets_the_words(slack: SlackGateway) -> None:
    slack.sim.workspace.faults.errors = ["invalid_blocks"]
    slack.maria.says(QUESTION)
    (answer,) = slack.bot_says(DIRECT)
    assert "Nej, inte till löpande" in answer["text"]
    assert "blocks" not in answer


def test_what_can_not_be_kept_is_not_acknowledged(start_slack: StartSlack) -> None:
    """Slack then sends it again, to a gateway whose database is back."""
    slack = start_slack(GATEWAY_DATABASE_URL="postgresql+psycopg://nobody@127.0.0.1:9/none")
    assert slack.line.send(recorded("message_im")).status_code == 503
