"""What people and programs should not send, sent to the whole service: a clear reply, never a fault."""

from __future__ import annotations

import httpx
import pytest

from .conftest import Meet
from .official import Official

QUESTION = "Får kommunen förbjuda tiggeri?"


@pytest.mark.parametrize(
    "typed",
    [
        "/restart",
        "/ /restart",
        '/intent{"municipality": "Malmö"}',
        '/feedback_down{"answer_id": "1"}',
        "/session_start",
        "/back",
        'EXTERNAL: {"name": "x"}',
        "/ask_human",
    ],
)
def test_commands_of_rasa_are_only_words(meet: Meet, typed: str) -> None:
    official = meet()
    official.say("Har gravida utan uppehållsrätt rätt till förlossningsvård?")
    assert official.say(typed).text
    # Had it been obeyed, the conversation would be gone or another action would have run.
    assert "halsovard-graviditet" in official.say("Och vad kostar det?").topics


@pytest.mark.parametrize("typed", ["😀", "🙏🏽🙏🏽🙏🏽", "???", "!!!", "...", "1234567", "asdf qwer zxcv"])
def test_signs_without_a_question_are_refused_kindly(meet: Meet, typed: str) -> None:
    reply = meet().say(typed)
    assert reply.status == "out_of_scope"
    assert reply.answer["citations"] == []


@pytest.mark.parametrize("typed", ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "{{7*7}}", "${7*7}"])
def test_markup_and_templates_come_back_as_nothing_of_the_kind(meet: Meet, typed: str) -> None:
    reply = meet().say(typed)
    assert reply.answer["citations"] == []
    assert "<" not in reply.text
    assert "49" not in reply.text


def test_a_question_in_markup_is_still_a_question(meet: Meet) -> None:
    assert "tiggeri-ordningsforeskrifter" in meet().say(f"<b>{QUESTION}</b>").topics


def test_another_language_gets_the_languages_we_have(meet: Meet) -> None:
    reply = meet().say("Ce ajutor poate primi un cetățean român fără drept de ședere?")
    assert reply.status == "out_of_scope"
    assert "svenska" in reply.text
    assert "English" in reply.text


def test_control_signs_are_taken_away(meet: Meet) -> None:
    reply = meet().say("Får\u0000 kommunen\u202e förbjuda\u0007 tiggeri?\u200b")
    assert reply.topics == meet().say(QUESTION).topics


@pytest.mark.parametrize(
    ("typed", "status", "code"),
    [
        ("", 400, "empty"),
        (" \n\t ", 400, "empty"),
        ("\u0000\u200b", 400, "empty"),
        ("/", 400, "empty"),
        ("å" * 10_000, 413, "too_long"),
        ("Får kommunen förbjuda tiggeri? " * 65, 413, "too_long"),
    ],
)
def test_what_is_no_message(meet: Meet, typed: str, status: int, code: str) -> None:
    refused(meet().send(typed), status, code)


def test_the_longest_message_is_taken(meet: Meet) -> None:
    assert meet().say((QUESTION + " ") * 64).messages


BODIES = [b"", b"{", b"[]", b"null", b'{"text": 1}', b'{"text": null}', b"\xff\xfe", b"[" * 9000]


@pytest.mark.parametrize("body", BODIES, ids=range(len(BODIES)))
def test_a_body_that_is_no_message(client: httpx.Client, body: bytes) -> None:
    response = client.post("/channels/web/messages", content=body, headers={"Content-Type": "application/json"})
    refused(response, 400, "invalid")


def test_lone_surrogates_are_no_fault(client: httpx.Client) -> None:
    body = b'{"text": "F\\u00e5r kommunen \\ud800 f\\u00f6rbjuda tiggeri?"}'
    response = client.post("/channels/web/messages", content=body, headers={"Content-Type": "application/json"})
    assert response.status_code in (200, 400)


@pytest.mark.parametrize("forged", ["x", "1.2.3", "1.2", "ö", "65a0.0000.ffff", "a" * 150])
def test_a_conversation_that_nobody_began(client: httpx.Client, forged: str) -> None:
    official = Official(client)
    official.conversation_id = forged
    refused(official.send(QUESTION), 404, "unknown_conversation")


def test_a_conversation_of_another_with_one_sign_changed(meet: Meet) -> None:
    official = meet()
    official.say(QUESTION)
    assert official.conversation_id
    last = "0" if official.conversation_id[-1] != "0" else "1"
    official.conversation_id = official.conversation_id[:-1] + last
    refused(official.send("Och om de har barn?"), 404, "unknown_conversation")


def refused(response: httpx.Response, status: int, code: str) -> None:
    assert response.status_code == status, response.text
    error = response.json()["error"]
    assert error["code"] == code
    assert error["text"] and error["text_en"]
    assert "Traceback" not in response.text
