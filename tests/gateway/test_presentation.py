"""What is shown of an answer: every part, once, in one order, with words in the answer's language."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

import bot.gateway.presentation
from bot.gateway.errors import Unavailable
from bot.gateway.presentation.datatypes import Option, ShownAnswer, ShownText
from bot.gateway.presentation.markup import Span, spans
from bot.gateway.presentation.parsing import parse, parse_answer
from bot.gateway.presentation.shortening import shorten
from bot.gateway.presentation.words import LANGUAGES, Catalogue
from bot.gateway.rasa_client import RasaMessage

TEXTS = Path(bot.gateway.presentation.__file__).parent / "texts"
CATALOGUE = Catalogue()
CITATION: dict[str, Any] = {
    "n": 1,
    "document_id": "exempel",
    "passage_id": "exempel/ett",
    "topics": ["exempel"],
    "title": "Socialtjänstlag (2025:400)",
    "heading": "Har hon rätt till hjälp?",
    "publisher": "Sveriges riksdag",
    "url": "https://example.se/sol#11",
    "quote": "Påhittad mening.",
    "published": "2025-05-22",
    "date": "utfärdad 2025-05-22",
    "laws": ["11 kap. 1 § SoL (2025:400)"],
    "validity": "current",
    "validity_note": "Läst i lydelsen enligt SFS 2025:400.",
    "valid_from": "2025-07-01",
    "valid_to": None,
}
CONTACT: dict[str, Any] = {
    "organisation": "Exempelkommun",
    "role": "Socialjour",
    "phone": "010-000 00 00",
    "email": None,
    "hours": "dygnet runt",
    "address": None,
    "url": "https://example.se/jour",
    "last_verified": "2026-10-01",
    "verification": "verified",
}
FULL: dict[str, Any] = {
    "type": "answer",
    "answer_id": "answer-1",
    "status": "answered",
    "language": "sv",
    "text": "**Nej, inte löpande** [1]. Ansökan ska ändå prövas [1].",
    "as_of": "2026-11-22",
    "validity_line": "Gäller per 22 november 2026 · 11 kap. 1 § SoL (2025:400)",
    "citations": [CITATION],
    "notices": [{"kind": "privacy", "text": "Borttaget."}, {"kind": "urgent", "text": "Ring 112."}],
    "contacts": [CONTACT],
    "follow_ups": ["Och barnet?", " "],
    "options": [],
    "refined_answer": {"id": "r", "version": 3, "approved_at": "2026-11-20"},
}


def shown(**changes: Any) -> ShownAnswer:
    return parse_answer(FULL | changes, CATALOGUE)


def test_a_whole_answer() -> None:
    one = shown()
    assert (one.answer_id, one.status, one.language) == ("answer-1", "answered", "sv")
    assert [(notice.kind, notice.title, notice.text) for notice in one.notices] == [
        ("urgent", "Fara", "Ring 112."),
        ("privacy", "Personuppgifter", "Borttaget."),
    ]
    assert one.refined == "Granskat svar · 20 november 2026"
    assert one.text == FULL["text"]
    assert (one.validity_line, one.doubts) == (FULL["validity_line"], "")
    (citation,) = one.citations
    assert (citation.n, citation.title, citation.publisher) == (1, "Socialtjänstlag (2025:400)", "Sveriges riksdag")
    assert (citation.date, citation.validity_text) == ("22 maj 2025", "Gäller från 1 juli 2025")
    assert citation.laws == ("11 kap. 1 § SoL (2025:400)",)
    (contact,) = one.contacts
    assert (contact.name, contact.organisation, contact.checked) == (
        "Socialjour",
        "Exempelkommun",
        "Kontrollerad 1 oktober 2026",
    )
    assert (contact.email, contact.address) == ("", "")
    assert one.follow_ups == ("Och barnet?",)
    assert one.can_be_rated
    assert one.can_be_handed_over


def test_an_english_answer_has_english_words() -> None:
    one = shown(language="en")
    assert [notice.title for notice in one.notices] == ["Danger", "Personal data"]
    assert one.refined == "Reviewed answer · 20 November 2026"
    assert one.citations[0].date == "22 May 2025"
    assert one.contacts[0].checked == "Verified 1 October 2026"


def test_without_a_validity_line_it_is_made_of_day_and_laws_with_what_is_in_doubt() -> None:
    doubtful = CITATION | {"n": 2, "validity": "superseded", "laws": ["4 kap. 1 § SoL (2001:453)"]}
    one = shown(validity_line="", citations=[CITATION, doubtful])
    assert one.validity_line == "Gäller per 22 november 2026 · 11 kap. 1 § SoL (2025:400), 4 kap. 1 § SoL (2001:453)"
    assert one.doubts == "Bygger på äldre lag: källa 2. Kontrollera mot gällande lag innan du beslutar."


@pytest.mark.parametrize(
    ("last_verified", "verification", "said", "verified"),
    [
        ("2026-10-01", "verified", "Kontrollerad 1 oktober 2026", True),
        ("2025-01-01", "overdue", "Ej kontrollerad sedan 1 januari 2025", False),
        (None, "never", "Ej kontrollerad", False),
    ],
)
def test_whether_a_contact_was_checked(last_verified: object, verification: str, said: str, verified: bool) -> None:
    contact = CONTACT | {"last_verified": last_verified, "verification": verification}
    (one,) = shown(contacts=[contact]).contacts
    assert (one.checked, one.verified) == (said, verified)


def test_an_organisation_without_a_role_is_named_once() -> None:
    (one,) = shown(contacts=[CONTACT | {"role": ""}]).contacts
    assert (one.name, one.organisation) == ("Exempelkommun", "")


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "/relative", "https://[", "", None, 7])
def test_only_a_web_address_becomes_a_link(url: object) -> None:
    one = shown(citations=[CITATION | {"url": url}], contacts=[CONTACT | {"url": url}])
    assert (one.citations[0].url, one.contacts[0].url) == ("", "")


@pytest.mark.parametrize(
    ("published", "date", "said"),
    [
        ("2017-04", "april 2017", "2017-04"),
        (None, "odaterad (ca 2017)", "odaterad (ca 2017)"),
        (None, "", "odaterad"),
        ("2017-13-40", "", "2017-13-40"),
    ],
)
def test_a_date_that_is_none_is_shown_as_it_came(published: object, date: str, said: str) -> None:
    assert shown(citations=[CITATION | {"published": published, "date": date}]).citations[0].date == said


@pytest.mark.parametrize(
    ("status", "rated", "handed_over", "first"),
    [
        ("answered", True, True, False),
        ("urgent", True, True, False),
        ("no_support", True, True, True),
        ("out_of_scope", True, True, False),
        ("clarify", False, False, False),
        ("handed_over", False, False, False),
    ],
)
def test_what_can_be_done_with_an_answer(status: str, rated: bool, handed_over: bool, first: bool) -> None:
    one = shown(status=status)
    assert (one.can_be_rated, one.can_be_handed_over, one.handover_first) == (rated, handed_over, first)


def test_an_answer_with_hardly_anything_in_it_is_shown() -> None:
    one = parse_answer({"type": "answer", "text": "Ett svar."}, CATALOGUE)
    assert one.text == "Ett svar."
    assert not one.can_be_rated
    assert one.citations == one.notices == one.contacts == one.follow_ups == ()


@pytest.mark.parametrize("part", ["citations", "notices", "contacts", "options"])
@pytest.mark.parametrize("nonsense", [None, [7, None, "x"], []])
def test_nonsense_in_a_part_costs_that_part_alone(part: str, nonsense: object) -> None:
    assert shown(**{part: nonsense}).text == FULL["text"]


def test_messages_and_buttons() -> None:
    messages = [
        RasaMessage(text="Vilket vill du ha?", buttons=[{"title": "Svenska", "payload": "Svara på svenska"}]),
        RasaMessage(text=""),
        RasaMessage(custom=FULL),
    ]
    first, second = parse(messages, CATALOGUE)
    assert first == ShownText("Vilket vill du ha?", (Option("Svenska", "Svara på svenska"),))
    assert second == shown()


@pytest.mark.parametrize(
    "messages",
    [[], [RasaMessage(text="")], [RasaMessage(text="Ett ögonblick."), RasaMessage(custom={"type": "unavailable"})]],
)
def test_nothing_to_show_is_an_outage(messages: list[RasaMessage]) -> None:
    with pytest.raises(Unavailable):
        parse(messages, CATALOGUE)


def test_marks_and_bold_are_told_apart_from_words() -> None:
    assert spans("**Nej** [1]. Se [9] och *inte* [12].", {1, 12}) == [
        Span("Nej", bold=True),
        Span(" "),
        Span("[1]", n=1),
        Span(". Se [9] och *inte* "),
        Span("[12]", n=12),
        Span("."),
    ]
    assert spans("**Nej [1].** Ja", {1}) == [
        Span("Nej ", bold=True),
        Span("[1]", bold=True, n=1),
        Span(".", bold=True),
        Span(" Ja"),
    ]
    assert spans("", {1}) == []


@given(st.text("ab *[]12.\n"))
def test_no_sign_but_the_stars_of_bold_is_lost(text: str) -> None:
    said = "".join(f"**{span.text}**" if span.bold else span.text for span in spans(text, {1, 2}))
    assert said.replace("*", "") == text.replace("*", "")


def test_a_long_text_is_cut_after_a_sentence_and_its_citations() -> None:
    text = "**Nej, inte löpande.** [1] Ansökan prövas enligt 11 kap. 1 § SoL [2]. Beslutet ska vara skriftligt [3]."
    assert shorten(text, 200) == (text, "")
    assert shorten(text, 80) == (
        "**Nej, inte löpande.** [1] Ansökan prövas enligt 11 kap. 1 § SoL [2].",
        "Beslutet ska vara skriftligt [3].",
    )
    assert shorten(text, 60)[0] == "**Nej, inte löpande.** [1]"  # never after "kap."


def test_a_long_text_is_cut_after_a_paragraph_where_that_leaves_enough() -> None:
    text = "Ja, det får du [1].\n\nBeslutet skrivs ned [2]. Det lämnas över [1]."
    assert shorten(text, 30) == ("Ja, det får du [1].", "Beslutet skrivs ned [2]. Det lämnas över [1].")
    assert shorten(text, 50)[0] == "Ja, det får du [1].\n\nBeslutet skrivs ned [2]."  # less than half of what is shown


def test_a_sentence_that_is_too_long_is_cut_between_words() -> None:
    head, rest = shorten("**" + "ord " * 30 + "slut** [1].", 40)
    assert len(head) <= 40
    assert head.endswith("ord**")
    assert rest.startswith("**ord")


SENTENCES = st.lists(
    st.sampled_from(
        [
            "Ja.",
            "**Nej, det är inte så [1].**",
            "Se 11 kap. 1 § SoL [2].",
            "Vad gäller? [12]",
            "m.fl. andra [3].",
            "\n\n",
        ]
    ),
    min_size=1,
    max_size=30,
).map(" ".join)


@given(SENTENCES, st.integers(20, 400))
def test_whatever_is_cut_nothing_is_lost_and_no_mark_is_broken(text: str, limit: int) -> None:
    head, rest = shorten(text, limit)
    assert len(head) <= max(limit, len(text) if not rest else 0)
    joined = f"{head} {rest}"
    assert joined.replace("*", "").split() == text.replace("*", "").split()
    marks = re.compile(r"\[\d+\]")
    assert marks.findall(head) + marks.findall(rest) == marks.findall(text)
    for part in (head, rest):
        assert part.count("**") % 2 == 0
    if rest:
        assert head.strip()


@given(st.text(min_size=50, max_size=200), st.integers(20, 40))
def test_any_text_can_be_cut(text: str, limit: int) -> None:
    head, rest = shorten(text, limit)
    assert len(head) <= limit
    assert len(rest) < len(text)


def catalogue(language: str) -> dict[str, Any]:
    texts: dict[str, Any] = yaml.safe_load((TEXTS / f"{language}.yml").read_text(encoding="utf-8"))
    return texts


def test_both_languages_have_the_same_words_with_the_same_places_to_fill() -> None:
    swedish, english = (catalogue(language) for language in LANGUAGES)
    assert swedish.keys() == english.keys()
    for key in swedish.keys() - {"months"}:
        fields = [sorted(re.findall(r"\{(\w+)\}", texts[key])) for texts in (swedish, english)]
        assert fields[0] == fields[1], key


def test_the_tone() -> None:
    swedish = catalogue("sv")
    for key, text in swedish.items():
        if key != "months":
            assert not re.search(r"\b(ni|er|ert|era)\b", text, re.IGNORECASE), key
            assert "!" not in text, key


@pytest.mark.parametrize("key", ["delayed", "given_up", "failed"])
def test_who_waits_is_told_where_to_turn_in_danger(key: str) -> None:
    assert all("112" in catalogue(language)[key] for language in LANGUAGES)


def test_the_language_of_words() -> None:
    assert [CATALOGUE.words(tag).language for tag in ("sv-SE", "en-GB", "EN", "de", "", None)] == [
        "sv",
        "en",
        "en",
        "sv",
        "sv",
        "sv",
    ]
