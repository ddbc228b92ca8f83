"""The audit log on the screen, the check of it, the file of it, and what is behind one answer."""

from __future__ import annotations

import json
from typing import Any

import lxml.html
import pytest
from fastapi.testclient import TestClient

from knowledge.app import create_app
from knowledge.bootstrap import Knowledge
from knowledge.console.access.permissions import Role
from knowledge.store.audit import AuditEntry
from knowledge.store.audit_log import AuditFilters, verify_rows

from ..conftest import SignIn

AUDIT = "/console/audit"
QUESTION = "Vem är skyldig att göra en orosanmälan? Ring 070-123 45 67."


def said(page: str, path: str = "main") -> str:
    return " ".join(lxml.html.fromstring(page).cssselect(path)[0].text_content().split())


@pytest.fixture
def answered(knowledge: Knowledge) -> dict[str, Any]:
    client = TestClient(create_app(knowledge))
    answer: dict[str, Any] = client.post("/api/answers", json={"question": QUESTION, "channel": "web"}).json()
    judged = {"answer_id": answer["answer_id"], "rating": "down", "reasons": ["outdated"], "comment": "<b>Gammalt</b>"}
    assert client.post("/api/feedback", json=judged).status_code == 201
    return answer


def test_the_newest_row_stands_first_with_who_and_what(sign_in: SignIn) -> None:
    page = sign_in(Role.APPROVER).get(AUDIT).text
    first = lxml.html.fromstring(page).cssselect("tbody tr")[0].text_content()
    assert "Anders Godkännare" in first
    assert "loggade in" in first


def test_the_list_is_narrowed_by_its_address_and_counts_what_it_shows(sign_in: SignIn, knowledge: Knowledge) -> None:
    for number in range(60):
        knowledge.audit_log.append(
            AuditEntry("någon", "tried.it", f"sak {number}", {"why": "<script>alert(1)</script>"})
        )
    client = sign_in(Role.APPROVER)
    page = client.get(f"{AUDIT}?actor=någon&action=tried.it")
    assert said(page.text, "h1") == "60 rader i granskningsloggen"
    assert len(lxml.html.fromstring(page.text).cssselect("tbody tr")) == 50
    assert "<script>alert" not in page.text
    second = client.get(f"{AUDIT}?actor=någon&action=tried.it&page=2")
    assert len(lxml.html.fromstring(second.text).cssselect("tbody tr")) == 10
    assert "Inga rader stämmer" in client.get(f"{AUDIT}?subject=saknas").text
    everything = client.get(AUDIT).text
    assert said(everything, "h1") == f"{knowledge.audit_log.count(AuditFilters())} rader i granskningsloggen"


def test_a_day_that_cannot_be_read_is_told_and_lets_all_through(sign_in: SignIn) -> None:
    page = sign_in(Role.APPROVER).get(f"{AUDIT}?from=igår").text
    assert "Datumet går inte att läsa. Skriv det som 2026-11-23." in page
    assert lxml.html.fromstring(page).cssselect("tbody tr")


def test_days_narrow_the_list(sign_in: SignIn) -> None:
    client = sign_in(Role.APPROVER)
    assert lxml.html.fromstring(client.get(f"{AUDIT}?from=2026-11-23&to=2026-11-23").text).cssselect("tbody tr")
    assert "Inga rader stämmer" in client.get(f"{AUDIT}?to=2026-11-22").text


def test_a_whole_log_says_so_with_the_hash_to_note(sign_in: SignIn, knowledge: Knowledge) -> None:
    page = sign_in(Role.APPROVER).post_form(f"{AUDIT}/verify").text
    assert "Loggen är hel." in page
    assert knowledge.audit_log.head().hash in said(page, ".notice")


def test_the_file_is_logged_and_can_be_verified_by_itself(sign_in: SignIn) -> None:
    client = sign_in(Role.APPROVER)
    response = client.post_form(f"{AUDIT}/export")
    rows = [json.loads(line) for line in response.text.splitlines()]
    assert (rows[-1]["action"], rows[-1]["actor"]) == ("audit.exported", client.account.id)
    assert verify_rows(rows).is_whole


def test_what_is_behind_an_answer(sign_in: SignIn, answered: dict[str, Any]) -> None:
    page = sign_in(Role.APPROVER).get(f"{AUDIT}/answers?id= {answered['answer_id']} ")
    assert page.url.path == f"{AUDIT}/answers/{answered['answer_id']}"
    text = said(page.text)
    assert "070-123 45 67" not in text
    assert "Vem är skyldig att göra en orosanmälan?" in text
    for citation in answered["citations"]:
        assert citation["passage_version"] in text
        assert citation["url"] in text
        assert citation["quote"].split(". ")[0] in text
    assert "nej, versionen används nu" in text
    assert "Nej, svaret bygger direkt på källorna." in text
    assert "hjälpte inte (utgånget datum) – <b>Gammalt</b>" in text
    assert "<b>Gammalt" not in page.text


def test_an_answer_that_is_none_is_not_found(sign_in: SignIn) -> None:
    client = sign_in(Role.APPROVER)
    assert client.get(f"{AUDIT}/answers/finns-inte").status_code == 404
    assert client.get(f"{AUDIT}/answers?id=").url.path == AUDIT
