"""What staff read: each check as it is made, and the report of what waits for a person."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from knowledge.cli.refresh import check, show_report
from knowledge.cli.refresh_texts import OUTCOMES, REASONS
from knowledge.datatypes import Document, Passage
from knowledge.source_checks import Outcome, Reason
from knowledge.store.documents import SqlDocumentStore
from knowledge.store.engine import migrate

from .conftest import Watch
from .site import Page, html, redirect

Capture = pytest.CaptureFixture[str]


def test_every_outcome_and_every_reason_has_its_text_and_is_described() -> None:
    assert set(OUTCOMES) == set(Outcome)
    assert set(REASONS) == set(Reason)
    page = (Path(__file__).parents[3] / "docs" / "refresh.md").read_text(encoding="utf-8")
    described = re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE)
    assert sorted(described) == sorted([*Outcome, *Reason])


def test_each_check_is_said_as_it_is_made(watch: Watch, capsys: Capture) -> None:
    watch.site.pages |= {"/a": Page(html("Text.")), "/b": Page("", 404), "/c": redirect("/a", 301)}
    watch.sources(*(watch.site.url(f"/{name}") for name in "abc"))
    check(watch.upkeep, watch.upkeep.sources, as_json=False)
    assert capsys.readouterr().out.splitlines() == [
        f"Sidan a <{watch.site.url('/a')}>: läst för första gången",
        f"Sidan b <{watch.site.url('/b')}>: borta: sidan finns inte längre. Leta efter dess nya adress, eller dra "
        "tillbaka det som vilar på den. (HTTP 404)",
        f"Sidan c <{watch.site.url('/c')}>: flyttad till {watch.site.url('/a')}",
        "Kontrollerade källor: 3. Läst för första gången: 1. Flyttad: 1. Borta: 1.",
        "Se vad som behöver göras: python -m knowledge refresh --report",
    ]


def test_a_second_run_with_nothing_new_says_only_that(watch: Watch, capsys: Capture) -> None:
    watch.site.pages["/a"] = Page(html("Text."))
    watch.sources(watch.site.url("/a"))
    watch.check()
    check(watch.upkeep, watch.upkeep.sources, as_json=False)
    check(watch.upkeep, watch.upkeep.due(), as_json=False)
    assert capsys.readouterr().out == "Kontrollerade källor: 1. Oförändrad: 1.\nIngen källa behöver kontrolleras nu.\n"


def test_the_report_shows_what_waits_for_a_person(
    watch: Watch,
    capsys: Capture,
    make_passage: Callable[..., Passage],
    make_document: Callable[..., Document],
) -> None:
    watch.site.pages |= {"/a": Page(html("Avgiften är 200 kronor.")), "/c": Page("", 500)}
    watch.sources(*(watch.site.url(f"/{name}") for name in "abc"))
    migrate(watch.engine)
    passage = make_passage("hemresa/buss", "Bussen går.")
    passage = replace(passage, sources=(replace(passage.sources[0], url=watch.site.url("/b")),))
    SqlDocumentStore(watch.engine, watch.clock).replace_corpus([make_document(passage)])
    watch.check()
    watch.site.pages["/a"] = Page(html("Avgiften är 250 kronor."))
    watch.clock.days_pass(30)
    watch.check()
    show_report(watch.upkeep.report(), as_json=False)
    assert capsys.readouterr().out.splitlines() == [
        "Senaste kontrollen började 2026-12-23 kl. 10.30. "
        "Kontrollerade källor: 3. Ändrad: 1. Borta: 1. Går inte att nå: 1.",
        "",
        "Borta (1)",
        "",
        "  Sidan b",
        f"    {watch.site.url('/b')}",
        "    borta: sidan finns inte längre. Leta efter dess nya adress, eller dra tillbaka det som vilar på den. "
        "(HTTP 404)",
        "    Sedan 2026-11-23.",
        "    Vilar på källan:",
        "      hemresa: Hemresa",
        "",
        "Ändrad (1)",
        "",
        "  Sidan a",
        f"    {watch.site.url('/a')}",
        "    ändrad",
        "    Sedan 2026-12-23.",
        "    | @@ -1 +1 @@",
        "    | -Avgiften är 200 kronor.",
        "    | +Avgiften är 250 kronor.",
        "    Inget vilar på källan.",
        "",
        "Försöker igen av sig självt (1)",
        f"  {watch.site.url('/c')}",
        "    går inte att nå: fel på webbplatsen. (HTTP 500)",
        "    Sedan 2026-11-23, nästa försök 2026-12-25.",
        "",
        "När en källa är omhändertagen: python -m knowledge refresh --done ADRESS",
    ]


def test_the_report_as_json(watch: Watch, capsys: Capture) -> None:
    watch.site.pages["/c"] = Page("", 500)
    watch.sources(watch.site.url("/b"), watch.site.url("/c"))
    watch.check()
    show_report(watch.upkeep.report(), as_json=True)
    report = json.loads(capsys.readouterr().out)
    assert report["latest"]["outcomes"] == {"gone": 1, "unreachable": 1}
    (finding,) = report["findings"]
    assert (finding["address"], finding["outcome"], finding["documents"]) == (watch.site.url("/b"), "gone", [])
    (unreachable,) = report["unreachable"]
    assert (unreachable["reason"], unreachable["failures"]) == ("server_error", 1)


def test_nothing_to_do(watch: Watch, capsys: Capture) -> None:
    watch.sources(watch.site.url("/a"))
    show_report(watch.upkeep.report(), as_json=False)
    assert capsys.readouterr().out.splitlines() == [
        "Källor: 1. Ingen är kontrollerad än. Kör: python -m knowledge refresh",
        "",
        "Inget väntar på någon.",
    ]
