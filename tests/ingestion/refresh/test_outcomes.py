"""What became of a source: new, unchanged, changed, moved, gone, back again; what staff are told and what is stored."""

from __future__ import annotations

import datetime as dt

from knowledge.source_checks import Outcome

from .conftest import Watch
from .site import Page, by_etag, html, redirect


def test_a_first_check_is_new_and_keeps_the_main_text(watch: Watch) -> None:
    watch.site.pages["/sida"] = Page(html("Kommunen betalar resan hem."))
    check = watch.check_one()
    assert (check.outcome, check.needs_person, check.diff) == (Outcome.NEW, False, "")
    state = watch.upkeep.store.states()[watch.site.url("/sida")]
    assert state.text == "Kommunen betalar resan hem."
    assert state.next_check_at == watch.clock.now() + dt.timedelta(days=30)


def test_we_say_who_we_are(watch: Watch) -> None:
    watch.site.pages["/sida"] = Page(html("Text."))
    watch.check_one()
    assert [request.path for request in watch.site.requests] == ["/robots.txt", "/sida"]
    for request in watch.site.requests:
        assert request.headers["user-agent"] == "Radgivaren (+https://kommun.test/om)"
        assert request.host == f"kommun.test:{watch.site.port}"


def test_no_cookie_is_kept(watch: Watch) -> None:
    watch.site.pages |= dict.fromkeys(("/a", "/b"), Page(html("Text."), headers={"Set-Cookie": "besok=1; Path=/"}))
    watch.sources(watch.site.url("/a"), watch.site.url("/b"))
    watch.check()
    assert watch.site.paths == ["/a", "/b"]
    assert [request.headers for request in watch.site.requests if "cookie" in request.headers] == []


def test_not_modified_by_etag_is_unchanged_and_fetches_nothing(watch: Watch) -> None:
    watch.site.pages["/sida"] = by_etag('"v1"', html("Första lydelsen."))
    watch.check_one()
    assert watch.check_one().outcome is Outcome.UNCHANGED
    assert watch.site.requests[-1].headers["if-none-match"] == '"v1"'
    assert watch.upkeep.store.states()[watch.site.url("/sida")].text == "Första lydelsen."
    # The version that was kept is still the one to compare with, and its tag the one to ask by.
    watch.site.pages["/sida"] = by_etag('"v2"', html("Andra lydelsen."))
    assert watch.check_one().outcome is Outcome.CHANGED
    assert watch.check_one().outcome is Outcome.UNCHANGED
    assert watch.site.requests[-1].headers["if-none-match"] == '"v2"'


def test_not_modified_by_date(watch: Watch) -> None:
    day = "Mon, 02 Nov 2026 08:00:00 GMT"
    watch.site.pages["/sida"] = Page(html("Text."), headers={"Last-Modified": day})
    watch.check_one()
    watch.site.pages["/sida"] = Page(status=304)
    assert watch.check_one().outcome is Outcome.UNCHANGED
    assert watch.site.requests[-1].headers["if-modified-since"] == day


def test_the_same_text_with_another_menu_and_tag_is_unchanged(watch: Watch) -> None:
    watch.site.pages["/sida"] = Page(html("Texten."), headers={"ETag": '"1"'})
    watch.check_one()
    watch.site.pages["/sida"] = Page(html("Texten.").replace("Meny", "Ny meny"), headers={"ETag": '"2"'})
    assert watch.check_one().outcome is Outcome.UNCHANGED


def test_a_change_comes_with_its_diff(watch: Watch) -> None:
    watch.site.pages["/sida"] = Page(html("Resan betalas.", "Avgiften är 200 kronor.", "Ring kommunen."))
    watch.check_one()
    watch.site.pages["/sida"] = Page(html("Resan betalas.", "Avgiften är 250 kronor.", "Ring kommunen."))
    check = watch.check_one()
    assert (check.outcome, check.needs_person) == (Outcome.CHANGED, True)
    lines = check.diff.splitlines()
    assert "-Avgiften är 200 kronor." in lines and "+Avgiften är 250 kronor." in lines
    assert [line for line in lines if line.startswith(("-", "+"))] == lines[2:4]


def test_a_long_diff_is_cut_and_says_so(watch: Watch) -> None:
    watch.site.pages["/sida"] = Page(html(*(f"Rad {n}." for n in range(500))))
    watch.check_one()
    watch.site.pages["/sida"] = Page(html(*(f"Annan rad {n}." for n in range(500))))
    lines = watch.check_one().diff.splitlines()
    assert len(lines) == 61
    assert lines[-1] == "(… och 941 rader till)"


def test_gone_by_404_and_by_410_keeps_what_was_known(watch: Watch) -> None:
    watch.site.pages["/sida"] = Page(html("Den gamla texten."))
    watch.check_one()
    for status in (404, 410):
        watch.site.pages["/sida"] = Page("borta", status)
        check = watch.check_one()
        assert (check.outcome, check.reason, check.detail) == (Outcome.GONE, "not_found", f"HTTP {status}")
        assert watch.upkeep.store.states()[watch.site.url("/sida")].text == "Den gamla texten."


def test_gone_is_told_once_and_settled_by_a_person(watch: Watch) -> None:
    address = watch.site.url("/sida")
    assert watch.check_one().needs_person
    watch.clock.days_pass(30)
    assert not watch.check_one().needs_person
    assert [finding.source.address for finding in watch.upkeep.report().findings] == [address]
    assert watch.upkeep.report().findings[0].state.since == watch.clock.now() - dt.timedelta(days=30)
    assert watch.upkeep.settle([address]) == 1
    watch.clock.days_pass(30)
    watch.check_one()
    assert watch.upkeep.report().findings == ()


def test_back_again_takes_the_absence_off_the_report(watch: Watch) -> None:
    watch.site.pages["/sida"] = Page(html("Texten."))
    watch.check_one()
    watch.site.pages["/sida"] = Page("borta", 404)
    watch.check_one()
    assert len(watch.upkeep.report().findings) == 1
    watch.site.pages["/sida"] = Page(html("Texten."))
    assert watch.check_one().outcome is Outcome.UNCHANGED
    assert watch.upkeep.report().findings == ()
    assert watch.upkeep.store.states()[watch.site.url("/sida")].failures == 0


def test_back_again_with_another_text_is_a_change(watch: Watch) -> None:
    watch.site.pages["/sida"] = Page(html("Före."))
    watch.check_one()
    watch.site.pages["/sida"] = Page("borta", 410)
    watch.check_one()
    watch.site.pages["/sida"] = Page(html("Efter."))
    check = watch.check_one()
    assert check.outcome is Outcome.CHANGED
    assert check.diff.splitlines()[1:] == ["-Före.", "+Efter."]


def test_a_permanent_redirect_is_a_move_told_once(watch: Watch) -> None:
    watch.site.pages["/sida"] = redirect("/ny-sida", 301)
    watch.site.pages["/ny-sida"] = Page(html("Texten."))
    check = watch.check_one()
    assert (check.outcome, check.detail, check.needs_person) == (Outcome.MOVED, watch.site.url("/ny-sida"), True)
    assert watch.check_one().outcome is Outcome.UNCHANGED
    watch.site.pages["/ny-sida"] = Page(html("Ändrad text."))
    assert watch.check_one().outcome is Outcome.CHANGED


def test_a_passing_redirect_is_none(watch: Watch) -> None:
    watch.site.pages["/sida"] = redirect("/i-dag", 302)
    watch.site.pages["/i-dag"] = by_etag('"v1"', html("Texten."))
    assert watch.check_one().outcome is Outcome.NEW
    assert watch.check_one().outcome is Outcome.UNCHANGED
    # The tag belongs to the page that gave it.
    asked = {request.path: request.headers.get("if-none-match") for request in watch.site.requests[-2:]}
    assert asked == {"/sida": None, "/i-dag": '"v1"'}


def test_a_pdf_is_compared_too(watch: Watch) -> None:
    watch.site.pages["/lag.pdf"] = Page(b"%PDF-1.4 ett", content_type="application/pdf")
    assert watch.check_one("/lag.pdf").outcome is Outcome.NEW
    assert watch.check_one("/lag.pdf").outcome is Outcome.UNCHANGED
    watch.site.pages["/lag.pdf"] = Page(b"%PDF-1.4 annan", content_type="application/pdf")
    assert watch.check_one("/lag.pdf").outcome is Outcome.CHANGED


def test_words_of_an_older_encoding(watch: Watch) -> None:
    page = Page(html("Åtgärder för äldre.").encode("iso-8859-1"), content_type="text/html")
    watch.site.pages["/sida"] = page
    watch.check_one()
    assert watch.upkeep.store.states()[watch.site.url("/sida")].text == "Åtgärder för äldre."
