"""What officials do with an answer in Slack and in Teams reaches the staff, and the staff's answer reaches them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest

from knowledge.bootstrap import Knowledge
from knowledge.handover.datatypes import DeliveryState, HandoverState, Way
from tests.sims.teams.bot_connector import wait_until

from .channels.officials import OfficialThere, SlackOfficial, TeamsOfficial
from .channels.places import Places
from .conftest import Rows

Meet = Callable[[Places], OfficialThere]
QUESTION = "Måste vi fatta ett skriftligt beslut när någon utan uppehållsrätt söker bistånd?"
FORM = {"contact": "socialsekreterare", "municipality": "Umeå", "message": "Gäller det också muntliga avslag?"}
REPLY = "Ja, alltid <skriftligt>, *utan* undantag.\n\nRing växeln om det brådskar."
REFERENCE = re.compile(r"R-[2-9A-HJ-NP-Z]{6}")
ITEM = """select i.state, i.question, i.municipality, i.detail, a.channel
    from inbox_items i join answers a on a.id = i.answer_id where i.kind = ? and {about} = ?"""
OF_CHANNEL, OF_SUBJECT = ITEM.format(about="a.channel"), ITEM.format(about="i.subject_id")
HANDOVER = "select id from handovers where reference = ?"
in_each = pytest.mark.parametrize(
    ("channel", "meet_official"), [("slack", SlackOfficial), ("teams", TeamsOfficial)], ids=["slack", "teams"]
)


def handed_over(official: OfficialThere, rows: Rows) -> str:
    """The key of the hand-over of an answered question; the official was told its reference."""
    official.asks(QUESTION)
    told = official.hands_over(FORM)
    reference = REFERENCE.search(told)
    assert reference is not None, told
    (row,) = rows(HANDOVER, reference.group())
    return str(row["id"])


@in_each
def test_a_no_with_its_reasons_is_in_the_inbox(channel: str, meet_official: Meet, places: Places, rows: Rows) -> None:
    official = meet_official(places)
    official.asks(QUESTION)
    told = official.says_no(["outdated", "missing_source"], "Beloppet är från 2024.")
    assert told.startswith("Tack. En redaktör läser det du skrev")
    (item,) = rows(OF_CHANNEL, "thumbs_down", channel)
    assert (item["state"], item["question"]) == ("new", QUESTION)
    detail = json.loads(item["detail"])
    assert (detail["reasons"], detail["comment"]) == (["outdated", "missing_source"], "Beloppet är från 2024.")


@in_each
def test_a_hand_over_reaches_the_adviser_and_the_answer_comes_back_once(
    channel: str, meet_official: Meet, places: Places, rows: Rows, console_side: Knowledge
) -> None:
    official = meet_official(places)
    handover = console_side.handovers.get(handed_over(official, rows))
    (item,) = rows(OF_SUBJECT, "handed_over", handover.id)
    assert (item["state"], item["channel"], item["municipality"]) == ("new", channel, FORM["municipality"])
    assert (handover.channel, handover.way) == (channel, Way.HERE)
    assert (handover.contact, handover.municipality, handover.message) == tuple(FORM.values())
    assert handover.about is not None
    assert handover.about.question == item["question"] == QUESTION

    answered = console_side.handovers.reply(handover.id, 0, REPLY, "ali", "Ali Approver")
    texts = official.next_message()
    assert any("Svar från en rådgivare" in text for text in texts)
    assert any(handover.reference in text for text in texts)
    assert "\n\n".join(texts[2:]) == REPLY
    wait_until(
        lambda: console_side.handovers.get(handover.id).replies[0].state is DeliveryState.DELIVERED, patience_s=20
    )
    assert answered.state is HandoverState.ANSWERED
    assert [one["state"] for one in rows(OF_SUBJECT, "handed_over", handover.id)] == ["done"]


@in_each
def test_of_two_answers_each_comes_once_and_in_order(
    channel: str, meet_official: Meet, places: Places, rows: Rows, console_side: Knowledge
) -> None:
    official = meet_official(places)
    key = handed_over(official, rows)
    for seen, text in enumerate(("Först det här.", "Och sedan det här.")):
        console_side.handovers.reply(key, seen, text, "ali", "Ali Approver")
    assert [official.next_message()[-1] for _ in range(2)] == ["Först det här.", "Och sedan det här."]
    replies = "select channel, state, attempts from handover_replies where handover_id = ?"
    wait_until(lambda: all(one["state"] == "delivered" for one in rows(replies, key)), patience_s=20)
    assert [(one["channel"], one["attempts"]) for one in rows(replies, key)] == [(channel, 1)] * 2
