"""An item: what was asked and answered, what staff do with it, and what happens when two do it at once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pytest
from fastapi.testclient import TestClient

from knowledge.app import create_app
from knowledge.bootstrap import Knowledge
from knowledge.console.access.permissions import Role

from ..conftest import ConsoleClient, SignIn
from .conftest import KNOWN, Official, only, values_of


def _send(client: ConsoleClient, link: str, page: str, **form: Any) -> Any:
    """The form of a page that was opened before."""
    (csrf, *_), (seen,) = values_of(page, "csrf"), values_of(page, "seen")
    whole = {"csrf": csrf, "seen": seen, "assignee": "none", "importance": "2", "note": "", "do": "save"} | form
    return client.post(link, data=whole)


def test_all_that_is_needed_to_judge_it_is_on_one_page(sign_in: SignIn, official: Official) -> None:
    official("Vad kostar akut tandvård?", conversation_id="c1")
    answer = official(KNOWN, conversation_id="c1", municipality="Malmö", reasons=["mixed_up"], comment="Fel ålder.")
    official("Och om barnet är sjukt?", conversation_id="c1")
    page = sign_in(Role.EDITOR)
    text = page.get(only(page, "?kind=thumbs_down")).text
    for shown in (KNOWN, "Malmö", "blandar ihop", "Fel ålder.", "Vad kostar akut tandvård?", "Och om barnet är sjukt?"):
        assert shown in text, shown
    for citation in answer["citations"]:
        assert citation["quote"][:30] in text
    assert f"/console/answers/new?from_answer={answer['answer_id']}&amp;item=" in text


def test_whoever_takes_it_is_seen_to_have_it(sign_in: SignIn, official: Official) -> None:
    official(KNOWN, reasons=["other"])
    edit, egon = sign_in(Role.EDITOR), sign_in("egon")
    link = only(edit)
    taken = _send(edit, link, edit.get(link).text, do="take", note="Jag frågar Skolverket.", importance="3")
    assert taken.status_code == 200 and "1 fråga är ändrad." in taken.text
    seen = egon.get(link).text
    assert "Edit Redaktör arbetar med frågan." in seen and "Jag frågar Skolverket." in seen
    assert "läge: ny → pågår" in seen and "viktighet: normal → hög" in seen
    assert "Ingen fråga väntar på dig" in egon.get("/console/inbox").text
    assert "1 fråga väntar på dig" in edit.get("/console/inbox").text


def test_what_is_done_leaves_the_list_and_can_be_opened_again(sign_in: SignIn, official: Official) -> None:
    official(KNOWN, reasons=["other"])
    edit = sign_in(Role.EDITOR)
    link = only(edit)
    after = _send(edit, f"{link}?kind=thumbs_down", edit.get(link).text, do="done")
    assert str(after.url).endswith("/console/inbox?kind=thumbs_down") and link not in after.text
    assert only(edit, "?state=done") == link
    _send(edit, link, edit.get(link).text, do="reopen")
    assert only(edit) == link


def test_the_second_of_two_sees_what_the_first_did_and_keeps_what_they_wrote(
    sign_in: SignIn, official: Official
) -> None:
    official(KNOWN, reasons=["other"])
    edit, egon = sign_in(Role.EDITOR), sign_in("egon")
    link = only(edit)
    opened = egon.get(link).text
    _send(edit, link, edit.get(link).text, note="Edits anteckning.", do="take")
    late = _send(egon, link, opened, note="Egons anteckning.", do="dismiss")
    assert late.status_code == 409 and "någon annan har ändrat frågan" in late.text
    assert "Edits anteckning." in late.text and "Egons anteckning." in late.text
    assert "Edit Redaktör arbetar med frågan." in late.text
    assert _send(egon, link, late.text, note="Båda anteckningarna.", do="save").status_code == 200
    assert "Båda anteckningarna." in edit.get(link).text


def test_personal_data_in_a_note_is_taken_out(sign_in: SignIn, official: Official, knowledge: Knowledge) -> None:
    official(KNOWN, reasons=["other"])
    edit = sign_in(Role.EDITOR)
    link = only(edit)
    page = _send(edit, link, edit.get(link).text, note="Ring doina.popa@example.org.").text
    assert "doina.popa" not in page and "Ring" in page


def test_a_note_that_is_too_long_is_not_lost(sign_in: SignIn, official: Official) -> None:
    official(KNOWN, reasons=["other"])
    edit = sign_in(Role.EDITOR)
    link = only(edit)
    reply = _send(edit, link, edit.get(link).text, note="lång " * 900)
    assert reply.status_code == 422 and "Anteckningen är för lång" in reply.text and "lång lång" in reply.text


def test_a_whole_group_is_dealt_with_at_once(sign_in: SignIn, official: Official, knowledge: Knowledge) -> None:
    for question in (KNOWN, KNOWN, KNOWN):
        official(question, reasons=["other"])
    knowledge.inbox_upkeep.work()
    edit = sign_in(Role.EDITOR)
    assert "2 frågor liknar den här" in edit.get("/console/inbox?kind=thumbs_down").text
    link = only(edit, "?kind=thumbs_down")
    page = edit.get(link).text
    (group,) = re.findall(r'name="whole_group" value="([^"]+)"', page)
    assert "3 frågor är ändrade." in _send(edit, link, page, whole_group=group, do="done").text
    assert "1 fråga väntar" not in edit.get("/console/inbox?kind=thumbs_down").text


def test_a_reader_reads_and_changes_nothing(sign_in: SignIn, official: Official) -> None:
    official(KNOWN, reasons=["other"])
    edit, rut = sign_in(Role.EDITOR), sign_in(Role.READER)
    link = only(edit)
    page = rut.get(link)
    assert page.status_code == 200 and KNOWN in page.text and 'name="note"' not in page.text
    form = {"csrf": rut.csrf(), "seen": values_of(edit.get(link).text, "seen")[0], "do": "done"}
    assert rut.post(link, data=form).status_code == 403
    assert rut.post("/console/inbox/changes", data=form).status_code == 403
    assert only(edit) == link


HANDOVER = {"contact_way": "phone", "contact": "040-12 34 56", "municipality": "Lund", "consent": True}


def test_a_handover_leads_to_its_own_page_and_shows_nothing_of_the_official(
    sign_in: SignIn, official: Official, knowledge: Knowledge
) -> None:
    answer = official(KNOWN, conversation_id="c1")
    client = TestClient(create_app(knowledge))
    wish = HANDOVER | {"answer_id": answer["answer_id"], "message": "Ring efter tolv."}
    told = client.post("/api/handovers", json=wish).json()
    edit, rut = sign_in(Role.EDITOR), sign_in(Role.READER)
    page = edit.get(only(edit, "?kind=handed_over")).text
    assert told["reference"] in page and f"/console/handovers/{told['handover_id']}" in page
    assert "040-12" not in page and "efter tolv" not in page
    assert told["handover_id"] not in rut.get(only(edit, "?kind=handed_over")).text


HOSTILE = (
    "<script>alert('x')</script> **fet** [länk](javascript:alert(1)) \u202eetalp\u202c <img src=x onerror=alert(1)> "
)


@pytest.mark.parametrize("language", ["sv", "en"])
def test_hostile_text_is_shown_as_it_was_written(sign_in: SignIn, official: Official, language: str) -> None:
    long = HOSTILE + "utanuppehåll" * 90
    official(f"{long} Får barnet gå i skola?", reasons=["other"], comment=long)
    edit = sign_in(Role.EDITOR)
    edit.cookies.set("language", language)
    for page in (edit.get("/console/inbox").text, edit.get(only(edit, "?kind=thumbs_down")).text):
        assert "&lt;script&gt;alert(" in page and "<script>alert" not in page
        assert "<img src=x" not in page and 'href="javascript' not in page
        assert re.search(r'dir="auto"[^>]*>\s*&lt;script', page)


@pytest.mark.parametrize(
    "form",
    [
        {"seen": "x"},
        {"seen": "x:99999999999"},
        {"assignee": "nobody"},
        {"importance": "9"},
        {"whole_group": "x"},
        {"whole_group": "g:x:1-1"},
    ],
)
def test_what_no_form_of_ours_sends_changes_nothing(
    sign_in: SignIn, official: Official, form: Mapping[str, str]
) -> None:
    official(KNOWN, reasons=["other"])
    edit = sign_in(Role.EDITOR)
    link = only(edit)
    before = edit.get(link).text
    reply = _send(edit, link, before, **({"note": "Ny."} | dict(form)))
    assert reply.status_code == 409, reply.text
    assert values_of(edit.get(link).text, "seen") == values_of(before, "seen")


def test_an_item_that_is_none_is_not_found(sign_in: SignIn) -> None:
    assert sign_in(Role.EDITOR).get("/console/inbox/nobody").status_code == 404
