"""Settings are read, never written here; a conversation is erased after one question that says what goes."""

from __future__ import annotations

from typing import Any

import lxml.html
import pytest
from fastapi.testclient import TestClient

from knowledge.app import create_app
from knowledge.bootstrap import Knowledge
from knowledge.console.access.permissions import Role
from knowledge.store.audit_log import AuditFilters

from ..conftest import SignIn

ERASE = "/console/settings/erase"


def said(page: str) -> str:
    return " ".join(lxml.html.fromstring(page).cssselect("main")[0].text_content().split())


@pytest.fixture
def handed_over(knowledge: Knowledge) -> dict[str, Any]:
    """An answer in a conversation, handed over."""
    client = TestClient(create_app(knowledge))
    conversation = "c" * 40
    asked = {"question": "Vem är skyldig att göra en orosanmälan?", "conversation_id": conversation, "channel": "web"}
    answer: dict[str, Any] = client.post("/api/answers", json=asked).json()
    form = {"conversation_id": conversation, "answer_id": answer["answer_id"], "contact_way": "email"}
    form |= {"contact": "a@kommun.example", "municipality": "Malmö"}
    handover = client.post("/api/handovers", json=form | {"consent": True}).json()
    return answer | {"reference": handover["reference"], "conversation_id": conversation}


def test_settings_say_how_long_and_who_and_no_secret(sign_in: SignIn, knowledge: Knowledge) -> None:
    page = sign_in(Role.ADMINISTRATOR).get("/console/settings").text
    found = lxml.html.fromstring(page).cssselect("tr")
    rows = [[" ".join(cell.text_content().split()) for cell in row] for row in found]
    assert ["Samtal med svar och omdömen, från sista frågan", "730 dagar"] in [row[:2] for row in rows]
    assert ["Överlämnade frågor med kontaktuppgifter", "180 dagar"] in [row[:2] for row in rows]
    assert ["Godkänna andras svar", "–", "–", "ja", "ja"] in rows
    assert str(knowledge.retriever.generation) in said(page)
    assert not lxml.html.fromstring(page).cssselect("main form")
    assert str(knowledge.settings.data) not in page


def test_erasing_asks_once_and_says_what_goes(
    sign_in: SignIn, knowledge: Knowledge, handed_over: dict[str, Any]
) -> None:
    client = sign_in(Role.ADMINISTRATOR)
    page = client.get(ERASE, params={"key": handed_over["reference"]}).text
    text = said(page)
    assert "Samtalet försvinner för gott" in text
    assert "en fråga med sitt svar" in text
    assert "en överlämnad fråga, med kontaktuppgifter och rådgivarens svar" in text
    assert "a@kommun.example" not in page
    assert knowledge.answer_records.get(handed_over["answer_id"]).id == handed_over["answer_id"]  # nothing yet

    done = client.post_form(ERASE, {"key": handed_over["conversation_id"]})
    assert "Samtalet är borttaget." in said(done.text)
    assert client.get(f"/console/audit/answers/{handed_over['answer_id']}").status_code == 404
    (entry, *_) = knowledge.audit_log.entries(AuditFilters(action="conversation.erased"), 1)
    assert (entry.actor, entry.subject) == (client.account.id, handed_over["conversation_id"])
    assert "a@kommun.example" not in entry.detail

    again = client.post_form(ERASE, {"key": handed_over["conversation_id"]})
    assert again.status_code == 404
    assert "Det kan redan vara borttaget." in said(again.text)


def test_a_key_that_leads_nowhere_says_what_to_check(sign_in: SignIn) -> None:
    client = sign_in(Role.ADMINISTRATOR)
    page = client.get(ERASE, params={"key": "<script>alert(1)</script>"})
    assert page.status_code == 404
    assert "Kontrollera att du fått med hela." in said(page.text)
    assert "<script>alert" not in page.text
    assert client.get(ERASE).status_code == 200
