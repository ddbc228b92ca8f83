"""Every way to ask, and what follows: context, languages, personal data, buttons, limits."""

from __future__ import annotations

from bot.gateway.fakes import FakeKnowledge, FakeRasa
from tests.sims.slack import block_kit
from tests.sims.slack.read_back import read_back
from tests.sims.slack.traffic import BOT_USER

from .answers import ANSWERED, CLARIFY, ENGLISH, PRIVACY, URGENT, reply
from .conftest import CHANNEL, SlackGateway, StartSlack, wait_for

DIRECT, MARIA, JOHN = "D0MARIA01", "U0MARIA01", "U0JOHN001"
QUESTION = "Får en rumänsk kvinna försörjningsstöd?"
MENTION = f"<@{BOT_USER}> {QUESTION}"


def senders(rasa: FakeRasa) -> list[str]:
    return [call.body["sender"] for call in rasa.calls]


def test_the_whole_answer_arrives(slack: SlackGateway) -> None:
    slack.maria.says(QUESTION)
    read = read_back(slack.bot_says(DIRECT))
    assert read.text == ANSWERED["text"]
    assert [citation.n for citation in read.citations] == [1, 2]
    assert read.answer_id == "answer-1"


def test_a_follow_up_in_the_thread_is_of_the_same_conversation(slack: SlackGateway, rasa: FakeRasa) -> None:
    asked = slack.maria.says(MENTION, CHANNEL)
    slack.bot_says(CHANNEL)
    slack.john.says(f"<@{BOT_USER}> Och om det är helg?", CHANNEL, thread=asked["ts"])
    slack.bot_says(CHANNEL, at_least=2)
    slack.maria.says(MENTION, CHANNEL)
    slack.bot_says(CHANNEL, at_least=3)
    first, second, elsewhere = senders(rasa)
    assert first == second != elsewhere


def test_direct_messages_keep_their_context_and_a_thread_in_them_its_own(slack: SlackGateway, rasa: FakeRasa) -> None:
    first = slack.maria.says(QUESTION)
    slack.bot_says(DIRECT)
    slack.maria.says("Och om det är helg?")
    slack.bot_says(DIRECT, at_least=2)
    slack.maria.says("Och barnet?", thread=first["ts"])
    assert slack.bot_says(DIRECT, at_least=3)[-1]["thread_ts"] == first["ts"]
    slack.john.says(QUESTION)
    slack.bot_says("D0JOHN001")
    one, two, thread, john = senders(rasa)
    assert one == two
    assert len({one, thread, john}) == 3


def test_who_asked_can_not_be_read_from_what_goes_on_to_rasa(slack: SlackGateway, rasa: FakeRasa) -> None:
    slack.maria.says(f"<@{JOHN}> undrar: får hon hjälp?")
    slack.bot_says(DIRECT)
    sent = str(rasa.calls[0].body)
    assert not any(name in sent for name in (MARIA, JOHN, DIRECT, "T0RADGIV1"))


def test_a_follow_up_button_asks_its_question_and_shows_it(slack: SlackGateway, rasa: FakeRasa) -> None:
    asked = slack.maria.says(MENTION, CHANNEL)
    (answer,) = slack.bot_says(CHANNEL)
    slack.john.presses(CHANNEL, answer, "ask-1")
    _, second = slack.bot_says(CHANNEL, at_least=2)
    assert second["thread_ts"] == asked["ts"]
    assert f"<@{JOHN}> frågade: Hur skrivs beslutet?" in next(block_kit.texts_of(second["blocks"]))
    assert rasa.calls[1].body["message"] == "Hur skrivs beslutet?"
    assert len(set(senders(rasa))) == 1


def test_a_reading_is_chosen_by_its_button(slack: SlackGateway, rasa: FakeRasa) -> None:
    rasa.reply = reply(CLARIFY)
    slack.maria.says("Vad gäller?")
    (asked_back,) = slack.bot_says(DIRECT)
    slack.maria.presses(DIRECT, asked_back, "option-0")
    slack.bot_says(DIRECT, at_least=2)
    assert rasa.calls[1].body["message"] == "Vad gäller för ett barn?"


def test_danger_stands_first(slack: SlackGateway, rasa: FakeRasa) -> None:
    rasa.reply = reply(URGENT)
    slack.maria.says("Han hotar henne nu")
    (answer,) = slack.bot_says(DIRECT)
    assert answer["text"].startswith("Fara: Är någon i fara nu? Ring 112.")
    assert answer["blocks"][0]["block_id"] == "notice-urgent"


def test_in_a_channel_personal_data_is_spoken_of_to_the_person_alone(slack: SlackGateway, rasa: FakeRasa) -> None:
    rasa.reply = reply(PRIVACY)
    slack.maria.says(f"{MENTION} Hon heter …", CHANNEL)
    said = slack.bot_says(CHANNEL, at_least=2, seen_by=MARIA)
    public, private = sorted(said, key=lambda message: bool(message.get("is_ephemeral")))
    assert "personnummer" not in str(public)
    assert "Jag har tagit bort ett personnummer" in private["text"]
    assert "ligger kvar i Slack" in private["text"]
    assert slack.sim.workspace.messages(CHANNEL, seen_by=JOHN) == [public]


def test_in_direct_messages_the_notice_stands_in_the_answer(slack: SlackGateway, rasa: FakeRasa) -> None:
    rasa.reply = reply(PRIVACY)
    slack.maria.says("Hon heter …")
    (answer,) = slack.bot_says(DIRECT)
    assert answer["blocks"][0]["block_id"] == "notice-privacy"
    assert "ligger kvar i Slack" in str(answer["blocks"][-1])


def test_a_question_with_personal_data_is_not_said_again(slack: SlackGateway, rasa: FakeRasa) -> None:
    rasa.reply = reply(PRIVACY)
    slack.maria.commands("Får 19121212-1212 hjälp?", CHANNEL)
    (answer,) = slack.bot_says(CHANNEL, seen_by=MARIA)
    assert "1212" not in str(answer)


def test_a_command_without_a_question_explains_itself(slack: SlackGateway, rasa: FakeRasa) -> None:
    slack.maria.commands("", CHANNEL)
    (help_text,) = slack.bot_says(CHANNEL, seen_by=MARIA)
    assert "/radgivaren" in help_text["text"]
    assert rasa.calls == []


def test_a_follow_up_to_a_command_stays_with_the_person(slack: SlackGateway, rasa: FakeRasa) -> None:
    slack.maria.commands(QUESTION, CHANNEL)
    (answer,) = slack.bot_says(CHANNEL, seen_by=MARIA)
    slack.maria.presses(CHANNEL, answer, "ask-0")
    second = slack.bot_says(CHANNEL, at_least=2, seen_by=MARIA)[1]
    assert second["is_ephemeral"] is True
    assert len(set(senders(rasa))) == 1


def test_a_message_becomes_a_question_that_the_person_may_change(slack: SlackGateway, rasa: FakeRasa) -> None:
    message = slack.john.says("Anna 19121212-1212 vill ha hjälp med hyran. Får hon det?", CHANNEL)
    slack.maria.asks_about(CHANNEL, message)
    dialog = wait_for(lambda: slack.maria.dialog)
    assert dialog["blocks"][0]["element"]["initial_value"] == message["text"]
    slack.maria.submits(question="Får hon hjälp med hyran?")
    (answer,) = slack.bot_says(DIRECT)
    assert "Du frågade: Får hon hjälp med hyran?" in next(block_kit.texts_of(answer["blocks"]))
    assert [call.body["message"] for call in rasa.calls] == ["Får hon hjälp med hyran?"]
    assert slack.sim.workspace.messages(CHANNEL) == []


def test_the_answer_about_a_message_can_stand_below_it_for_all(slack: SlackGateway) -> None:
    message = slack.john.says("Får hon hjälp med hyran?", CHANNEL)
    slack.maria.asks_about(CHANNEL, message)
    wait_for(lambda: slack.maria.dialog)
    slack.maria.submits(where="thread")
    assert slack.bot_says(CHANNEL)[0]["thread_ts"] == message["ts"]


def test_an_english_question_is_answered_in_english(slack: SlackGateway, rasa: FakeRasa) -> None:
    rasa.reply = reply(ENGLISH)
    slack.john.says("Can she get social assistance?")
    (answer,) = slack.bot_says("D0JOHN001")
    assert "Was this helpful?" in list(block_kit.texts_of(answer["blocks"]))
    assert "language" not in rasa.calls[0].body["metadata"]


def test_what_the_channel_says_itself_is_in_the_language_of_the_persons_slack(slack: SlackGateway) -> None:
    slack.john.says(f"<@{BOT_USER}>", CHANNEL)
    assert "Write your question" in slack.bot_says(CHANNEL, seen_by=JOHN)[0]["text"]


def test_a_question_that_is_too_long_is_sent_back(slack: SlackGateway, rasa: FakeRasa) -> None:
    slack.maria.says("lång " * 500)
    assert "Korta den till högst 2000 tecken" in slack.bot_says(DIRECT)[0]["text"]
    assert rasa.calls == []


def test_a_slash_is_no_command_to_rasa(slack: SlackGateway, rasa: FakeRasa) -> None:
    slack.maria.says("/restart nu")
    slack.bot_says(DIRECT)
    assert rasa.calls[0].body["message"] == "restart nu"


def test_who_asks_too_much_is_told_to_wait(start_slack: StartSlack, rasa: FakeRasa) -> None:
    slack = start_slack(RADGIVAREN_RATE_LIMIT="2")
    for number in range(3):
        slack.maria.says(f"Fråga {number}")
    said = slack.bot_says(DIRECT, at_least=3)
    assert "många frågor på kort tid" in said[2]["text"]
    assert len(rasa.calls) == 2


def test_talk_is_shown_with_its_buttons(slack: SlackGateway, rasa: FakeRasa, knowledge: FakeKnowledge) -> None:
    rasa.reply = [
        {"recipient_id": "x", "text": "Hur vill du få svar?", "buttons": [{"title": "E-post", "payload": "E-post"}]}
    ]
    slack.maria.says("Jag vill prata med en människa")
    (asked,) = slack.bot_says(DIRECT)
    slack.maria.presses(DIRECT, asked, "option-0")
    slack.bot_says(DIRECT, at_least=2)
    assert rasa.calls[1].body["message"] == "E-post"
