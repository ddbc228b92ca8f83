"""An adviser answers what was handed over, and the official gets it where they asked for it, once."""

from __future__ import annotations

from html import unescape

import pytest

from knowledge.bootstrap import Knowledge
from knowledge.console.access.permissions import Role

from ..conftest import ConsoleClient, SignIn
from .conftest import QUESTION, HandedOver, HandOver

ANSWER = "Ett fiskekort kostar lika mycket för alla. Fråga fiskevårdsområdet."


def reply(client: ConsoleClient, given: HandedOver, text: str = ANSWER, seen: int = 0) -> str:
    response = client.post_form(f"/console/handovers/{given.key}/reply", {"text": text, "seen": seen})
    return unescape(response.text)


def test_the_list_says_how_many_wait_and_leads_to_the_conversation(hand_over: HandOver, sign_in: SignIn) -> None:
    given = hand_over(message="Det brådskar inte.")
    editor = sign_in(Role.EDITOR)
    listed = editor.get("/console/handovers").text
    assert "väntar på svar" in listed and given.reference in listed and QUESTION in listed
    shown = editor.get(f"/console/handovers/{given.key}").text
    assert QUESTION in shown and "Det brådskar inte." in shown and "Malmö" in shown


def test_the_web_official_gets_the_answer_in_the_same_conversation(hand_over: HandOver, sign_in: SignIn) -> None:
    given = hand_over()
    before = given.api.get(f"/api/conversations/{given.conversation}/replies").json()
    page = reply(sign_in(Role.EDITOR), given)
    after = given.api.get(f"/api/conversations/{given.conversation}/replies").json()["replies"]
    assert before == {"replies": []}
    assert "Svaret är sparat" in page and "Besvarad" in page
    assert [(one["reference"], one["text"]) for one in after] == [(given.reference, ANSWER)]
    assert "Edit" not in str(after)  # the official does not see who
    seen = after[0]["n"]
    assert given.api.get(f"/api/conversations/{given.conversation}/replies?after={seen}").json() == {"replies": []}
    assert given.api.get("/api/conversations/web-nobody/replies").json() == {"replies": []}


@pytest.mark.parametrize("channel", ["slack", "teams"])
def test_what_goes_to_slack_and_teams_is_claimed_once_and_delivered_once(
    channel: str, hand_over: HandOver, sign_in: SignIn
) -> None:
    given = hand_over(channel=channel)
    page = reply(sign_in(Role.EDITOR), given)
    assert "är på väg" in page
    claim = {"channels": [channel]}
    (delivery,) = given.api.post("/api/deliveries/claim", json=claim).json()["deliveries"]
    assert (delivery["text"], delivery["reference"], delivery["channel"]) == (ANSWER, given.reference, channel)
    assert delivery["conversation_id"] == given.conversation
    assert given.api.post("/api/deliveries/claim", json=claim).json() == {"deliveries": []}  # lent to one
    done = {"outcome": "delivered"}
    for _ in range(2):
        assert given.api.post(f"/api/deliveries/{delivery['delivery_id']}", json=done).status_code == 204
    shown = sign_in(Role.EDITOR)
    assert "finns i samtalet" in shown.get(f"/console/handovers/{given.key}").text


def test_one_channel_s_answers_are_not_lent_to_another(hand_over: HandOver, sign_in: SignIn) -> None:
    given = hand_over(channel="slack")
    reply(sign_in(Role.EDITOR), given)
    assert given.api.post("/api/deliveries/claim", json={"channels": ["teams"]}).json() == {"deliveries": []}
    (delivery,) = given.api.post("/api/deliveries/claim", json={"channels": ["slack"]}).json()["deliveries"]
    failed = {"outcome": "failed", "detail": "no_address"}
    given.api.post(f"/api/deliveries/{delivery['delivery_id']}", json=failed)
    shown = sign_in(Role.EDITOR).get(f"/console/handovers/{given.key}").text
    assert "kom inte fram" in shown


def test_an_unknown_delivery_is_said_to_be_unknown(hand_over: HandOver) -> None:
    api = hand_over().api
    assert api.post("/api/deliveries/999999", json={"outcome": "delivered"}).status_code == 404
    assert api.post("/api/deliveries/claim", json={"channels": []}).status_code == 422
    assert api.post("/api/deliveries/1", json={"outcome": "kanske"}).status_code == 422


def test_of_two_advisers_the_second_sees_the_first_one_s_answer_and_keeps_the_own_text(
    hand_over: HandOver, sign_in: SignIn
) -> None:
    given = hand_over()
    reply(sign_in(Role.EDITOR), given)
    page = reply(sign_in("egon"), given, "Egons svar, en annan sak.", seen=0)
    assert "Någon annan svarade medan du skrev" in page
    assert ANSWER in page and "Egons svar, en annan sak." in page
    replies = given.api.get(f"/api/conversations/{given.conversation}/replies").json()["replies"]
    assert [one["text"] for one in replies] == [ANSWER]
    assert "Svaret är sparat" in reply(sign_in("egon"), given, "Egons svar, en annan sak.", seen=1)


@pytest.mark.parametrize(("text", "said"), [("  ", "Skriv ett svar först."), ("x" * 6_001, "Svaret är för långt.")])
def test_an_answer_that_cannot_be_sent_is_shown_again(
    text: str, said: str, hand_over: HandOver, sign_in: SignIn
) -> None:
    given = hand_over()
    page = reply(sign_in(Role.EDITOR), given, text)
    assert said in page and text.strip() in page
    assert given.api.get(f"/api/conversations/{given.conversation}/replies").json() == {"replies": []}


def test_answering_closes_the_matter_in_the_inbox(hand_over: HandOver, sign_in: SignIn, knowledge: Knowledge) -> None:
    given = hand_over()
    before = _open_items(knowledge, given.key)
    reply(sign_in(Role.EDITOR), given)
    assert (before, _open_items(knowledge, given.key)) == (1, 0)


def _open_items(knowledge: Knowledge, handover: str) -> int:
    with knowledge.engine.connect() as connection:
        count: int = connection.exec_driver_sql(
            "SELECT count(*) FROM inbox_items WHERE kind = 'handed_over' AND subject_id = ? AND is_open", (handover,)
        ).scalar_one()
        return count


def test_one_click_makes_a_draft_with_the_question_the_answer_and_the_sources(
    hand_over: HandOver, sign_in: SignIn, knowledge: Knowledge
) -> None:
    question = "Får barnet gå i skola fast föräldrarna saknar uppehållsrätt?"
    given = hand_over(question)
    editor = sign_in(Role.EDITOR)
    reply(editor, given)
    page = editor.post_form(f"/console/handovers/{given.key}/draft")
    assert page.status_code == 200 and "Utkastet är sparat" in page.text
    key = str(page.url).rstrip("/").split("/")[-2]
    draft = knowledge.desk.get(key).newest.content
    assert draft.question == question and draft.wordings[0].text == ANSWER
    assert draft.citations and all(one.passage_version for one in draft.citations)


def test_a_closed_question_waits_no_longer_and_is_not_closed_twice(hand_over: HandOver, sign_in: SignIn) -> None:
    given = hand_over()
    editor = sign_in(Role.EDITOR)
    assert "avslutad utan svar" in editor.post_form(f"/console/handovers/{given.key}/close").text
    again = editor.post_form(f"/console/handovers/{given.key}/close")
    assert again.status_code == 409 and "väntar inte längre" in again.text


def test_what_an_official_wrote_is_shown_as_text(hand_over: HandOver, sign_in: SignIn) -> None:
    hostile = '<script>alert(1)</script> [klicka](javascript:alert(1)) "><img src=x onerror=alert(1)>'
    given = hand_over(message=hostile)
    reply(sign_in(Role.EDITOR), given, hostile)
    page = sign_in(Role.EDITOR).get(f"/console/handovers/{given.key}").text
    assert "<script>alert" not in page and "<img src=x" not in page and 'href="javascript:' not in page
    assert "&lt;script&gt;" in page


def test_every_answer_is_in_the_audit_log_without_its_words(
    hand_over: HandOver, sign_in: SignIn, knowledge: Knowledge
) -> None:
    given = hand_over()
    reply(sign_in(Role.EDITOR), given)
    with knowledge.engine.connect() as connection:
        row = connection.exec_driver_sql("SELECT action, detail FROM audit_log WHERE subject = ?", (given.key,)).one()
    assert row.action == "handover.answered" and ANSWER not in row.detail


def test_an_unknown_hand_over_is_a_page_that_says_so(sign_in: SignIn) -> None:
    assert sign_in(Role.EDITOR).get("/console/handovers/finns-inte").status_code == 404
