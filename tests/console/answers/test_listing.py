"""The list says how many answers are in use, and its filters live in the address."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from sqlalchemy import insert

from knowledge.bootstrap import Knowledge
from knowledge.refinement.datatypes import Content, LocalAddition, Person, RefinedAnswer, State, Version, Wording
from knowledge.store.engine import transaction
from knowledge.store.refined_rows import head_row, version_row
from knowledge.store.tables_refined import refined_answers, refined_versions

from ..conftest import ConsoleClient
from .conftest import ANSWERS, element, said

NOW = dt.datetime(2026, 11, 20, 8, tzinfo=dt.UTC)
EVA, NILS = Person("eva", "Eva Karlsson"), Person("nils", "Nils Ek")


@pytest.fixture(scope="module", autouse=True)
def many(knowledge: Knowledge) -> Iterator[None]:
    """Sixty answers, stored as the desk stores them: every state, two topics, one with a local addition."""
    states = (State.APPROVED, State.APPROVED, State.DRAFT, State.REVIEW, State.RETIRED)
    for n in range(60):
        state = states[n % len(states)]
        content = Content(
            (Wording("sv", f"Fråga nummer {n:02} om tandvård?" if n % 2 else f"Fråga nummer {n:02}?", "Svar."),),
            (),
            additions=(LocalAddition("Malmö", "Här."),) if n == 5 else (),
            topics=("tandvard",) if n % 2 else ("hemresa",),
            valid_to=dt.date(2026, 11, 1) if n == 10 else None,
            next_review=dt.date(2026, 11, 25) if n == 11 else dt.date(2027, 11, 25),
        )
        decided = NILS if state in (State.APPROVED, State.RETIRED) else None
        version = Version(1, state, content, EVA, NOW, ("eva",), decided, NOW if decided else None)
        answer = RefinedAnswer(f"{n:032x}", 1, (version,), NOW)
        with transaction(knowledge.engine) as connection:
            at = NOW + dt.timedelta(minutes=n)
            connection.execute(insert(refined_answers).values(head_row(answer, EVA.name, at)))
            connection.execute(insert(refined_versions).values(version_row(answer.id, version)))
    yield


def rows(client: ConsoleClient, **query: str) -> list[str]:
    page = client.get(ANSWERS, params=query)
    assert page.status_code == 200, page.text
    return [" ".join(row.text_content().split()) for row in element(page).cssselect("tbody tr")]


def test_it_says_how_many_are_in_use_today(editor: ConsoleClient) -> None:
    """24 are approved, and the time of one is over."""
    assert said(editor.get(ANSWERS), "h1") == "23 granskade svar gäller i dag"


def test_the_pages_hold_every_answer_once(editor: ConsoleClient) -> None:
    seen, address = [], ANSWERS
    while address:
        page = editor.get(address)
        seen += [link.get("href") for link in element(page).cssselect("tbody th a")]
        following = element(page).cssselect('.pagination a[rel="next"]')
        address = following[0].get("href") if following else ""
    assert len(seen) == len(set(seen)) == 60 and seen[0] == f"{ANSWERS}/{59:032x}"


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({"state": "live"}, 23),
        ({"state": "draft"}, 12),
        ({"state": "review"}, 12),
        ({"state": "retired"}, 12),
        ({"state": "expired"}, 1),
        ({"state": "due"}, 1),
        ({"municipality": "Malmö"}, 1),
        ({"words": "nummer 07"}, 1),
        ({"words": "TANDVÅRD 59"}, 1),
        ({"state": "draft", "topic": "tandvard"}, 6),
        ({"words": "%"}, 0),
    ],
)
def test_filters_narrow_the_list_and_stay_in_the_address(
    editor: ConsoleClient, query: dict[str, str], count: int
) -> None:
    page = editor.get(ANSWERS, params=query)
    assert f"{count} svar passar" in said(page, '[role="status"]')
    for name, value in query.items():
        (field,) = element(page).cssselect(f'.filters [name="{name}"]')
        chosen = field.cssselect("option[selected]")
        assert (chosen[0].get("value") if chosen else field.get("value")) == value
    for link in element(page).cssselect(".pagination a"):
        assert all(f"{name}=" in link.get("href") for name in query)


@pytest.mark.parametrize("page", ["0", "-1", "x", "²", "99999999999999999999", "400"])
def test_a_page_that_is_none_is_a_page_all_the_same(editor: ConsoleClient, page: str) -> None:
    assert editor.get(ANSWERS, params={"page": page}).status_code == 200


def test_an_unknown_state_lets_everything_through(editor: ConsoleClient) -> None:
    assert len(rows(editor, state="'; drop table")) == 25


def test_an_expired_answer_says_so(editor: ConsoleClient) -> None:
    (row,) = rows(editor, state="expired")
    assert "Utgått" in row and "1 november 2026" in row


def test_without_an_answer_that_fits_the_page_says_what_to_do(editor: ConsoleClient) -> None:
    assert "Inga svar passar" in said(editor.get(ANSWERS, params={"words": "finns inte"}))
