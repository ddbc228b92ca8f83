"""A process hangs or is killed: the user hears it within the deadline, nothing is lost, and it heals by itself."""

from __future__ import annotations

import threading
import time

import httpx
import pytest
from playwright.sync_api import expect

from benchmarks.running_service import RunningService
from tests.browser.widget_page import WidgetPage

from .browser_walk import walk_in_browser
from .conftest import Meet, Rows
from .official import Official

QUESTION = "Vilken hjälp kan en familj utan uppehållsrätt få?"
FURTHER = "Och om de har barn?"
DEADLINE_S = 12 + 3  # the gateway's own, and what a busy machine adds
HEALED_WITHIN_S = 180
BEHIND_THE_GATEWAY = ["knowledge", "actions", "rasa"]


def failed_turn(official: Official, text: str) -> httpx.Response:
    """A turn that cannot succeed: it must say so in time, in words for people."""
    began = time.monotonic()
    response = official.send(text)
    assert time.monotonic() - began < DEADLINE_S
    assert response.status_code in (503, 504), response.text
    error = response.json()["error"]
    assert "örsök igen" in error["text"]
    assert "112" in error["text"]
    assert "try again" in error["text_en"].lower()
    assert int(response.headers["Retry-After"]) > 0
    return response


@pytest.mark.parametrize("name", BEHIND_THE_GATEWAY)
def test_a_process_that_hangs(service: RunningService, meet: Meet, name: str) -> None:
    official = meet()
    official.say(QUESTION)
    process = service.process(name)
    process.suspend()
    try:
        failed_turn(official, FURTHER)
        assert not service.is_ready()
    finally:
        process.resume()
    service.wait_until_ready(HEALED_WITHIN_S)
    assert service.process(name).pid == process.pid
    assert official.say(FURTHER).status == "answered"


@pytest.mark.parametrize("name", BEHIND_THE_GATEWAY)
def test_a_process_that_is_killed(service: RunningService, meet: Meet, rows: Rows, name: str) -> None:
    official = meet()
    answer_id = official.say(QUESTION).answer["answer_id"]
    before = service.process(name).pid
    service.kill(name)
    assert failed_turn(official, FURTHER).status_code == 503
    assert not service.is_ready()
    service.wait_until_ready(HEALED_WITHIN_S)
    assert service.process(name).pid != before
    # The same conversation goes on, and what was recorded before is there.
    further = official.say(FURTHER)
    assert further.status == "answered"
    assert "child" in further.notices
    assert official.judge(answer_id, rating="up").status_code == 201
    assert rows("pragma integrity_check") == [{"integrity_check": "ok"}]


def test_the_gateway_is_killed(service: RunningService, meet: Meet) -> None:
    official = meet()
    official.say(QUESTION)
    service.kill("gateway")
    assert not service.is_ready()
    service.wait_until_ready(HEALED_WITHIN_S)
    assert official.say(FURTHER).status == "answered"


def test_many_ask_while_knowledge_dies(service: RunningService, client: httpx.Client) -> None:
    """Each reply is an answer or a request to try again; none is a fault, and none takes longer than the deadline."""
    replies: list[tuple[int, float]] = []
    healed = threading.Event()

    def ask_on() -> None:
        while not healed.is_set():
            began = time.monotonic()
            response = Official(client).send(QUESTION)
            replies.append((response.status_code, time.monotonic() - began))
            time.sleep(0.2)

    askers = [threading.Thread(target=ask_on) for _ in range(4)]
    for asker in askers:
        asker.start()
    try:
        time.sleep(2)
        service.kill("knowledge")
        time.sleep(1)
        service.wait_until_ready(HEALED_WITHIN_S)
        time.sleep(2)
    finally:
        healed.set()
        for asker in askers:
            asker.join(30)
    statuses = [status for status, _ in replies]
    assert set(statuses) <= {200, 503, 504}
    assert 503 in statuses
    assert statuses[-1] == 200
    assert max(seconds for _, seconds in replies) < DEADLINE_S


@pytest.mark.browser
def test_the_widget_says_so_and_recovers(service: RunningService) -> None:
    def walk(widget: WidgetPage) -> None:
        widget.open().ask("Hej")
        service.kill("knowledge")
        turn = widget.ask(QUESTION)
        expect(turn).to_contain_text("Rådgivaren går inte att nå just nu. Din fråga är kvar.")
        service.wait_until_ready(HEALED_WITHIN_S)
        turn.get_by_role("button", name="Försök igen").click()
        expect(widget.done()).to_contain_text("Gäller per")

    walk_in_browser(service.url("gateway"), walk)
