"""Something is down while a message comes in: it is acknowledged, the person is told, and answered once afterwards."""

from __future__ import annotations

import pytest
from fastapi.responses import JSONResponse

from bot.gateway.fakes import FakeKnowledge, FakeRasa
from tests.gateway.conftest import Neighbours
from tests.sims.teams.bot_connector import TOKEN, BotConnector, Posted
from tests.sims.teams.read_back import said
from tests.sims.teams.traffic import Teams, recorded

from .conftest import StartTeams
from .test_presses import ask, changed, press, sent

MESSAGE = recorded("message_personal")
PERSONAL = MESSAGE["conversation"]["id"]
DELAYED = "Din fråga är sparad och svaret kommer här så snart det går."


def is_answer(posted: Posted) -> bool:
    return "attachments" in posted.activity


def test_rasa_is_down_and_comes_back(
    teams: Teams, connector: BotConnector, rasa: FakeRasa, neighbours: Neighbours
) -> None:
    neighbours.rasa_server.stop()
    try:
        assert teams.send(MESSAGE).status_code == 202
        (told,) = connector.wait_for_messages(PERSONAL, 1, patience_s=30)
        assert DELAYED in told.activity["text"]
        assert "112" in told.activity["text"]
    finally:
        neighbours.rasa_server.start()
    later = connector.wait_for_messages(PERSONAL, 2, patience_s=90)
    assert [is_answer(one) for one in later] == [False, True]
    assert len(rasa.calls) == 1


def test_knowledge_is_down_behind_rasa(teams: Teams, connector: BotConnector, rasa: FakeRasa) -> None:
    answer, rasa.reply = rasa.reply, [{"custom": {"type": "unavailable", "text": "…", "text_en": "…"}}]
    assert teams.send(MESSAGE).status_code == 202
    connector.wait_for_messages(PERSONAL, 1, patience_s=30)
    rasa.reply = answer
    later = connector.wait_for_messages(PERSONAL, 2, patience_s=90)
    assert [is_answer(one) for one in later] == [False, True]


def test_a_gateway_that_restarts_meanwhile_answers_what_it_had_taken(
    start_teams: StartTeams, connector: BotConnector, rasa: FakeRasa, neighbours: Neighbours
) -> None:
    neighbours.rasa_server.stop()
    try:
        first = start_teams()
        assert first.teams.send(MESSAGE).status_code == 202
        first.stop()
    finally:
        neighbours.rasa_server.start()
    start_teams()
    (answer,) = [one for one in connector.wait_for_messages(PERSONAL, 1, patience_s=90) if is_answer(one)]
    assert answer.activity["replyToId"] == MESSAGE["id"]
    assert len(rasa.calls) == 1


@pytest.mark.parametrize("status", [429, 500, 503])
def test_teams_itself_will_not_take_the_answer_yet(
    status: int, teams: Teams, connector: BotConnector, rasa: FakeRasa
) -> None:
    """The question is not asked again: the answer waits."""
    rasa.reply = [{"text": "Hej."}]
    connector.faults.answers = [(status, {"Retry-After": "1"})] * 2
    teams.send(recorded("message_channel"))  # no typing here: the faults meet the answer
    (posted,) = connector.wait_for_messages(recorded("message_channel")["conversation"]["id"], 1, patience_s=60)
    assert posted.activity["text"] == "Hej."
    assert len(rasa.calls) == 1


@pytest.mark.parametrize("status", [403, 404])
def test_a_conversation_that_is_gone_holds_up_nobody(
    status: int, teams: Teams, connector: BotConnector, rasa: FakeRasa
) -> None:
    connector.faults.answers = [(status, {})]
    teams.send(MESSAGE)
    connector.wait_for_calls(1)
    teams.send(recorded("message_personal", id="2"))
    connector.wait_for_messages(PERSONAL, 1)
    assert len(connector.messages) == 1


@pytest.mark.parametrize("recording", ["invoke_rate_up", "invoke_hand_over"])
def test_what_was_pressed_is_done_when_knowledge_is_back(
    recording: str, teams: Teams, connector: BotConnector, knowledge: FakeKnowledge
) -> None:
    card = ask(teams, connector)
    knowledge.broken = JSONResponse({}, 503)
    assert press(teams, card, recording).json()["statusCode"] == 200
    told = connector.wait_for_messages(PERSONAL, 2, patience_s=30)[1]
    assert told.activity["text"].startswith("Det du skickade är sparat.")
    knowledge.broken = None
    knowledge.calls.clear()
    now = changed(connector, card, patience_s=90)
    assert said(now, "rated") or said(now, "handed-over")
    paths = {"invoke_rate_up": "/api/feedback", "invoke_hand_over": "/api/handovers"}
    assert len(sent(knowledge, paths[recording])) == 1


def test_too_many_questions_are_told_so(start_teams: StartTeams, connector: BotConnector, rasa: FakeRasa) -> None:
    teams = start_teams(RADGIVAREN_RATE_LIMIT="2").teams
    for n in range(3):
        teams.send(recorded("message_personal", id=str(n)))
    last = connector.wait_for_messages(PERSONAL, 3)[-1]
    assert last.activity["text"].startswith("Du har ställt många frågor på kort tid.")
    assert len(rasa.calls) == 2


class Entra:
    """Gives the bot no token as long as it is not told to: an expired secret, or no way to Microsoft."""

    def __init__(self, fault: Exception) -> None:
        self.fault: Exception | None = fault

    async def get_access_token(self, *_: object) -> str:
        if self.fault is not None:
            raise self.fault
        return TOKEN


@pytest.mark.parametrize("fault", [ValueError("AADSTS7000222"), ConnectionError("no way")], ids=["secret", "network"])
def test_without_a_token_of_our_own_the_answer_waits(
    fault: Exception, start_teams: StartTeams, connector: BotConnector, rasa: FakeRasa
) -> None:
    entra = Entra(fault)
    assert start_teams(tokens=entra).teams.send(MESSAGE).status_code == 202
    entra.fault = None
    (posted,) = [one for one in connector.wait_for_messages(PERSONAL, 1) if is_answer(one)]
    assert posted.activity["replyToId"] == MESSAGE["id"]
    assert len(rasa.calls) == 1


def test_without_microsofts_keys_nobody_is_let_in_and_nobody_is_refused_for_good(
    start_teams: StartTeams, connector: BotConnector, rasa: FakeRasa
) -> None:
    teams = start_teams(keys="http://127.0.0.1:9").teams
    response = teams.send(MESSAGE)
    assert response.status_code == 503
    assert response.headers["Retry-After"]
    assert not rasa.calls
