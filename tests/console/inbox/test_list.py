"""The list: what waits, found by filters that live in its address, a page at a time, changed many at once."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest

from knowledge.bootstrap import Knowledge
from knowledge.console.access.permissions import Role
from knowledge.console.texts import Texts
from knowledge.inbox.datatypes import Kind
from knowledge.inbox.lists import PAGE_SIZE

from ..conftest import ConsoleClient, SignIn
from .conftest import KNOWN, Official, links, only, values_of


def test_an_empty_inbox_says_what_will_come(sign_in: SignIn) -> None:
    page = sign_in(Role.EDITOR).get("/console/inbox")
    assert page.status_code == 200, page.text
    assert "Ingen fråga väntar på dig" in page.text and "Inkorgen är tom" in page.text


def test_a_thumb_down_comes_in_with_its_reasons(sign_in: SignIn, official: Official) -> None:
    official(KNOWN, reasons=["outdated", "missing_source"], comment="Lagen är ny.")
    page = sign_in(Role.EDITOR).get("/console/inbox").text
    assert "1 fråga väntar på dig" in page and KNOWN in page
    assert "utgånget datum, saknar källa" in page


def test_a_reader_is_told_what_waits_but_not_that_it_waits_for_them(sign_in: SignIn, official: Official) -> None:
    official(KNOWN, reasons=["other"])
    page = sign_in(Role.READER).get("/console/inbox").text
    assert "1 fråga väntar" in page and "väntar på dig" not in page and 'type="checkbox"' not in page


def test_filters_live_in_the_address(sign_in: SignIn, official: Official) -> None:
    official(KNOWN, municipality="Malmö", reasons=["outdated"], comment="Lagen är ny.")
    official("Vad kostar akut tandvård?", municipality="Lund", reasons=["outdated"])
    edit = sign_in(Role.EDITOR)
    assert len(links(edit.get("/console/inbox?kind=thumbs_down").text)) == 2
    for query in (
        "municipality=Malm%C3%B6",
        "words=lagen+NY",
        "topic=barn-skola",
        "municipality=Malm%C3%B6&view=apart",
    ):
        page = edit.get(f"/console/inbox?kind=thumbs_down&{query}").text
        assert KNOWN in page and "akut tandvård?" not in page, query
    kept = edit.get("/console/inbox?kind=thumbs_down&municipality=Malm%C3%B6").text
    assert '<option value="thumbs_down" selected>' in kept and 'value="Malmö"' in kept
    assert "Inga frågor passar urvalet" in edit.get("/console/inbox?assignee=me").text


@pytest.mark.parametrize(
    "query", ["kind=x", "state=x", "sort=x", "importance=7", "from=igår", "to=9999-01-01", "after=x"]
)
def test_what_cannot_be_read_is_said_and_the_rest_holds(sign_in: SignIn, official: Official, query: str) -> None:
    official(KNOWN, reasons=["other"])
    reply = sign_in(Role.EDITOR).get(f"/console/inbox?words=skola&{query}")
    assert reply.status_code == 200 and "Det gick inte att läsa:" in reply.text and KNOWN in reply.text


def test_every_page_is_reached_by_its_links(sign_in: SignIn, official: Official) -> None:
    for number in range(PAGE_SIZE + 3):
        official(f"Har du ett svar om nummer {number}?", reasons=["other"])
    edit = sign_in(Role.EDITOR)
    first = edit.get("/console/inbox?view=apart&kind=thumbs_down").text
    onward = html.unescape(re.findall(r'rel="next" href="([^"]+)"', first)[0])
    second = edit.get(onward).text
    assert "kind=thumbs_down" in onward and 'rel="next"' not in second
    seen = links(first) + links(second)
    assert len(seen) == len(set(seen)) == PAGE_SIZE + 3


def _mark(client: ConsoleClient, page: str, marked: list[str], **form: str) -> Any:
    sent = {"csrf": values_of(page, "csrf")[0], "item": marked, "state": "", "assignee": "", "importance": ""}
    return client.post("/console/inbox/changes?view=apart", data=sent | form)


def test_what_is_marked_is_changed_at_once(sign_in: SignIn, official: Official) -> None:
    for question in (KNOWN, "Vad kostar akut tandvård?", "Får de bo i tält i parken?"):
        official(question, reasons=["other"])
    edit = sign_in(Role.EDITOR)
    page = edit.get("/console/inbox?view=apart").text
    marked = values_of(page, "item")
    reply = _mark(edit, page, marked[:2], state="in_progress", assignee="me", importance="3")
    assert "2 frågor är ändrade." in reply.text and str(reply.url).endswith("/console/inbox?view=apart")
    mine = edit.get("/console/inbox?view=apart&assignee=me&state=in_progress&importance=3").text
    assert len(links(mine)) == 2


def test_nothing_is_changed_where_someone_else_was_first(sign_in: SignIn, official: Official) -> None:
    for question in (KNOWN, "Vad kostar akut tandvård?"):
        official(question, reasons=["other"])
    edit, egon = sign_in(Role.EDITOR), sign_in("egon")
    page = edit.get("/console/inbox?view=apart").text
    marked = values_of(page, "item")
    _mark(egon, egon.get("/console/inbox?view=apart").text, marked[:1], assignee="me")
    late = _mark(edit, page, marked, state="dismissed")
    assert late.status_code == 409 and "Ingenting är ändrat" in late.text and "Egon Redaktör" in late.text
    assert len(links(edit.get("/console/inbox?view=apart").text)) == len(marked)


def test_a_marked_group_is_changed_as_a_whole(sign_in: SignIn, official: Official, knowledge: Knowledge) -> None:
    for _ in range(3):
        official(KNOWN, reasons=["other"])
    knowledge.inbox_upkeep.work()
    edit = sign_in(Role.EDITOR)
    page = edit.get("/console/inbox?kind=thumbs_down").text
    (group,) = values_of(page, "group")
    assert "3 frågor är ändrade." in _mark(edit, page, [], group=group, state="done").text
    assert links(edit.get("/console/inbox?kind=thumbs_down").text) == []


def test_a_form_without_a_choice_says_what_is_missing(sign_in: SignIn, official: Official) -> None:
    official(KNOWN, reasons=["other"])
    edit = sign_in(Role.EDITOR)
    page = edit.get("/console/inbox?view=apart").text
    none_marked = _mark(edit, page, [], state="done")
    assert none_marked.status_code == 422 and "Markera först minst en fråga" in none_marked.text
    nothing_chosen = _mark(edit, page, values_of(page, "item"))
    assert nothing_chosen.status_code == 422 and "Välj vad som ska ändras" in nothing_chosen.text
    assert " checked" in nothing_chosen.text
    assert only(edit, "?state=new&view=apart")


def test_every_kind_has_its_words() -> None:
    texts = Texts()
    for language in ("sv", "en"):
        for kind in Kind:
            assert texts(language, f"inbox.kinds.{kind.value}")
