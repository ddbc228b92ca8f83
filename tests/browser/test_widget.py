"""What the widget does: ask, answer, sources, feedback, hand-over, faults, hostile content."""

from __future__ import annotations

import json
import re
import shutil
import subprocess

import pytest
from playwright.sync_api import Page, expect

from .canned import SCRIPT
from .fake_gateway import WIDGET, Ledger
from .widget_page import WidgetPage

MOST_LINES = 300
FORBIDDEN = ("innerHTML", "insertAdjacentHTML", "outerHTML", "document.write", "eval(", "style=", "@import", "onclick=")
QUESTION = "Vad får den som saknar uppehållsrätt?"


def test_an_answer_stands_in_the_order_of_every_channel(widget: WidgetPage) -> None:
    turn = widget.open().ask(QUESTION)
    expect(turn.get_by_role("heading", level=3)).to_have_text(f"Fråga 1: {QUESTION}")
    text = turn.inner_text()
    parts = [
        "Granskat svar · 3 november 2026",
        "Nej, inte till löpande försörjningsstöd.",
        "Gäller per 22 november 2026 · 11 kap. 1 § SoL (2025:400)",
        "Källor",
        "Kontakter",
        "Storgatan 1, Umeå · vardagar 9–15",
        "Kontrollerad 1 oktober 2026",
        "Ej kontrollerad",
        "Ej kontrollerad sedan 1 mars 2024",
        "Fråga vidare",
        "Hjälpte svaret?",
        "Kopiera med källor",
        "Fråga en rådgivare",
    ]
    places = [text.index(part) for part in parts]
    assert places == sorted(places)


def test_notices_come_first_with_danger_before_all(widget: WidgetPage) -> None:
    turn = widget.open().ask("Vad gör jag vid fara?")
    text = turn.inner_text()
    places = [
        text.index(part) for part in ("Är någon i fara nu?", "När ett barn berörs", "Kontakta sedan socialjouren")
    ]
    assert places == sorted(places)
    expect(turn.get_by_role("link", name="112")).to_have_attribute("href", "tel:112")
    expect(widget.page.get_by_role("alert")).to_contain_text("Fara: Är någon i fara nu? Ring 112.")
    expect(widget.panel.get_by_role("status")).to_contain_text("Svar: Barn: När ett barn berörs")


def test_a_number_in_the_text_opens_its_source(widget: WidgetPage) -> None:
    turn = widget.open().ask(QUESTION)
    source = turn.get_by_role("listitem").filter(has_text="Socialdepartementet")
    expect(source.get_by_role("blockquote")).to_be_hidden()
    turn.locator(".text").get_by_role("button", name="Källa 2: Socialtjänstlag (2025:400)").click()
    expect(source.get_by_role("blockquote")).to_contain_text("Ansökan ska tas emot")
    expect(source).to_contain_text("Gäller från 1 juli 2025")
    expect(source).to_contain_text("14 kap. 10 § SoL (2025:400)")
    expect(source.get_by_role("link", name="Öppna källan")).to_have_attribute(
        "href", "https://example.org/socialt-bistand"
    )
    assert widget.focused_name().startswith("2")
    source.get_by_role("button", name="Tillbaka till svaret").click()
    assert widget.focused_name() == "Källa 2: Socialtjänstlag (2025:400)"
    expect(source.get_by_role("blockquote")).to_be_hidden()


def test_a_source_that_is_not_in_force_says_so_folded(widget: WidgetPage) -> None:
    turn = widget.open().ask(QUESTION)
    expect(turn.get_by_role("button", name="1 Socialt bistånd")).to_contain_text("Osäker uppgift")
    expect(turn.get_by_role("button", name="3 HFD 2018 ref. 39")).to_contain_text("Bygger på äldre lag")
    expect(turn).to_contain_text("Bygger på äldre lag: källa 3. Osäker uppgift: källa 1. Kontrollera mot gällande lag")


def test_follow_ups_and_readings_are_asked_by_button(widget: WidgetPage, ledger: Ledger) -> None:
    widget.open().ask(QUESTION)
    widget.button("Vem betalar resan hem?").click()
    widget.done()
    widget.ask("Får de vistas eller få hjälp?")
    widget.button("Rätten till hjälp").click()
    expect(widget.done().get_by_role("heading", level=3)).to_have_text("Fråga 4: Rätten till hjälp")
    sent = [message["text"] for message in ledger.messages]
    assert sent[1] == "Vem betalar resan hem?"
    assert sent[3] == "Vad får den som saknar uppehållsrätt för hjälp?"
    assert {message.get("conversation_id") for message in ledger.messages} == {None, "conversation-1"}


def test_a_text_message_has_buttons_and_no_tools(widget: WidgetPage, ledger: Ledger) -> None:
    turn = widget.open().ask("Hej")
    expect(turn).to_contain_text("Hej! Vad vill du veta?")
    expect(turn.get_by_role("button", name="Kopiera med källor")).to_have_count(0)
    turn.get_by_role("button", name="Vad kan du svara på?").click()
    widget.done()
    assert ledger.messages[-1]["text"] == "vad kan du"


def test_feedback_with_reasons(widget: WidgetPage, ledger: Ledger) -> None:
    widget.open().ask(QUESTION)
    widget.button("Nej, svaret hjälpte inte").click()
    widget.button("Skicka").click()
    expect(widget.latest()).to_contain_text("Välj minst en anledning eller skriv en kommentar.")
    widget.latest().get_by_label("Saknar källa").check()
    widget.latest().get_by_label("Kommentar").fill("Källan är gammal.")
    widget.button("Skicka").click()
    expect(widget.latest()).to_contain_text("Tack! En redaktör läser")
    assert ledger.feedback == [
        {
            "conversation_id": "conversation-1",
            "answer_id": "answer-1",
            "rating": "down",
            "reasons": ["missing_source"],
            "comment": "Källan är gammal.",
        }
    ]


def test_praise_is_one_press(widget: WidgetPage, ledger: Ledger) -> None:
    widget.open().ask(QUESTION)
    widget.button("Ja, svaret hjälpte").click()
    expect(widget.latest()).to_contain_text("Tack! Det är noterat")
    assert ledger.feedback[0]["rating"] == "up"
    expect(widget.button("Ja, svaret hjälpte")).to_have_count(0)


def test_a_hand_over_that_fails_keeps_what_was_written(widget: WidgetPage, ledger: Ledger) -> None:
    widget.open().ask("okänt")
    widget.button("Fråga en rådgivare").click()
    form = widget.latest().get_by_role("group", name="Skicka frågan till en rådgivare")
    form.get_by_label("Telefon").check()
    form.get_by_label("Telefonnummer").fill("010-000 00 00")
    form.get_by_label("Kommun").fill("Sala")
    form.get_by_label("Meddelande").fill("Vilken nämnd?")
    form.get_by_label("Jag godkänner").check()
    ledger.faults.append((503, {}))
    form.get_by_role("button", name="Skicka till rådgivare").click()
    expect(form).to_contain_text("Det du har skrivit är kvar. Försök igen.")
    expect(form.get_by_label("Meddelande")).to_have_value("Vilken nämnd?")
    form.get_by_role("button", name="Skicka till rådgivare").click()
    expect(widget.latest()).to_contain_text("Ditt ärendenummer är R-2026-0042.")
    assert ledger.handovers == [
        {
            "conversation_id": "conversation-1",
            "answer_id": "answer-5",
            "contact_way": "phone",
            "contact": "010-000 00 00",
            "municipality": "Sala",
            "consent": True,
            "message": "Vilken nämnd?",
        }
    ]


@pytest.mark.parametrize(
    ("status", "headers", "said"),
    [
        (503, {}, "Rådgivaren går inte att nå just nu."),
        (504, {}, "Svaret dröjde för länge."),
        (429, {"Retry-After": "20"}, "Försök igen om 20 sekunder."),
    ],
)
def test_a_fault_keeps_the_question_and_a_retry_heals(
    widget: WidgetPage, ledger: Ledger, status: int, headers: dict[str, str], said: str
) -> None:
    ledger.faults.append((status, headers))
    turn = widget.open().ask(QUESTION)
    expect(turn).to_contain_text(said)
    expect(turn).to_contain_text(QUESTION)
    expect(widget.page.get_by_role("alert")).to_contain_text(said)
    turn.get_by_role("button", name="Försök igen").click()
    expect(widget.done()).to_contain_text("Nej, inte till löpande försörjningsstöd.")
    expect(widget.page.get_by_role("article")).to_have_count(1)


def test_without_a_network_the_question_can_be_edited(widget: WidgetPage) -> None:
    widget.open()
    widget.page.context.set_offline(True)
    turn = widget.ask(QUESTION)
    expect(turn).to_contain_text("Ingen kontakt med Rådgivaren.")
    widget.page.context.set_offline(False)
    turn.get_by_role("button", name="Ändra frågan").click()
    expect(widget.question).to_have_value(QUESTION)
    expect(widget.question).to_be_focused()


def test_a_forgotten_conversation_is_begun_anew_unseen(widget: WidgetPage, ledger: Ledger) -> None:
    widget.open().ask(QUESTION)
    ledger.faults.append((404, {}))
    expect(widget.ask("Och om det finns barn?")).to_contain_text("Ja, du ska anmäla genast.")
    assert [message.get("conversation_id") for message in ledger.messages] == [None, "conversation-1", None]


def test_a_conversation_outlives_a_reload_and_ends_on_demand(widget: WidgetPage, ledger: Ledger) -> None:
    widget.open().ask(QUESTION)
    widget.page.reload()
    widget.launcher.click()
    expect(widget.panel).to_contain_text("Samtalet som du hade i den här fliken fortsätter.")
    widget.ask("En fråga till")
    widget.panel.get_by_role("button", name="Nytt samtal").click()
    expect(widget.page.get_by_role("article")).to_have_count(0)
    widget.panel.get_by_role("button", name="Ångra").click()
    expect(widget.page.get_by_role("article")).to_have_count(1)
    widget.panel.get_by_role("button", name="Nytt samtal").click()
    widget.ask("Helt ny fråga")
    assert [message.get("conversation_id") for message in ledger.messages] == [None, "conversation-1", None]


def test_a_long_wait_is_told_once_and_quietly(widget: WidgetPage, ledger: Ledger) -> None:
    widget.open()
    widget.question.fill("långsamt")
    widget.question.press("Enter")
    expect(widget.latest()).to_contain_text("Söker i 48 ämnen …")
    expect(widget.panel.get_by_role("status")).to_have_text("Söker i 48 ämnen …")
    widget.question.fill("otålig fråga")
    widget.question.press("Enter")
    expect(widget.panel).to_contain_text("Vänta på svaret på förra frågan.")
    expect(widget.question).to_have_value("otålig fråga")
    expect(widget.done()).to_contain_text("Nej, inte till löpande")
    assert len(ledger.messages) == 1


def test_too_long_and_empty_never_leave_the_page(widget: WidgetPage, ledger: Ledger) -> None:
    widget.open().question.press("Enter")
    expect(widget.panel).to_contain_text("Skriv en fråga först.")
    widget.question.fill("a" * 1850)
    expect(widget.panel).to_contain_text(re.compile(r"1\s850 av 2\s000 tecken"))
    widget.question.fill("å" * 10_000)
    widget.question.press("Enter")
    expect(widget.panel).to_contain_text(re.compile(r"Frågan är 10\s000 tecken. Korta den till högst 2\s000"))
    expect(widget.question).to_have_attribute("aria-invalid", "true")
    assert ledger.messages == []


def test_hostile_content_stays_text(widget: WidgetPage) -> None:
    turn = widget.open().ask(f"skript {SCRIPT}")
    turn.get_by_role("button", name="Källa 1").first.click()
    expect(turn).to_contain_text(SCRIPT)
    assert turn.locator("img, script").count() == 0
    assert turn.locator("a[href^='javascript']").count() == 0
    expect(turn).to_contain_text("[9]")
    widget.button("Skriv ut").click()
    assert widget.page.evaluate("window.harmed") is None


def test_copy_takes_question_answer_and_sources(widget: WidgetPage) -> None:
    widget.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    widget.open().ask(QUESTION)
    widget.button("Kopiera med källor").click()
    expect(widget.button("Kopierat")).to_be_visible()
    copied = widget.page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(f"Fråga: {QUESTION}\n\nSvar: Nej, inte till löpande försörjningsstöd. Den som saknar")
    assert "Gäller per 22 november 2026" in copied
    assert "[2] Socialtjänstlag (2025:400). Socialdepartementet, 22 maj 2025. 14 kap. 10 § SoL (2025:400)" in copied
    assert "https://example.org/socialt-bistand" in copied
    assert "Storgatan 1, Umeå, vardagar 9–15, Kontrollerad 1 oktober 2026" in copied
    assert "Hämtat från Rådgivaren" in copied


def test_copy_works_where_the_clipboard_api_is_missing(widget: WidgetPage) -> None:
    widget.page.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    widget.open().ask(QUESTION)
    widget.button("Kopiera med källor").click()
    expect(widget.button("Kopierat")).to_be_visible()
    assert widget.focused_name() == "Kopierat"


def test_print_shows_one_answer_and_nothing_else(widget: WidgetPage) -> None:
    widget.page.add_init_script("window.print = () => document.documentElement.setAttribute('data-printed', '')")
    widget.open().ask("Vad gör jag vid fara?")
    widget.ask(QUESTION)
    widget.button("Skriv ut").click()
    expect(widget.page.locator("html[data-printed]")).to_be_attached()
    widget.page.emulate_media(media="print")
    sheet = widget.page.locator("[data-radgivaren-print] article")
    for part in (QUESTION, "Nej, inte till", "[2]", "Gäller per", "Ansökan ska tas emot", "Hämtat från Rådgivaren"):
        expect(sheet).to_contain_text(part)
    expect(sheet).to_be_visible()
    expect(sheet).not_to_contain_text("Vad gör jag vid fara?")
    expect(widget.page.get_by_role("heading", name="Så här är ett svar")).to_be_hidden()
    expect(widget.question).to_be_hidden()
    widget.page.emulate_media(media="screen")
    widget.page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    expect(sheet).to_have_count(0)


def test_english_changes_everything_said(widget: WidgetPage, ledger: Ledger) -> None:
    widget.open().ask(QUESTION)
    widget.panel.get_by_role("button", name="English").click()
    expect(widget.button("Copy with sources")).to_be_visible()
    question = widget.page.get_by_label("Your question")
    question.fill("What is a person entitled to?")
    question.press("Enter")
    expect(widget.done()).to_contain_text("Valid as of 22 November 2026")
    assert ledger.messages[-1]["language"] == "en"


def test_a_page_of_its_own(widget: WidgetPage) -> None:
    widget.open("/widget/page.html").ask("Berätta utförligt")
    expect(widget.latest()).to_contain_text("Stycke 8.")
    expect(widget.launcher).to_have_count(0)


def test_storage_may_be_refused(page: Page, widget: WidgetPage) -> None:
    page.add_init_script("Object.defineProperty(window, 'sessionStorage', { get() { throw new DOMException('no') } })")
    expect(widget.open().ask(QUESTION)).to_contain_text("Nej, inte till löpande")


def test_both_catalogues_have_the_same_keys(page: Page) -> None:
    page.goto("/")
    keys = page.evaluate(
        """async () => {
          const names = (texts, path = "") => Object.entries(texts).flatMap(([key, value]) =>
            value?.constructor === Object ? names(value, `${path}${key}.`) : [`${path}${key}`]);
          const [sv, en] = await Promise.all([import("/widget/texts.sv.js"), import("/widget/texts.en.js")]);
          return [names(sv.texts).sort(), names(en.texts).sort()];
        }"""
    )
    assert keys[0] == keys[1]


@pytest.mark.skipif(shutil.which("node") is None, reason="node checks syntax only; the browser ran every file")
@pytest.mark.parametrize("name", sorted(path.name for path in WIDGET.glob("*.js")))
def test_every_module_parses(name: str) -> None:
    subprocess.run(["node", "--check", "--input-type=module"], input=(WIDGET / name).read_bytes(), check=True)


def test_no_file_builds_html_from_text_or_reaches_outside() -> None:
    for path in [*WIDGET.glob("*.js"), *WIDGET.glob("*.css"), *WIDGET.glob("*.html")]:
        source = path.read_text(encoding="utf-8")
        assert len(source.splitlines()) < MOST_LINES, path.name
        for forbidden in FORBIDDEN:
            assert forbidden not in source, f"{path.name}: {forbidden}"
        addresses = re.findall(r"https?://[\w.]+", source)
        assert set(addresses) <= {"http://www.w3.org"}, f"{path.name}: {json.dumps(addresses)}"
