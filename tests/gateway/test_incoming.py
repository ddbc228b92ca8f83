"""Durable work at its heart: several workers on one database, crashes, retries, time going by. Also on PostgreSQL."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text

from bot.gateway.database import make_tables, metadata, open_engine
from bot.gateway.errors import Busy, DeadlinePassed, LeaseLost, Unavailable, Undeliverable
from bot.gateway.incoming.progress import Progress
from bot.gateway.incoming.store import Incoming, Leased
from bot.gateway.incoming.worker import FAULTS, Worker
from bot.gateway.pace import Pace
from bot.gateway.sealing import Seal

from . import postgres

HOUR, DAY = 3600.0, 86_400.0
PACE = Pace()
LEASE_S = PACE.lease_s


@pytest.fixture(scope="module")
def postgres_url() -> Iterator[str]:
    if not postgres.can_run():
        pytest.skip("PostgreSQL is not installed")
    with postgres.running() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    url = f"sqlite:///{tmp_path / 'gateway.db'}"
    if request.param == "postgres":
        url = request.getfixturevalue("postgres_url")
    yield url
    if request.param == "postgres":
        engine = open_engine(url)
        metadata.drop_all(engine)
        engine.dispose()


@dataclass
class Clock:
    """The same for every gateway of a test."""

    at: float = 1_000_000.0

    def __call__(self) -> float:
        return self.at


class Doings:
    """A channel that does what the test says, and remembers it."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self.delays: list[str] = []
        self.failures: list[str] = []
        self.raising: BaseException | None = None
        self.step: Callable[[dict[str, Any], Progress], Awaitable[None]] | None = None

    async def work(self, work: dict[str, Any], progress: Progress) -> None:
        if self.step is not None:
            await self.step(work, progress)
        if self.raising is not None:
            raise self.raising
        self.done.append(work["text"])

    async def tell_delay(self, work: dict[str, Any]) -> None:
        self.delays.append(work["text"])

    async def tell_failure(self, work: dict[str, Any]) -> None:
        self.failures.append(work["text"])


@dataclass
class GatewayOfTest:
    """One process's share: its own connections and worker, the common database and clock."""

    engine: Engine
    incoming: Incoming
    worker: Worker
    channel: Doings

    async def take(self, event_id: str, words: str = "", line: str = "") -> bool:
        return await self.incoming.take("test", event_id, {"text": words or event_id}, line)

    async def work(self, at_most: int = 100) -> int:
        """Everything that can be done now, one after another."""
        leased = await self.incoming.claim(at_most)
        for one in leased:
            await self.worker.do(one)
        return len(leased)

    async def work_until_done(self, clock: Clock) -> None:
        while await self.incoming.waiting():
            await self.work()
            clock.at += 61


@dataclass
class Gateways:
    database: str
    clock: Clock = field(default_factory=Clock)
    started: list[GatewayOfTest] = field(default_factory=list)

    def start(self, secret: bytes = b"the same secret everywhere") -> GatewayOfTest:
        engine = open_engine(self.database)
        make_tables(engine)
        incoming, channel = Incoming(engine, Seal(secret), LEASE_S, self.clock), Doings()
        worker = Worker(incoming, {"test": channel}, at_once=8, pace=PACE, now=self.clock)
        self.started.append(GatewayOfTest(engine, incoming, worker, channel))
        return self.started[-1]

    def stored(self) -> str:
        """Everything in the database, as text."""
        with self.started[0].engine.connect() as connection:
            return str(connection.execute(text("SELECT * FROM incoming ORDER BY number")).mappings().all())


@pytest.fixture
def gateways(database: str) -> Iterator[Gateways]:
    made = Gateways(database)
    yield made
    for one in made.started:
        one.engine.dispose()


def run(story: Coroutine[Any, Any, None]) -> None:
    asyncio.run(story)


def test_what_is_taken_is_done_once(gateways: Gateways) -> None:
    async def story() -> None:
        a = gateways.start()
        assert await a.take("1", "Får hon hjälp med biljetten hem?")
        assert (await a.work(), await a.work()) == (1, 0)
        assert a.channel.done == ["Får hon hjälp med biljetten hem?"]
        assert await a.incoming.waiting() == 0

    run(story())


def test_an_event_that_comes_five_times_at_once_is_taken_once(gateways: Gateways) -> None:
    async def story() -> None:
        a, b = gateways.start(), gateways.start()
        taken = await asyncio.gather(*(one.take("same") for one in (a, b, a, b, a)))
        assert sorted(taken) == [False] * 4 + [True]
        await asyncio.gather(a.work(), b.work())
        assert a.channel.done + b.channel.done == ["same"]
        assert not await a.take("same")

    run(story())


def test_an_event_id_counts_within_its_channel(gateways: Gateways) -> None:
    async def story() -> None:
        a = gateways.start()
        assert await a.incoming.take("test", "1", {})
        assert await a.incoming.take("other", "1", {})
        assert not await a.incoming.take("other", "1", {})

    run(story())


def test_a_restarted_gateway_knows_what_was_seen_and_does_what_waits(gateways: Gateways) -> None:
    async def story() -> None:
        a = gateways.start()
        await a.take("done")
        await a.work()
        await a.take("waiting")
        b = gateways.start()
        assert [await b.take("done"), await b.take("waiting")] == [False, False]
        await b.work()
        assert b.channel.done == ["waiting"]

    run(story())


def test_several_gateways_share_the_work(gateways: Gateways) -> None:
    async def story() -> None:
        three = [gateways.start() for _ in range(3)]
        for number in range(60):
            await three[number % 3].take(str(number))

        async def until_nothing_is_left(one: GatewayOfTest) -> None:
            while await one.work(at_most=2):
                pass

        await asyncio.gather(*(until_nothing_is_left(one) for one in three))
        done = [words for one in three for words in one.channel.done]
        assert sorted(done, key=int) == [str(number) for number in range(60)]

    run(story())


def test_the_work_of_a_gateway_that_dies_is_taken_over_once(gateways: Gateways) -> None:
    async def story() -> None:
        a, b = gateways.start(), gateways.start()
        await a.take("1")
        assert len(await a.incoming.claim(1)) == 1  # and a is never heard of again
        gateways.clock.at += LEASE_S - 1
        assert await b.work() == 0
        gateways.clock.at += 1
        assert await b.work() == 1
        assert b.channel.done == ["1"]
        gateways.clock.at += DAY
        assert await b.work() == 0

    run(story())


def test_a_gateway_that_was_only_stopped_for_a_while_leaves_its_work_alone(gateways: Gateways) -> None:
    """A paused process wakes in the middle of its work, which another gateway has done meanwhile."""

    async def story() -> None:
        a, b = gateways.start(), gateways.start()
        await a.take("1")
        said: list[str] = []

        async def paused(_: dict[str, Any], progress: Progress) -> None:
            gateways.clock.at += LEASE_S + 1
            await b.work()
            await progress.keep(posting=True)
            said.append("the answer, a second time")

        a.channel.step = paused
        await a.work()
        assert b.channel.done == ["1"]
        assert (a.channel.done, said) == ([], [])

    run(story())


def test_work_that_takes_longer_than_a_lease_stays_with_its_gateway(gateways: Gateways) -> None:
    async def story() -> None:
        a, b = gateways.start(), gateways.start()
        await a.take("1")
        (leased,) = await a.incoming.claim(1)
        for _ in range(5):
            gateways.clock.at += LEASE_S - 1
            await a.incoming.renew(leased)
            assert await b.work() == 0
        await a.worker.do(leased)
        assert a.channel.done == ["1"]

    run(story())


def test_who_takes_over_goes_on_where_the_other_stopped(gateways: Gateways) -> None:
    async def story() -> None:
        a, b = gateways.start(), gateways.start()
        await a.take("1")

        async def dies_after_the_first(_: dict[str, Any], progress: Progress) -> None:
            await progress.keep(said=["Ja."], posted=1)
            raise asyncio.CancelledError

        found: list[tuple[object, object]] = []

        async def goes_on(_: dict[str, Any], progress: Progress) -> None:
            found.append((progress.get("said"), progress.get("posted")))

        a.channel.step, b.channel.step = dies_after_the_first, goes_on
        with pytest.raises(asyncio.CancelledError):
            await a.work()
        await b.work()
        assert found == [(["Ja."], 1)]
        assert b.channel.done == ["1"]

    run(story())


def test_work_that_was_handed_on_cannot_be_ended_by_the_one_who_lost_it(gateways: Gateways) -> None:
    async def story() -> None:
        a, b = gateways.start(), gateways.start()
        await a.take("1")
        (lost,) = await a.incoming.claim(1)
        gateways.clock.at += LEASE_S
        await b.incoming.claim(1)
        changes: tuple[Callable[[Leased], Awaitable[None]], ...] = (a.incoming.renew, a.incoming.finish)
        for change in changes:
            with pytest.raises(LeaseLost):
                await change(lost)
        assert await b.incoming.waiting() == 1

    run(story())


@pytest.mark.parametrize("outage", [Unavailable(), DeadlinePassed(), Busy()], ids=lambda error: error.code)
def test_an_outage_is_told_once_and_answered_once(gateways: Gateways, outage: Exception) -> None:
    async def story() -> None:
        a = gateways.start()
        await a.take("1")
        a.channel.raising = outage
        for _ in range(20):
            gateways.clock.at += 61
            await a.work()
        assert (a.channel.done, a.channel.delays) == ([], ["1"])
        a.channel.raising = None
        b = gateways.start()  # a restart in between
        await b.work_until_done(gateways.clock)
        assert (b.channel.done, b.channel.delays) == (["1"], [])

    run(story())


def test_a_short_fault_is_not_worth_a_message(gateways: Gateways) -> None:
    async def story() -> None:
        a = gateways.start()
        await a.take("1")
        a.channel.raising = Busy()
        await a.work()
        a.channel.raising = None
        gateways.clock.at += 1
        await a.work()
        assert (a.channel.done, a.channel.delays) == (["1"], [])

    run(story())


def test_the_waits_grow_to_a_minute_and_respect_what_the_service_asks() -> None:
    assert [PACE.wait_before(tries) for tries in range(1, 9)] == [1, 2, 4, 8, 16, 32, 60, 60]
    assert PACE.wait_before(5000) == 60
    assert PACE.wait_before(1, Unavailable(retry_after_s=30)) == 30
    assert PACE.wait_before(8, Unavailable(retry_after_s=30)) == 60


def test_waiting_work_is_not_tried_before_its_time(gateways: Gateways) -> None:
    async def story() -> None:
        a = gateways.start()
        await a.take("1")
        a.channel.raising = Unavailable(retry_after_s=30)
        await a.work()
        a.channel.raising = None
        gateways.clock.at += 29
        assert await a.work() == 0
        gateways.clock.at += 1
        assert await a.work() == 1

    run(story())


def test_an_outage_of_a_day_is_given_up_and_told(gateways: Gateways) -> None:
    async def story() -> None:
        a = gateways.start()
        await a.take("1")
        a.channel.raising = Unavailable()
        gateways.clock.at += DAY - HOUR
        await a.work()
        assert a.channel.failures == []
        gateways.clock.at += 2 * HOUR
        await a.work()
        gateways.clock.at += DAY
        assert await a.work() == 0
        assert (a.channel.done, a.channel.failures) == ([], ["1"])

    run(story())


def test_a_conversation_is_answered_in_its_order(gateways: Gateways) -> None:
    """A follow-up makes no sense before its question, however many gateways there are."""

    async def story() -> None:
        a, b = gateways.start(), gateways.start()
        await a.take("1", "Får hon hjälp?", line="Maria")
        await a.take("2", "Och barnet?", line="Maria")
        await a.take("3", "Vad är SIS?", line="Ahmed")
        a.channel.raising = Unavailable()
        assert len(await b.incoming.claim(1)) == 1  # b holds Maria's first, and dies
        gateways.clock.at += 1
        a.channel.raising = None
        await a.work()
        assert a.channel.done == ["Vad är SIS?"]
        gateways.clock.at += LEASE_S
        await a.work_until_done(gateways.clock)
        assert a.channel.done == ["Vad är SIS?", "Får hon hjälp?", "Och barnet?"]

    run(story())


def test_a_fault_in_one_piece_stops_no_other_and_is_told(gateways: Gateways, caplog: pytest.LogCaptureFixture) -> None:
    async def story() -> None:
        a = gateways.start()
        tried: list[str] = []

        async def step(work: dict[str, Any], _: Progress) -> None:
            tried.append(work["text"])
            if work["text"] == "broken":
                raise KeyError("nobody foresaw this")

        a.channel.step = step
        await a.take("1", "broken")
        await a.take("2", "whole")
        await a.work_until_done(gateways.clock)
        assert tried.count("broken") == FAULTS
        assert (a.channel.done, a.channel.failures) == (["whole"], ["broken"])

    run(story())
    assert "nobody foresaw this" in caplog.text


def test_who_cannot_be_reached_any_more_is_given_up_at_once(gateways: Gateways) -> None:
    async def story() -> None:
        a = gateways.start()
        await a.take("1")
        a.channel.raising = Undeliverable("channel_archived")
        await a.work()
        assert await a.incoming.waiting() == 0
        assert (a.channel.done, a.channel.delays, a.channel.failures) == ([], [], [])

    run(story())


def test_a_message_about_the_work_that_cannot_be_sent_does_not_stop_it(
    gateways: Gateways, caplog: pytest.LogCaptureFixture
) -> None:
    class Mute(Doings):
        async def tell_delay(self, work: dict[str, Any]) -> None:
            await super().tell_delay(work)
            raise Unavailable

    async def story() -> None:
        a = gateways.start()
        mute = Mute()
        worker = Worker(a.incoming, {"test": mute}, at_once=1, pace=PACE, now=gateways.clock)
        await a.take("1")
        mute.raising = Unavailable()
        gateways.clock.at += 60
        for leased in await a.incoming.claim(1):
            await worker.do(leased)
        mute.raising = None
        gateways.clock.at += 61
        for leased in await a.incoming.claim(1):
            await worker.do(leased)
        assert (mute.done, mute.delays) == (["1"], ["1"])

    run(story())


def test_nothing_that_was_written_can_be_read_in_the_database(gateways: Gateways) -> None:
    async def story() -> None:
        a = gateways.start()
        await a.take("Ev0123 maria@example.se", "hemlig fråga", line="D-maria")
        (leased,) = await a.incoming.claim(1)
        await a.incoming.keep_progress(leased, {"said": "hemligt svar"})
        waiting = gateways.stored()
        await a.worker.do(leased)
        done = gateways.stored()
        assert a.channel.done == ["hemlig fråga"]
        for stored in (waiting, done):
            assert not any(words in stored for words in ("hemlig", "maria", "Ev0123"))
        assert "gAAAA" in waiting  # how everything begins that Fernet has sealed
        assert "gAAAA" not in done

    run(story())


def test_what_was_sealed_with_another_key_is_given_up(gateways: Gateways, caplog: pytest.LogCaptureFixture) -> None:
    async def story() -> None:
        a, b = gateways.start(), gateways.start(secret=b"another one")
        await a.take("1")
        await b.work()
        assert (b.channel.done, await b.incoming.waiting()) == ([], 0)

    run(story())
    assert "another key" in caplog.text


def test_work_of_a_channel_that_is_switched_off_waits_for_it(gateways: Gateways) -> None:
    async def story() -> None:
        a = gateways.start()
        await a.take("1")
        without = Worker(a.incoming, {}, at_once=1, pace=PACE, now=gateways.clock)
        for leased in await a.incoming.claim(1):
            await without.do(leased)
        assert await a.incoming.waiting() == 1
        await a.work_until_done(gateways.clock)
        assert a.channel.done == ["1"]

    run(story())


def test_what_was_seen_is_remembered_for_a_week(gateways: Gateways) -> None:
    async def story() -> None:
        a = gateways.start()
        await a.take("old")
        await a.work()
        await a.take("waiting")
        gateways.clock.at += 6.9 * DAY
        await a.incoming.forget()
        assert not await a.take("old")
        gateways.clock.at += 0.2 * DAY
        await a.incoming.forget()
        assert await a.take("old")
        assert not await a.take("waiting")  # what nobody has done is never forgotten

    run(story())


def test_a_database_that_is_gone_takes_nothing(gateways: Gateways, caplog: pytest.LogCaptureFixture) -> None:
    """The sender gets no acknowledgement, and sends it again: nothing is lost."""

    async def story() -> None:
        a = gateways.start()
        metadata.drop_all(a.engine)
        with pytest.raises(Unavailable):
            await a.take("1", "hemlig fråga")
        make_tables(a.engine)
        assert await a.take("1", "hemlig fråga")

    run(story())
    assert "hemlig" not in caplog.text
