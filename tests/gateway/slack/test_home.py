"""The App Home: help in the person's language, examples that can be asked, the choice of language."""

from __future__ import annotations

from bot.gateway.fakes import FakeRasa
from tests.sims.slack import block_kit

from .conftest import SlackGateway, StartSlack, wait_for

MARIA, JOHN = "U0MARIA01", "U0JOHN001"


def texts(slack: SlackGateway, user: str) -> str:
    return "\n".join(block_kit.texts_of(wait_for(lambda: slack.sim.workspace.homes.get(user))["blocks"]))


def test_it_explains_itself_in_swedish_and_english(slack: SlackGateway) -> None:
    slack.maria.opens_home()
    slack.john.opens_home()
    assert "Så här frågar du" in texts(slack, MARIA)
    assert "How to ask" in texts(slack, JOHN)
    assert "Skriv inga namn eller personnummer" in texts(slack, MARIA)


def test_slack_takes_it(slack: SlackGateway) -> None:
    slack.maria.opens_home()
    texts(slack, MARIA)
    assert block_kit.faults_of_view(slack.sim.workspace.homes[MARIA]) == []


def test_an_example_is_answered_in_the_direct_messages(slack: SlackGateway, rasa: FakeRasa) -> None:
    slack.maria.opens_home()
    texts(slack, MARIA)
    slack.maria.presses_at_home("ask-home_example_2")
    slack.bot_says(slack.maria.member.im)
    assert rasa.calls[0].body["message"] == "Vad gör jag när ett barn verkar fara illa?"


def test_the_chosen_language_holds_for_the_home_and_for_answers_over_a_restart(
    start_slack: StartSlack, rasa: FakeRasa
) -> None:
    slack = start_slack()
    slack.maria.opens_home()
    texts(slack, MARIA)
    slack.maria.chooses_at_home("language", "en")
    wait_for(lambda: "How to ask" in texts(slack, MARIA))
    slack.stop()
    again = start_slack()
    again.maria.says("Får en rumänsk kvinna hjälp?")
    again.bot_says(again.maria.member.im)
    assert rasa.calls[0].body["metadata"]["language"] == "en"


def test_the_choice_can_be_taken_back(slack: SlackGateway, rasa: FakeRasa) -> None:
    slack.maria.opens_home()
    texts(slack, MARIA)
    slack.maria.chooses_at_home("language", "en")
    wait_for(lambda: "How to ask" in texts(slack, MARIA))
    slack.maria.chooses_at_home("language", "auto")
    wait_for(lambda: "Så här frågar du" in texts(slack, MARIA))
    slack.maria.says("Får en rumänsk kvinna hjälp?")
    slack.bot_says(slack.maria.member.im)
    assert "language" not in rasa.calls[0].body["metadata"]
