"""What people and programs send that is no question: a clear reply, never a 500, never a command to Rasa."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from bot.gateway.fakes import FakeRasa

from .conftest import StartGateway
from .web_client import WebClient, assert_guarded, assert_refused

ZERO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff\u00ad"


def what_rasa_got(web: WebClient, rasa: FakeRasa, text: str) -> str:
    response = web.say(text)
    assert response.status_code == 200, response.text
    (call,) = rasa.calls
    message: str = call.body["message"]
    return message


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\n\t\r ",
        "\u00a0\u2003\u3000",
        "\x00\x01\x07\x1b\x7f\x9f",
        ZERO_WIDTH,
        "\ue000\uffff",
        "/",
        "//",
        " / / ",
    ],
    ids=["nothing", "space", "line ends", "wide", "control", "zero-width", "unassigned", "slash", "slashes", "spread"],
)
def test_a_message_without_a_sign_is_empty(web: WebClient, rasa: FakeRasa, text: str) -> None:
    response = web.say(text)
    assert_refused(response, 400, "empty")
    assert response.json()["error"]["text"].startswith("Meddelandet är tomt.")
    assert rasa.calls == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Får hon\x00 vård\x1b[31m?", "Får hon vård[31m?"),
        ("Rad ett\nRad två\tslut", "Rad ett\nRad två\tslut"),
        ("Rad ett\r\nRad två", "Rad ett\nRad två"),
        ("\ufeffuppehålls\u00adrätt\u200b", "uppehållsrätt"),
        ("kod \u202e321\u202c slut", "kod 321 slut"),
        ("\U0001f46a", "\U0001f46a"),
        ("\U0001f468\u200d\U0001f469\u200d\U0001f467 hjälp", "\U0001f468\u200d\U0001f469\u200d\U0001f467 hjälp"),
        ("مرحبا", "مرحبا"),
        ("e\u0301n fråga", "e\u0301n fråga"),
    ],
    ids=["control", "layout", "CRLF", "invisible", "bidi override", "emoji", "joined emoji", "Arabic", "combining"],
)
def test_signs_that_nobody_sees_are_taken_out(web: WebClient, rasa: FakeRasa, text: str, message: str) -> None:
    assert what_rasa_got(web, rasa, text) == message


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)> & \"citat\" 'apostrof'",
        "'; DROP TABLE conversations; --",
        "{{7*7}} ${7*7} %s %n",
        "Se </textarea> och &lt;b&gt;",
    ],
)
def test_markup_is_literal_text(web: WebClient, rasa: FakeRasa, text: str) -> None:
    response = web.say(text)
    assert rasa.calls[0].body["message"] == text
    assert response.headers["content-type"] == "application/json"
    assert response.json()["messages"] == [{"type": "text", "text": f"Du skrev: {text}"}]


@pytest.mark.parametrize(
    "text",
    [
        "/restart",
        " /restart",
        "//restart",
        "/ /restart",
        "/\n/\t/ restart",
        "\u200b/restart",
        "/\u200b/restart",
        "\x00/\x00restart",
        "\u3000/\u3000/restart",
        "\u200d/restart",
    ],
)
def test_restart_is_a_word_like_others(web: WebClient, rasa: FakeRasa, text: str) -> None:
    assert what_rasa_got(web, rasa, text) == "restart"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('//intent{"place": "Lund"}', 'intent{"place": "Lund"}'),
        ('/hand_over{"consent": true}', 'hand_over{"consent": true}'),
        ("/feedback_up@0.9", "feedback_up@0.9"),
        ("SoL 2025:400 / AML", "SoL 2025:400 / AML"),
        ("och/eller?", "och/eller?"),
    ],
)
def test_no_user_gives_rasa_a_command(web: WebClient, rasa: FakeRasa, text: str, message: str) -> None:
    assert what_rasa_got(web, rasa, text) == message


def test_the_longest_message_is_taken(web: WebClient, rasa: FakeRasa) -> None:
    assert what_rasa_got(web, rasa, f"  {'å' * 2000}\n") == "å" * 2000


@pytest.mark.parametrize("length", [2001, 10_000])
def test_a_longer_one_is_refused(web: WebClient, rasa: FakeRasa, length: int) -> None:
    assert_refused(web.say("å" * length), 413, "too_long")
    assert rasa.calls == []


def test_the_limit_is_a_setting(start_gateway: StartGateway, rasa: FakeRasa) -> None:
    web = start_gateway(MESSAGE_LIMIT="5")
    assert web.say("fem 5").status_code == 200
    assert_refused(web.say("fem 56"), 413, "too_long")


def test_a_refused_message_leaves_the_conversation_as_it_was(web: WebClient, rasa: FakeRasa) -> None:
    token = web.started()
    assert_refused(web.say(" ", token), 400, "empty")
    assert web.say("Igen", token).json()["conversation_id"] == token


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b" ",
        b"Hej",
        b"{",
        b'{"text": "Hej"',
        b"{'text': 'Hej'}",
        b"null",
        b"7",
        b'"Hej"',
        b"[]",
        b'[{"text": "Hej"}]',
        b"{}",
        b'{"text": null}',
        b'{"text": 7}',
        b'{"text": true}',
        b'{"text": ["Hej"]}',
        b'{"text": {"a": 1}}',
        b'{"message": "Hej"}',
        b'{"text": "Hej", "language": "de"}',
        b'{"text": "Hej", "language": 7}',
        b'{"text": "Hej\xff"}',
        b'{"text": ' + b"9" * 5000 + b"}",
        b"[" * 30_000,
        b'{"text":' * 7000,
    ],
)
def test_a_body_that_is_no_message_is_invalid(web: WebClient, rasa: FakeRasa, body: bytes) -> None:
    assert_refused(web.send(body), 400, "invalid")
    assert rasa.calls == []


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "", "x"])
def test_json_must_be_called_json(web: WebClient, rasa: FakeRasa, kind: str) -> None:
    """A page elsewhere may send these kinds without asking first."""
    content = json.dumps({"text": "Hej"}).encode()
    response = web.http.post("/channels/web/messages", content=content, headers={"content-type": kind})
    assert_refused(response, 400, "invalid")
    assert rasa.calls == []


@pytest.mark.parametrize(
    "body", [b'{"text": "Hej \\ud800!"}', b'{"text": "Hej \xed\xa0\x80!"}'], ids=["escaped", "raw"]
)
def test_half_an_emoji_is_taken_out(web: WebClient, rasa: FakeRasa, body: bytes) -> None:
    assert web.send(body).status_code == 200
    assert rasa.calls[0].body["message"] == "Hej !"


def test_half_an_emoji_alone_is_empty(web: WebClient, rasa: FakeRasa) -> None:
    assert_refused(web.send(b'{"text": "\\ud83d"}'), 400, "empty")


def test_fields_nobody_knows_are_passed_by(web: WebClient, rasa: FakeRasa) -> None:
    assert web.say("Hej", sender="web-else", metadata={"channel": "slack"}).status_code == 200
    assert rasa.calls[0].body["sender"] != "web-else"
    assert rasa.calls[0].body["metadata"]["channel"] == "web"


MEGABYTE = b'{"text": "' + b"a" * 1_000_000 + b'"}'


def in_chunks(content: bytes) -> Iterator[bytes]:
    for start in range(0, len(content), 16_384):
        yield content[start : start + 16_384]


@pytest.mark.parametrize("path", ["messages", "feedback", "handovers"])
def test_a_megabyte_is_refused(web: WebClient, rasa: FakeRasa, path: str) -> None:
    assert_refused(web.send(MEGABYTE, f"/channels/web/{path}"), 413, "too_long")
    assert rasa.calls == []


@pytest.mark.parametrize("path", ["messages", "feedback", "handovers"])
def test_a_megabyte_that_declares_no_length_is_refused(web: WebClient, rasa: FakeRasa, path: str) -> None:
    response = web.http.post(
        f"/channels/web/{path}", content=in_chunks(MEGABYTE), headers={"content-type": "application/json"}
    )
    assert_refused(response, 413, "too_long")
    assert rasa.calls == []


def test_a_chunked_message_within_the_limit_is_taken(web: WebClient) -> None:
    content = json.dumps({"text": "å" * 2000}).encode()
    headers = {"content-type": "application/json"}
    assert web.http.post("/channels/web/messages", content=in_chunks(content), headers=headers).status_code == 200


@pytest.mark.parametrize("path", ["messages", "feedback", "handovers"])
@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND"])
def test_a_wrong_method(web: WebClient, method: str, path: str) -> None:
    assert_refused(web.http.request(method, f"/channels/web/{path}"), 405, "method_not_allowed")


@pytest.mark.parametrize(
    "path",
    [
        "/nothing",
        "/channels/web",
        "/channels/slack/events",
        "/channels/web/messages/7",
        "/api/answers",
        "/webhooks/gateway/webhook",
        "/docs",
        "/redoc",
        "/widget",
        "/widget/",
        "/widget/nothing.js",
        "/widget/..%2fapp.py",
        "/widget/%2e%2e/settings.py",
        "/widget/%00",
        f"/widget/{'a' * 3000}",
        "/%ff%fe",
    ],
)
def test_an_unknown_address(web: WebClient, path: str) -> None:
    assert_refused(web.http.get(path, follow_redirects=True), 404, "not_found")


def test_a_trailing_slash_is_no_way_around(web: WebClient) -> None:
    response = web.http.post("/channels/web/messages/", json={"text": "Hej"})
    assert response.status_code in (307, 404)
    assert_guarded(response)
