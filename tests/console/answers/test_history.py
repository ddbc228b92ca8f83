"""Versions stay; what is live can be taken back, in words that say what will happen."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ..conftest import ConsoleClient
from .conftest import Form, ask, element, said

Approve = Callable[..., str]


@pytest.fixture
def twice(approved: Approve, editor: ConsoleClient, approver: ConsoleClient) -> Approve:
    """An answer whose second version is live."""

    def approve_twice(question: str) -> str:
        path = approved(question)
        form = Form.of(editor, editor.get(f"{path}/edit")).fill(text_sv="Nej, aldrig [1]. Allt prövas enskilt [2].")
        form.after("check").press("submit")
        Form.of(approver, approver.get(f"{path}/review"), "#decide form").press()
        return path

    return approve_twice


def test_the_history_has_every_version_with_who_and_when(twice: Approve, editor: ConsoleClient) -> None:
    page = editor.get(f"{twice('Får kommunen stänga av vattnet i en bosättning?')}/history")
    rows = [" ".join(row.text_content().split()) for row in element(page).cssselect("tbody tr")]
    assert len(rows) == 2 and "Gäller nu" in rows[0] and "Ersatt" in rows[1]
    assert all("Edit Redaktör" in row and "Anders Godkännare" in row for row in rows)


def test_any_two_versions_are_compared(twice: Approve, editor: ConsoleClient) -> None:
    path = twice("Får kommunen riva ett tält?")
    page = editor.get(f"{path}/history", params={"from": "2", "to": "1"})
    assert "Skillnaden mellan version 2 och version 1" in said(page)
    assert "Nej" in said(page, ".diff del") and "Ja" in said(page, ".diff ins")
    assert "säger samma sak" in said(editor.get(f"{path}/history", params={"from": "1", "to": "1"}))


def test_a_roll_back_asks_once_and_brings_the_version_before_back(twice: Approve, approver: ConsoleClient) -> None:
    question = "Får kommunen bötfälla den som sover ute?"
    path = twice(question)
    assert ask(approver, question)["refined_answer"]["version"] == 2
    page = approver.get(f"{path}/roll-back")
    assert "Version 2 slutar gälla och version 1, godkänd av Anders Godkännare" in said(page)
    page = Form.of(approver, page, "main form").press(action=f"{path}/roll-back")
    assert page.status_code == 422 and "Skriv varför" in said(page, "#why-error")
    page = Form.of(approver, page, "main form").fill(why="Version 2 var fel.").press(action=f"{path}/roll-back")
    assert "Version 1 gäller igen" in said(page)
    assert ask(approver, question)["refined_answer"]["version"] == 1


def test_where_nothing_was_live_before_the_corpus_answers_again(approved: Approve, approver: ConsoleClient) -> None:
    question = "Får kommunen köpa skor till ett barn?"
    path = approved(question)
    page = approver.get(f"{path}/roll-back")
    assert "Ingen tidigare version har gällt" in said(page)
    page = Form.of(approver, page, "main form").fill(why="Fel.").press(action=f"{path}/roll-back")
    assert "Godkännandet är ångrat" in said(page)
    assert ask(approver, question)["refined_answer"] is None


def test_an_answer_is_taken_out_of_use(approved: Approve, approver: ConsoleClient) -> None:
    question = "Får kommunen ge bort begagnade kläder?"
    path = approved(question)
    page = approver.get(f"{path}/retire")
    assert f"Frågan ”{question}” får sedan det svar som Rådgivaren själv sätter ihop" in said(page)
    page = Form.of(approver, page, "main form").fill(why="Behövs inte.").press(action=f"{path}/retire")
    assert "Svaret är taget ur bruk" in said(page) and "Det här svaret ges inte i någon kanal" in said(page)
    assert ask(approver, question)["refined_answer"] is None
    assert "Svaret gäller inte längre" in said(approver.get(f"{path}/retire"))


def test_a_question_that_stands_changed_is_not_decided_unread(
    approved: Approve, editor: ConsoleClient, approver: ConsoleClient
) -> None:
    path = approved("Får kommunen hyra ut en husvagn?")
    form = Form.of(approver, approver.get(f"{path}/retire"), "main form").fill(why="Fel.")
    Form.of(editor, editor.get(f"{path}/edit")).fill(text_sv="Ändrat [1] [2].").press("save")
    page = form.press(action=f"{path}/retire")
    assert page.status_code == 409 and "ändrades av någon annan" in said(page)
    assert Form.of(approver, page, "main form")["why"] == "Fel."


def test_one_writes_on_from_an_old_version(twice: Approve, editor: ConsoleClient) -> None:
    path = twice("Får kommunen ta ut avgift för en dusch?")
    page = editor.get(f"{path}/edit?version=1")
    assert "hämtad från en tidigare version" in said(page)
    assert Form.of(editor, page)["text_sv"].startswith("Ja, det kan kommunen betala")


def test_a_version_is_read_as_it_was(twice: Approve, editor: ConsoleClient) -> None:
    path = twice("Får kommunen ge bidrag till en kyrka som har härbärge?")
    assert "Ja, det kan kommunen betala" in said(editor.get(f"{path}?version=1"), "#version")
    assert "Nej, aldrig" in said(editor.get(path), "#version")
