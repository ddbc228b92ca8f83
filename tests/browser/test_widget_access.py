"""Who can use it: by keyboard alone, by ear, at 320 px, at 400 % zoom, in the dark, in forced colours."""

from __future__ import annotations

from playwright.sync_api import expect

from .fake_gateway import Ledger
from .states import STATES, answered, handover
from .widget_page import WidgetPage

QUESTION = "Vad får den som saknar uppehållsrätt?"


def test_the_keyboard_alone_goes_all_the_way(widget: WidgetPage, ledger: Ledger) -> None:
    keyboard = widget.page.keyboard
    widget.page.goto("/")
    expect(widget.launcher).to_be_visible()
    widget.tab_to("Fråga Rådgivaren")
    keyboard.press("Enter")
    assert widget.focused_name() == "Din fråga"
    keyboard.type(QUESTION)
    keyboard.press("Enter")
    widget.done()
    assert widget.focused_name() == "Din fråga"

    keyboard.press("Shift+Tab")
    assert widget.focused_name() == "Gå till senaste svaret"
    keyboard.press("Enter")
    widget.tab_to("Källa 1")
    keyboard.press("Enter")
    expect(widget.latest().get_by_role("blockquote").first).to_be_visible()
    widget.tab_to("Öppna källan")

    widget.tab_to("Nej, svaret hjälpte inte")
    keyboard.press("Enter")
    assert widget.focused_name() == "Uppgiften är utgången"
    keyboard.press("Space")
    widget.tab_to("Skicka")
    keyboard.press("Enter")
    expect(widget.latest()).to_contain_text("Tack! En redaktör")
    assert widget.focused_name().startswith("Tack!")
    assert ledger.feedback[0]["reasons"] == ["outdated"]

    for _ in range(3):
        keyboard.press("Shift+Tab")
        if widget.focused_name() == "Fråga en rådgivare":
            break
    keyboard.press("Enter")
    assert widget.focused_name() == "E-post"
    keyboard.press("Tab")
    keyboard.type("namn@kommun.se")
    widget.tab_to("Kommun")
    keyboard.type("Sala")
    widget.tab_to("Jag godkänner")
    keyboard.press("Space")
    widget.tab_to("Skicka till rådgivare")
    keyboard.press("Enter")
    expect(widget.latest()).to_contain_text("Ditt ärendenummer är R-2026-0042.")
    assert ledger.handovers[0]["contact"] == "namn@kommun.se"


def test_escape_closes_and_focus_returns(widget: WidgetPage) -> None:
    widget.open().ask(QUESTION)
    widget.button("Nej, svaret hjälpte inte").click()
    widget.page.keyboard.press("Escape")
    expect(widget.panel).to_be_hidden()
    expect(widget.launcher).to_be_focused()
    widget.page.keyboard.press("Enter")
    expect(widget.latest()).to_contain_text("Nej, inte till löpande")


def test_faults_in_a_form_are_tied_to_their_fields(widget: WidgetPage) -> None:
    widget.open().ask(QUESTION)
    widget.button("Fråga en rådgivare").click()
    widget.button("Skicka till rådgivare").click()
    contact = widget.latest().get_by_label("E-postadress")
    expect(contact).to_be_focused()
    expect(contact).to_have_attribute("aria-invalid", "true")
    expect(contact).to_have_accessible_description("Skriv din e-postadress, till exempel namn@kommun.se.")
    expect(widget.latest().get_by_label("Kommun")).to_have_accessible_description("Skriv vilken kommun du arbetar i.")
    expect(widget.latest().get_by_label("Jag godkänner")).to_have_accessible_description(
        "Du behöver godkänna detta för att en rådgivare ska kunna svara."
    )
    expect(widget.page.get_by_role("alert")).to_have_text("3 fält behöver rättas.")


def test_page_keys_go_from_turn_to_turn(widget: WidgetPage) -> None:
    widget.open().ask(QUESTION)
    widget.ask("Vad gör jag vid fara?")
    widget.page.keyboard.press("Shift+Tab")
    widget.page.keyboard.press("Enter")
    widget.page.keyboard.press("PageUp")
    expect(widget.page.get_by_role("article").first).to_be_focused()
    expect(widget.page.get_by_role("article").first).to_be_in_viewport()


def test_nothing_is_wider_than_a_small_phone(widget: WidgetPage) -> None:
    widget.page.set_viewport_size({"width": 320, "height": 640})
    widget.open()
    for state in STATES:
        state(widget)
    sizes = widget.page.evaluate(
        """() => {
          const root = document.querySelector("radgivaren-chat").shadowRoot;
          const wide = [...root.querySelectorAll("*")].filter((node) => !node.closest(".sr, .to-latest, svg")
            && node.checkVisibility() && node.getBoundingClientRect().right > 320.5);
          return { page: document.documentElement.scrollWidth, scroller: root.querySelector(".scroller").scrollWidth,
                   wide: wide.map((node) => node.outerHTML.slice(0, 120)) };
        }"""
    )
    assert sizes == {"page": 320, "scroller": 320, "wide": []}


def test_over_the_whole_window_tab_stays_inside(widget: WidgetPage) -> None:
    widget.page.set_viewport_size({"width": 400, "height": 700})
    widget.open()
    expect(widget.panel).to_have_attribute("aria-modal", "true")
    for _ in range(12):
        widget.page.keyboard.press("Tab")
        assert widget.page.evaluate("document.activeElement.localName") == "radgivaren-chat"


def test_at_400_percent_the_answer_can_be_read(widget: WidgetPage) -> None:
    # 1280 × 860 at 400 % is 320 × 215 CSS pixels.
    widget.page.set_viewport_size({"width": 320, "height": 215})
    widget.open().ask(QUESTION)
    expect(widget.latest().get_by_role("heading", level=3)).to_be_in_viewport()
    expect(widget.latest().locator(".lead")).to_be_in_viewport()
    widget.button("Skriv ut").scroll_into_view_if_needed()
    expect(widget.button("Skriv ut")).to_be_in_viewport()


def test_no_text_is_smaller_than_16_pixels_whatever_the_page_says(widget: WidgetPage) -> None:
    widget.open()
    widget.page.evaluate("document.documentElement.style.fontSize = '10px'")
    answered(widget)
    handover(widget)
    small = widget.page.evaluate(
        """() => [...document.querySelector("radgivaren-chat").shadowRoot.querySelectorAll(".whole *")]
          .filter((node) => node.checkVisibility() && parseFloat(getComputedStyle(node).fontSize) < 16)
          .map((node) => node.outerHTML.slice(0, 100))"""
    )
    assert small == []


def test_forced_colours_keep_edges_and_focus(widget: WidgetPage) -> None:
    widget.page.emulate_media(forced_colors="active")
    widget.open().ask("Vad gör jag vid fara?")
    notice = widget.latest().locator(".notice.urgent")
    assert notice.evaluate("node => getComputedStyle(node).borderTopWidth") == "1px"
    assert widget.question.evaluate("node => getComputedStyle(node).outlineStyle") == "solid"


def test_nothing_moves_for_those_who_ask_for_stillness(widget: WidgetPage) -> None:
    widget.page.emulate_media(reduced_motion="reduce")
    widget.open().ask(QUESTION)
    assert widget.page.evaluate(
        """() => [...document.querySelector("radgivaren-chat").shadowRoot.querySelectorAll("*")].every((node) => {
          const style = getComputedStyle(node);
          return style.animationName === "none" && style.transitionDuration === "0s" && style.scrollBehavior === "auto";
        })"""
    )
