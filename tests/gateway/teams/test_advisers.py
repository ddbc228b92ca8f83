"""An adviser's answer to a hand-over arrives in the conversation that it came from."""

from __future__ import annotations

from typing import Any

import pytest

from bot.gateway.fakes import FakeKnowledge, FakeRasa
from tests.sims.teams.bot_connector import BotConnector, wait_until
from tests.sims.teams.read_back import cards_of
from tests.sims.teams.traffic import Teams, recorded

from .conftest import StartTeams

THREAD = recorded("message_channel")["conversation"]["id"]
ANSWER = "Ja, det gäller också i väntan på beslut.\n\nRing mig gärna."


def asked(teams: Teams, connector: BotConnector, rasa: FakeRasa, recording: str = "message_channel") -> str:
    """The key of a conversation in which something was asked."""
    teams.send(recorded(recording))
    connector.wait_for_messages(recorded(recording)["conversation"]["id"], 1)
    return str(rasa.calls[0].body["sender"])


def outcome(knowledge: FakeKnowledge, delivery_id: str) -> tuple[str, str]:
    delivery = knowledge.deliveries[delivery_id]
    wait_until(lambda: bool(delivery.outcome), patience_s=20)
    return delivery.outcome, delivery.detail


def lines(activity: dict[str, Any]) -> list[str]:
    (card,) = cards_of([activity])
    return [element["text"] for element in card["body"]]


@pytest.mark.parametrize("recording", ["message_channel", "message_personal", "message_group"])
def test_it_arrives_where_the_question_was_asked(
    recording: str, teams: Teams, connector: BotConnector, rasa: FakeRasa, knowledge: FakeKnowledge
) -> None:
    conversation = recorded(recording)["conversation"]["id"]
    delivery = knowledge.adviser_answers(asked(teams, connector, rasa, recording), "teams", ANSWER)
    answered = connector.wait_for_messages(conversation, 2)[1]
    assert lines(answered.activity) == [
        "Svar från en rådgivare",
        "Ärende R-7K2M4P · 23 november 2026",
        "Ja, det gäller också i väntan på beslut.",
        "Ring mig gärna.",
    ]
    assert answered.activity["summary"].startswith("Svar från en rådgivare: Ja, det gäller")
    assert outcome(knowledge, delivery) == ("delivered", "")


def test_it_arrives_after_a_restart(
    start_teams: StartTeams, connector: BotConnector, rasa: FakeRasa, knowledge: FakeKnowledge
) -> None:
    first = start_teams()
    key = asked(first.teams, connector, rasa)
    first.stop()
    start_teams()
    delivery = knowledge.adviser_answers(key, "teams", ANSWER, language="en")
    answered = connector.wait_for_messages(THREAD, 2)[1]
    assert lines(answered.activity)[0] == "Reply from an adviser"
    assert outcome(knowledge, delivery) == ("delivered", "")


def test_teams_that_is_busy_gets_it_later_and_once(
    teams: Teams, connector: BotConnector, rasa: FakeRasa, knowledge: FakeKnowledge
) -> None:
    key = asked(teams, connector, rasa)
    connector.faults.answers = [(503, {})]
    delivery = knowledge.adviser_answers(key, "teams", ANSWER)
    connector.wait_for_calls(2)
    knowledge.lend_again()
    connector.wait_for_messages(THREAD, 2, patience_s=30)
    assert outcome(knowledge, delivery) == ("delivered", "")
    assert len(connector.in_conversation(THREAD)) == 2


def test_a_team_that_removed_the_bot_is_reported_to_the_adviser(
    teams: Teams, connector: BotConnector, rasa: FakeRasa, knowledge: FakeKnowledge
) -> None:
    key = asked(teams, connector, rasa)
    connector.faults.answers = [(403, {})]
    delivery = knowledge.adviser_answers(key, "teams", ANSWER)
    assert outcome(knowledge, delivery) == ("failed", "Teams 403")


def test_markdown_of_an_adviser_is_shown_as_it_was_written(
    teams: Teams, connector: BotConnector, rasa: FakeRasa, knowledge: FakeKnowledge
) -> None:
    knowledge.adviser_answers(asked(teams, connector, rasa), "teams", "Se [här](http://evil.example) *nu*")
    answered = connector.wait_for_messages(THREAD, 2)[1]
    assert lines(answered.activity)[-1] == r"Se [här]\(http://evil.example) \*nu\*"
