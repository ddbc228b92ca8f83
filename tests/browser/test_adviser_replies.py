"""An adviser's answer reaches the official in the widget, quietly, whatever the official is doing meanwhile."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from .canned import SCRIPT, adviser_reply
from .fake_gateway import Ledger
from .widget_page import WidgetPage

ANSWER = "Ring kommunens socialjour i kväll.\n\nDe har mitt nummer."


def handed_over(widget: WidgetPage) -> WidgetPage:
    """A widget with a question that lies with an adviser, to be answered here."""
    widget.page.clock.install()
    widget.open().ask("okänt")
    widget.button("Fråga en rådgivare").click()
    form = widget.latest().get_by_role("group", name="Skicka frågan till en rådgivare")
    form.get_by_label("Här i samtalet").check()
    form.get_by_label("Din roll").fill("socialsekreterare")
    form.get_by_label("Kommun").fill("Lund")
    form.get_by_role("checkbox").check()
    form.get_by_role("button", name="Skicka till rådgivare").click()
    expect(widget.latest()).to_contain_text("Svaret visas här i samtalet, så länge fliken är öppen.")
    return widget


def wait_for_looks(page: Page, ledger: Ledger, count: int) -> None:
    for _ in range(100):
        if len(ledger.looks) >= count:
            return
        page.clock.fast_forward(5_000)
        page.wait_for_timeout(20)
    raise AssertionError(f"{len(ledger.looks)} looks, not {count}")


def test_the_answer_comes_into_the_feed(widget: WidgetPage, ledger: Ledger) -> None:
    handed_over(widget)
    wait_for_looks(widget.page, ledger, 1)
    assert ledger.looks[0] == {"conversation_id": "conversation-1", "after": 0}
    expect(widget.page.get_by_role("article")).to_have_count(1)
    ledger.replies.append(adviser_reply(1, ANSWER))
    wait_for_looks(widget.page, ledger, 2)
    reply = widget.page.get_by_role("article", name="Svar från en rådgivare")
    expect(reply).to_contain_text("Ärende R-7KQ2MX · 23 november 2026 kl.")
    expect(reply.get_by_role("paragraph").filter(has_text="De har mitt nummer.")).to_have_count(1)
    expect(widget.panel.get_by_role("status")).to_contain_text("Svar från en rådgivare: Ring kommunens socialjour")


def test_it_is_shown_once_and_a_second_one_too(widget: WidgetPage, ledger: Ledger) -> None:
    handed_over(widget)
    ledger.replies.append(adviser_reply(1, ANSWER))
    wait_for_looks(widget.page, ledger, 1)
    replies = widget.page.get_by_role("article", name="Svar från en rådgivare")
    expect(replies).to_have_count(1)
    ledger.replies.append(adviser_reply(2, "Ett tillägg: ta med tolk."))
    wait_for_looks(widget.page, ledger, 2)
    expect(replies).to_have_count(2)
    assert [look["after"] for look in ledger.looks[:2]] == [0, 1]


def test_whoever_writes_is_not_disturbed(widget: WidgetPage, ledger: Ledger) -> None:
    handed_over(widget)
    widget.question.fill("En halv fråga")
    ledger.replies.append(adviser_reply(1, ANSWER))
    wait_for_looks(widget.page, ledger, 1)
    expect(widget.page.get_by_role("article", name="Svar från en rådgivare")).to_be_attached()
    assert widget.focused_name() == "Din fråga"
    expect(widget.question).to_have_value("En halv fråga")


def test_the_launcher_says_so_while_the_panel_is_closed(widget: WidgetPage, ledger: Ledger) -> None:
    handed_over(widget)
    widget.page.keyboard.press("Escape")
    ledger.replies.append(adviser_reply(1, ANSWER))
    wait_for_looks(widget.page, ledger, 1)
    launcher = widget.page.get_by_role("button", name="Svar från en rådgivare")
    launcher.click()
    expect(widget.page.get_by_role("article", name="Svar från en rådgivare")).to_be_focused()
    widget.page.keyboard.press("Escape")
    expect(widget.launcher).to_be_visible()


def test_after_a_reload_it_is_there_again(widget: WidgetPage, ledger: Ledger) -> None:
    handed_over(widget)
    ledger.replies.append(adviser_reply(1, ANSWER))
    wait_for_looks(widget.page, ledger, 1)
    widget.page.reload()
    widget.page.clock.run_for(100)
    widget.page.get_by_role("button", name="Svar från en rådgivare").click()
    expect(widget.page.get_by_role("article", name="Svar från en rådgivare")).to_have_count(1)


def test_a_new_conversation_still_gets_the_answer_to_the_old_one(widget: WidgetPage, ledger: Ledger) -> None:
    handed_over(widget)
    widget.page.get_by_role("button", name="Nytt samtal").click()
    widget.ask("Vad får den som saknar uppehållsrätt?")
    ledger.replies.append(adviser_reply(1, ANSWER))
    wait_for_looks(widget.page, ledger, 1)
    assert ledger.looks[0]["conversation_id"] == "conversation-1"
    expect(widget.page.get_by_role("article", name="Svar från en rådgivare")).to_have_count(1)


def test_a_question_that_the_dialogue_handed_over_is_answered_too(widget: WidgetPage, ledger: Ledger) -> None:
    widget.page.clock.install()
    widget.open().ask("Min roll är lärare")
    ledger.replies.append(adviser_reply(1, ANSWER))
    wait_for_looks(widget.page, ledger, 1)
    expect(widget.page.get_by_role("article", name="Svar från en rådgivare")).to_have_count(1)


def test_nobody_asks_where_nothing_was_handed_over(widget: WidgetPage, ledger: Ledger) -> None:
    widget.page.clock.install()
    widget.open().ask("Vad får den som saknar uppehållsrätt?")
    widget.page.clock.fast_forward(600_000)
    widget.page.wait_for_timeout(100)
    assert ledger.looks == []


def test_a_gateway_that_is_away_is_asked_again_later(widget: WidgetPage, ledger: Ledger) -> None:
    handed_over(widget)
    ledger.faults.append((503, {}))
    ledger.replies.append(adviser_reply(1, ANSWER))
    wait_for_looks(widget.page, ledger, 2)
    expect(widget.page.get_by_role("article", name="Svar från en rådgivare")).to_have_count(1)
    expect(widget.page.get_by_role("alert")).to_be_empty()


def test_a_conversation_that_is_too_old_is_asked_for_no_more(widget: WidgetPage, ledger: Ledger) -> None:
    handed_over(widget)
    ledger.faults.append((404, {}))
    wait_for_looks(widget.page, ledger, 1)
    widget.page.clock.fast_forward(3_600_000)
    widget.page.wait_for_timeout(100)
    assert len(ledger.looks) == 1


def test_what_an_adviser_writes_is_never_markup(widget: WidgetPage, ledger: Ledger) -> None:
    handed_over(widget)
    ledger.replies.append(adviser_reply(1, SCRIPT))
    wait_for_looks(widget.page, ledger, 1)
    expect(widget.page.get_by_role("article", name="Svar från en rådgivare")).to_contain_text("<script>")
    assert widget.page.evaluate("window.harmed") is None


def test_the_answer_in_english(widget: WidgetPage, ledger: Ledger) -> None:
    handed_over(widget)
    ledger.replies.append(adviser_reply(1, ANSWER))
    wait_for_looks(widget.page, ledger, 1)
    widget.page.get_by_role("button", name="English", exact=True).click()
    reply = widget.page.get_by_role("article", name="Reply from an adviser")
    expect(reply).to_contain_text("Case R-7KQ2MX · 23 November 2026 at")
