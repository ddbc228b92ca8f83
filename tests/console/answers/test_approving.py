"""Someone other than the editor decides, having seen the text, what differs and what it does to other questions."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select

from knowledge.bootstrap import Knowledge
from knowledge.console.access.permissions import Role
from knowledge.inbox.datatypes import ItemState
from knowledge.store.tables_inbox import inbox_items

from ..conftest import ConsoleClient, SignIn
from .conftest import ANSWERS, Form, Write, ask, element, said

Submit = Callable[..., str]
TEXT = "Ja, det kan kommunen betala [1]. Beslutet prövas enskilt [2]."


def decide(client: ConsoleClient, path: str) -> Form:
    return Form.of(client, client.get(f"{path}/review"), "#decide form")


def test_an_approved_answer_is_what_officials_get(submitted: Submit, approver: ConsoleClient) -> None:
    question = "Kan en kommun köpa en tågbiljett till hemlandet?"
    path = submitted(question)
    assert ask(approver, question)["refined_answer"] is None
    page = decide(approver, path).fill(comment="Stämmer med lagen.").press()
    assert "Svaret är godkänt och ges nu i alla kanaler" in said(page)
    assert "Godkänt av Anders Godkännare" in said(page) and "Stämmer med lagen." in said(page)
    given = ask(approver, question)
    assert (given["text"], given["refined_answer"]["version"]) == (TEXT, 1)
    assert [one["n"] for one in given["citations"]] == [1, 2]


def test_whoever_wrote_in_it_cannot_approve_it(write: Write, sign_in: SignIn, approver: ConsoleClient) -> None:
    """Asta is an approver, and wrote the answer herself."""
    asta = sign_in("asta")
    form = Form(asta, f"{ANSWERS}/new", write("Vem får bo på härbärget?").values)
    form.fill(csrf=asta.csrf(f"{ANSWERS}/new"))
    path = str(form.after("check").press("submit").url.path)
    page = asta.get(f"{path}/review")
    assert "Du har skrivit i det här svaret" in said(page) and not element(page).cssselect("#decide")
    revision = decide(approver, path)["revision"]
    refused = asta.post_form(f"{path}/approve", {"revision": revision})
    assert refused.status_code == 422 and "Någon annan behöver godkänna det" in said(refused)
    assert "väntar på granskning" in said(asta.get(path))


def test_an_editor_sees_no_way_to_approve(submitted: Submit, editor: ConsoleClient) -> None:
    path = submitted("Får kommunen ge matkuponger till en EU-medborgare?")
    hrefs = [link.get("href", "") for link in element(editor.get(path)).cssselect("main a")]
    assert not [href for href in hrefs if href.endswith(("/review", "/retire", "/roll-back"))]
    assert editor.get(f"{path}/review").status_code == 403
    assert editor.post_form(f"{path}/approve", {"revision": "2"}).status_code == 403


def test_a_reader_reads(submitted: Submit, sign_in: SignIn) -> None:
    path = submitted("Får den som tigger använda kommunens duschar?")
    reader = sign_in(Role.READER)
    assert reader.get(path).status_code == 200 and reader.get(f"{path}/history").status_code == 200
    assert reader.get(f"{path}/edit").status_code == 403 and reader.get(f"{ANSWERS}/new").status_code == 403


def test_what_is_sent_back_needs_words_and_reaches_the_editor(
    submitted: Submit, approver: ConsoleClient, editor: ConsoleClient
) -> None:
    path = submitted("Måste polisen hjälpa till vid en avhysning?")
    page = decide(approver, path).press(action=f"{path}/reject")
    assert page.status_code == 422
    assert said(page, "#comment-error") == "Skriv i kommentaren vad som behöver ändras."
    page = decide(approver, path).fill(comment="Andra meningen saknar stöd.").press(action=f"{path}/reject")
    assert "Svaret är skickat tillbaka" in said(page)
    for address in (path, f"{path}/edit"):
        assert "Andra meningen saknar stöd." in said(editor.get(address))


def test_an_editor_takes_an_answer_back_from_review(submitted: Submit, editor: ConsoleClient) -> None:
    path = submitted("Hur länge får en husvagn stå på en parkering?")
    page = Form.of(editor, editor.get(path), f'form[action="{path}/withdraw"]').press()
    assert "Svaret är ett utkast igen" in said(page)
    again = Form(editor, f"{path}/withdraw", [("csrf", editor.csrf(path)), ("revision", "3")]).press()
    assert "Svaret väntar inte längre på granskning." in said(again)


def test_the_approver_sees_what_differs_from_the_live_version(
    approved: Submit, editor: ConsoleClient, approver: ConsoleClient
) -> None:
    path = approved("Får kommunen neka någon en plats på härbärget?")
    form = Form.of(editor, editor.get(f"{path}/edit")).fill(text_sv="Nej, det kan kommunen inte [1]. Allt prövas [2].")
    assert "Version 1 gäller tills din ändring är godkänd" in said(editor.get(f"{path}/edit"))
    form.after("check").press("submit")
    page = approver.get(f"{path}/review")
    taken = " ".join(one.text_content() for one in element(page).cssselect(".diff del"))
    added = " ".join(one.text_content() for one in element(page).cssselect(".diff ins"))
    assert "Ja" in taken and "Nej" in added and "Ändringar mot version 1, som gäller" in said(page)
    assert ask(approver, "Får kommunen neka någon en plats på härbärget?")["refined_answer"]["version"] == 1
    decide(approver, path).press()
    assert ask(approver, "Får kommunen neka någon en plats på härbärget?")["refined_answer"]["version"] == 2


def test_what_breaks_an_approved_answer_needs_a_written_reason(
    approved: Submit, write: Write, approver: ConsoleClient
) -> None:
    first = approved("Betalar kommunen begravningen av en EU-medborgare?")
    form = write("Vad kostar en begravning för kommunen?")
    form.fill(phrasings_sv="Betalar kommunen begravningen av en EU-medborgare?")
    page = form.press("check")
    assert "hör till ett annat godkänt svar" in said(page, "#effect")
    assert f'href="{first}"' in page.text
    path = str(Form.of(form.client, page).press("submit").url.path)
    page = decide(approver, path).fill(comment="Bra.").press()
    assert page.status_code == 422 and "Skriv varför svaret kan godkännas" in said(page, "#reason-error")
    kept = Form.of(approver, page, "#decide form")
    assert kept["comment"] == "Bra."
    page = kept.fill(reason="Det nya svaret täcker båda frågorna.").press()
    assert "Svaret är godkänt" in said(page)
    assert "Det nya svaret täcker båda frågorna." in said(approver.get(f"{path}/history"))


def test_the_effect_shows_what_officials_got_before(approver: ConsoleClient, write: Write) -> None:
    question = "Vilket datum räknas tre månader från när någon reser in?"
    before = ask(approver, question)["text"]
    page = write(question).press("check")
    effect = said(page, "#effect")
    assert question in effect and before.replace("**", "")[:60] in effect.replace("\xa0", " ")


def test_an_answer_that_was_changed_meanwhile_is_not_approved_unread(
    submitted: Submit, editor: ConsoleClient, approver: ConsoleClient
) -> None:
    path = submitted("Får kommunen ge pengar till busskort?")
    form = decide(approver, path).fill(comment="Stämmer.")
    edited = Form.of(editor, editor.get(f"{path}/edit")).fill(text_sv="Något annat [1] [2].")
    edited.after("check").press("submit")
    page = form.press()
    assert page.status_code == 409 and "ändrades av någon annan medan du läste" in said(page)
    assert Form.of(approver, page, "#decide form")["comment"] == "Stämmer."
    assert ask(approver, "Får kommunen ge pengar till busskort?")["refined_answer"] is None


def test_the_matter_in_the_inbox_is_done_with_the_approval(
    editor: ConsoleClient, approver: ConsoleClient, knowledge: Knowledge, write: Write
) -> None:
    given = ask(editor, "Kan kommunen betala hemresan för en man från Bulgarien?")
    feedback = {"answer_id": given["answer_id"], "rating": "down", "reasons": ["partly_wrong"], "comment": "Fel."}
    assert editor.post("/api/feedback", json=feedback).status_code == 201
    item = _item_of(knowledge, given["answer_id"])
    page = editor.get(f"{ANSWERS}/new", params={"from_answer": given["answer_id"], "item": item})
    form = Form.of(editor, page).fill(phrasings_sv="Kan kommunen betala hemresan för en man från Bulgarien?")
    submitted = form.after("check").press("submit")
    path = str(submitted.url.path)
    assert f"/console/inbox/{item}" in submitted.text, said(submitted)
    assert knowledge.inbox.work.get(item).state is ItemState.NEW
    page = decide(approver, path).press()
    assert "Svaret är godkänt" in said(page), said(page)
    assert knowledge.inbox.work.get(item).state is ItemState.DONE


def test_an_item_that_is_gone_does_not_stand_in_the_way(write: Write, approver: ConsoleClient) -> None:
    form = write("Vem tolkar vid ett möte med en rumänsk familj?").fill(item="gone")
    path = str(form.after("check").press("submit").url.path)
    assert "Svaret är godkänt" in said(decide(approver, path).press())


@pytest.mark.parametrize("address", ["", "/edit", "/history", "/review", "/retire", "/roll-back"])
def test_an_unknown_answer_is_a_page_that_says_so(approver: ConsoleClient, address: str) -> None:
    assert approver.get(f"{ANSWERS}/{'0' * 32}{address}").status_code == 404


def _item_of(knowledge: Knowledge, answer_id: str) -> str:
    with knowledge.engine.connect() as connection:
        wanted = select(inbox_items.c.id).where(inbox_items.c.answer_id == answer_id)
        return str(connection.execute(wanted).scalars().first())
