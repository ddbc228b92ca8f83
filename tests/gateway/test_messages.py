"""A turn through the web channel: what goes in, what reaches Rasa, what comes out."""

from __future__ import annotations

import json
import logging
import time

import pytest

from bot.gateway.conversations import Conversations
from bot.gateway.fakes import FakeRasa

from .conftest import RASA_TOKEN, StartGateway
from .web_client import ANSWER, WebClient, assert_guarded, assert_refused


@pytest.fixture(scope="module")
def gateway_of_known_secret(start_lasting_gateway: StartGateway) -> WebClient:
    return start_lasting_gateway(CONVERSATION_SECRET="secret", CONVERSATION_HOURS="2")


@pytest.fixture
def of_known_secret(gateway_of_known_secret: WebClient, rasa: FakeRasa) -> WebClient:
    return gateway_of_known_secret


def test_an_answer_passes_through_unchanged(web: WebClient, rasa: FakeRasa) -> None:
    rasa.reply = [{"recipient_id": "x", "custom": ANSWER}]
    response = web.say("Vem tar emot ansökan?")
    assert response.status_code == 200
    assert response.json().keys() == {"conversation_id", "messages"}
    assert response.json()["messages"] == [ANSWER]
    assert_guarded(response)


def test_text_with_buttons(web: WebClient, rasa: FakeRasa) -> None:
    buttons = [{"title": "E-post", "payload": "e-post"}, {"title": "Telefon", "payload": "telefon"}]
    rasa.reply = [{"recipient_id": "x", "text": "Hur når vi dig?", "buttons": buttons}]
    assert web.say("Jag vill tala med en rådgivare").json()["messages"] == [
        {"type": "text", "text": "Hur når vi dig?", "buttons": buttons}
    ]


def test_several_messages_keep_their_order(web: WebClient, rasa: FakeRasa) -> None:
    rasa.reply = [{"text": "Först."}, {"custom": ANSWER}, {"text": "Sist.", "buttons": []}]
    assert web.say("Två saker").json()["messages"] == [
        {"type": "text", "text": "Först."},
        ANSWER,
        {"type": "text", "text": "Sist."},
    ]


def test_what_rasa_gets(web: WebClient, rasa: FakeRasa) -> None:
    web.say("  Får hon sjukvård?\n", language="en")
    (call,) = rasa.calls
    assert call.headers["authorization"] == f"Bearer {RASA_TOKEN}"
    sender = call.body["sender"]
    assert call.body == {
        "sender": sender,
        "message": "Får hon sjukvård?",
        "metadata": {"channel": "web", "conversation_id": sender, "language": "en"},
    }


def test_language_is_left_out_where_the_widget_names_none(web: WebClient, rasa: FakeRasa) -> None:
    web.say("Hej")
    web.say("Hej", language=None)
    assert all("language" not in call.body["metadata"] for call in rasa.calls)


def test_a_continued_conversation_keeps_its_id_and_its_sender(web: WebClient, rasa: FakeRasa) -> None:
    token = web.started()
    assert web.say("Och om det är helg?", token).json()["conversation_id"] == token
    assert len({call.body["sender"] for call in rasa.calls}) == 1


def test_two_conversations_never_share_a_sender(web: WebClient, rasa: FakeRasa) -> None:
    tokens = [web.started() for _ in range(5)]
    for token in tokens:
        web.say("Fortsättning", token)
    assert len(set(tokens)) == 5
    senders = [call.body["sender"] for call in rasa.calls]
    assert len(set(senders)) == 5
    assert senders[:5] == senders[5:]


def test_the_token_reaches_neither_rasa_nor_a_log(
    web: WebClient, rasa: FakeRasa, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        token = web.started()
        web.say("Fortsättning", token)
        rasa.reply = []
        web.say("Nu går det fel", token)
    assert len(rasa.calls) == 3
    for call in rasa.calls:
        whole = f"{call.path} {call.headers} {call.body}"
        assert not any(part in whole for part in (token, *token.split(".")[1:]))
    assert token not in caplog.text
    assert RASA_TOKEN not in caplog.text


def test_a_conversation_survives_a_restart_of_the_gateway(start_gateway: StartGateway) -> None:
    token = start_gateway().started()
    assert start_gateway().say("Efter omstarten", token).status_code == 200


@pytest.mark.parametrize(
    "token",
    [
        "x",
        "..",
        "a.b.c",
        "-1.0.0",
        "å" * 40,
        "\x00",
        "../../etc/passwd",
        "0" * 200,
        "web-0123456789abcdef0123456789abcdef",
    ],
)
def test_a_garbage_conversation_is_unknown(web: WebClient, rasa: FakeRasa, token: str) -> None:
    assert_refused(web.say("Hej", token), 404, "unknown_conversation")
    assert rasa.calls == []


def test_a_sender_key_does_not_continue_a_conversation(web: WebClient, rasa: FakeRasa) -> None:
    web.started()
    assert_refused(web.say("Hej", rasa.calls[0].body["sender"]), 404, "unknown_conversation")
    assert len(rasa.calls) == 1


@pytest.mark.parametrize(
    ("secret", "channel", "hours_ago"),
    [("another secret", "web", 0), ("secret", "slack", 0), ("secret", "", 0), ("secret", "web", 3)],
    ids=["forged", "another channel's", "no channel's", "expired"],
)
def test_a_conversation_that_is_not_ours_is_unknown(
    of_known_secret: WebClient, rasa: FakeRasa, secret: str, channel: str, hours_ago: int
) -> None:
    made = Conversations(secret.encode(), 2, now=lambda: time.time() - hours_ago * 3600 - 60)
    response = of_known_secret.say("Hej", made.start(channel).token)
    assert_refused(response, 404, "unknown_conversation")
    assert "Börja ett nytt samtal" in response.json()["error"]["text"]
    assert rasa.calls == []


def test_a_conversation_of_the_same_secret_is_ours(of_known_secret: WebClient) -> None:
    assert of_known_secret.say("Hej", Conversations(b"secret", 2).start("web").token).status_code == 200


@pytest.mark.parametrize("token", [7, True, [], {}, ["x"], "x" * 201, "\ud800"])
def test_a_conversation_of_the_wrong_kind_is_invalid(web: WebClient, rasa: FakeRasa, token: object) -> None:
    assert_refused(web.send(json.dumps({"text": "Hej", "conversation_id": token}).encode()), 400, "invalid")
    assert rasa.calls == []
