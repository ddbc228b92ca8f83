"""Whatever is written stays text: no markup, no script, no address that runs."""

from __future__ import annotations

import pytest

from knowledge.console.previews.client import Payloads
from knowledge.fakes import FixedPreviews

from ..conftest import ConsoleClient
from .conftest import ANSWERS, Form, Write, element, said

EVIL = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'><svg/onload=alert(3)> {{ 7*7 }} ${7*7}"
ADDRESS = "javascript:alert(1)"


def inert(page: object) -> None:
    tree = element(page)  # type: ignore[arg-type]
    assert not [one for one in tree.cssselect("script") if not one.get("src", "").startswith("/console/static/")]
    assert not tree.cssselect("main img, main svg, [onerror], [onload], [onclick], iframe, object")
    linking = tree.cssselect("[href], [action], [formaction], [src]")
    assert not [link for link in linking if "javascript:" in str(link.attrib)]


def test_every_page_of_an_answer_shows_it_as_text(write: Write, approver: ConsoleClient, editor: ConsoleClient) -> None:
    form = write(f"Fråga {EVIL}", text=f"Svar {EVIL} [1] [2].").after("add_addition")
    form.fill(phrasings_sv=EVIL, question_en=EVIL, text_en=EVIL, addition_place=EVIL, addition_text=EVIL)
    pages = [form.press("check"), form.press("save")]
    path = str(pages[1].url.path).removesuffix("/edit")
    pages += [approver.get(f"{path}{more}") for more in ("", "/history", "/review", "?language=en", f"?place={EVIL}")]
    pages += [editor.get(ANSWERS), editor.get(ANSWERS, params={"words": EVIL, "municipality": EVIL, "topic": EVIL})]
    egon = Form.of(editor, editor.get(f"{path}/edit"))
    form.action, form.values = egon.action, [(n, "1" if n == "revision" else v) for n, v in form.values]
    egon.press("save")
    pages.append(form.press("save"))
    assert pages[-1].status_code == 409
    for page in pages:
        inert(page)
    assert "<script>alert(1)</script>" in said(pages[2]), "it is shown, as it was written"
    assert "49" not in said(pages[2], "h1")


def test_a_source_with_an_address_that_runs_is_refused(write: Write, editor: ConsoleClient) -> None:
    form = write("Vem betalar?")
    form.values = [(n, ADDRESS if n == "citation_url" else v) for n, v in form.values]
    page = form.press("save")
    assert page.status_code == 422 and "måste börja med https:// eller http://" in said(page, "#citations")
    inert(page)


def test_a_payload_of_the_gateway_cannot_run_either(write: Write, previews: FixedPreviews) -> None:
    slack = [
        {"type": "header", "text": {"type": "plain_text", "text": EVIL}},
        {"type": "section", "text": {"type": "mrkdwn", "text": f"*{EVIL}* <{ADDRESS}|klicka>"}},
        {"type": EVIL},
    ]
    card = {
        "body": [
            {"type": "TextBlock", "text": f"**{EVIL}** [klicka]({ADDRESS})", "size": EVIL, "color": '"><script>'},
            {"type": EVIL},
        ],
        "actions": [{"type": "Action.OpenUrl", "title": EVIL, "url": ADDRESS}],
    }
    previews.given = Payloads(slack, card)
    page = write("Vem betalar?").press("check")
    previews.given = None
    inert(page)
    assert "klicka" in said(page, ".preview-slack") and "klicka" in said(page, ".preview-teams")


@pytest.mark.parametrize("do", ["", "drop x", "up 99", "drop_addition 7", "cite", "cite nothing v1", "unknown"])
def test_a_button_that_is_none_of_ours_does_no_harm(write: Write, do: str) -> None:
    form = write("Vem betalar?")
    page = form.press(do)
    assert page.status_code == 200 and Form.of(form.client, page)["question_sv"] == "Vem betalar?"


@pytest.mark.parametrize("field", ["revision", "checked", "item", "from_answer", "preview_place", "citation_passage"])
def test_a_field_that_was_tampered_with_does_no_harm(write: Write, field: str) -> None:
    form = write("Vem betalar?")
    form.values = [(n, "²" if n == field else v) for n, v in form.values]
    assert form.press("check").status_code == 200
