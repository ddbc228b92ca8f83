"""What is not Slack's, not for us or not whole is refused, plainly, and nothing of it is kept or told on."""

from __future__ import annotations

import json
import time

import pytest

from bot.gateway.fakes import FakeRasa
from tests.sims.slack import traffic
from tests.sims.slack.person import EVENTS
from tests.sims.slack.server import SIGNING_SECRET, SlackSim
from tests.sims.slack.traffic import JSON, Delivery

from .conftest import SlackGateway, StartSlack, wait_for
from .recorded import recorded

SECRET_WORDS = "biljetten hem"


def send(slack: SlackGateway, body: bytes, **headers: str) -> tuple[int, str]:
    response = slack.http.post(EVENTS, content=body, headers={"content-type": JSON, **headers})
    return response.status_code, response.text


@pytest.mark.parametrize("age_s", [301, 3600, -301])
def test_an_old_or_early_request_is_refused_though_its_signature_is_right(slack: SlackGateway, age_s: int) -> None:
    response = slack.line.send(recorded("message_im"), at=time.time() - age_s)
    assert response.status_code == 401
    assert slack.taken() == 0


def test_a_request_of_four_minutes_ago_is_taken(slack: SlackGateway) -> None:
    assert slack.line.send(recorded("message_im"), at=time.time() - 240).status_code == 200


@pytest.mark.parametrize(
    "change",
    [
        {"x-slack-signature": "v0=" + "0" * 64},
        {"x-slack-signature": ""},
        {"x-slack-signature": "v0=åäö".encode().decode("latin-1")},
        {"x-slack-request-timestamp": ""},
        {"x-slack-request-timestamp": "i dag"},
        {"x-slack-request-timestamp": "9" * 400},
        {"x-slack-request-timestamp": "-1"},
    ],
)
def test_what_is_not_signed_is_refused(slack: SlackGateway, change: dict[str, str]) -> None:
    delivery = recorded("message_im")
    headers = {k: v.encode("latin-1") for k, v in (delivery.headers(SIGNING_SECRET) | change).items()}
    response = slack.http.post(EVENTS, content=delivery.body, headers=headers)
    assert response.status_code == 401
    assert set(response.json()) == {"error"}
    assert slack.taken() == 0


def test_another_secret_is_refused(slack: SlackGateway) -> None:
    assert slack.line.send(recorded("message_im"), secret="another").status_code == 401


def test_a_changed_body_is_refused(slack: SlackGateway) -> None:
    delivery = recorded("message_im")
    headers = delivery.headers(SIGNING_SECRET)
    changed = delivery.body.replace(b"U0MARIA01", b"U0JOHN001")
    assert slack.http.post(EVENTS, content=changed, headers=headers).status_code == 401


@pytest.mark.parametrize("body", [b"{", b"payload=%7B", b"\xff\xfe", b"", b"[]", b'{"type":"event_callback"}', b"a=b"])
def test_what_is_signed_and_makes_no_sense_is_refused_or_acknowledged(slack: SlackGateway, body: bytes) -> None:
    response = slack.line.send(Delivery(body, JSON))
    assert response.status_code < 500
    assert slack.taken() == 0


def test_a_body_of_a_megabyte_is_refused_unread(slack: SlackGateway) -> None:
    status, text = send(slack, b"x" * 2**20)
    assert status == 413
    assert json.loads(text)["error"]["code"] == "too_long"


def test_another_workspace_is_refused(slack: SlackGateway) -> None:
    event = slack.maria.event({"user": "U0MARIA01", "text": "Hej", "ts": traffic.stamp()}, "D0MARIA01")
    response = slack.line.send(traffic.envelope(event, team="T0FREMMAND"))
    assert response.status_code == 403
    assert response.json()["error"]["code"] == "forbidden_tenant"
    assert slack.taken() == 0


def test_another_workspace_gets_no_answer_before_ours_is_known_either(start_slack: StartSlack, sim: SlackSim) -> None:
    sim.workspace.fail_after("auth.test", 0)
    slack = start_slack()
    event = slack.maria.event({"user": "U0MARIA01", "text": "Hej", "ts": traffic.stamp()}, "D0MARIA01")
    slack.line.send(traffic.envelope(event, team="T0FREMMAND"))
    wait_for(slack.all_done)
    assert sim.workspace.called("chat.postMessage") == []


def test_reading_the_address_is_not_possible(slack: SlackGateway) -> None:
    assert slack.http.get(EVENTS).status_code == 405


def test_without_settings_there_is_no_address(start_slack: StartSlack) -> None:
    slack = start_slack(SLACK_SIGNING_SECRET="", SLACK_BOT_TOKEN="")
    assert slack.line.send(recorded("message_im")).status_code == 404


def test_with_socket_mode_alone_nothing_is_taken_at_the_door(start_slack: StartSlack) -> None:
    """An empty secret would let anyone sign."""
    slack = start_slack(SLACK_SIGNING_SECRET="", SLACK_APP_TOKEN="xapp-of-the-sim")
    delivery = recorded("message_im")
    headers = delivery.headers("")
    assert slack.http.post(EVENTS, content=delivery.body, headers=headers).status_code == 404


def test_nothing_that_people_write_stands_in_the_log(
    slack: SlackGateway, caplog: pytest.LogCaptureFixture, rasa: FakeRasa
) -> None:
    with caplog.at_level("INFO"):
        slack.line.send(recorded("message_im"), secret="another")
        slack.line.send(recorded("message_im"))
        slack.line.send(recorded("message_im_edited"))
        slack.line.send(recorded("view_submission_unknown"))
        slack.bot_says("D0MARIA01")
    assert SECRET_WORDS not in caplog.text
    assert "xoxb" not in caplog.text


def test_an_address_that_is_not_slacks_gets_nothing(slack: SlackGateway) -> None:
    """The body is signed; what it names as response_url is held against Slack's own host all the same."""
    slack.line.send(recorded("slash_command", response_url="http://127.0.0.1:9/foreign"))
    assert "Nej, inte till" in slack.bot_says("D0MARIA01")[0]["text"]
    assert slack.sim.workspace.called("response_url") == []
