"""Reports on the screen and as a file: what was counted, and nothing that would single somebody out. It is 23 November
2026, a Monday: week 47 is the last that is over."""

from __future__ import annotations

import csv
import io

import lxml.html
import pytest

from knowledge.bootstrap import Knowledge
from knowledge.console.access.permissions import Role
from knowledge.store.audit_log import AuditFilters

from ..conftest import SignIn
from .conftest import Count

REPORTS = "/console/reports"


def table(page: str, number: int) -> list[list[str]]:
    found = lxml.html.fromstring(page).cssselect("table")[number]
    return [[" ".join(cell.text_content().split()) for cell in row] for row in found.cssselect("tr")]


def heading(page: str) -> str:
    return " ".join(lxml.html.fromstring(page).cssselect("h1")[0].text_content().split())


def test_weeks_with_how_questions_ended(sign_in: SignIn, count: Count) -> None:
    count("2026-11-16", answered=20, urgent=2, no_support=6)
    count("2026-11-22", answered=5, handed_over=7)
    page = sign_in(Role.READER).get(REPORTS).text
    assert heading(page) == "40 frågor, kvartal 4 2026"
    weeks = table(page, 0)
    assert weeks[0] == ["Vecka", "besvarad", "motfråga", "utan stöd", "utanför området", "överlämnad", "Alla"]
    assert weeks[-2] == ["Vecka 47, från 16 november 2026", "27", "0", "6", "0", "7", "40"]
    assert weeks[-1] == ["Hela perioden", "27", "0", "6", "0", "7", "40"]
    assert len(weeks) == 10  # weeks 40 to 47


def test_fewer_than_five_are_hidden_and_no_sum_counts_them(sign_in: SignIn, count: Count) -> None:
    count("2026-11-16", answered=20, no_support=3)
    count("2026-11-09", answered=8)
    page = sign_in(Role.READER).get(REPORTS).text
    weeks = table(page, 0)
    assert weeks[-2] == ["Vecka 47, från 16 november 2026", "20", "0", "färre än 5", "0", "0", "minst 20"]
    assert weeks[-3][1:] == ["8", "0", "0", "0", "0", "8"]
    assert weeks[-1] == ["Hela perioden", "28", "0", "för få per gång", "0", "0", "minst 28"]
    assert heading(page) == "Minst 28 frågor, kvartal 4 2026"


def test_no_period_tells_what_another_hides(sign_in: SignIn, count: Count) -> None:
    """The year less its other quarters is not the hidden count of this one."""
    count("2026-11-16", answered=3)
    count("2026-08-03", answered=30)
    client = sign_in(Role.READER)
    assert heading(client.get(f"{REPORTS}?period=2026").text) == "Minst 30 frågor, 2026"
    assert heading(client.get(f"{REPORTS}?period=2026-Q3").text) == "30 frågor, kvartal 3 2026"
    assert heading(client.get(REPORTS).text) == "Inga frågor att visa, kvartal 4 2026"


def test_a_week_that_is_not_over_does_not_count(sign_in: SignIn, count: Count) -> None:
    count("2026-11-22", answered=9)
    count("2026-11-23", answered=50)
    assert heading(sign_in(Role.READER).get(REPORTS).text) == "9 frågor, kvartal 4 2026"


def test_topics_by_their_titles_the_largest_first(sign_in: SignIn, count: Count, knowledge: Knowledge) -> None:
    first, second, third = list(knowledge.documents)[:3]
    count("2026-10-05", topic=second, answered=9)
    count("2026-11-02", topic=first, answered=6)
    count("2026-11-09", topic=first, answered=6)
    count("2026-11-16", topic=third, answered=4)
    count("2026-11-16", topic="borttaget-amne", answered=5)
    page = sign_in(Role.READER).get(REPORTS).text
    rows = [row[:2] for row in table(page, 1)[1:]]
    titles = knowledge.documents
    assert rows == [[titles[first].title, "12"], [titles[second].title, "9"], ["borttaget-amne", "5"]]
    assert "Ett ämne till har färre än 5 svar" in page
    assert titles[third].title not in lxml.html.fromstring(page).cssselect("main")[0].text_content()


def test_whether_it_helped_by_months_that_are_over(sign_in: SignIn, count: Count) -> None:
    count("2026-10-15", answered=1, up=15, down=5)
    count("2026-11-02", up=30, down=30)
    page = sign_in(Role.READER).get(REPORTS).text
    assert table(page, -1)[1:] == [["oktober 2026", "15", "5", "75"]]
    count("2026-10-16", down=0)
    page = sign_in(Role.READER).get(f"{REPORTS}?period=2026").text
    months = table(page, -1)[1:]
    assert (len(months), months[0]) == (10, ["januari 2026", "0", "0", "–"])


def test_a_share_is_not_told_where_one_side_is_hidden(sign_in: SignIn, count: Count) -> None:
    count("2026-10-15", up=15, down=4)
    page = sign_in(Role.READER).get(REPORTS).text
    assert table(page, -1)[1:] == [["oktober 2026", "15", "färre än 5", "–"]]


def test_the_plot_draws_no_hidden_count(sign_in: SignIn, count: Count) -> None:
    count("2026-11-16", answered=20, no_support=3)
    count("2026-11-09", answered=1)
    plots = lxml.html.fromstring(sign_in(Role.READER).get(REPORTS).text).cssselect("svg.plot")
    hidden = [one for one in plots[1].cssselect("rect") if "part-few" in one.get("class")]
    assert {one.get("height") for one in hidden} == {"7.0"}
    assert len(hidden) == 2
    assert not plots[1].cssselect(".part-no_support")


def test_a_period_that_is_none_says_so_and_shows_the_latest(sign_in: SignIn, count: Count) -> None:
    client = sign_in(Role.READER)
    for period in ("2026-Q5", "x", "<script>", "2026-11"):
        response = client.get(REPORTS, params={"period": period})
        assert response.status_code == 400
        assert "Perioden finns inte. Här är den senaste." in response.text
        assert "<script>" not in response.text


def test_a_service_without_questions_says_when_there_will_be_a_report(sign_in: SignIn, count: Count) -> None:
    page = sign_in(Role.READER).get(f"{REPORTS}?period=2030").text
    assert "Den första hela veckan i perioden är inte slut än." in page


def test_the_file_has_the_same_cells_and_the_log_tells_who_took_it(
    sign_in: SignIn, count: Count, knowledge: Knowledge
) -> None:
    count("2026-11-16", topic="=SUM(A1)", answered=20)
    count("2026-11-16", no_support=3)
    client = sign_in(Role.READER)
    response = client.post_form(f"{REPORTS}/export", {"period": "2026-Q4"})
    assert response.headers["content-type"] == "text/csv; charset=utf-8"
    assert 'filename="radgivaren-2026-Q4.csv"' in response.headers["content-disposition"]
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))
    assert ["Frågor per vecka", "2026-W47", "besvarad", "20"] in rows
    assert ["Frågor per vecka", "2026-W47", "utan stöd", "färre än 5"] in rows
    assert ["Frågor per vecka", "2026-W47", "Alla", "minst 20"] in rows
    assert ["Ämnen", "2026-Q4", "'=SUM(A1)", "20"] in rows  # no formula for Excel
    (entry, *_) = knowledge.audit_log.entries(AuditFilters(action="report.exported"), 10)
    assert (entry.actor, entry.subject) == (client.account.id, "2026-Q4")


@pytest.mark.parametrize("language", ["sv", "en"])
def test_both_languages_say_all_of_it(sign_in: SignIn, count: Count, language: str) -> None:
    count("2026-11-16", topic="skola", answered=20, no_support=3, up=9)
    count("2026-10-01", up=9, down=1)
    client = sign_in(Role.READER)
    client.post_form("/console/language", {"language": language, "next": REPORTS})
    page = client.get(f"{REPORTS}?period=2026").text
    assert {"sv": "Frågor per vecka", "en": "Questions per week"}[language] in page
