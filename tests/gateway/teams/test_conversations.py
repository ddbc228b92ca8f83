"""A question in Teams and its answer: in a chat, in a group, in a channel's thread."""

from __future__ import annotations

from typing import Any

import pytest

from bot.gateway.fakes import FakeRasa
from bot.gateway.presentation.words import Catalogue
from tests.sims.teams.bot_connector import BotConnector, Posted
from tests.sims.teams.read_back import cards_of, read_back
from tests.sims.teams.traffic import Teams, recorded

from .answers import ANSWER, CLARIFY, ENGLISH


def conversation(recording: str) -> str:
    return str(recorded(recording)["conversation"]["id"])


PERSONAL = conversation("message_personal")


def card(posted: Posted) -> dict[str, Any]:
    (only,) = cards_of([posted.activity])
    return only


def test_a_question_gets_a_card(teams: Teams, connector: BotConnector, rasa: FakeRasa) -> None:
    response = teams.send(recorded("message_personal"))
    assert (response.status_code, response.content) == (202, b"")
    (posted,) = connector.wait_for_messages(PERSONAL, 1)
    assert posted.activity["attachments"][0]["contentType"] == "application/vnd.microsoft.card.adaptive"
    assert posted.activity["summary"].startswith("Nej, inte till löpande försörjningsstöd. Den som saknar")
    assert posted.activity["replyToId"] == recorded("message_personal")["id"]
    assert read_back([card(posted)]).text == ANSWER["text"]
    assert rasa.calls[0].body["message"] == "Har den som saknar uppehållsrätt rätt till ekonomiskt bistånd?"


def test_typing_is_shown_before_the_answer(teams: Teams, connector: BotConnector) -> None:
    teams.send(recorded("message_personal"))
    calls = connector.wait_for_calls(2)
    assert [call.body["type"] for call in calls] == ["typing", "message"]


@pytest.mark.parametrize(
    ("recording", "asked"),
    [
        ("message_group", "Vad gör jag när ett barn verkar fara illa?"),
        ("message_channel", "Vem betalar resan hem?"),
    ],
)
def test_the_mention_is_no_part_of_the_question(
    recording: str, asked: str, teams: Teams, connector: BotConnector, rasa: FakeRasa
) -> None:
    teams.send(recorded(recording))
    connector.wait_for_messages(conversation(recording), 1)
    assert rasa.calls[0].body["message"] == asked


def test_signs_that_teams_escapes_reach_us_as_they_were_written(
    teams: Teams, connector: BotConnector, rasa: FakeRasa
) -> None:
    teams.send(recorded("message_personal", text="Gäller A &amp; B om &lt;3&nbsp;mån?"))
    connector.wait_for_messages(PERSONAL, 1)
    assert rasa.calls[0].body["message"] == "Gäller A & B om <3 mån?"


def test_a_thread_of_a_channel_is_one_conversation(teams: Teams, connector: BotConnector, rasa: FakeRasa) -> None:
    thread = conversation("message_channel")
    other = {**recorded("message_channel")["conversation"], "id": thread.replace("000123", "999999")}
    teams.send(recorded("message_channel"))
    teams.send(recorded("message_channel_reply"))
    teams.send(recorded("message_channel_reply", id="1764168999999", conversation=other))
    connector.wait_for_messages(thread, 2)
    connector.wait_for_messages(other["id"], 1)
    senders = {call.body["message"]: call.body["sender"] for call in rasa.calls}
    keys = [call.body["sender"] for call in rasa.calls]
    assert len(keys) == 3
    assert len(set(keys)) == 2
    assert all(call.body["metadata"]["conversation_id"] == call.body["sender"] for call in rasa.calls)
    assert senders.keys() == {"Vem betalar resan hem?", "Och för barnen?"}
    assert not any(name in key for key in keys for name in ("thread", "Qw3rT5", "Ulla"))


def test_a_chat_is_a_conversation_of_its_own_and_a_new_one_each_day(
    teams: Teams, connector: BotConnector, rasa: FakeRasa
) -> None:
    teams.send(recorded("message_personal"))
    teams.send(recorded("message_personal", id="2"))
    tomorrow = {"localTimestamp": "2026-11-24T00:10:00+01:00", "timestamp": "2026-11-23T23:10:00Z"}
    teams.send(recorded("message_personal", id="3", **tomorrow))
    teams.send(recorded("message_group"))
    connector.wait_for_messages(PERSONAL, 3)
    connector.wait_for_messages(conversation("message_group"), 1)
    first, second, third = [c.body["sender"] for c in rasa.calls if "bistånd" in c.body["message"]]
    assert first == second != third
    assert len({call.body["sender"] for call in rasa.calls}) == 3


def test_a_channel_is_not_bothered_with_typing(teams: Teams, connector: BotConnector) -> None:
    teams.send(recorded("message_channel"))
    connector.wait_for_messages(conversation("message_channel"), 1)
    assert [call.body["type"] for call in connector.calls] == ["message"]


def test_small_talk_is_a_plain_message(teams: Teams, connector: BotConnector, rasa: FakeRasa) -> None:
    rasa.reply = [{"text": "Varsågod. Ställ gärna en *fråga* till."}]
    teams.send(recorded("message_personal", text="tack"))
    (posted,) = connector.wait_for_messages(PERSONAL, 1)
    assert (posted.activity["text"], posted.activity["textFormat"]) == (
        "Varsågod. Ställ gärna en *fråga* till.",
        "plain",
    )
    assert "attachments" not in posted.activity


def test_buttons_ask_in_the_persons_name(teams: Teams, connector: BotConnector, rasa: FakeRasa) -> None:
    rasa.reply = [{"text": "Hur vill du få svar?", "buttons": [{"title": "E-post", "payload": "e-post"}]}]
    teams.send(recorded("message_personal", text="jag vill prata med någon"))
    (posted,) = connector.wait_for_messages(PERSONAL, 1)
    (action,) = card(posted)["body"][-1]["actions"]
    assert action["data"]["msteams"] == {"type": "messageBack", "displayText": "E-post", "text": "e-post"}


def test_a_follow_up_that_is_pressed_is_asked(teams: Teams, connector: BotConnector, rasa: FakeRasa) -> None:
    teams.send(recorded("message_back"))
    connector.wait_for_messages(PERSONAL, 1)
    assert rasa.calls[0].body["message"] == "Vem betalar resan hem?"


def test_a_question_back_has_buttons_and_nothing_to_rate(teams: Teams, connector: BotConnector, rasa: FakeRasa) -> None:
    rasa.reply = [{"custom": CLARIFY}]
    teams.send(recorded("message_personal"))
    (posted,) = connector.wait_for_messages(PERSONAL, 1)
    read = read_back([card(posted)])
    assert read.options == [(one["label"], one["question"]) for one in CLARIFY["options"]]
    assert "controls" not in read.order


def test_an_english_answer_stands_on_an_english_card(teams: Teams, connector: BotConnector, rasa: FakeRasa) -> None:
    rasa.reply = [{"custom": ENGLISH}]
    teams.send(recorded("message_personal", text="Is she entitled to support?"))
    (posted,) = connector.wait_for_messages(PERSONAL, 1)
    assert card(posted)["lang"] == "en"
    assert Catalogue().words("en")("send_handover") in str(card(posted))


@pytest.mark.parametrize(
    ("locale", "said"),
    [("sv-SE", "Skriv inga namn eller personnummer."), ("en-GB", "Leave out names and identity numbers.")],
)
def test_a_new_chat_says_what_not_to_write_before_anyone_has_asked(
    locale: str, said: str, teams: Teams, connector: BotConnector, rasa: FakeRasa
) -> None:
    teams.send(recorded("conversation_update_bot_added", locale=locale))
    (posted,) = connector.wait_for_messages(PERSONAL, 1)
    assert said in str(card(posted))
    assert not rasa.calls


def test_a_mention_without_a_question_is_told_how_to_ask(teams: Teams, connector: BotConnector, rasa: FakeRasa) -> None:
    teams.send(recorded("message_group", text="<at>Rådgivaren</at>&nbsp;"))
    (posted,) = connector.wait_for_messages(conversation("message_group"), 1)
    assert "Skriv @Rådgivaren och din fråga. Alla här ser frågan och svaret." in str(card(posted))
    assert not rasa.calls


def test_a_file_is_not_read_and_the_person_is_told(teams: Teams, connector: BotConnector, rasa: FakeRasa) -> None:
    teams.send(recorded("message_file"))
    (posted,) = connector.wait_for_messages(PERSONAL, 1)
    assert posted.activity["text"].startswith("Jag läser inte filer och bilder.")
    assert not rasa.calls


@pytest.mark.parametrize(
    "recording",
    ["message_reaction", "message_update", "conversation_update_member_added", "installation_update"],
)
def test_what_asks_for_nothing_is_acknowledged_and_left(
    recording: str, teams: Teams, connector: BotConnector, rasa: FakeRasa
) -> None:
    assert teams.send(recorded(recording)).status_code == 202
    teams.send(recorded("message_group"))  # done after it
    connector.wait_for_messages(conversation("message_group"), 1)
    assert len(rasa.calls) == 1
    assert {call.conversation_id for call in connector.calls} == {conversation("message_group")}


@pytest.mark.parametrize(
    ("text", "said"),
    [("x" * 2001, "Korta den till högst 2000 tecken"), ("//", "Skriv med några ord vad du undrar.")],
)
def test_what_cannot_be_asked_is_explained(
    text: str, said: str, teams: Teams, connector: BotConnector, rasa: FakeRasa
) -> None:
    teams.send(recorded("message_personal", text=text))
    answer = connector.wait_for_messages(PERSONAL, 1)[0]
    assert said in answer.activity["text"]
    assert not rasa.calls
