"""A channel with durable work, from its request to its reply, in whole gateways over HTTP."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.gateway.app import create_app
from bot.gateway.errors import BadMessage, Unavailable, Undeliverable
from bot.gateway.fakes import FakeKnowledge, FakeRasa, LoopbackServer
from bot.gateway.pace import Pace
from bot.gateway.settings import read_settings

from .conftest import Neighbours, settings_of_tests
from .postcards import POSTCARDS, Outbox, postcards
from .web_client import ANSWER, WebClient

QUICK = Pace(look_s=0.2, first_wait_s=0.2, longest_wait_s=0.5, told_after_s=0.5, deliveries_s=0.2)
StartOne = Callable[..., "PostcardGateway"]


class PostcardGateway:
    """A gateway with postcards as its one durable channel; its outbox is the same as that of all others."""

    def __init__(self, environment: dict[str, str], outbox: Outbox) -> None:
        with pytest.MonkeyPatch.context() as patch:
            for name, value in environment.items():
                patch.setenv(name, value)
            settings = read_settings()
        self.server = LoopbackServer(create_app(settings, channels=[postcards(outbox.post)], pace=QUICK)).start()
        self.web = WebClient(self.server.url)

    def write(self, event_id: str, text: str = "Hej", sender: str = "Maria") -> bool:
        card = {"event_id": event_id, "text": text, "from": sender}
        response = self.web.http.post("/channels/postcards/cards", json=card)
        assert response.status_code == 200, response.text
        taken: bool = response.json()["taken"]
        return taken

    def stop(self) -> None:
        self.web.http.close()
        self.server.stop()


@pytest.fixture
def outbox() -> Outbox:
    return Outbox()


@pytest.fixture
def start_one(
    neighbours: Neighbours, rasa: FakeRasa, knowledge: FakeKnowledge, outbox: Outbox, tmp_path: Path
) -> Iterator[StartOne]:
    started: list[PostcardGateway] = []

    def start(**changes: str) -> PostcardGateway:
        started.append(PostcardGateway(settings_of_tests(neighbours, tmp_path, **changes), outbox))
        return started[-1]

    yield start
    rasa.broken = None
    for one in started:
        one.stop()


def until(true: Callable[[], object]) -> None:
    given_up = time.monotonic() + 30
    while not true():
        assert time.monotonic() < given_up
        time.sleep(0.02)


def a_little_later() -> None:
    """Long enough for a second answer to arrive, if there were one."""
    time.sleep(1.5)


def test_a_question_is_answered(start_one: StartOne, outbox: Outbox, rasa: FakeRasa) -> None:
    one = start_one()
    assert one.write("1", "  /Får hon hjälp?\u202e ")
    until(lambda: outbox.posted)
    assert outbox.posted == [{"kind": "answer", "to": "Maria", "text": "Du skrev: Får hon hjälp?"}]
    (call,) = rasa.calls
    assert call.body["metadata"] == {"channel": POSTCARDS, "conversation_id": call.body["sender"]}
    assert call.body["sender"].startswith("postcards-")
    assert "Maria" not in call.body["sender"]


def test_who_writes_again_continues_the_conversation(start_one: StartOne, outbox: Outbox, rasa: FakeRasa) -> None:
    one, other = start_one(), start_one()
    one.write("1", "Får hon hjälp?")
    until(lambda: len(outbox.posted) == 1)
    other.write("2", "Och barnet?")
    one.write("3", "Hej", sender="Ahmed")
    until(lambda: len(outbox.posted) == 3)
    senders = {call.body["message"]: call.body["sender"] for call in rasa.calls}
    assert senders["Får hon hjälp?"] == senders["Och barnet?"] != senders["Hej"]


def test_a_structured_answer_is_read(start_one: StartOne, outbox: Outbox, rasa: FakeRasa) -> None:
    rasa.reply = [{"custom": ANSWER}]
    start_one().write("1")
    until(lambda: outbox.posted)
    assert outbox.texts("answer") == [ANSWER["text"]]


def test_a_repeated_event_is_answered_once_also_after_a_restart(start_one: StartOne, outbox: Outbox) -> None:
    one = start_one()
    with ThreadPoolExecutor(5) as together:
        taken = list(together.map(lambda _: one.write("1"), range(5)))
    assert sorted(taken) == [False] * 4 + [True]
    until(lambda: outbox.posted)
    one.stop()
    assert not start_one().write("1")
    a_little_later()
    assert len(outbox.posted) == 1


def test_two_gateways_that_get_the_same_events_answer_each_once(start_one: StartOne, outbox: Outbox) -> None:
    one, other = start_one(), start_one()
    for number in range(25):
        taken = [gateway.write(str(number), str(number), sender=str(number)) for gateway in (one, other)]
        assert taken == [True, False]
    until(lambda: len(outbox.posted) >= 25)
    a_little_later()
    assert sorted(card["to"] for card in outbox.posted) == sorted(str(number) for number in range(25))


@pytest.mark.parametrize("down", ["rasa", "knowledge"])
def test_an_outage_is_acknowledged_told_and_made_good(
    start_one: StartOne, outbox: Outbox, rasa: FakeRasa, neighbours: Neighbours, down: str
) -> None:
    one = start_one()
    if down == "rasa":
        neighbours.rasa_server.stop()
    else:
        rasa.reply = [{"custom": {"type": "unavailable", "text": "Försök igen.", "text_en": "Try again."}}]
    assert one.write("1", "Får hon hjälp?")  # acknowledged all the same
    until(lambda: outbox.texts("delay"))
    if down == "rasa":
        neighbours.rasa_server.start()
    rasa.reply = None
    until(lambda: outbox.texts("answer"))
    a_little_later()
    assert outbox.texts("delay") == ["Får hon hjälp?"]
    assert outbox.texts("answer") == ["Du skrev: Får hon hjälp?"]


def test_a_channel_that_is_down_costs_no_second_question(start_one: StartOne, outbox: Outbox, rasa: FakeRasa) -> None:
    """Rasa has answered, the channel refuses the reply: what is tried again is the reply, not the question."""
    one = start_one()
    outbox.failing = Unavailable()
    one.write("1")
    until(lambda: rasa.calls)
    a_little_later()
    outbox.failing = None
    until(lambda: outbox.texts("answer"))
    assert len(rasa.calls) == 1


def test_a_gateway_that_is_stopped_finishes_what_it_has_begun(
    start_one: StartOne, outbox: Outbox, rasa: FakeRasa
) -> None:
    one = start_one()
    rasa.delay_s = 1
    one.write("1")
    until(lambda: rasa.calls)
    one.stop()
    assert outbox.texts("answer") == ["Du skrev: Hej"]


def test_the_limit_counts_a_question_once_however_often_it_is_tried(
    start_one: StartOne, outbox: Outbox, rasa: FakeRasa, caplog: pytest.LogCaptureFixture
) -> None:
    one = start_one(RADGIVAREN_RATE_LIMIT="1")
    rasa.reply = []
    one.write("1")
    until(lambda: len(rasa.calls) > 1)
    rasa.reply = None
    until(lambda: outbox.texts("answer"))


def test_an_advisers_answer_reaches_the_conversation_once(
    start_one: StartOne, outbox: Outbox, rasa: FakeRasa, knowledge: FakeKnowledge
) -> None:
    one, _ = start_one(), start_one()
    one.write("1", sender="Maria")
    until(lambda: outbox.texts("answer"))
    delivery = knowledge.adviser_answers(rasa.calls[0].body["sender"], POSTCARDS, "Ring socialjouren.")
    until(lambda: knowledge.deliveries[delivery].outcome)
    assert (knowledge.deliveries[delivery].outcome, knowledge.deliveries[delivery].detail) == ("delivered", "")
    replies = [card for card in outbox.posted if card["kind"] == "reply"]
    assert replies == [{"kind": "reply", "to": "Maria", "text": "Ring socialjouren.", "reference": "R-7K2M4P"}]


def test_an_answer_that_was_delivered_but_not_reported_is_reported_not_posted_again(
    start_one: StartOne, outbox: Outbox, rasa: FakeRasa, knowledge: FakeKnowledge
) -> None:
    one = start_one()
    one.write("1")
    until(lambda: outbox.texts("answer"))
    delivery = knowledge.adviser_answers(rasa.calls[0].body["sender"], POSTCARDS, "Ring socialjouren.")
    until(lambda: knowledge.deliveries[delivery].outcome)
    knowledge.deliveries[delivery].outcome = ""  # the report got lost
    knowledge.lend_again()
    until(lambda: knowledge.deliveries[delivery].outcome)
    assert knowledge.deliveries[delivery].outcome == "delivered"
    assert outbox.texts("reply") == ["Ring socialjouren."]


def test_an_answer_for_a_conversation_that_nobody_knows(
    start_one: StartOne, outbox: Outbox, knowledge: FakeKnowledge
) -> None:
    start_one()
    delivery = knowledge.adviser_answers("postcards-unknown", POSTCARDS, "Ring socialjouren.")
    until(lambda: knowledge.deliveries[delivery].outcome)
    assert (knowledge.deliveries[delivery].outcome, knowledge.deliveries[delivery].detail) == ("failed", "no_address")
    assert outbox.posted == []


@pytest.mark.parametrize(
    ("error", "detail"),
    [(Undeliverable("channel_archived"), "channel_archived"), (BadMessage("invalid"), "interrupted")],
    ids=["never", "perhaps"],
)
def test_an_answer_that_cannot_be_posted_is_reported(
    start_one: StartOne, outbox: Outbox, rasa: FakeRasa, knowledge: FakeKnowledge, error: Exception, detail: str
) -> None:
    one = start_one()
    one.write("1")
    until(lambda: outbox.texts("answer"))
    outbox.failing = error
    delivery = knowledge.adviser_answers(rasa.calls[0].body["sender"], POSTCARDS, "Ring socialjouren.")
    until(lambda: knowledge.deliveries[delivery].outcome)
    assert (knowledge.deliveries[delivery].outcome, knowledge.deliveries[delivery].detail) == ("failed", detail)


def test_an_answer_that_a_dying_gateway_was_posting_is_reported_and_not_posted_again(
    start_one: StartOne, outbox: Outbox, rasa: FakeRasa, knowledge: FakeKnowledge
) -> None:
    """Whether it arrived nobody knows; the adviser is told, instead of the official being told twice."""
    one = start_one()
    one.write("1")
    until(lambda: outbox.texts("answer"))
    outbox.failing = asyncio.CancelledError()  # what a task meets whose process ends
    delivery = knowledge.adviser_answers(rasa.calls[0].body["sender"], POSTCARDS, "Ring socialjouren.")
    until(lambda: knowledge.deliveries[delivery].lent_until)
    one.stop()
    outbox.failing = None
    knowledge.lend_again()
    start_one()
    until(lambda: knowledge.deliveries[delivery].outcome)
    assert (knowledge.deliveries[delivery].outcome, knowledge.deliveries[delivery].detail) == ("failed", "interrupted")
    assert outbox.texts("reply") == []


def test_an_answer_waits_while_the_channel_is_down(
    start_one: StartOne, outbox: Outbox, rasa: FakeRasa, knowledge: FakeKnowledge
) -> None:
    one = start_one()
    one.write("1")
    until(lambda: outbox.texts("answer"))
    outbox.failing = Unavailable()
    delivery = knowledge.adviser_answers(rasa.calls[0].body["sender"], POSTCARDS, "Ring socialjouren.")
    until(lambda: knowledge.deliveries[delivery].lent_until)
    a_little_later()
    assert knowledge.deliveries[delivery].outcome == ""
    outbox.failing = None
    knowledge.lend_again()
    until(lambda: knowledge.deliveries[delivery].outcome)
    assert outbox.texts("reply") == ["Ring socialjouren."]


def test_without_a_durable_channel_there_is_no_database(start_one: StartOne, tmp_path: Path, web: WebClient) -> None:
    assert web.say("Hej").status_code == 200
    assert not (tmp_path / "gateway.db").exists()
    start_one()
    assert (tmp_path / "gateway.db").exists()
