"""An answer in Slack: every part, in the order of every channel, within Slack's limits, and nothing more."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.gateway.channels.slack import mrkdwn
from bot.gateway.channels.slack.rendering import preview, render
from bot.gateway.presentation.datatypes import Option, Shown, ShownText
from bot.gateway.presentation.parsing import parse_answer
from bot.gateway.presentation.words import Catalogue
from tests.sims.slack import block_kit
from tests.sims.slack.read_back import plain, read_back

from . import answers

CATALOGUE = Catalogue()
ALL = ("ANSWERED", "URGENT", "PRIVACY", "CLARIFY", "NO_SUPPORT", "REFINED", "ENGLISH", "LONG")


def rendered(answer: dict[str, Any]) -> list[dict[str, Any]]:
    shown = parse_answer(answer, CATALOGUE)
    return render(shown, CATALOGUE.words(shown.language))


@pytest.mark.parametrize("name", ALL)
def test_slack_takes_every_sort_of_answer(name: str) -> None:
    for message in rendered(getattr(answers, name)):
        assert block_kit.faults_of_message(message) == []


@pytest.mark.parametrize("name", ALL)
def test_nothing_is_lost_on_the_way(name: str) -> None:
    answer = getattr(answers, name)
    read = read_back(rendered(answer))
    assert read.text.split() == answer["text"].split()
    assert read.text == answer["text"] or name == "LONG"  # one paragraph, longer than a section can be
    assert read.validity_line == answer["validity_line"]
    assert [(one.n, one.title, one.url) for one in read.citations] == [
        (one["n"], one["title"], one["url"]) for one in answer["citations"]
    ]
    assert sorted(read.notices) == sorted((one["kind"], one["text"]) for one in answer["notices"])
    assert read.follow_ups == answer["follow_ups"]
    assert read.options == [(one["label"], one["question"]) for one in answer["options"]]
    assert len(read.contacts) == len(answer["contacts"])


def test_the_parts_stand_in_the_order_of_every_channel() -> None:
    order = read_back(rendered(answers.URGENT | {"refined_answer": answers.REFINED["refined_answer"]})).order
    assert order == [
        "notice-urgent",
        "notice-child",
        "refined",
        "text",
        "validity",
        "sources-title",
        "source",
        "contacts-title",
        "contact",
        "follow-ups-title",
        "asks",
        "helpful",
        "closing",
    ]


def test_a_reviewed_answer_says_so() -> None:
    assert read_back(rendered(answers.REFINED)).refined == "Granskat svar · 20 november 2026"


def test_a_source_carries_publisher_date_quote_and_doubt() -> None:
    first, second = read_back(rendered(answers.ANSWERED)).citations
    assert first.details == "Exempelmyndigheten · 1 juli 2025"
    assert first.quote == "Det här är citat nummer 1 ur källan."
    assert "Osäker uppgift" in second.details


def test_what_two_sources_say_alike_is_quoted_once() -> None:
    twice = [answers.citation(n, quote="Ansökan ska tas emot.") for n in (1, 2)]
    (message,) = rendered(answers.ANSWERED | {"citations": twice})
    assert [(one.n, one.quote) for one in read_back([message]).citations] == [
        (1, "Ansökan ska tas emot."),
        (2, "Ansökan ska tas emot."),
    ]
    assert str(message["blocks"]).count("Ansökan ska tas emot.") == 1


def test_a_contact_carries_number_hours_and_whether_it_was_checked() -> None:
    (contact,) = read_back(rendered(answers.ANSWERED)).contacts
    for part in (
        "Socialjouren",
        "010-123 45 67",
        "jour_a@kommun.example",
        "Dygnet runt",
        "Kontrollerad 1 oktober 2026",
    ):
        assert part in contact


def test_the_mark_of_a_source_leads_to_it() -> None:
    text = rendered(answers.ANSWERED)[0]["blocks"][1]["text"]["text"]
    assert "<https://example.se/lag/1?del=1&amp;rad=2|[1]>" in text


def test_an_english_answer_has_english_words_around_it() -> None:
    texts = " ".join(block_kit.texts_of(rendered(answers.ENGLISH)[0]["blocks"]))
    assert "Was this helpful?" in texts
    assert "Hjälpte" not in texts


def test_a_question_back_has_a_button_for_each_reading_and_nothing_to_rate() -> None:
    (message,) = rendered(answers.CLARIFY)
    buttons = [element["text"]["text"] for _, element in block_kit.elements_of(message["blocks"])]
    assert buttons == ["Ett barn", "En vuxen"]


def test_where_nothing_supports_an_answer_a_person_comes_first() -> None:
    (message,) = rendered(answers.NO_SUPPORT)
    closing = next(block for block in message["blocks"] if block["block_id"] == "closing")
    assert [element["action_id"] for element in closing["elements"]] == ["hand_over", "rate_up", "rate_down"]


def test_a_long_answer_goes_on_in_the_next_message_with_every_source() -> None:
    messages = rendered(answers.LONG)
    assert len(messages) > 1
    assert len(read_back(messages).citations) == 8
    for message in messages:
        for block in message["blocks"]:
            if block["block_id"].startswith("text-"):
                assert plain(block["text"]["text"]).endswith("].")


def test_a_long_answer_is_cut_between_its_paragraphs() -> None:
    text = "\n\n".join(f"**Steg {n}.** " + "Så prövas det i det enskilda fallet [1]. " * 12 for n in range(12))
    messages = rendered(answers.ANSWERED | {"text": text})
    sections = [block for message in messages for block in message["blocks"] if block["block_id"].startswith("text-")]
    assert len(sections) > 1
    assert [line.split() for line in read_back(messages).text.split("\n\n")] == [
        line.split() for line in text.split("\n\n")
    ]


def test_questions_stand_in_their_order_whether_they_fit_a_button_or_not() -> None:
    questions = ["Kort?", f"{'Vad gäller för den som väntar på beslut, ' * 3}i så fall?", "Vem beslutar?", "Hur länge?"]
    (message,) = rendered(answers.ANSWERED | {"follow_ups": questions})
    assert block_kit.faults_of_message(message) == []
    assert read_back([message]).follow_ups == questions
    options = [{"label": question, "question": f"{question} Igen?"} for question in questions]
    (message,) = rendered(answers.CLARIFY | {"options": options})
    assert read_back([message]).options == [(one["label"], one["question"]) for one in options]


def test_a_follow_up_too_long_for_a_button_stands_whole_beside_one() -> None:
    question = (
        "Vilka uppgifter behöver socialtjänsten för att kunna bedöma om personen har uppehållsrätt i Sverige i dag?"
    )
    (message,) = rendered(answers.ANSWERED | {"follow_ups": [question]})
    assert question in [plain(text) for text in block_kit.texts_of(message["blocks"])]
    assert read_back([message]).follow_ups == [question]


def test_talk_has_its_buttons() -> None:
    shown: Shown = ShownText("Hur vill du få svar?", (Option("E-post", "E-post"), Option("Telefon", "Telefon")))
    (message,) = render(shown, CATALOGUE.words("sv"))
    assert block_kit.faults_of_message(message) == []
    assert read_back([message]).options == [("E-post", "E-post"), ("Telefon", "Telefon")]


def test_the_consoles_preview_is_what_slack_gets() -> None:
    shown = parse_answer(answers.LONG, CATALOGUE)
    blocks = preview(shown, CATALOGUE.words("sv"))["blocks"]
    assert blocks == [block for message in rendered(answers.LONG) for block in message["blocks"]]


@pytest.mark.parametrize(
    "text",
    [
        "<!channel> <@U123> <https://ond.example|klicka här>",
        "*inte fet* _inte kursiv_ ~inte struken~ `inte kod`",
        "kl. 10:100:20 :smile: &amp; & <b>",
        "> inte ett citat\n>> inte heller",
        "ett [7] utan källa",
    ],
)
def test_what_looks_like_markup_is_shown_as_it_is(text: str) -> None:
    made = mrkdwn.answer_text(text, {1: "https://example.se"})
    assert "<" not in made and ">" not in made.replace("&gt;", "")
    assert plain(made) == text
    assert "**" not in plain(made)


@given(st.text(alphabet="ab *_~`<>&:|[]1\n@#!", max_size=60))
def test_no_text_becomes_markup_by_accident(text: str) -> None:
    made = mrkdwn.escape(text)
    assert not set("<>") & set(made)
    assert plain(made) == text.strip()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("<@U0RADBOT1> vad gäller?", "vad gäller?"),
        ("kan <@U0ANNAN01> få hjälp?", "kan … få hjälp?"),
        ("se <https://example.se/a?b=1&amp;c=2|sidan>", "se sidan"),
        ("se <https://example.se/a?b=1&amp;c=2>", "se https://example.se/a?b=1&c=2"),
        ("skriv till <mailto:a@b.se|a@b.se> &lt;nu&gt;", "skriv till a@b.se <nu>"),
        ("<!here> <#C123|akut> hjälp", "#akut hjälp"),
    ],
)
def test_slacks_markup_goes_from_what_a_person_wrote(typed: str, meant: str) -> None:
    assert mrkdwn.written(typed, "U0RADBOT1") == meant
