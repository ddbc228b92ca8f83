"""An answer is written by a form that works without a script, and nothing that was typed is ever lost."""

from __future__ import annotations

import pytest

from knowledge.bootstrap import Knowledge
from knowledge.refinement.datatypes import Filters

from ..conftest import ConsoleClient
from .conftest import ANSWERS, Form, Write, ask, element, first_offered, key_of, said


def test_passages_are_found_by_words_and_become_sources_at_the_press_of_a_button(blank: Form) -> None:
    page = blank.fill(words="betala hemresan").press("search")
    assert "stycken hittades" in said(page)
    form = Form.of(blank.client, page).after(first_offered(page))
    assert len(form.all("citation_passage")) == 1 and form.all("citation_quote")[0]
    assert form.all("topics"), "the passage's topics come along"


def test_enter_searches_where_words_are_new_and_never_saves(blank: Form, knowledge: Knowledge) -> None:
    page = blank.fill(question_sv="Betalar kommunen resan?", words="hemresa").press("enter")
    assert "stycken hittades" in said(page)
    page = Form.of(blank.client, page).press("enter")
    assert "Vad händer med andra frågor?" in said(page)
    assert knowledge.desk.page(Filters()).total == 0


def test_nothing_is_found_for_words_that_stand_nowhere(blank: Form) -> None:
    page = blank.fill(words="qqqq zzzz").press("search")
    assert "Inga stycken hittades" in said(page)


def test_a_draft_keeps_all_that_was_written(write: Write, editor: ConsoleClient) -> None:
    form = write("Betalar kommunen biljetten hem?").after("add_addition")
    form.fill(
        phrasings_sv="Biljett hem till Rumänien\nVem betalar resan?",
        question_en="Does the municipality pay the ticket home?",
        text_en="Yes, it may [1] [2].",
        phrasings_en="Ticket home",
        valid_from="2026-12-01",
        valid_to="2027-12-31",
        next_review="2027-06-01",
        addition_place="Malmö",
        addition_text="I Malmö ansöker man hos den uppsökande enheten.",
        addition_text_en="In Malmö apply to the outreach unit.",
    )
    page = form.press("save")
    assert page.status_code == 200 and "Utkastet är sparat" in said(page), said(page)
    stored = Form.of(editor, editor.get(str(page.url.path)))
    for name in dict(form.values).keys() - {"csrf", "revision", "words", "searched", "checked"}:
        assert stored.all(name) == form.all(name), name


def test_a_taken_out_source_takes_its_number_along(write: Write) -> None:
    form = write("Vem betalar?", text="Ett [1]. Två [2]. Båda [1] [2].").after("drop 1")
    assert (len(form.all("citation_passage")), form["text_sv"]) == (1, "Ett. Två [1]. Båda [1].")


def test_sources_that_change_places_take_their_numbers_along(write: Write) -> None:
    form = write("Vem betalar?", text="Ett [1]. Två [2].")
    before = form.all("citation_passage")
    form = form.after("up 2")
    assert (form.all("citation_passage"), form["text_sv"]) == (before[::-1], "Ett [2]. Två [1].")


def test_a_local_addition_is_shown_as_such_to_whoever_asks_about_the_place(
    write: Write, approver: ConsoleClient
) -> None:
    form = write("Vem betalar resan till hemlandet för en EU-medborgare?").after("add_addition")
    form.fill(addition_place="Malmö", addition_text="Ansökan görs hos den uppsökande enheten.")
    page = form.after("check").press("submit")
    path = str(page.url.path)
    assert "Gäller i Malmö, utöver svaret ovan" in said(page)
    shown = said(approver.get(f"{path}/review?place=Malmö"), ".preview-web")
    assert "Ansökan görs hos den uppsökande enheten." in shown and "Malmö" in shown
    assert "uppsökande enheten" not in said(approver.get(f"{path}/review"), ".preview-web")


@pytest.mark.parametrize(
    ("typed", "field", "told"),
    [
        ({"question_sv": " "}, "#question-error-1", "Skriv frågan som svaret gäller."),
        ({"valid_to": "i morgon"}, "#valid_to-error-1", "Skriv dagen som 2026-11-22."),
        ({"text_sv": "ö" * 7000}, "#text-error-1", "Svaret får vara högst 6 000 tecken. Korta det."),
    ],
)
def test_what_cannot_be_saved_is_told_next_to_its_field_and_all_of_it_stays(
    write: Write, typed: dict[str, str], field: str, told: str
) -> None:
    form = write("Vem betalar?").fill(phrasings_sv="Biljett hem").fill(**typed)
    page = form.press("save")
    assert page.status_code == 422 and said(page, field) == told
    invalid = element(page).cssselect('[aria-invalid="true"]')
    assert any(field.removeprefix("#") in other.get("aria-describedby", "") for other in invalid)
    after = Form.of(form.client, page)
    for name in dict(form.values).keys() - {"checked", "searched"}:
        assert after.all(name) == form.all(name), name


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"text_sv": ""}, "Skriv svaret."),
        ({"text_sv": "Ja [1] [2] [3]."}, "Ett nummer i texten saknar källa."),
        ({"text_sv": "Ja [1]."}, "En källa används inte i texten."),
        ({"text_sv": "<b>Ja</b> [1] [2]."}, "Texten innehåller taggar"),
        ({"text_sv": "Ring 08-465 004 21 [1] [2]."}, "telefonnummer som inte finns bland kontakterna"),
        ({"question_en": "", "text_en": "Yes [1] [2]."}, "Skriv frågan som svaret gäller."),
        ({"next_review": ""}, "Välj en dag då svaret ska ses över."),
        ({"next_review": "2026-01-01"}, "Dagen måste ligga framåt i tiden."),
        ({"valid_from": "2027-02-01", "valid_to": "2027-01-01"}, "Dagen ligger före den dag då svaret börjar gälla."),
    ],
)
def test_what_is_unfinished_may_be_saved_but_not_sent(write: Write, typed: dict[str, str], told: str) -> None:
    form = write("Vem betalar?").fill(**typed)
    page = form.press("check")
    assert told in said(page) and not element(page).cssselect('button[value="submit"]')
    refused = form.press("submit")
    assert refused.status_code == 422 and told in said(refused)
    assert "Utkastet är sparat" in said(form.press("save"))


def test_a_quote_holds_words_of_its_source_and_no_others(write: Write) -> None:
    form = write("Vem betalar?")
    quoted = form.all("citation_quote")
    shortened = form.values
    form.values = [(n, v.split(". ")[0] if n == "citation_quote" else v) for n, v in shortened]
    assert "Ett citat stämmer inte" not in said(form.press("check"))
    form.values = [(n, f"{quoted[0]} Alltid." if n == "citation_quote" else v) for n, v in shortened]
    assert "Ett citat stämmer inte med källan" in said(form.press("check"), "#citations")


def test_an_unknown_municipality_is_told_at_the_additions(write: Write) -> None:
    form = (
        write("Vem betalar?").after("add_addition").fill(addition_place="Atlantis", addition_text="Där är det blött.")
    )
    page = form.press("check")
    assert "Kommunen känns inte igen" in said(page, "#additions")
    form = Form.of(form.client, page).after("drop_addition 1")
    assert not form.all("addition_place")


def test_only_what_was_tried_on_other_questions_is_sent(write: Write) -> None:
    form = write("Betalar socialtjänsten flygbiljetten?").after("check")
    page = form.fill(phrasings_sv="Flygbiljett hem").press("submit")
    assert "Texten är ändrad sedan du prövade den" in said(page)
    assert "väntar nu på granskning" in said(Form.of(form.client, page).press("submit"))


def test_similar_approved_answers_are_shown_while_writing(approved: object, blank: Form, editor: ConsoleClient) -> None:
    path = approved("Kan en familj få sova i bilen på kommunens parkering?")  # type: ignore[operator]
    text = "Får en familj sova i bilen på parkeringen?"
    page = editor.get(f"{ANSWERS}/similar", params={"text": text})
    assert "Kan en familj få sova i bilen" in page.text and "<main" not in page.text
    assert path in [
        link.get("href") for link in element(blank.fill(question_sv=text).press("check")).cssselect("#similar a")
    ]
    own = editor.get(f"{ANSWERS}/similar", params={"text": text, "without": key_of(path)})
    assert "sova i bilen" not in own.text, "an answer is not similar to itself"


def test_an_answer_begins_with_what_the_official_got(editor: ConsoleClient) -> None:
    given = ask(editor, "Kan kommunen betala hemresan för en EU-medborgare?")
    page = editor.get(f"{ANSWERS}/new", params={"from_answer": given["answer_id"], "item": "i1"})
    form = Form.of(editor, page)
    assert form["question_sv"] == "Kan kommunen betala hemresan för en EU-medborgare?"
    assert form["text_sv"] == given["text"]
    assert form.all("citation_passage") == [one["passage_id"] for one in given["citations"]]
    assert (form["from_answer"], form["item"]) == (given["answer_id"], "i1")
    assert "är hämtade från det svar som handläggaren fick" in said(page)


def test_of_a_refusal_the_question_alone_is_taken(editor: ConsoleClient) -> None:
    given = ask(editor, "Vilken färg har kommunens flagga?")
    assert not given["citations"]
    form = Form.of(editor, editor.get(f"{ANSWERS}/new", params={"from_answer": given["answer_id"]}))
    assert (form["question_sv"], form["text_sv"]) == ("Vilken färg har kommunens flagga?", "")


def test_an_english_question_begins_in_english(editor: ConsoleClient) -> None:
    given = ask(editor, "Can the municipality pay for the journey home of an EU citizen?", language="en")
    form = Form.of(editor, editor.get(f"{ANSWERS}/new", params={"from_answer": given["answer_id"]}))
    assert (form["question_en"], form["question_sv"]) == (
        "Can the municipality pay for the journey home of an EU citizen?",
        "",
    )


def test_an_answer_that_is_no_longer_kept_leaves_an_empty_form(editor: ConsoleClient) -> None:
    page = editor.get(f"{ANSWERS}/new?from_answer=gone")
    assert page.status_code == 200 and "finns inte kvar" in said(page)
