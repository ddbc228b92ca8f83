"""What somebody wrote to do harm is only text, on every page and in every file that the console gives out."""

from __future__ import annotations

import csv
import io
import json

import pytest

from knowledge.bootstrap import Knowledge
from knowledge.console.access.permissions import Role

from .conftest import ConsoleClient, SignIn
from .hostile import MARKS, SCRIPT, Page, crawl, fill
from .test_gate import GUARDED

# Where a link leads that is not a page of its own.
NOT_LINKED = {"/console/answers/similar", "/console/audit/answers"}
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@pytest.fixture(scope="module")
def administrator(sign_in: SignIn) -> ConsoleClient:
    return sign_in(Role.ADMINISTRATOR)


@pytest.fixture(scope="module")
def pages(knowledge: Knowledge, sign_in: SignIn, administrator: ConsoleClient) -> dict[str, Page]:
    return crawl(administrator, fill(knowledge, sign_in(Role.EDITOR), administrator))


def test_no_page_runs_what_was_written(pages: dict[str, Page]) -> None:
    assert {address: harm for address, page in pages.items() if (harm := page.harm())} == {}


def test_every_page_has_the_headers_that_would_hold_it(pages: dict[str, Page]) -> None:
    assert {address: gaps for address, page in pages.items() if (gaps := page.refused_headers())} == {}
    assert {address: page.response.status_code for address, page in pages.items() if not page.response.is_success} == {}


@pytest.mark.parametrize("mark", MARKS)
def test_it_is_shown_as_it_was_written(mark: str, pages: dict[str, Page]) -> None:
    """So that the tests above have something to find."""
    showing = [address for address, page in pages.items() if f"=ond{mark} {SCRIPT}" in page.text]
    assert showing
    assert all(f"ond{mark} <script" not in pages[address].response.text for address in showing)


def test_every_screen_was_looked_at(pages: dict[str, Page]) -> None:
    doors = [door for door in GUARDED if door.method == "GET" and door.path not in NOT_LINKED]
    seen = {address.partition("?")[0] for address in pages}
    unseen = {door.path for door in doors if not any(door.stands_at(address) for address in seen)}
    assert unseen == set()


def test_the_pages_that_a_form_gives_back_are_inert_too(administrator: ConsoleClient) -> None:
    for address, form in {
        "/console/contacts/new": {"organisation": SCRIPT, "phone": SCRIPT, "url": "javascript:alert(1)"},
        "/console/settings/erase?key=" + SCRIPT: {},
        "/console/answers/similar?text=" + SCRIPT: {},
        "/console/inbox?words=" + SCRIPT: {},
        "/console/documents?search=" + SCRIPT: {},
        "/console/audit?actor=" + SCRIPT: {},
        "/console/reports?period=" + SCRIPT: {},
        "/console/" + SCRIPT: {},
    }.items():
        response = administrator.post_form(address, form) if form else administrator.get(address)
        assert Page(response).harm() == [], address


@pytest.mark.parametrize("address", ["/console/contacts/export", "/console/reports/export"])
def test_no_cell_of_a_file_is_a_formula(address: str, pages: dict[str, Page], administrator: ConsoleClient) -> None:
    response = administrator.post_form(address)
    assert response.status_code == 200 and "attachment" in response.headers["content-disposition"]
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))
    assert len(rows) > 5
    assert [cell for row in rows for cell in row if cell.startswith(FORMULA)] == []
    if "contacts" in address:
        assert any(cell.startswith(f"'=ondorganisation {SCRIPT}") for row in rows for cell in row)


def test_the_file_of_the_audit_log_is_no_page_and_each_line_is_json(administrator: ConsoleClient) -> None:
    response = administrator.post_form("/console/audit/export")
    assert response.headers["content-type"].startswith("application/x-ndjson")
    assert response.headers["x-content-type-options"] == "nosniff"
    assert all(isinstance(json.loads(line), dict) for line in response.text.splitlines())
