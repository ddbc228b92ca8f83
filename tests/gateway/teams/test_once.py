"""Each message is answered once, whatever Teams repeats and in whatever order it comes."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor

from bot.gateway.fakes import FakeRasa
from tests.sims.teams.bot_connector import BotConnector, wait_until
from tests.sims.teams.traffic import Activity, Teams, recorded

from .conftest import StartTeams

MESSAGE = recorded("message_personal")
PERSONAL = MESSAGE["conversation"]["id"]


def numbered(n: int, conversation: str = PERSONAL) -> Activity:
    named = MESSAGE["conversation"] | {"id": conversation}
    return recorded("message_personal", id=f"17641690{n:05}", text=f"Fråga {n}", conversation=named)


def asked(rasa: FakeRasa) -> list[str]:
    return [call.body["message"] for call in rasa.calls]


def settled(teams: Teams, connector: BotConnector) -> None:
    """What came before it in the conversation has been done."""
    teams.send(numbered(99999))
    wait_until(lambda: any(one.activity["replyToId"].endswith("99999") for one in connector.messages))


def test_five_times_the_same_message_is_one_answer(teams: Teams, connector: BotConnector, rasa: FakeRasa) -> None:
    assert [teams.send(MESSAGE).status_code for _ in range(5)] == [202] * 5
    settled(teams, connector)
    assert asked(rasa) == [MESSAGE["text"], "Fråga 99999"]
    assert len(connector.messages) == 2


def test_five_times_at_once_is_one_answer(teams: Teams, connector: BotConnector, rasa: FakeRasa) -> None:
    with ThreadPoolExecutor(5) as pool:
        assert {response.status_code for response in pool.map(teams.send, [MESSAGE] * 5)} == {202}
    settled(teams, connector)
    assert asked(rasa).count(MESSAGE["text"]) == 1


def test_a_restart_does_not_forget_what_was_answered(
    start_teams: StartTeams, connector: BotConnector, rasa: FakeRasa
) -> None:
    first = start_teams()
    first.teams.send(MESSAGE)
    connector.wait_for_messages(PERSONAL, 1)
    first.stop()
    second = start_teams().teams
    assert second.send(MESSAGE).status_code == 202
    settled(second, connector)
    assert asked(rasa).count(MESSAGE["text"]) == 1


def test_two_gateways_answer_once_between_them(
    start_teams: StartTeams, connector: BotConnector, rasa: FakeRasa
) -> None:
    gateways = [start_teams().teams, start_teams().teams]
    sent = [(gateway, numbered(n, f"a:{n}")) for n in range(10) for gateway in gateways]
    with ThreadPoolExecutor(4) as pool:
        assert {pool.submit(gateway.send, one).result().status_code for gateway, one in sent} == {202}
    for n in range(10):
        connector.wait_for_messages(f"a:{n}", 1)
    settled(gateways[0], connector)
    assert sorted(asked(rasa)) == sorted([f"Fråga {n}" for n in range(10)] + ["Fråga 99999"])
    assert len(connector.messages) == 11


def test_out_of_order_is_answered_once_each_in_the_order_of_arrival(
    teams: Teams, connector: BotConnector, rasa: FakeRasa
) -> None:
    order = list(range(12))
    random.Random(7).shuffle(order)
    for n in order:
        teams.send(numbered(n))
        teams.send(numbered(order[0]))  # a late repetition of the first
    settled(teams, connector)
    assert asked(rasa) == [f"Fråga {n}" for n in order] + ["Fråga 99999"]
    replies = [one.activity["replyToId"] for one in connector.in_conversation(PERSONAL)]
    assert replies == [numbered(n)["id"] for n in order] + [numbered(99999)["id"]]


def test_the_same_id_in_another_conversation_is_another_message(
    teams: Teams, connector: BotConnector, rasa: FakeRasa
) -> None:
    """Ids are times: two chats may have the same."""
    teams.send(numbered(1, "a:one"))
    teams.send(numbered(1, "a:two"))
    connector.wait_for_messages("a:one", 1)
    connector.wait_for_messages("a:two", 1)
    assert len(rasa.calls) == 2
