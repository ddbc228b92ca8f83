"""How much one client may ask, how much reaches Rasa at once, and who waits for whom, over real HTTP."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable

import httpx

from bot.gateway.conversations import Conversations
from bot.gateway.fakes import FakeRasa
from bot.gateway.turns import WAITING_A_CLIENT

from .conftest import StartGateway
from .web_client import WebClient, assert_refused

Say = Callable[..., Awaitable[httpx.Response]]


def all_at_once(web: WebClient, play: Callable[[Say], Awaitable[None]]) -> None:
    """Plays a scene in which many speak at the same time."""

    async def scene() -> None:
        limits = httpx.Limits(max_connections=200)
        async with httpx.AsyncClient(base_url=web.url, trust_env=False, limits=limits, timeout=20) as client:

            async def say(text: str, conversation_id: str | None = None) -> httpx.Response:
                known = {"conversation_id": conversation_id} if conversation_id else {}
                return await client.post("/channels/web/messages", json={"text": text, **known})

            await asyncio.wait_for(play(say), 20)

    asyncio.run(scene())


async def until(condition: Callable[[], bool]) -> None:
    given_up = time.monotonic() + 5
    while not condition():
        assert time.monotonic() < given_up
        await asyncio.sleep(0.01)


def test_the_31st_turn_in_a_minute_is_one_too_many(start_gateway: StartGateway, rasa: FakeRasa) -> None:
    web = start_gateway(RADGIVAREN_RATE_LIMIT="30")
    token, another = web.started(), web.started()
    assert [web.say("Hej", token).status_code for _ in range(30)] == [200] * 30
    refused = web.say("Hej", token)
    assert_refused(refused, 429, "rate_limited")
    assert 1 <= int(refused.headers["retry-after"]) <= 60
    assert len(rasa.calls) == 32
    assert web.say("Hej", another).status_code == 200


def test_new_conversations_are_no_way_around_the_limit(start_gateway: StartGateway, rasa: FakeRasa) -> None:
    web = start_gateway(RADGIVAREN_RATE_LIMIT="3")
    token = web.started()
    assert [web.say("Hej").status_code for _ in range(4)] == [200, 200, 429, 429]
    assert web.say("Hej", token).status_code == 200


def test_an_address_has_a_limit_too(start_gateway: StartGateway) -> None:
    """A town hall behind one router has room for twenty busy conversations, a machine with many ids for no more."""
    web = start_gateway(RADGIVAREN_RATE_LIMIT="1", CONVERSATION_SECRET="secret")
    ours = Conversations(b"secret", 24)
    statuses = [web.say("Hej", ours.start("web").token).status_code for _ in range(21)]
    assert statuses == [200] * 20 + [429]


def test_forms_count_as_turns(start_gateway: StartGateway) -> None:
    web = start_gateway(RADGIVAREN_RATE_LIMIT="2")
    token = web.started()
    assert web.give_feedback(token).status_code == 201
    assert web.hand_over(conversation_id=token).status_code == 201
    assert_refused(web.give_feedback(token), 429, "rate_limited")
    assert_refused(web.hand_over(conversation_id=token), 429, "rate_limited")


def test_zero_is_no_limit(web: WebClient) -> None:
    token = web.started()
    assert {web.say("Hej", token).status_code for _ in range(40)} == {200}


def test_behind_a_proxy_the_address_is_what_the_proxy_saw(start_gateway: StartGateway) -> None:
    web = start_gateway(RADGIVAREN_RATE_LIMIT="1", TRUSTED_PROXY="true")

    def status(forwarded: str) -> int:
        headers = {"x-forwarded-for": forwarded}
        return web.http.post("/channels/web/messages", json={"text": "Hej"}, headers=headers).status_code

    assert status("198.51.100.1, 203.0.113.1") == 200
    assert status("198.51.100.2, 203.0.113.1") == 429  # what a client adds itself stands to the left
    assert status("203.0.113.2") == 200


def test_without_a_proxy_nobody_chooses_an_address(start_gateway: StartGateway) -> None:
    web = start_gateway(RADGIVAREN_RATE_LIMIT="1")
    statuses = [
        web.http.post("/channels/web/messages", json={"text": "Hej"}, headers={"x-forwarded-for": f"203.0.113.{n}"})
        for n in range(2)
    ]
    assert [response.status_code for response in statuses] == [200, 429]


def test_no_more_turns_reach_rasa_than_the_limit(start_gateway: StartGateway, rasa: FakeRasa) -> None:
    web = start_gateway(TURNS_IN_FLIGHT="3")
    rasa.delay_s = 0.02

    async def forty(say: Say) -> None:
        replies = await asyncio.gather(*(say(f"Fråga {n}") for n in range(40)))
        assert [reply.json()["messages"][0]["text"] for reply in replies] == [f"Du skrev: Fråga {n}" for n in range(40)]

    all_at_once(web, forty)
    assert rasa.most_at_once == 3
    assert len({call.body["sender"] for call in rasa.calls}) == 40


def test_many_at_once_never_get_each_others_reply(web: WebClient, rasa: FakeRasa) -> None:
    async def conversations(say: Say) -> None:
        async def talk(name: str) -> None:
            token = None
            for turn in range(4):
                reply = (await say(f"{name} {turn}", token)).json()
                assert reply["messages"] == [{"type": "text", "text": f"Du skrev: {name} {turn}"}]
                assert token in (None, reply["conversation_id"])
                token = reply["conversation_id"]

        await asyncio.gather(*(talk(f"Samtal {n}") for n in range(20)))

    all_at_once(web, conversations)
    senders: dict[str, set[str]] = {}
    for call in rasa.calls:
        senders.setdefault(call.body["sender"], set()).add(call.body["message"].rpartition(" ")[0])
    assert len(senders) == 20
    assert all(len(names) == 1 for names in senders.values())
    assert rasa.most_at_once <= 8


def test_one_message_is_not_behind_anothers_flood(start_gateway: StartGateway, rasa: FakeRasa) -> None:
    web = start_gateway(TURNS_IN_FLIGHT="1")
    flooding, single = web.started(), web.started()
    rasa.delay_s = 30

    async def scene(say: Say) -> None:
        flood = [asyncio.create_task(say(f"Flod {n}", flooding)) for n in range(WAITING_A_CLIENT)]
        await until(lambda: len(rasa.calls) == 3)
        await asyncio.sleep(0.1)  # the rest of the flood arrives and waits
        one = asyncio.create_task(say("En enda", single))
        await asyncio.sleep(0.1)
        rasa.delay_s = 0
        assert {reply.status_code for reply in await asyncio.gather(one, *flood)} == {200}

    all_at_once(web, scene)
    assert [call.body["message"] for call in rasa.calls][2:].index("En enda") <= 2


def test_too_many_waiting_are_told_so_at_once(start_gateway: StartGateway, rasa: FakeRasa) -> None:
    web = start_gateway(TURNS_IN_FLIGHT="1")
    flooding, single = web.started(), web.started()
    rasa.delay_s = 30

    async def scene(say: Say) -> None:
        flood = [asyncio.create_task(say("Flod", flooding)) for _ in range(WAITING_A_CLIENT + 4)]
        await until(lambda: sum(task.done() for task in flood) == 3)
        for task in flood:
            if task.done():
                assert_refused(task.result(), 503, "busy")
                assert int(task.result().headers["retry-after"]) > 0
        one = asyncio.create_task(say("En enda", single))
        await asyncio.sleep(0.05)
        rasa.delay_s = 0
        assert (await one).status_code == 200
        statuses = sorted([(await task).status_code for task in flood])
        assert statuses == [200] * (WAITING_A_CLIENT + 1) + [503] * 3

    all_at_once(web, scene)
    assert web.say("Efteråt", flooding).status_code == 200


def test_clients_that_hang_up_leave_no_place_taken(start_gateway: StartGateway, rasa: FakeRasa) -> None:
    web = start_gateway(TURNS_IN_FLIGHT="2", TURN_DEADLINE_S="1")
    rasa.delay_s = 30

    async def scene(say: Say) -> None:
        impatient = [asyncio.create_task(say("Hej")) for _ in range(12)]
        await until(lambda: len(rasa.calls) == 2)
        for task in impatient:
            task.cancel()
        await asyncio.gather(*impatient, return_exceptions=True)
        rasa.delay_s = 0
        replies = await asyncio.gather(*(say("Hej igen") for _ in range(12)))
        assert {reply.status_code for reply in replies} == {200}

    all_at_once(web, scene)
    assert rasa.most_at_once <= 2
