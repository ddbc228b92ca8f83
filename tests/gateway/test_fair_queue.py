"""The queue of turns by itself: no place is ever lost or made up, and nobody stands behind another's flood."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.gateway.errors import Busy, DeadlinePassed
from bot.gateway.turns import WAITING_A_CLIENT, WAITING_IN_ALL, FairQueue

FAR = 30.0


@dataclass
class Kitchen:
    """Counts who is inside, and remembers in what order they came in."""

    queue: FairQueue
    places: int
    inside: int = 0
    served: list[str] = field(default_factory=list)

    async def visit(self, client: str, rounds: int = 1, deadline_s: float = FAR, fails: bool = False) -> None:
        async with self.queue.turn(client, deadline_s):
            self.inside += 1
            assert 0 < self.inside <= self.places
            self.served.append(client)
            try:
                for _ in range(rounds):
                    await asyncio.sleep(0)
                if fails:
                    raise ConnectionError
            finally:
                self.inside -= 1


async def assert_whole(kitchen: Kitchen) -> None:
    """All places are free, and no more than there were."""
    assert kitchen.inside == 0
    everyone_in, leave = asyncio.Event(), asyncio.Event()
    entered = 0

    async def hold(client: str) -> None:
        nonlocal entered
        async with kitchen.queue.turn(client, FAR):
            entered += 1
            if entered == kitchen.places:
                everyone_in.set()
            await leave.wait()

    holding = [asyncio.create_task(hold(f"holder {n}")) for n in range(kitchen.places)]
    await asyncio.wait_for(everyone_in.wait(), 2)
    late = asyncio.create_task(hold("late"))
    for _ in range(5):
        await asyncio.sleep(0)
    assert entered == kitchen.places, "one place too many"
    leave.set()
    await asyncio.gather(*holding, late)


async def settle(rounds: int = 3) -> None:
    for _ in range(rounds):
        await asyncio.sleep(0)


def run(test: Coroutine[Any, Any, None]) -> None:
    asyncio.run(asyncio.wait_for(test, 20))


async def with_one_inside(kitchen: Kitchen) -> asyncio.Task[None]:
    first = asyncio.create_task(kitchen.visit("first", rounds=20))
    await settle()
    assert kitchen.served == ["first"]
    return first


def test_one_message_is_not_behind_a_flood() -> None:
    async def test() -> None:
        kitchen = Kitchen(FairQueue(1), 1)
        first = await with_one_inside(kitchen)
        flood = [asyncio.create_task(kitchen.visit("flood")) for _ in range(WAITING_A_CLIENT)]
        await settle()
        single = asyncio.create_task(kitchen.visit("single"))
        await asyncio.gather(first, single, *flood)
        assert kitchen.served.index("single") <= 2
        await assert_whole(kitchen)

    run(test())


def test_clients_take_turns() -> None:
    async def test() -> None:
        kitchen = Kitchen(FairQueue(1), 1)
        first = await with_one_inside(kitchen)
        waiting = []
        for client in ("a", "a", "a", "b", "b", "c"):
            waiting.append(asyncio.create_task(kitchen.visit(client)))
            await settle(1)
        await asyncio.gather(first, *waiting)
        assert kitchen.served == ["first", "a", "b", "c", "a", "b", "a"]

    run(test())


def test_a_client_may_have_so_many_waiting() -> None:
    async def test() -> None:
        kitchen = Kitchen(FairQueue(1), 1)
        first = await with_one_inside(kitchen)
        waiting = [asyncio.create_task(kitchen.visit("flood")) for _ in range(WAITING_A_CLIENT)]
        await settle()
        with pytest.raises(Busy):
            await kitchen.visit("flood")
        another = asyncio.create_task(kitchen.visit("another"))
        await asyncio.gather(first, another, *waiting)
        assert len(kitchen.served) == WAITING_A_CLIENT + 2
        await assert_whole(kitchen)

    run(test())


def test_so_many_may_wait_in_all() -> None:
    async def test() -> None:
        kitchen = Kitchen(FairQueue(1), 1)
        first = await with_one_inside(kitchen)
        waiting = [asyncio.create_task(kitchen.visit(f"client {n}")) for n in range(WAITING_IN_ALL)]
        await settle()
        for client in ("one too many", "client 0"):
            with pytest.raises(Busy):
                await kitchen.visit(client)
        await asyncio.gather(first, *waiting)
        assert kitchen.served == ["first", *(f"client {n}" for n in range(WAITING_IN_ALL))]
        await assert_whole(kitchen)

    run(test())


def test_a_place_comes_back_from_a_turn_that_failed() -> None:
    async def test() -> None:
        kitchen = Kitchen(FairQueue(2), 2)
        for _ in range(5):
            with pytest.raises(ConnectionError):
                await kitchen.visit("a", fails=True)
        await assert_whole(kitchen)

    run(test())


def test_a_place_comes_back_from_those_who_gave_up() -> None:
    async def test() -> None:
        kitchen = Kitchen(FairQueue(1), 1)
        first = asyncio.create_task(kitchen.visit("first", rounds=200))
        await settle()
        waiting = [asyncio.create_task(kitchen.visit(f"client {n % 3}")) for n in range(9)]
        await settle()
        for task in waiting[::2]:
            task.cancel()
        outcomes = await asyncio.gather(first, *waiting, return_exceptions=True)
        assert [type(outcome) for outcome in outcomes[1::2]] == [asyncio.CancelledError] * 5
        assert len(kitchen.served) == 5
        await assert_whole(kitchen)

    run(test())


def test_one_who_gives_up_just_as_the_place_is_granted_passes_it_on() -> None:
    async def test() -> None:
        kitchen = Kitchen(FairQueue(1), 1)
        granted = asyncio.Event()

        async def leaves_and_cancels_the_next() -> None:
            async with kitchen.queue.turn("first", FAR):
                await granted.wait()
            second.cancel()  # the place has been granted, but the task has not yet run

        first = asyncio.create_task(leaves_and_cancels_the_next())
        await settle()
        second = asyncio.create_task(kitchen.visit("second"))
        third = asyncio.create_task(kitchen.visit("third"))
        await settle()
        granted.set()
        await asyncio.gather(first, second, third, return_exceptions=True)
        assert kitchen.served == ["third"]
        await assert_whole(kitchen)

    run(test())


def test_the_deadline_holds_inside_and_in_the_queue() -> None:
    async def test() -> None:
        kitchen = Kitchen(FairQueue(1), 1)

        async def slow() -> None:
            async with kitchen.queue.turn("slow", 0.05):
                await asyncio.sleep(FAR)

        inside = asyncio.create_task(slow())
        await settle()
        with pytest.raises(DeadlinePassed):
            await kitchen.visit("waiting", deadline_s=0.01)
        with pytest.raises(DeadlinePassed):
            await inside
        assert kitchen.served == []
        await assert_whole(kitchen)

    run(test())


@dataclass(frozen=True)
class Visit:
    """One client's turn: when it comes, how long it stays, and how it ends."""

    client: str
    comes_after: int
    stays: int
    cancelled_after: int | None
    deadline_s: float
    fails: bool


VISITS = st.builds(
    Visit,
    client=st.sampled_from("abcd"),
    comes_after=st.integers(0, 3),
    stays=st.integers(0, 6),
    cancelled_after=st.none() | st.integers(0, 12),
    deadline_s=st.sampled_from([FAR, FAR, FAR, 0.0, 0.0005]),
    fails=st.booleans(),
)


@settings(max_examples=80, deadline=None, database=None, derandomize=True)
@given(places=st.integers(1, 4), visits=st.lists(VISITS, max_size=40))
def test_no_schedule_loses_a_place_or_a_client(places: int, visits: list[Visit]) -> None:
    async def test() -> None:
        kitchen = Kitchen(FairQueue(places), places)
        tasks: list[asyncio.Task[None]] = []
        cancellers: list[asyncio.Task[None]] = []

        async def cancel(task: asyncio.Task[None], rounds: int) -> None:
            await settle(rounds)
            task.cancel()

        for visit in visits:
            await settle(visit.comes_after)
            tasks.append(asyncio.create_task(kitchen.visit(visit.client, visit.stays, visit.deadline_s, visit.fails)))
            if visit.cancelled_after is not None:
                cancellers.append(asyncio.create_task(cancel(tasks[-1], visit.cancelled_after)))
        outcomes = await asyncio.gather(*tasks, return_exceptions=True)
        await asyncio.gather(*cancellers)
        foreseen = (Busy, DeadlinePassed, ConnectionError, asyncio.CancelledError)
        assert [outcome for outcome in outcomes if outcome is not None and not isinstance(outcome, foreseen)] == []
        await assert_whole(kitchen)

    run(test())
