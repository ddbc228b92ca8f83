"""The text that is compared: the main content, and what stands in lists beside it; read in a process of its own."""

from __future__ import annotations

import pytest

from knowledge.ingestion.isolation import Isolated
from knowledge.ingestion.refresh.page_text import IsolatedPageTexts
from knowledge.source_checks import Outcome

from .conftest import Watch
from .site import Page, html

PAGE = """<!doctype html><html><head><title>Utsatta EU-medborgare – Kommunen</title><script>var x = 1;</script></head>
<body><header><a href="/">Hem</a></header><nav><ul><li><a href="/a">Omsorg</a></li><li><a href="/b">Skola</a></li></ul>
</nav><main><h1>Utsatta EU-medborgare</h1><p>Kommunen kan betala en bussbiljett hem för den som saknar uppehållsrätt.
Beslutet gäller en resa och fattas av socialnämnden.</p><h2>Kontakt</h2><ul><li>Växel: {phone}</li></ul>
<table><tr><th>Avgift</th><td>200 kronor</td></tr></table></main><footer>© {year} Kommunen</footer></body></html>"""


@pytest.fixture
def isolated(watch: Watch) -> Watch:
    watch.texts = IsolatedPageTexts()
    return watch


def test_a_page_is_its_main_content_a_sentence_a_line(isolated: Watch) -> None:
    isolated.site.pages["/sida"] = Page(PAGE.format(phone="08-000 00 00", year=2025))
    isolated.check_one()
    lines = isolated.upkeep.store.states()[isolated.site.url("/sida")].text.splitlines()
    assert "Kommunen kan betala en bussbiljett hem för den som saknar uppehållsrätt." in lines
    assert "Beslutet gäller en resa och fattas av socialnämnden." in lines
    assert not {word for word in ("Omsorg", "var x", "2025") if word in "\n".join(lines)}


def test_a_new_telephone_number_is_a_change_and_a_new_footer_is_none(isolated: Watch) -> None:
    isolated.site.pages["/sida"] = Page(PAGE.format(phone="08-000 00 00", year=2025))
    isolated.check_one()
    isolated.site.pages["/sida"] = Page(PAGE.format(phone="08-000 00 00", year=2026))
    assert isolated.check_one().outcome is Outcome.UNCHANGED
    isolated.site.pages["/sida"] = Page(PAGE.format(phone="08-111 11 11", year=2026))
    check = isolated.check_one()
    assert check.outcome is Outcome.CHANGED
    changed = [line for line in check.diff.splitlines() if line[0] in "+-"]
    assert changed == ["-- Växel: 08-000 00 00", "+- Växel: 08-111 11 11"]


@pytest.mark.parametrize("body", [b"", b"<html>", b"<!doctype html><html><body><nav>Meny</nav>"])
def test_a_page_without_text_is_compared_by_its_bytes(watch: Watch, body: bytes) -> None:
    watch.site.pages["/sida"] = Page(body)
    assert watch.check_one().outcome is Outcome.NEW
    assert watch.check_one().outcome is Outcome.UNCHANGED
    watch.site.pages["/sida"] = Page(body + b" ")
    assert watch.check_one().outcome is Outcome.CHANGED
    watch.site.pages["/sida"] = Page("<html><body><p>Nu med text.</p></body></html>")
    assert watch.check_one().outcome is Outcome.CHANGED


def test_a_pdf_that_cannot_be_read_is_compared_by_its_bytes(watch: Watch) -> None:
    watch.site.pages["/lag.pdf"] = Page(b"%PDF-1.4 ett", content_type="application/pdf")
    assert watch.check_one("/lag.pdf").outcome is Outcome.NEW
    text = watch.upkeep.store.states()[watch.site.url("/lag.pdf")].text
    assert text.startswith("(application/pdf, 12 byte, ")


def test_a_page_on_which_the_reader_ends_is_compared_by_its_bytes(watch: Watch) -> None:
    class Ending(IsolatedPageTexts):
        def __init__(self) -> None:
            self._reader = Isolated(target="faulthandler:_sigsegv")

    watch.texts = Ending()
    watch.site.pages["/sida"] = Page(html("Texten."))
    assert watch.check_one().outcome is Outcome.NEW
    assert watch.upkeep.store.states()[watch.site.url("/sida")].text.startswith("(text/html")
